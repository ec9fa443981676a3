-- Who may run what. A function that runs with its owner's rights is for the owner's own triggers alone: nobody else may
-- attach it to a table, whatever default privileges say. All others run with the rights of whoever calls them.
DO $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT DISTINCT function.oid::regprocedure AS own, acl.grantee
        FROM pg_proc AS function
        CROSS JOIN LATERAL aclexplode(coalesce(function.proacl, acldefault('f', function.proowner))) AS acl
        WHERE starts_with(function.proname, 'model_registry_')
          AND function.pronamespace = current_schema()::regnamespace
          AND function.prosecdef AND acl.grantee <> function.proowner
    LOOP
        EXECUTE format(
            'REVOKE ALL ON FUNCTION %s FROM %s', held.own,
            CASE held.grantee WHEN 0 THEN 'PUBLIC' ELSE held.grantee::regrole::text END
        );
    END LOOP;
END
$$;
