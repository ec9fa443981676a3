-- The impact of an artifact: what rests on it, downstream (docs/impact.md).

-- The artifacts that rest on these, which are given with their types, by the kept edges, without the artifacts in `changing`.
-- Those that test a target of type hypothesis are left out.
CREATE OR REPLACE FUNCTION model_registry_dependents(ids text[], types text[], changing text[])
RETURNS TABLE (source_id text, target_id text, source_type text, relation text, is_test boolean)
LANGUAGE sql STABLE ROWS 1000 AS $$
    SELECT edge.source_id, edge.target_id, edge.source_type, edge.relation, edge.is_test
    FROM model_registry_edges AS edge
    WHERE edge.target_id = ANY (ids) AND NOT edge.is_earlier
      AND edge.source_id NOT IN (SELECT waiting.id FROM unnest(changing) AS waiting (id))
      AND NOT (edge.is_test AND edge.target_id IN (
          SELECT target.id FROM unnest(ids, types) AS target (id, type) WHERE target.type = 'hypothesis'
      ))
$$;

-- Everything that rests on an artifact within a number of steps, after the artifact itself, in columns: each once, with its
-- fewest steps and the artifact before it on the path. For artifacts in the log, what they rest on is read now. Where the edges
-- that it meets are more than `most_edges`, it ends before the step that leads there, with the number of artifacts that at least
-- rest on it; without that bound this is null. Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_downstream(
    root text, most_steps integer, most_edges bigint,
    OUT ids text[], OUT types text[], OUT depths integer[], OUT befores text[], OUT goes_on boolean, OUT at_least bigint
) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off SET enable_hashagg = off AS $$
DECLARE
    changing pg_catalog.text[] := model_registry_connecting();
    changed_sources pg_catalog.text[];
    changed_targets pg_catalog.text[];
    changed_types pg_catalog.text[];
    level_ids pg_catalog.text[] := ARRAY[root];
    level_types pg_catalog.text[] := ARRAY[(SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = root)];
    level_befores pg_catalog.text[];
    met pg_catalog.int8 := 0;
BEGIN
    ids := level_ids;
    types := level_types;
    depths := ARRAY[0];
    befores := ARRAY[NULL::text];
    goes_on := false;
    SELECT array_agg(edge.source_id), array_agg(edge.target_id), array_agg(edge.source_type)
    INTO changed_sources, changed_targets, changed_types
    FROM model_registry_edges_of(changing) AS edge
    WHERE NOT edge.is_earlier AND (NOT edge.is_test OR (
          SELECT target.artifact_type = 'hypothesis' FROM artifacts AS target WHERE target.id = edge.target_id COLLATE "default"
      ) IS NOT TRUE);
    FOR step IN 1..most_steps + 1 LOOP
        IF most_edges IS NOT NULL THEN
            met := met + (
                SELECT count(*)
                FROM (SELECT FROM model_registry_dependents(level_ids, level_types, changing) LIMIT most_edges - met + 1) AS met_next
            ) + (
                SELECT count(*) FROM unnest(changed_targets) AS changed (target_id)
                WHERE changed.target_id IN (SELECT level.id FROM unnest(level_ids) AS level (id))
            );
            IF met > most_edges THEN
                goes_on := true;
                at_least := cardinality(ids) - 1 + (
                    SELECT count(DISTINCT met_next.source_id)
                    FROM (
                        (SELECT dependent.source_id
                         FROM model_registry_dependents(level_ids, level_types, changing) AS dependent
                         LIMIT most_edges + 1)
                        UNION ALL
                        SELECT changed.source_id
                        FROM unnest(changed_sources, changed_targets) AS changed (source_id, target_id)
                        WHERE changed.target_id IN (SELECT level.id FROM unnest(level_ids) AS level (id))
                    ) AS met_next
                    WHERE met_next.source_id NOT IN (SELECT node.id FROM unnest(ids) AS node (id))
                );
                EXIT;
            END IF;
        END IF;
        SELECT array_agg(fresh.source_id), array_agg(fresh.type), array_agg(fresh.before)
        INTO level_ids, level_types, level_befores
        FROM (
            SELECT every.source_id, min(every.source_type) AS type, min(every.target_id COLLATE "C") AS before
            FROM (
                SELECT dependent.source_id, dependent.target_id, dependent.source_type
                FROM model_registry_dependents(level_ids, level_types, changing) AS dependent
                UNION ALL
                SELECT changed.source_id, changed.target_id, changed.source_type
                FROM unnest(changed_sources, changed_targets, changed_types) AS changed (source_id, target_id, source_type)
                WHERE changed.target_id IN (SELECT level.id FROM unnest(level_ids) AS level (id))
            ) AS every
            WHERE every.source_id NOT IN (SELECT node.id FROM unnest(ids) AS node (id))
            GROUP BY every.source_id
        ) AS fresh;
        EXIT WHEN level_ids IS NULL;
        IF step > most_steps THEN
            goes_on := true;
            EXIT;
        END IF;
        ids := ids || level_ids;
        types := types || level_types;
        depths := depths || array_fill(step, ARRAY[cardinality(level_ids)]);
        befores := befores || level_befores;
    END LOOP;
END
$$;

-- The same in rows.
CREATE OR REPLACE FUNCTION model_registry_impact(root text, most_steps integer, most_edges bigint)
RETURNS TABLE (id text, artifact_type text, depth integer, before text, goes_on boolean, at_least bigint)
LANGUAGE sql STABLE ROWS 1000 AS $$
    SELECT node.id, node.type, node.depth, node.before, walked.goes_on, walked.at_least
    FROM model_registry_downstream(root, most_steps, most_edges) AS walked
    CROSS JOIN LATERAL unnest(walked.ids, walked.types, walked.depths, walked.befores) AS node (id, type, depth, before)
$$;

-- The edges between some artifacts.
CREATE OR REPLACE FUNCTION model_registry_edges_among(ids text[])
RETURNS TABLE (source_id text, target_id text, relation text, origin text) LANGUAGE plpgsql STABLE ROWS 1000
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
    changing pg_catalog.text[] := ARRAY(
        SELECT waiting.id FROM unnest(model_registry_connecting()) AS waiting (id)
        INTERSECT SELECT asked.id FROM unnest(ids) AS asked (id)
    );
BEGIN
    RETURN QUERY
    SELECT edge.source_id::text, edge.target_id::text, edge.relation::text, edge.origin::text
    FROM model_registry_edges AS edge
    WHERE edge.source_id = ANY (ids) AND edge.target_id IN (SELECT asked.id FROM unnest(ids) AS asked (id))
      AND edge.source_id NOT IN (SELECT waiting.id FROM unnest(changing) AS waiting (id))
    UNION ALL
    SELECT edge.source_id, edge.target_id, edge.relation, edge.origin
    FROM model_registry_edges_of(changing) AS edge
    WHERE edge.target_id IN (SELECT asked.id FROM unnest(ids) AS asked (id));
END
$$;
