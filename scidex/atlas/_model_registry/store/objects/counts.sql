-- The counts beside the projection. Folders write one at a time, so nobody waits for a count. One that has fallen to 0 stays
-- until all are counted anew. Analyses are left out: each has a few models only.
DO $do$
DECLARE
    kept record;
BEGIN
    FOR kept IN
        SELECT named.relation, named.counts, named.columns, named.condition
        FROM (VALUES ('model_registry_projection', 'model_registry_counts',
                      'family, is_latest, complete, origin_type, promotion_state', 'true'),
                     ('model_registry_evidence', 'model_registry_evidence_counts',
                      'kind, artifact_id, family, is_latest, complete, origin_type, promotion_state',
                      $$kind <> 'analysis'$$)) AS named (relation, counts, columns, condition)
    LOOP
        EXECUTE format($create$
            CREATE OR REPLACE FUNCTION %2$s_follow() RETURNS trigger LANGUAGE plpgsql AS $body$
            DECLARE
                sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
            BEGIN
                INSERT INTO %2$s AS kept (%3$s, number)
                SELECT %3$s, sign * count(*) FROM changed WHERE %4$s GROUP BY %3$s
                ON CONFLICT (%3$s) DO UPDATE SET number = kept.number + excluded.number;
                RETURN NULL;
            END
            $body$;

            CREATE OR REPLACE TRIGGER model_registry_inserted AFTER INSERT ON %1$s
                REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %2$s_follow();
            CREATE OR REPLACE TRIGGER model_registry_deleted AFTER DELETE ON %1$s
                REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %2$s_follow();

            CREATE OR REPLACE FUNCTION %2$s_anew() RETURNS void LANGUAGE plpgsql AS $body$
            BEGIN
                DELETE FROM %2$s;
                INSERT INTO %2$s (%3$s, number) SELECT %3$s, count(*) FROM %1$s WHERE %4$s GROUP BY %3$s;
            END
            $body$;
        $create$, kept.relation, kept.counts, kept.columns, kept.condition);
    END LOOP;
END
$do$;
