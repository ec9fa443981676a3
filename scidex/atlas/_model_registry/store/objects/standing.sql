-- The standing of models: the worst state of what they rest on (docs/impact.md).

-- The most artifacts of a walk for one model, and of one step ten times as many edges; with a thousand links for each
-- artifact a walk would not end.
CREATE OR REPLACE FUNCTION model_registry_most_rested_on() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 10000';

-- What an artifact rests on, one step upstream: its dependencies except its own earlier version and the hypotheses that it
-- tests, as a corrected version and a falsified hypothesis are not faults.
CREATE OR REPLACE FUNCTION model_registry_rests_on(source_id text) RETURNS TABLE (target_id text)
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT edge.target_id
    FROM model_registry_edges_of(ARRAY[source_id]) AS edge
    WHERE NOT edge.is_earlier AND edge.relation <> 'evaluates'
      AND (NOT edge.is_test OR (
          SELECT target.artifact_type = 'hypothesis' FROM artifacts AS target WHERE target.id = edge.target_id COLLATE "default"
      ) IS NOT TRUE)
$$;

-- What these artifacts rest on: as it is kept where `are_kept` says that nothing else is true now, otherwise as it is read;
-- at most so many edges.
CREATE OR REPLACE FUNCTION model_registry_rested_on_by(ids text[], are_kept boolean, most bigint)
RETURNS TABLE (source_id text, target_id text) LANGUAGE plpgsql STABLE ROWS 20 AS $$
BEGIN
    IF are_kept THEN
        RETURN QUERY
        SELECT kept.source_id::text, kept.target_id::text FROM model_registry_steps_of(ids) AS kept LIMIT most;
    ELSE
        RETURN QUERY
        SELECT source.id, step.target_id
        FROM (SELECT DISTINCT every.id FROM unnest(ids) AS every (id)) AS source
        CROSS JOIN LATERAL model_registry_rests_on(source.id) AS step
        LIMIT most;
    END IF;
END
$$;

-- The inputs of a model whose pin differs from what is registered, with both (provenance.md, integrity of pins);
-- `input` is an entry of model_registry_facts.
CREATE OR REPLACE FUNCTION model_registry_pin_fault(input jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN input ->> 4 IS NULL THEN NULL
        WHEN input ->> 6 IS NULL THEN format('version %s was pinned, and none is registered', input ->> 4)
        WHEN input ->> 4 <> input ->> 6 THEN format('version %s was pinned, version %s is registered', input ->> 4, input ->> 6)
        WHEN input ->> 5 IS NOT NULL AND input ->> 5 IS DISTINCT FROM input ->> 7
             THEN format('content %s was pinned, %s is registered', input ->> 5, coalesce(input ->> 7, 'none'))
    END
$$;

-- The causes that keep each root from being sound, from what it reaches (`before` is the step towards the root) and its faulty
-- inputs. An input that no step leads to, as its earlier version has no state to give, is disputed whatever its own state, and
-- stands next to the root. They come nearest first, and at the same distance the worst first; the last one returned is the
-- nearest of the worst state if none before it is.
CREATE OR REPLACE FUNCTION model_registry_causes(
    node_roots text[], node_ids text[], node_depths integer[], node_befores text[],
    fault_roots text[], fault_ids text[], fault_reasons text[], most integer
) RETURNS TABLE (root text, status text, because jsonb, number bigint) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE node AS MATERIALIZED (
        SELECT known.root, known.id, known.depth, known.before
        FROM unnest(node_roots, node_ids, node_depths, node_befores) AS known (root, id, depth, before)
    ),
    fault AS (
        SELECT known.root, known.id, min(known.reason) AS reason
        FROM unnest(fault_roots, fault_ids, fault_reasons) AS known (root, id, reason)
        GROUP BY known.root, known.id
    ),
    reached AS (
        SELECT node.root, node.id, node.depth, node.before, fault.reason, true AS counts
        FROM node
        LEFT JOIN fault ON fault.root = node.root AND fault.id = node.id
        UNION ALL
        SELECT fault.root, fault.id, 1, fault.root, fault.reason, false
        FROM fault
        WHERE (fault.root, fault.id) NOT IN (SELECT node.root, node.id FROM node)
    ),
    cause AS MATERIALIZED (
        SELECT judged.root, judged.id, judged.depth, judged.before, judged.artifact_type, judged.title, judged.state,
               CASE WHEN judged.state = judged.own_state THEN judged.changelog ELSE judged.reason END AS reason,
               row_number() OVER (
                   PARTITION BY judged.root, model_registry_badness(judged.state) ORDER BY judged.depth, judged.id COLLATE "C"
               ) AS of_state,
               max(model_registry_badness(judged.state)) OVER (PARTITION BY judged.root) AS worst
        FROM (
            SELECT reached.root, reached.id, reached.depth, reached.before, reached.reason, registered.artifact_type,
                   registered.title, registered.changelog, own.state AS own_state,
                   CASE WHEN reached.reason IS NULL OR own.state = 'retracted' THEN own.state ELSE 'disputed' END AS state
            FROM reached
            LEFT JOIN LATERAL (
                SELECT artifact.artifact_type, artifact.title, artifact.changelog,
                       model_registry_state(artifact.version_tag, artifact.lifecycle_state, artifact.superseded_by) AS state
                FROM artifacts AS artifact
                WHERE artifact.id = reached.id
                OFFSET 0
            ) AS registered ON true
            CROSS JOIN LATERAL (
                SELECT CASE WHEN reached.counts THEN coalesce(registered.state, 'sound') ELSE 'sound' END AS state OFFSET 0
            ) AS own
        ) AS judged
        WHERE judged.state <> 'sound'
    ),
    told AS MATERIALIZED (
        SELECT placed.root, placed.id, placed.depth, placed.before, placed.artifact_type, placed.title, placed.state,
               placed.reason
        FROM (
            SELECT cause.root, cause.id, cause.depth, cause.before, cause.artifact_type, cause.title, cause.state, cause.reason,
                   row_number() OVER (
                       PARTITION BY cause.root
                       ORDER BY cause.of_state = 1 AND model_registry_badness(cause.state) = cause.worst DESC, cause.depth,
                                model_registry_badness(cause.state) DESC, cause.id COLLATE "C"
                   ) AS place
            FROM cause
        ) AS placed
        WHERE placed.place <= most
    ),
    path (root, cause, id, before, ids) AS (
        SELECT told.root, told.id, told.id, told.before, ARRAY[told.id] FROM told
        UNION ALL
        SELECT path.root, path.cause, node.id, node.before, node.id || path.ids
        FROM path
        JOIN node ON node.root = path.root AND node.id = path.before
    )
    SELECT counted.root,
           CASE counted.worst WHEN 3 THEN 'retracted' WHEN 2 THEN 'disputed' ELSE 'outdated' END,
           listed.because, counted.number
    FROM (
        SELECT cause.root, max(cause.worst) AS worst, count(*) AS number FROM cause GROUP BY cause.root
    ) AS counted
    JOIN (
        SELECT told.root,
               jsonb_agg(jsonb_build_array(
                   told.id, model_registry_title(told.artifact_type), model_registry_title(told.title), told.state,
                   path.ids, model_registry_title(told.reason)
               ) ORDER BY told.depth, model_registry_badness(told.state) DESC, told.id COLLATE "C") AS because
        FROM told
        JOIN path ON path.root = told.root AND path.cause = told.id AND path.before IS NULL
        GROUP BY told.root
    ) AS listed ON listed.root = counted.root
$$;

-- The standing of each root, by a walk upstream level by level for all roots together: each artifact once for a root, by the
-- fewest steps. `truncated` if something may be left out, by the bounds of steps, artifacts or causes, or by unread links.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_standings(
    roots text[], fault_roots text[], fault_ids text[], fault_reasons text[], most_steps integer, most_causes integer
) RETURNS TABLE (root text, status text, because jsonb, truncated boolean) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
DECLARE
    node_roots pg_catalog.text[] := roots;
    node_ids pg_catalog.text[] := roots;
    node_depths integer[] := array_fill(0, ARRAY[cardinality(roots)]);
    node_befores pg_catalog.text[] := array_fill(NULL::text, ARRAY[cardinality(roots)]);
    level_roots pg_catalog.text[] := roots;
    level_ids pg_catalog.text[] := roots;
    level_befores pg_catalog.text[];
    cut pg_catalog.text[] := '{}';
    are_kept boolean;
    most_edges bigint := 10 * model_registry_most_rested_on() * cardinality(roots)::bigint;
    followed_ids pg_catalog.text[];
    followed_targets pg_catalog.text[];
BEGIN
    IF cardinality(roots) = 0 THEN
        RETURN;
    END IF;
    are_kept := model_registry_has_every_edge(roots);
    FOR depth IN 0..most_steps LOOP
        SELECT array_agg(step.source_id), array_agg(step.target_id) INTO followed_ids, followed_targets
        FROM model_registry_rested_on_by(level_ids, are_kept, most_edges) AS step;
        cut := cut || CASE WHEN cardinality(followed_ids) = most_edges THEN level_roots END;
        SELECT array_agg(fresh.root), array_agg(fresh.id), array_agg(fresh.before)
        INTO level_roots, level_ids, level_befores
        FROM (
            SELECT level.root, followed.target_id AS id, min(level.id COLLATE "C") AS before
            FROM unnest(followed_ids, followed_targets) AS followed (id, target_id)
            JOIN unnest(level_roots, level_ids) AS level (root, id) ON level.id = followed.id
            WHERE (level.root, followed.target_id) NOT IN (
                SELECT node.root, node.id FROM unnest(node_roots, node_ids) AS node (root, id)
            )
            GROUP BY level.root, followed.target_id
        ) AS fresh;
        EXIT WHEN level_ids IS NULL;
        IF depth = most_steps OR cardinality(node_ids) > model_registry_most_rested_on() * cardinality(roots) THEN
            cut := cut || level_roots;
            EXIT;
        END IF;
        node_roots := node_roots || level_roots;
        node_ids := node_ids || level_ids;
        node_depths := node_depths || array_fill(depth + 1, ARRAY[cardinality(level_ids)]);
        node_befores := node_befores || level_befores;
    END LOOP;
    cut := cut || ARRAY(
        SELECT node.root
        FROM unnest(node_roots, node_ids) AS node (root, id)
        JOIN model_registry_with_more_links(node_ids, model_registry_graph_links()) AS unread ON unread.id = node.id
    );
    RETURN QUERY
    SELECT asked.id, coalesce(found.status, 'sound'), coalesce(found.because, '[]'),
           asked.id = ANY (cut) OR coalesce(found.number > most_causes, false)
    FROM unnest(roots) AS asked (id)
    LEFT JOIN model_registry_causes(
        node_roots, node_ids, node_depths, node_befores, fault_roots, fault_ids, fault_reasons, most_causes
    ) AS found ON found.root = asked.id;
END
$$;
