-- Rights to run functions. A function that runs with its owner's rights is only for the owner's triggers: nobody else may
-- attach it to a table, whatever the default privileges. All others run with the rights of their callers.
DO $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT DISTINCT function.oid::regprocedure AS own, acl.grantee
        FROM pg_proc AS function
        CROSS JOIN LATERAL aclexplode(coalesce(function.proacl, acldefault('f', function.proowner))) AS acl
        WHERE starts_with(function.proname, 'model_registry_')
          AND function.pronamespace = quote_ident(current_schema())::regnamespace
          AND function.prosecdef AND acl.grantee <> function.proowner
    LOOP
        EXECUTE format(
            'REVOKE ALL ON FUNCTION %s FROM %s', held.own,
            CASE held.grantee WHEN 0 THEN 'PUBLIC' ELSE held.grantee::regrole::text END
        );
    END LOOP;
END
$$;

-- Grants a role the rights to read, beside those on the host's tables; null means everybody. Everybody may execute
-- functions unless that was revoked; functions that write are not granted.
CREATE OR REPLACE FUNCTION model_registry_let_read(reader text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own pg_catalog.text;
BEGIN
    FOR own IN
        SELECT 'SELECT ON ' || relation.oid::regclass
        FROM pg_class AS relation
        WHERE starts_with(relation.relname, 'model_registry_') AND relation.relkind IN ('r', 'v')
          AND relation.relnamespace = quote_ident(current_schema())::regnamespace
        UNION ALL
        SELECT 'EXECUTE ON FUNCTION ' || function.oid::regprocedure
        FROM pg_proc AS function
        WHERE starts_with(function.proname, 'model_registry_') AND function.provolatile <> 'v'
          AND function.pronamespace = quote_ident(current_schema())::regnamespace
    LOOP
        EXECUTE format('GRANT %s TO %s', own, coalesce(reader::regrole::text, 'PUBLIC'));
    END LOOP;
END
$$;

-- Grants a view of the host that was made again the rights that it had, on all of it or on one column, and no more, whatever
-- the default privileges. Null means those of its owner alone.
CREATE OR REPLACE FUNCTION model_registry_give_rights(view regclass, rights aclitem[], part name DEFAULT NULL)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    statement pg_catalog.text;
BEGIN
    FOR statement IN
        SELECT format('REVOKE ALL ON %s FROM %s', view, CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END)
        FROM pg_class AS relation
        CROSS JOIN LATERAL aclexplode(relation.relacl) AS acl
        WHERE relation.oid = view AND part IS NULL AND (acl.grantee <> relation.relowner OR rights IS NOT NULL)
        UNION ALL
        SELECT format(
            'GRANT %s %s ON %s TO %s %s', acl.privilege_type, '(' || quote_ident(part) || ')', view,
            CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END,
            CASE WHEN acl.is_grantable THEN 'WITH GRANT OPTION' END
        )
        FROM aclexplode(rights) AS acl
    LOOP
        EXECUTE statement;
    END LOOP;
END
$$;
