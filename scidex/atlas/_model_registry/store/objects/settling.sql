-- The standings that lists filter and count by: each artifact that is not sound keeps its steps to the nearest artifact of each
-- state (model_registry_not_sound). They are right if each artifact agrees with its neighbours: it has a state itself, or is
-- one step further than the nearest artifact that it rests on. So a changed artifact is computed again, those that rest on it
-- only if its steps differ, and no walk leads through sound artifacts.

-- The standing of a model with these steps; pins that differ are its own fault.
CREATE OR REPLACE FUNCTION model_registry_status(outdated integer, disputed integer, retracted integer, pins_differ boolean)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN retracted IS NOT NULL THEN 'retracted'
        WHEN disputed IS NOT NULL OR pins_differ THEN 'disputed'
        WHEN outdated IS NOT NULL THEN 'outdated'
        ELSE 'sound'
    END
$$;

-- What these artifacts rest on, as it is kept.
CREATE OR REPLACE FUNCTION model_registry_steps_of(ids text[])
RETURNS TABLE (source_id text, target_id text) LANGUAGE sql STABLE ROWS 1000 AS $$
    SELECT edge.source_id, edge.target_id
    FROM model_registry_edges AS edge
    WHERE edge.source_id = ANY (ids) AND NOT edge.is_earlier AND edge.relation <> 'evaluates'
      AND (NOT edge.is_test OR (
          SELECT target.artifact_type = 'hypothesis' FROM artifacts AS target WHERE target.id = edge.target_id COLLATE "default"
      ) IS NOT TRUE)
$$;

-- Keeps the edges of these artifacts as they are now.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_connect(ids text[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off SET enable_hashagg = off AS $$
BEGIN
    DELETE FROM model_registry_edges AS edge WHERE edge.source_id = ANY (ids);
    INSERT INTO model_registry_edges (source_id, target_id, relation, origin, source_type, is_earlier, is_test)
    SELECT edge.source_id, edge.target_id, edge.relation, edge.origin, edge.source_type, edge.is_earlier, edge.is_test
    FROM model_registry_edges_of(ids) AS edge;
END
$$;

-- Of what is no model: keeps the edges of all, and of what is gone none. Models have theirs by whoever projects them.
CREATE OR REPLACE FUNCTION model_registry_connect_others() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    others pg_catalog.text[] := ARRAY(
        SELECT source.id
        FROM (
            SELECT artifact.id FROM artifacts AS artifact
            UNION SELECT link.source_artifact_id FROM artifact_links AS link
            UNION SELECT version.artifact_id FROM model_versions AS version
            UNION SELECT edge.source_id COLLATE "default" FROM model_registry_edges AS edge
        ) AS source
        WHERE NOT EXISTS (
            SELECT FROM artifacts AS model WHERE model.id = source.id AND model.artifact_type = 'model'
        )
    );
BEGIN
    FOR begin_at IN 1..cardinality(others) BY 5000 LOOP
        PERFORM model_registry_connect(others[begin_at:begin_at + 4999]);
    END LOOP;
END
$$;

-- The artifacts whose steps are others than those kept, when these are asked again and whoever rests on what changed; of
-- those in `changing` it is read what they rest on now. `anew` takes nothing as kept. Each round asks whom the last one
-- concerns: where something came nearer, whoever rests on it is told how near, and reads nothing else; where it went away, they
-- are asked for all that they rest on. Steps end at 12, so rounds do.
-- Planned by keys, as the judge is (judge.sql); ids are in the collation of the host's indexes, whatever that of the caller's.
CREATE OR REPLACE FUNCTION model_registry_settled(ids text[], changing text[], anew boolean)
RETURNS TABLE (id text, outdated integer, disputed integer, retracted integer) LANGUAGE plpgsql STABLE ROWS 1000
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off SET enable_hashagg = off AS $$
DECLARE
    unfolded_sources pg_catalog.text[] COLLATE pg_catalog."default";
    unfolded_targets pg_catalog.text[] COLLATE pg_catalog."default";
    asked pg_catalog.text[] COLLATE pg_catalog."default" := ARRAY(SELECT DISTINCT due.id FROM unnest(ids) AS due (id));
    told pg_catalog.text[] COLLATE pg_catalog."default" := '{}';
    told_outdated integer[];
    told_disputed integer[];
    told_retracted integer[];
    settled_ids pg_catalog.text[] := '{}';
    settled_outdated integer[] := '{}';
    settled_disputed integer[] := '{}';
    settled_retracted integer[] := '{}';
    fresh_ids pg_catalog.text[] COLLATE pg_catalog."default";
    fresh_outdated integer[];
    fresh_disputed integer[];
    fresh_retracted integer[];
    fresh_went_away boolean[];
BEGIN
    SELECT array_agg(source.id), array_agg(step.target_id)
    INTO unfolded_sources, unfolded_targets
    FROM unnest(changing) AS source (id)
    CROSS JOIN LATERAL model_registry_rests_on(source.id) AS step;
    WHILE cardinality(asked) > 0 OR cardinality(told) > 0 LOOP
        WITH known AS MATERIALIZED (
            SELECT settled.id, settled.outdated, settled.disputed, settled.retracted
            FROM unnest(settled_ids, settled_outdated, settled_disputed, settled_retracted)
                AS settled (id, outdated, disputed, retracted)
        ),
        step AS MATERIALIZED (
            SELECT folded.source_id, folded.target_id
            FROM model_registry_steps_of(ARRAY(
                SELECT source.id FROM unnest(asked) AS source (id)
                WHERE source.id NOT IN (SELECT model.id FROM unnest(changing) AS model (id))
            )) AS folded
            UNION ALL
            SELECT now.source_id, now.target_id
            FROM unnest(unfolded_sources, unfolded_targets) AS now (source_id, target_id)
            WHERE now.source_id IN (SELECT source.id FROM unnest(asked) AS source (id))
        ),
        held AS MATERIALIZED (
            SELECT fallen.id, fallen.outdated, fallen.disputed, fallen.retracted
            FROM model_registry_not_sound AS fallen
            WHERE NOT anew AND fallen.id = ANY (asked || told || ARRAY(SELECT DISTINCT step.target_id FROM step))
        ),
        reached AS (
            SELECT step.source_id,
                   min(CASE WHEN known.id IS NULL THEN held.outdated ELSE known.outdated END) AS outdated,
                   min(CASE WHEN known.id IS NULL THEN held.disputed ELSE known.disputed END) AS disputed,
                   min(CASE WHEN known.id IS NULL THEN held.retracted ELSE known.retracted END) AS retracted
            FROM step
            LEFT JOIN known ON known.id = step.target_id
            LEFT JOIN held ON held.id = step.target_id
            GROUP BY step.source_id
        ),
        before AS (
            SELECT source.id, source.is_told, source.outdated AS told_outdated, source.disputed AS told_disputed,
                   source.retracted AS told_retracted,
                   CASE WHEN known.id IS NULL THEN held.outdated ELSE known.outdated END AS outdated,
                   CASE WHEN known.id IS NULL THEN held.disputed ELSE known.disputed END AS disputed,
                   CASE WHEN known.id IS NULL THEN held.retracted ELSE known.retracted END AS retracted
            FROM (
                SELECT every.id, false AS is_told, NULL::integer AS outdated, NULL::integer AS disputed, NULL::integer AS retracted
                FROM unnest(asked) AS every (id)
                UNION ALL
                SELECT every.id, true, every.outdated, every.disputed, every.retracted
                FROM unnest(told, told_outdated, told_disputed, told_retracted) AS every (id, outdated, disputed, retracted)
            ) AS source
            LEFT JOIN known ON known.id = source.id
            LEFT JOIN held ON held.id = source.id
        ),
        now AS (
            SELECT before.id, least(before.outdated, before.told_outdated) AS outdated,
                   least(before.disputed, before.told_disputed) AS disputed,
                   least(before.retracted, before.told_retracted) AS retracted,
                   before.outdated AS was_outdated, before.disputed AS was_disputed, before.retracted AS was_retracted
            FROM before
            WHERE before.is_told
            UNION ALL
            SELECT before.id,
                   CASE WHEN own.state = 'outdated' THEN 0 WHEN reached.outdated < 12 THEN reached.outdated + 1 END,
                   CASE WHEN own.state = 'disputed' THEN 0 WHEN reached.disputed < 12 THEN reached.disputed + 1 END,
                   CASE WHEN own.state = 'retracted' THEN 0 WHEN reached.retracted < 12 THEN reached.retracted + 1 END,
                   before.outdated, before.disputed, before.retracted
            FROM before
            LEFT JOIN LATERAL (
                SELECT model_registry_state(artifact.version_tag, artifact.lifecycle_state, artifact.superseded_by) AS state
                FROM artifacts AS artifact
                WHERE artifact.id = before.id COLLATE "default"
                OFFSET 0
            ) AS own ON true
            LEFT JOIN reached ON reached.source_id = before.id
            WHERE NOT before.is_told
        )
        SELECT array_agg(now.id), array_agg(now.outdated), array_agg(now.disputed), array_agg(now.retracted),
               array_agg(
                   now.was_outdated IS NOT NULL AND (now.outdated <= now.was_outdated) IS NOT TRUE
                   OR now.was_disputed IS NOT NULL AND (now.disputed <= now.was_disputed) IS NOT TRUE
                   OR now.was_retracted IS NOT NULL AND (now.retracted <= now.was_retracted) IS NOT TRUE
               )
        INTO fresh_ids, fresh_outdated, fresh_disputed, fresh_retracted, fresh_went_away
        FROM now
        WHERE (now.outdated, now.disputed, now.retracted)
              IS DISTINCT FROM (now.was_outdated, now.was_disputed, now.was_retracted);
        EXIT WHEN fresh_ids IS NULL;
        SELECT array_agg(settled.id), array_agg(settled.outdated), array_agg(settled.disputed), array_agg(settled.retracted)
        INTO settled_ids, settled_outdated, settled_disputed, settled_retracted
        FROM (
            SELECT known.id, known.outdated, known.disputed, known.retracted
            FROM unnest(settled_ids, settled_outdated, settled_disputed, settled_retracted)
                AS known (id, outdated, disputed, retracted)
            WHERE known.id NOT IN (SELECT fresh.id FROM unnest(fresh_ids) AS fresh (id))
            UNION ALL
            SELECT fresh.id, fresh.outdated, fresh.disputed, fresh.retracted
            FROM unnest(fresh_ids, fresh_outdated, fresh_disputed, fresh_retracted)
                AS fresh (id, outdated, disputed, retracted)
        ) AS settled;
        WITH fresh AS MATERIALIZED (
            SELECT every.id, every.outdated, every.disputed, every.retracted, every.went_away
            FROM unnest(fresh_ids, fresh_outdated, fresh_disputed, fresh_retracted, fresh_went_away)
                AS every (id, outdated, disputed, retracted, went_away)
        ),
        concerned AS (
            SELECT next.source_id AS id, bool_or(fresh.went_away OR next.is_test) AS is_asked,
                   min(CASE WHEN fresh.outdated < 12 THEN fresh.outdated + 1 END) AS outdated,
                   min(CASE WHEN fresh.disputed < 12 THEN fresh.disputed + 1 END) AS disputed,
                   min(CASE WHEN fresh.retracted < 12 THEN fresh.retracted + 1 END) AS retracted
            FROM (
                -- Whoever tests something is asked: it may be a hypothesis.
                SELECT dependent.source_id, dependent.target_id, dependent.is_test
                FROM model_registry_dependents(fresh_ids, '{}', changing) AS dependent
                WHERE dependent.relation <> 'evaluates'
                UNION ALL
                SELECT now.source_id, now.target_id, false
                FROM unnest(unfolded_sources, unfolded_targets) AS now (source_id, target_id)
                WHERE now.target_id IN (SELECT fresh.id FROM fresh)
            ) AS next
            JOIN fresh ON fresh.id = next.target_id
            GROUP BY next.source_id
        )
        SELECT coalesce(array_agg(concerned.id) FILTER (WHERE concerned.is_asked), '{}'),
               coalesce(array_agg(concerned.id) FILTER (WHERE NOT concerned.is_asked), '{}'),
               array_agg(concerned.outdated) FILTER (WHERE NOT concerned.is_asked),
               array_agg(concerned.disputed) FILTER (WHERE NOT concerned.is_asked),
               array_agg(concerned.retracted) FILTER (WHERE NOT concerned.is_asked)
        INTO asked, told, told_outdated, told_disputed, told_retracted
        FROM concerned;
    END LOOP;
    RETURN QUERY
    SELECT settled.id, settled.outdated, settled.disputed, settled.retracted
    FROM unnest(settled_ids, settled_outdated, settled_disputed, settled_retracted)
        AS settled (id, outdated, disputed, retracted);
END
$$;

-- The artifacts that these make outdated if they are registered: those that name them as superseded_by.
CREATE OR REPLACE FUNCTION model_registry_superseded(ids text[]) RETURNS TABLE (id text) LANGUAGE sql STABLE AS $$
    SELECT earlier.id
    FROM unnest(ids) AS later (id)
    CROSS JOIN LATERAL (
        SELECT artifact.id FROM artifacts AS artifact WHERE artifact.superseded_by = later.id
        OFFSET 0
    ) AS earlier
$$;

-- All artifacts that have, or may have, their own state: the beginning of the walk when nothing is kept.
CREATE OR REPLACE FUNCTION model_registry_marked() RETURNS TABLE (id text) LANGUAGE sql STABLE AS $$
    SELECT artifact.id FROM artifacts AS artifact
    WHERE artifact.superseded_by IS NOT NULL
       OR model_registry_mark(model_registry_word(artifact.version_tag), model_registry_word(artifact.lifecycle_state)) IS NOT NULL
$$;

-- What waits to be settled: changed artifacts, and those that name them as successor. `affected` are the waiting models.
CREATE OR REPLACE FUNCTION model_registry_unsettled(affected text[]) RETURNS text[] LANGUAGE sql STABLE
SET enable_hashagg = off AS $$
    SELECT coalesce(array_agg(waiting.id), '{}')
    FROM (
        WITH change AS MATERIALIZED (SELECT DISTINCT logged.artifact_id AS id FROM model_registry_changes AS logged)
        SELECT change.id FROM change
        UNION
        SELECT earlier.id FROM model_registry_superseded(ARRAY(SELECT change.id FROM change)) AS earlier
        UNION
        SELECT logged.artifact_id FROM model_registry_state_changes AS logged
        UNION
        SELECT model.id FROM unnest(affected) AS model (id)
    ) AS waiting
$$;

-- The artifacts whose edges are read from the host's tables: those with a waiting change, and all while edges are being
-- built. A registry without models is not built, and has edges.
CREATE OR REPLACE FUNCTION model_registry_connecting() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (SELECT FROM model_registry_builds)
       OR NOT model_registry_is_built() AND EXISTS (SELECT FROM artifacts AS model WHERE model.artifact_type = 'model')
    THEN
        RETURN ARRAY(
            SELECT artifact.id FROM artifacts AS artifact
            UNION SELECT link.source_artifact_id FROM artifact_links AS link
            UNION SELECT edge.source_id COLLATE "default" FROM model_registry_edges AS edge
        );
    END IF;
    RETURN model_registry_unsettled(ARRAY(SELECT affected.id FROM model_registry_affected() AS affected));
END
$$;

-- The present standing of everything with a waiting change, however far up, which lists must not read from the kept steps.
-- `affected` are the models with a waiting change, `differing` those whose pins differ now. Planned by keys (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_moved(affected text[], differing text[])
RETURNS TABLE (id text, status text) LANGUAGE plpgsql STABLE ROWS 10
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET jit = off SET enable_hashagg = off AS $$
DECLARE
    anew boolean := NOT model_registry_is_built();
    waiting pg_catalog.text[];
BEGIN
    IF NOT anew AND affected = '{}'
       AND NOT EXISTS (SELECT FROM model_registry_changes) AND NOT EXISTS (SELECT FROM model_registry_state_changes) THEN
        RETURN;
    END IF;
    waiting := CASE WHEN anew THEN model_registry_connecting() ELSE model_registry_unsettled(affected) END;
    RETURN QUERY
    WITH settled AS MATERIALIZED (
        SELECT found.id, found.outdated, found.disputed, found.retracted
        FROM model_registry_settled(
            CASE WHEN anew THEN ARRAY(SELECT marked.id FROM model_registry_marked() AS marked) ELSE waiting END, waiting, anew
        ) AS found
    )
    SELECT asked.id,
           model_registry_status(
               CASE WHEN settled.id IS NULL THEN held.outdated ELSE settled.outdated END,
               CASE WHEN settled.id IS NULL THEN held.disputed ELSE settled.disputed END,
               CASE WHEN settled.id IS NULL THEN held.retracted ELSE settled.retracted END,
               CASE WHEN changed.id IS NULL THEN coalesce(held.pins_differ, false)
                    ELSE changed.id IN (SELECT model.id FROM unnest(differing) AS model (id))
               END
           )
    FROM (
        SELECT settled.id FROM settled
        UNION
        SELECT model.id FROM unnest(affected) AS model (id)
        UNION
        SELECT fallen.id FROM model_registry_not_sound AS fallen WHERE anew
    ) AS asked
    LEFT JOIN settled ON settled.id = asked.id
    LEFT JOIN (SELECT DISTINCT model.id FROM unnest(affected) AS model (id)) AS changed ON changed.id = asked.id
    LEFT JOIN LATERAL (
        SELECT fallen.outdated, fallen.disputed, fallen.retracted, fallen.pins_differ
        FROM model_registry_not_sound AS fallen
        WHERE fallen.id = asked.id AND NOT anew
        OFFSET 0
    ) AS held ON true;
END
$$;

-- Which of these models are not sound, now: looked up, or judged where anything waits. `differing` are those whose pins
-- differ.
CREATE OR REPLACE FUNCTION model_registry_statuses(ids text[], differing text[])
RETURNS TABLE (id text, status text) LANGUAGE plpgsql STABLE ROWS 10 AS $$
BEGIN
    IF model_registry_is_built() AND NOT EXISTS (SELECT FROM model_registry_changes)
       AND NOT EXISTS (SELECT FROM model_registry_state_changes) AND NOT EXISTS (SELECT FROM model_registry_due) THEN
        RETURN QUERY SELECT fallen.id, fallen.status FROM model_registry_not_sound AS fallen WHERE fallen.id = ANY (ids);
    ELSIF ids <> '{}' THEN
        RETURN QUERY
        SELECT judged.root, judged.status
        FROM model_registry_standings(ids, differing, differing, array_fill(''::text, ARRAY[cardinality(differing)]), 12, 1)
            AS judged
        WHERE judged.status <> 'sound';
    END IF;
END
$$;

-- Computes these artifacts again, after the rows of their models are written, and keeps the result.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_settle(ids text[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off SET enable_hashagg = off AS $$
DECLARE
    changed_ids pg_catalog.text[];
    changed_outdated integer[];
    changed_disputed integer[];
    changed_retracted integer[];
    changed_differ boolean[];
BEGIN
    IF cardinality(ids) IS NULL OR ids = '{}' THEN
        RETURN;
    END IF;
    WITH settled AS MATERIALIZED (
        SELECT found.id, found.outdated, found.disputed, found.retracted
        FROM model_registry_settled(
            ids || ARRAY(SELECT earlier.id FROM model_registry_superseded(ids) AS earlier), '{}', false
        ) AS found
    )
    SELECT array_agg(now.id), array_agg(now.outdated), array_agg(now.disputed), array_agg(now.retracted),
           array_agg(now.pins_differ)
    INTO changed_ids, changed_outdated, changed_disputed, changed_retracted, changed_differ
    FROM (
        SELECT asked.id, settled.id IS NOT NULL AS is_settled,
               CASE WHEN settled.id IS NULL THEN held.outdated ELSE settled.outdated END AS outdated,
               CASE WHEN settled.id IS NULL THEN held.disputed ELSE settled.disputed END AS disputed,
               CASE WHEN settled.id IS NULL THEN held.retracted ELSE settled.retracted END AS retracted,
               coalesce(held.pins_differ, false) AS differed,
               coalesce(folded.pins_differ, unfolded.pins_differ, false) AS pins_differ
        FROM (
            SELECT due.id FROM unnest(ids) AS due (id)
            UNION
            SELECT settled.id FROM settled
        ) AS asked
        LEFT JOIN settled ON settled.id = asked.id
        LEFT JOIN LATERAL (
            SELECT fallen.outdated, fallen.disputed, fallen.retracted, fallen.pins_differ
            FROM model_registry_not_sound AS fallen
            WHERE fallen.id = asked.id
            OFFSET 0
        ) AS held ON true
        LEFT JOIN LATERAL (
            SELECT model.pins_differ FROM model_registry_projection AS model WHERE model.id = asked.id
            OFFSET 0
        ) AS folded ON true
        LEFT JOIN model_registry_unindexed AS unfolded ON unfolded.id = asked.id
    ) AS now
    WHERE now.is_settled OR now.pins_differ <> now.differed;
    IF changed_ids IS NULL THEN
        RETURN;
    END IF;
    PERFORM model_registry_tally_fallen(changed_ids, -1);
    DELETE FROM model_registry_not_sound AS fallen WHERE fallen.id = ANY (changed_ids);
    INSERT INTO model_registry_not_sound (id, outdated, disputed, retracted, pins_differ, status)
    SELECT now.id, now.outdated, now.disputed, now.retracted, now.pins_differ, judged.status
    FROM unnest(changed_ids, changed_outdated, changed_disputed, changed_retracted, changed_differ)
        AS now (id, outdated, disputed, retracted, pins_differ)
    CROSS JOIN LATERAL (
        SELECT model_registry_status(now.outdated, now.disputed, now.retracted, now.pins_differ) AS status
    ) AS judged
    WHERE judged.status <> 'sound';
    PERFORM model_registry_tally_fallen(changed_ids, 1);
END
$$;

-- Settles everything from nothing.
CREATE OR REPLACE FUNCTION model_registry_settle_anew() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM model_registry_not_sound;
    DELETE FROM model_registry_fallen_counts;
    PERFORM model_registry_settle(ARRAY(
        SELECT marked.id FROM model_registry_marked() AS marked
        UNION
        SELECT model.id COLLATE "default" FROM model_registry_projection AS model WHERE model.pins_differ
        UNION
        SELECT model.id COLLATE "default" FROM model_registry_unindexed AS model WHERE model.pins_differ
    ));
END
$$;
