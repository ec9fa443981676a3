-- What models depend on: the graph that links and metadata draw upstream.

-- What an artifact depends on, one step upstream.
CREATE OR REPLACE FUNCTION model_registry_dependencies(source_id text)
RETURNS TABLE (target_id text, relation text, origin text) LANGUAGE sql STABLE AS $$
    SELECT dependency.target_id, dependency.relation, min(dependency.origin)  -- 'link' before 'metadata'
    FROM (
        SELECT link.target_artifact_id AS target_id, link.link_type AS relation, 'link' AS origin
        FROM artifact_links AS link
        LEFT JOIN artifacts AS source ON source.id = link.source_artifact_id
        WHERE link.source_artifact_id = source_id
          AND (link.link_type IN ('trained_on', 'derives_from', 'produced_by', 'cites', 'uses', 'fine_tuned_from')
               OR source.artifact_type = 'model' AND link.link_type IN ('tests', 'tests_hypothesis', 'supports'))
        UNION ALL
        SELECT source.parent_version_id, 'derives_from', 'metadata'
        FROM artifacts AS source
        WHERE source.id = source_id AND source.parent_version_id IS NOT NULL
        UNION ALL
        SELECT version.base_model_id, 'fine_tuned_from', 'metadata'
        FROM model_versions AS version
        WHERE version.artifact_id = source_id AND version.base_model_id IS NOT NULL
        UNION ALL
        SELECT coalesce(resolved.id, named.name), named.relation, 'metadata'
        FROM model_registry_named(ARRAY[source_id]) AS named
        LEFT JOIN LATERAL model_registry_resolve(named.name, named.types) AS resolved ON true
    ) AS dependency
    GROUP BY dependency.target_id, dependency.relation
$$;

-- A root with what it depends on, level by level: each node once, with its least depth, and the edges between them; an
-- edge that leads out of the nodes kept says that something was cut off. A node that was met is not followed again, so
-- cycles end.
CREATE OR REPLACE FUNCTION model_registry_graph(root text, most_steps integer, most_nodes integer)
RETURNS TABLE (nodes jsonb, edges jsonb, truncated boolean) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan AS $$  -- planning a level takes longer than following it
DECLARE
    known text[] := ARRAY[root];
    depths integer[] := ARRAY[0];
    level text[] := known;
    level_edges jsonb;
    every_edge jsonb := '[]';
BEGIN
    FOR depth IN 0..most_steps LOOP
        SELECT coalesce(jsonb_agg(jsonb_build_array(
                   source.id, dependency.target_id, dependency.relation, dependency.origin
               )), '[]')
        INTO level_edges
        FROM unnest(level) AS source (id)
        CROSS JOIN LATERAL model_registry_dependencies(source.id) AS dependency;
        every_edge := every_edge || level_edges;
        EXIT WHEN depth = most_steps;
        level := ARRAY(
            SELECT DISTINCT (edge.value ->> 1) COLLATE "C"
            FROM jsonb_array_elements(level_edges) AS edge
            WHERE edge.value ->> 1 NOT IN (SELECT met.id FROM unnest(known) AS met (id))
            ORDER BY 1
            LIMIT most_nodes - cardinality(known)
        );
        EXIT WHEN level = '{}';
        known := known || level;
        depths := depths || array_fill(depth + 1, ARRAY[cardinality(level)]);
    END LOOP;
    RETURN QUERY
    SELECT (
               SELECT jsonb_agg(jsonb_build_array(
                          node.id, registered.artifact_type, registered.title, registered.version_number, node.depth
                      ) ORDER BY node.depth, node.id COLLATE "C")
               FROM unnest(known, depths) AS node (id, depth)
               LEFT JOIN artifacts AS registered ON registered.id = node.id
           ),
           coalesce(jsonb_agg(edge.value ORDER BY (edge.value ->> 0) COLLATE "C", (edge.value ->> 1) COLLATE "C",
                                                  (edge.value ->> 2) COLLATE "C") FILTER (WHERE edge.kept), '[]'),
           coalesce(bool_or(NOT edge.kept), false)
    FROM (
        SELECT edge.value, edge.value ->> 1 IN (SELECT met.id FROM unnest(known) AS met (id)) AS kept
        FROM jsonb_array_elements(every_edge) AS edge
    ) AS edge;
END
$$;
