-- What a role needs to serve the registry. Run it as the owner of the tables, with their schema first in search_path,
-- after init-db, and again after each upgrade, which makes views and functions anew. The role scidex_reader exists already.
GRANT SELECT ON artifacts, artifact_links, model_versions TO scidex_reader;

DO $$
DECLARE
    own text;
BEGIN
    IF NOT has_schema_privilege('scidex_reader', current_schema(), 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO scidex_reader', current_schema());
    END IF;
    FOR own IN
        SELECT relation.oid::regclass::text
        FROM pg_class AS relation
        WHERE starts_with(relation.relname, 'model_registry_')
          AND relation.relnamespace = current_schema()::regnamespace
          AND relation.relkind IN ('r', 'v')
    LOOP
        EXECUTE format('GRANT SELECT ON %s TO scidex_reader', own);
    END LOOP;
    -- Everybody may execute functions by default; where that was revoked, those that only read are granted.
    FOR own IN
        SELECT function.oid::regprocedure::text
        FROM pg_proc AS function
        WHERE starts_with(function.proname, 'model_registry_')
          AND function.pronamespace = current_schema()::regnamespace
          AND function.provolatile <> 'v'
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO scidex_reader', own);
    END LOOP;
END
$$;
