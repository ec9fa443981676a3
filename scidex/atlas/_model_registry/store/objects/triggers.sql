-- The triggers that log writes to the host's three tables. Run by whoever holds a lock on each, and only where one of them
-- is missing, disabled, or an earlier release's.
DO $do$
DECLARE
    host record;
BEGIN
    FOR host IN
        SELECT named.relation, named.suffix
        FROM (
            VALUES ('artifacts', 'artifacts'), ('artifact_links', 'links'), ('model_versions', 'versions')
        ) AS named (relation, suffix)
    LOOP
        EXECUTE format($create$
            CREATE OR REPLACE TRIGGER model_registry_inserted AFTER INSERT ON %2$I
                REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_%1$s();
            CREATE OR REPLACE TRIGGER model_registry_updated AFTER UPDATE ON %2$I
                REFERENCING OLD TABLE AS before NEW TABLE AS after
                FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_%1$s();
            CREATE OR REPLACE TRIGGER model_registry_deleted AFTER DELETE ON %2$I
                REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_%1$s();
            CREATE OR REPLACE TRIGGER model_registry_truncated AFTER TRUNCATE ON %2$I
                FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_%1$s();
        $create$, host.suffix, host.relation);
    END LOOP;
END
$do$;

-- An earlier release's functions; a trigger that still runs one is on a table of somebody else.
DROP FUNCTION IF EXISTS model_registry_log_everything, model_registry_log_updated_artifacts,
    model_registry_log_updated_links, model_registry_log_updated_versions, model_registry_counts_follow,
    model_registry_evidence_counts_follow CASCADE;
