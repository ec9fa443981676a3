-- A transaction that writes much takes it up itself when it commits, so that no reader ever meets its entries in the log. It
-- folds as any session does, in its turn, and only ahead of what becomes visible: its rows and their judgement at once. The
-- decision and its dangers: docs/planning/decisions/0005-a-bulk-is-taken-up-by-its-writer.md.
--
-- It runs with the owner's rights in the session of a writer, who may have called each function before. PL/pgSQL looks the types
-- of a function's variables up at the first call in a session and then keeps them, whatever the search path: a type of the
-- writer's own would run his code as the owner. So every DECLARE of the registry names the schema of a type.

-- An empty table, only for its trigger: a statement that logs many entries inserts a row and deletes it, and the trigger of
-- that row runs when the transaction commits. Savepoints that are rolled back take it with them.
CREATE TABLE IF NOT EXISTS model_registry_bulks ();

-- Folds what waits, until it is folded or the time is over; what is left is folded as ever. The search path is the schema of
-- these objects, then those of the host's tables; settings of the host's session that change what is read are set back.
-- Locks are waited for as briefly as PostgreSQL never takes for a deadlock (deadlock_timeout, 1 s): in the queue for the turn, so
-- that a session that folds on and on lets this one in.
DO $do$
BEGIN
    EXECUTE format($create$
        CREATE OR REPLACE FUNCTION model_registry_take_up_bulk(until timestamptz) RETURNS void LANGUAGE plpgsql
        SET search_path = %s SET lock_timeout = '100ms' SET gin_fuzzy_search_limit = 0 SET transform_null_equals = off
        SET standard_conforming_strings = on SET jit = off AS $body$
        DECLARE
            turn_until pg_catalog.timestamptz := least(until, clock_timestamp() + interval '5 seconds');
            has_turn boolean := false;
            is_judging boolean := false;
            is_wording boolean := false;
            most integer := 500;
            begun pg_catalog.timestamptz;
            took interval := '0';
            part integer;
            judged bigint := 0;
            collisions integer := 0;
        BEGIN
            WHILE NOT has_turn AND clock_timestamp() < turn_until LOOP
                BEGIN
                    LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE;
                    has_turn := true;
                EXCEPTION WHEN lock_not_available THEN
                    NULL;  -- another session folds
                END;
            END LOOP;
            IF NOT has_turn OR EXISTS (SELECT FROM model_registry_builds) THEN
                RETURN;
            END IF;
            WHILE collisions < 10 AND clock_timestamp() + 2 * took < until LOOP
                begun := clock_timestamp();
                BEGIN
                    IF is_wording THEN
                        EXIT WHEN model_registry_reword(most) < most;
                        took := clock_timestamp() - begun;
                    ELSIF is_judging THEN
                        part := model_registry_judge_due(most);
                        judged := judged + part;
                        is_wording := part < most;
                        took := clock_timestamp() - begun;
                        -- Evidence that many share is read once for all of a part.
                        IF most < 4000 AND clock_timestamp() + 8 * took < until THEN
                            most := 2 * most;
                            took := 2 * took;
                        END IF;
                    ELSE
                        is_judging := model_registry_take_up(100000) < 100000;
                    END IF;
                EXCEPTION
                    WHEN lock_not_available THEN
                        collisions := collisions + 1;
                    WHEN query_canceled OR OTHERS THEN
                        RETURN;  -- what was folded before stays
                END;
            END LOOP;
            -- The next list is planned before an automatic analysis sees the new rows; facets of a dataset took 100 times as long.
            IF 10 * judged > (
                SELECT relation.reltuples FROM pg_class AS relation WHERE relation.oid = 'model_registry_projection'::regclass
            ) THEN
                BEGIN
                    ANALYZE (SKIP_LOCKED) model_registry_projection, model_registry_metrics, model_registry_evidence,
                        model_registry_search, model_registry_counts, model_registry_evidence_counts,
                        model_registry_evidence_totals, model_registry_fallen_counts, model_registry_edges,
                        model_registry_not_sound;
                EXCEPTION WHEN query_canceled OR OTHERS THEN
                    NULL;
                END;
            END IF;
        END
        $body$;
    $create$, (
        SELECT string_agg(quote_ident(place.schema), ', ' ORDER BY place.rank)
        FROM (
            SELECT namespace.nspname AS schema, min(host.rank) AS rank
            FROM (
                VALUES (1, 'model_registry_projection'), (2, 'artifacts'), (3, 'artifact_links'), (4, 'model_versions')
            ) AS host (rank, name)
            JOIN pg_class AS relation ON relation.oid = to_regclass(host.name)
            JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
            GROUP BY namespace.nspname
            UNION ALL
            SELECT 'pg_temp', 5
        ) AS place
    ));
END
$do$;

-- Whether the transaction that is being committed may take up what it wrote. It must see what was committed until it had the
-- turn, so none that keeps to one snapshot may. One that is prepared, or only tests its constraints, would keep the turn for as
-- long as it likes; a trigger of a commit runs in no other function. A dump that is restored brings the projection's own rows.
CREATE OR REPLACE FUNCTION model_registry_may_take_up(context text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
       AND strpos(context, E'\n') = 0
       AND coalesce(current_query(), '') !~* '\m(prepare|constraints)\M'
       AND current_setting('check_function_bodies')::boolean
$$;

DO $do$
BEGIN
    EXECUTE format($create$
        CREATE OR REPLACE FUNCTION model_registry_bulks_changed() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
        DECLARE
            context pg_catalog.text;
            longest interval;
            whole interval;
        BEGIN
            IF TG_TABLE_SCHEMA <> %1$L OR TG_TABLE_NAME <> 'model_registry_bulks' THEN
                RETURN NULL;
            END IF;
            GET DIAGNOSTICS context = PG_CONTEXT;
            IF current_setting('model_registry.bulk', true) = 'taken up'
               OR NOT EXISTS (SELECT FROM %1$I.model_registry_changes OFFSET 2000)
                  AND NOT EXISTS (SELECT FROM %1$I.model_registry_word_changes OFFSET 2000) THEN
                RETURN NULL;
            END IF;
            -- Once in a transaction, however many statements asked for it.
            PERFORM set_config('model_registry.bulk', 'taken up', true);
            BEGIN
                longest := coalesce(nullif(current_setting('model_registry.longest_bulk', true), ''), '20 min')::interval;
                whole := nullif(current_setting('transaction_timeout', true), '')::interval;  -- of PostgreSQL 17
                IF whole > '0' THEN
                    longest := least(longest, (whole - (clock_timestamp() - transaction_timestamp())) / 3);
                END IF;
                IF %1$I.model_registry_may_take_up(context) THEN
                    PERFORM %1$I.model_registry_take_up_bulk(clock_timestamp() + longest);
                END IF;
            EXCEPTION WHEN query_canceled OR OTHERS THEN
                NULL;  -- whatever it was, the log has what is left, and the host's write is committed
            END;
            RETURN NULL;
        END
        $body$;
    $create$, current_schema());
    IF NOT EXISTS (
        SELECT FROM pg_trigger AS trigger
        WHERE trigger.tgrelid = 'model_registry_bulks'::regclass AND trigger.tgname = 'model_registry_committed'
    ) THEN
        CREATE CONSTRAINT TRIGGER model_registry_committed AFTER INSERT ON model_registry_bulks
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION model_registry_bulks_changed();
    END IF;
END
$do$;
