-- The registry's own objects: the judge of provenance and what it rests on. No column or row of the host is
-- touched. Safe to repeat; a changed view is replaced.

DO $$
BEGIN
    IF to_regclass('model_registry_links_by_target') IS NULL THEN  -- otherwise writers would wait for nothing
        CREATE INDEX model_registry_links_by_target ON artifact_links (target_artifact_id);
    END IF;
    IF to_regclass('model_registry_versions_by_base') IS NULL THEN
        CREATE INDEX model_registry_versions_by_base ON model_versions (base_model_id) WHERE base_model_id IS NOT NULL;
    END IF;
    IF to_regclass('model_registry_artifacts_by_successor') IS NULL THEN
        CREATE INDEX model_registry_artifacts_by_successor ON artifacts (superseded_by) WHERE superseded_by IS NOT NULL;
    END IF;
END
$$;

-- Views and functions of an earlier release are dropped first, as PostgreSQL cannot replace one with other columns. The
-- functions of triggers stay, so that no lock on the host's tables is needed.
DROP VIEW IF EXISTS model_registry_listed;
DROP FUNCTION IF EXISTS model_registry_judged_now();
DROP VIEW IF EXISTS model_registry_judged, model_registry_verdict_rows, model_registry_models, model_registry_verdicts;

DO $$
DECLARE
    own regprocedure;
BEGIN
    FOR own IN
        SELECT function.oid
        FROM pg_proc AS function
        WHERE starts_with(function.proname, 'model_registry_')
          AND function.pronamespace = quote_ident(current_schema())::regnamespace
          AND function.prorettype <> 'trigger'::regtype
    LOOP
        EXECUTE format('DROP FUNCTION %s', own);
    END LOOP;
END
$$;
