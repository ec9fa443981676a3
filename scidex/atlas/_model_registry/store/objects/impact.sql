-- The impact of an artifact: what rests on it, downstream (docs/impact.md).

-- The names in a model's metadata without an artifact of their kind: its graph has an edge to each as written.
CREATE OR REPLACE FUNCTION model_registry_named_rows(model_id text) RETURNS SETOF model_registry_named
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT model_id, model_registry_key(named.name), named.name, named.relation
    FROM (
        SELECT model_registry_read_naming(registered.metadata) AS naming FROM artifacts AS registered
        WHERE registered.id = model_id COLLATE "default" AND registered.artifact_type = 'model'
        OFFSET 0
    ) AS model
    CROSS JOIN LATERAL model_registry_named_evidence(model.naming) AS named
    WHERE octet_length(named.name) <= model_registry_most_id()
      AND NOT EXISTS (SELECT FROM model_registry_resolve(named.name, named.types))
$$;

-- The artifacts that rest on these, which are given with their types: by links, base models, evidence of models and names
-- without an artifact; those with a waiting change by links and base models only. Edges to a tested hypothesis are left out;
-- those to a source's own earlier version are left out later. Rare kinds are looked up once for many artifacts.
CREATE OR REPLACE FUNCTION model_registry_dependents(ids text[], types text[], changing text[])
RETURNS TABLE (source_id text, target_id text) LANGUAGE sql STABLE ROWS 1000 AS $$
    WITH target AS MATERIALIZED (
        SELECT asked.id, asked.type FROM unnest(ids, types) AS asked (id, type)
    ),
    known AS (
        SELECT link.source_artifact_id AS source_id, target.id AS target_id, target.type
        FROM target
        CROSS JOIN LATERAL (
            SELECT every.source_artifact_id, every.link_type
            FROM artifact_links AS every
            WHERE every.target_artifact_id = target.id
              AND every.link_type = ANY (model_registry_graph_links() || ARRAY['evaluates'])
              AND octet_length(every.source_artifact_id) <= model_registry_most_id()
            OFFSET 0
        ) AS link
        WHERE link.link_type NOT IN ('tests', 'tests_hypothesis', 'supports')  -- only models test
           OR (SELECT source.artifact_type = 'model' FROM artifacts AS source WHERE source.id = link.source_artifact_id)
        UNION ALL
        SELECT evidence.id, target.id, target.type
        FROM target
        CROSS JOIN LATERAL (
            SELECT every.id FROM model_registry_evidence AS every
            WHERE every.kind = CASE target.type WHEN 'analysis' THEN 'analysis' ELSE 'dataset' END
              AND every.artifact_id = target.id
            OFFSET 0
        ) AS evidence
        WHERE target.type IN ('dataset', 'tabular_dataset', 'analysis')
          AND evidence.id NOT IN (SELECT waiting.id FROM unnest(changing) AS waiting (id))
        UNION ALL
        SELECT named.id, target.id, target.type
        FROM target
        CROSS JOIN LATERAL (
            SELECT every.id FROM model_registry_named AS every
            WHERE every.key = model_registry_key(target.id) AND every.name = target.id
            OFFSET 0
        ) AS named
        WHERE cardinality(ids) <= 500 AND named.id NOT IN (SELECT waiting.id FROM unnest(changing) AS waiting (id))
        UNION ALL
        SELECT named.id, target.id, target.type
        FROM target
        JOIN model_registry_named AS named ON named.name = target.id
        WHERE cardinality(ids) > 500 AND named.id NOT IN (SELECT waiting.id FROM unnest(changing) AS waiting (id))
        UNION ALL
        SELECT version.artifact_id, target.id, target.type
        FROM target
        CROSS JOIN LATERAL (
            SELECT every.artifact_id FROM model_versions AS every WHERE every.base_model_id = target.id OFFSET 0
        ) AS version
        WHERE cardinality(ids) <= 500
        UNION ALL
        SELECT version.artifact_id, target.id, target.type
        FROM target
        JOIN (
            SELECT every.artifact_id, every.base_model_id FROM model_versions AS every
            WHERE every.base_model_id IS NOT NULL
        ) AS version ON version.base_model_id = target.id
        WHERE cardinality(ids) > 500
    )
    SELECT known.source_id, known.target_id
    FROM known
    WHERE known.type IS DISTINCT FROM 'hypothesis'
       OR known.target_id IN (SELECT step.target_id FROM model_registry_rests_on(known.source_id COLLATE "default") AS step)
$$;

-- Everything that rests on an artifact within a number of steps, after the artifact itself: each once, with its fewest steps
-- and the artifact before it on the path. For artifacts with a waiting change, what they rest on is read now.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_impact(root text, most_steps integer)
RETURNS TABLE (id text, artifact_type text, depth integer, before text, goes_on boolean) LANGUAGE plpgsql STABLE ROWS 1000
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
DECLARE
    changing text[] := ARRAY(SELECT affected.id FROM model_registry_affected() AS affected)
        || ARRAY(SELECT unindexed.id FROM model_registry_unindexed AS unindexed);
    changed_sources text[];
    changed_targets text[];
    root_type text := (SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = root);
    node_ids text[] := ARRAY[root];
    node_types text[] := ARRAY[root_type];
    node_depths integer[] := ARRAY[0];
    node_befores text[] := ARRAY[NULL::text];
    level_ids text[] := ARRAY[root];
    level_types text[] := ARRAY[root_type];
    level_befores text[];
    more boolean := false;
BEGIN
    SELECT array_agg(model.id), array_agg(step.target_id)
    INTO changed_sources, changed_targets
    FROM unnest(changing) AS model (id)
    CROSS JOIN LATERAL model_registry_rests_on(model.id) AS step
    WHERE EXISTS (SELECT FROM artifacts AS artifact WHERE artifact.id = model.id AND artifact.artifact_type = 'model');
    FOR step IN 1..most_steps + 1 LOOP
        SELECT array_agg(fresh.source_id), array_agg(fresh.type), array_agg(fresh.before)
        INTO level_ids, level_types, level_befores
        FROM (
            SELECT found.source_id, registered.artifact_type AS type,
                   CASE WHEN found.first IS DISTINCT FROM registered.parent_version_id THEN found.first
                        WHEN found.first <> found.last THEN (
                            SELECT min(target.id COLLATE "C") FROM unnest(found.targets) AS target (id)
                            WHERE target.id <> registered.parent_version_id
                        )
                   END AS before
            FROM (
                SELECT every.source_id, min(every.target_id COLLATE "C") AS first, max(every.target_id COLLATE "C") AS last,
                       array_agg(every.target_id) AS targets
                FROM (
                    SELECT dependent.source_id, dependent.target_id
                    FROM model_registry_dependents(level_ids, level_types, changing) AS dependent
                    UNION ALL
                    SELECT changed.source_id, changed.target_id
                    FROM unnest(changed_sources, changed_targets) AS changed (source_id, target_id)
                    WHERE changed.target_id IN (SELECT level.id FROM unnest(level_ids) AS level (id))
                ) AS every
                WHERE every.source_id NOT IN (SELECT node.id FROM unnest(node_ids) AS node (id))
                GROUP BY every.source_id
            ) AS found
            LEFT JOIN LATERAL (
                SELECT artifact.artifact_type, artifact.parent_version_id FROM artifacts AS artifact
                WHERE artifact.id = found.source_id COLLATE "default"
                OFFSET 0
            ) AS registered ON true
            OFFSET 0
        ) AS fresh
        WHERE fresh.before IS NOT NULL;
        EXIT WHEN level_ids IS NULL;
        IF step > most_steps THEN
            more := true;
            EXIT;
        END IF;
        node_ids := node_ids || level_ids;
        node_types := node_types || level_types;
        node_depths := node_depths || array_fill(step, ARRAY[cardinality(level_ids)]);
        node_befores := node_befores || level_befores;
    END LOOP;
    RETURN QUERY
    SELECT node.id, node.type, node.depth, node.before, more
    FROM unnest(node_ids, node_types, node_depths, node_befores) AS node (id, type, depth, before);
END
$$;

-- The dependencies between some artifacts, with `evaluates`, as a graph has them.
CREATE OR REPLACE FUNCTION model_registry_edges_among(ids text[])
RETURNS TABLE (source_id text, target_id text, relation text, origin text) LANGUAGE sql STABLE AS $$
    SELECT source.id, step.target_id, step.relation, step.origin
    FROM unnest(ids) AS source (id)
    CROSS JOIN LATERAL (
        SELECT dependency.target_id, dependency.relation, dependency.origin
        FROM model_registry_dependencies(source.id) AS dependency
        UNION ALL
        SELECT link.target_artifact_id, link.link_type, 'link'
        FROM artifact_links AS link
        WHERE link.source_artifact_id = source.id AND link.link_type = 'evaluates'
    ) AS step
    WHERE step.target_id = ANY (ids)
$$;
