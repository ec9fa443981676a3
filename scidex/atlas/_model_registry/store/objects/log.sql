-- The log of changed ids, appended by the triggers on the host's three tables.

CREATE TABLE IF NOT EXISTS model_registry_changes (
    entry       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    artifact_id text NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Its functions run with their owner's rights: a writer of the host needs none on the registry's tables. Temporary tables
-- come last in their search path, so that no writer can put one of its own in the log's place. Each table has its own
-- functions, since a trigger that is told the column by an argument would plan its statement at every write.
DO $$
DECLARE
    host record;
BEGIN
    -- A truncated table has no rows to log: every model may be affected.
    EXECUTE format($create$
        CREATE OR REPLACE FUNCTION model_registry_log_everything() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = %I, pg_temp AS $body$
        BEGIN
            INSERT INTO model_registry_changes (artifact_id)
            SELECT projected.id FROM model_registry_projection AS projected;
            RETURN NULL;
        END
        $body$;
    $create$, current_schema());
    FOR host IN
        SELECT named.relation, named.suffix, named.affected
        FROM (VALUES ('artifacts', 'artifacts', 'id'), ('artifact_links', 'links', 'source_artifact_id'),
                     ('model_versions', 'versions', 'artifact_id')) AS named (relation, suffix, affected)
    LOOP
        EXECUTE format($create$
            CREATE OR REPLACE FUNCTION model_registry_log_%1$s() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = %4$I, pg_temp AS $body$
            BEGIN
                INSERT INTO model_registry_changes (artifact_id) SELECT DISTINCT changed.%2$I FROM changed;
                RETURN NULL;
            END
            $body$;

            CREATE OR REPLACE FUNCTION model_registry_log_updated_%1$s() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = %4$I, pg_temp AS $body$
            BEGIN
                INSERT INTO model_registry_changes (artifact_id)
                SELECT before.%2$I FROM before UNION SELECT after.%2$I FROM after;
                RETURN NULL;
            END
            $body$;

            CREATE OR REPLACE TRIGGER model_registry_inserted AFTER INSERT ON %3$I
                REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_%1$s();
            CREATE OR REPLACE TRIGGER model_registry_updated AFTER UPDATE ON %3$I
                REFERENCING OLD TABLE AS before NEW TABLE AS after
                FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_updated_%1$s();
            CREATE OR REPLACE TRIGGER model_registry_deleted AFTER DELETE ON %3$I
                REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_%1$s();
            CREATE OR REPLACE TRIGGER model_registry_truncated AFTER TRUNCATE ON %3$I
                FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_everything();
        $create$, host.suffix, host.affected, host.relation, current_schema());
    END LOOP;
END
$$;

-- The models that a change of these ids can affect: they themselves, and whoever watches one of them.
CREATE OR REPLACE FUNCTION model_registry_watching(ids text[]) RETURNS TABLE (id text) LANGUAGE sql STABLE AS $$
    SELECT changed.id FROM unnest(ids) AS changed (id)
    UNION
    SELECT watching.id
    FROM unnest(ids) AS changed (id)
    JOIN model_registry_search AS watching ON watching.watches @> ARRAY[changed.id]
$$;
