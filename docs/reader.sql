-- What a role needs to serve the registry. Run it as the owner of the tables, with their schema first in search_path,
-- after init-db, and again after each upgrade, which makes the views anew. The role scidex_reader exists already.
GRANT SELECT ON artifacts, artifact_links, model_versions TO scidex_reader;

DO $$
DECLARE
    own regclass;
BEGIN
    FOR own IN
        SELECT relation.oid
        FROM pg_class AS relation
        WHERE starts_with(relation.relname, 'model_registry_')
          AND relation.relnamespace = current_schema()::regnamespace
          AND relation.relkind IN ('r', 'v')
    LOOP
        EXECUTE format('GRANT SELECT ON %s TO scidex_reader', own);
    END LOOP;
END
$$;
