-- What models depend on: the upstream graph of links and metadata.

-- The types of links that a graph follows; the last three only from models.
CREATE OR REPLACE FUNCTION model_registry_graph_links() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['trained_on', 'derives_from', 'produced_by', 'cites', 'uses', 'fine_tuned_from',
                 'tests', 'tests_hypothesis', 'supports']
$$;

-- What an artifact depends on, one step upstream.
CREATE OR REPLACE FUNCTION model_registry_dependencies(source_id text)
RETURNS TABLE (target_id text, relation text, origin text) LANGUAGE sql STABLE AS $$
    SELECT dependency.target_id, dependency.relation, min(dependency.origin)  -- 'link' before 'metadata'
    FROM (
        SELECT link.target_artifact_id AS target_id, link.link_type AS relation, 'link' AS origin
        FROM model_registry_links_of(source_id, model_registry_graph_links()) AS link
        WHERE link.link_type NOT IN ('tests', 'tests_hypothesis', 'supports')
           OR (SELECT artifact.artifact_type = 'model' FROM artifacts AS artifact WHERE artifact.id = source_id)
        UNION ALL
        SELECT source.parent_version_id, 'derives_from', 'metadata'
        FROM artifacts AS source
        WHERE source.id = source_id AND source.parent_version_id <> ''
        UNION ALL
        SELECT version.base_model_id, 'fine_tuned_from', 'metadata'
        FROM model_versions AS version
        WHERE version.artifact_id = source_id AND version.base_model_id IS NOT NULL
        UNION ALL
        SELECT coalesce(resolved.id, named.name), named.relation, 'metadata'
        FROM model_registry_named_evidence_of(ARRAY[source_id]) AS named
        LEFT JOIN LATERAL model_registry_resolve(named.name, named.types) AS resolved ON true
    ) AS dependency
    WHERE octet_length(dependency.target_id) <= model_registry_most_id()
    GROUP BY dependency.target_id, dependency.relation
$$;

-- The dependencies of artifacts, and what they evaluate, each with its type: `is_earlier` if the target is its own earlier
-- version, `is_test` if it tests the target, whatever other edge leads there.
CREATE OR REPLACE FUNCTION model_registry_edges_of(ids text[])
RETURNS TABLE (source_id text, target_id text, relation text, origin text, source_type text, is_earlier boolean, is_test boolean)
LANGUAGE sql STABLE ROWS 1000 AS $$
    SELECT source.id, step.target_id, step.relation, step.origin, model_registry_label(registered.artifact_type),
           coalesce(step.target_id = registered.parent_version_id, false),
           bool_or(step.relation IN ('tests', 'tests_hypothesis', 'supports')) OVER (PARTITION BY source.id, step.target_id)
    FROM (
        SELECT DISTINCT every.id FROM unnest(ids) AS every (id) WHERE octet_length(every.id) <= model_registry_most_id()
    ) AS source
    LEFT JOIN LATERAL (
        SELECT artifact.artifact_type, artifact.parent_version_id FROM artifacts AS artifact WHERE artifact.id = source.id
        OFFSET 0
    ) AS registered ON true
    CROSS JOIN LATERAL (
        SELECT dependency.target_id, dependency.relation, dependency.origin
        FROM model_registry_dependencies(source.id) AS dependency
        UNION ALL
        SELECT link.target_artifact_id, link.link_type, 'link'
        FROM model_registry_links_of(source.id, ARRAY['evaluates']) AS link
    ) AS step
$$;

-- The graph of each root, from the arrays of nodes and edges of each step. `is_sound` if the root and all targets of edges
-- are, apart from earlier versions that no link leads to.
CREATE OR REPLACE FUNCTION model_registry_drawn(
    node_roots text[], node_ids text[], node_depths integer[], edge_roots text[], edge_contents jsonb[]
) RETURNS TABLE (root text, nodes jsonb, edges jsonb, truncated boolean, is_sound boolean) LANGUAGE sql STABLE AS $$
    WITH node AS MATERIALIZED (
        SELECT known.root, known.id, known.depth FROM unnest(node_roots, node_ids, node_depths) AS known (root, id, depth)
    ),
    edge AS MATERIALIZED (
        SELECT found.root, found.content,
               (found.root, found.content ->> 1) IN (SELECT node.root, node.id FROM node) AS kept
        FROM unnest(edge_roots, edge_contents) AS found (root, content)
    ),
    drawn AS (
        SELECT edge.root, bool_or(NOT edge.kept) AS truncated,
               jsonb_agg(edge.content ORDER BY (edge.content ->> 0) COLLATE "C", (edge.content ->> 1) COLLATE "C",
                                               (edge.content ->> 2) COLLATE "C") FILTER (WHERE edge.kept) AS edges
        FROM edge
        GROUP BY edge.root
    )
    SELECT named.root, named.nodes, coalesce(drawn.edges, '[]'), coalesce(drawn.truncated, false), named.is_sound
    FROM (
        SELECT node.root,
               bool_and(registered.state IS NULL OR registered.state = 'sound' OR node.depth > 0 AND (node.root, node.id) NOT IN (
                   SELECT edge.root, edge.content ->> 1
                   FROM edge
                   WHERE edge.content ->> 2 <> 'derives_from' OR edge.content ->> 3 = 'link'
               )) AS is_sound,
               jsonb_agg(jsonb_build_array(
                   node.id, model_registry_title(registered.artifact_type), model_registry_title(registered.title),
                   registered.version_number, node.depth
               ) ORDER BY node.depth, node.id COLLATE "C") AS nodes
        FROM node
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type, artifact.title, artifact.version_number,
                   model_registry_state(artifact.version_tag, artifact.lifecycle_state, artifact.superseded_by) AS state
            FROM artifacts AS artifact
            WHERE artifact.id = node.id
            OFFSET 0
        ) AS registered ON true
        GROUP BY node.root
    ) AS named
    LEFT JOIN drawn ON drawn.root = named.root
$$;

-- What the artifacts of one level depend on, for each root that they belong to: as it is kept, or as it is read; at most so many
-- edges. `bytes` are those of the ids up to each.
CREATE OR REPLACE FUNCTION model_registry_followed(level_roots text[], level_ids text[], are_kept boolean, most integer)
RETURNS TABLE (root text, edge jsonb, bytes bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF are_kept THEN
        RETURN QUERY
        SELECT found.root, jsonb_build_array(found.source_id, found.target_id, found.relation, found.origin),
               sum(octet_length(found.source_id) + octet_length(found.target_id)) OVER (ROWS UNBOUNDED PRECEDING)
        FROM (
            SELECT level.root, kept.source_id, kept.target_id, kept.relation, kept.origin
            FROM model_registry_edges AS kept
            JOIN unnest(level_roots, level_ids) AS level (root, id) ON level.id = kept.source_id
            WHERE kept.source_id = ANY (level_ids) AND kept.relation <> 'evaluates'
            LIMIT most
        ) AS found;
    ELSE
        RETURN QUERY
        SELECT found.root, jsonb_build_array(found.source_id, found.target_id, found.relation, found.origin),
               sum(octet_length(found.source_id) + octet_length(found.target_id)) OVER (ROWS UNBOUNDED PRECEDING)
        FROM (
            SELECT level.root, source.id AS source_id, dependency.target_id, dependency.relation, dependency.origin
            FROM (SELECT DISTINCT every.id FROM unnest(level_ids) AS every (id)) AS source
            CROSS JOIN LATERAL model_registry_dependencies(source.id) AS dependency
            JOIN unnest(level_roots, level_ids) AS level (root, id) ON level.id = source.id
            LIMIT most
        ) AS found;
    END IF;
END
$$;

-- Each root with what it depends on, level by level for all roots: each node once for a root, with its least depth, and the
-- edges between the nodes, in a step at most 5 times as many as nodes in all, and a megabyte of ids for each root. An edge out
-- of the kept nodes, unread links of a node, or more edges show that something was cut off. A node is followed once, so cycles
-- end.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_graphs(roots text[], most_steps integer, most_nodes integer)
RETURNS TABLE (root text, nodes jsonb, edges jsonb, truncated boolean, is_sound boolean) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
DECLARE
    node_roots pg_catalog.text[] := roots;
    node_ids pg_catalog.text[] := roots;
    node_depths integer[] := array_fill(0, ARRAY[cardinality(roots)]);
    level_roots pg_catalog.text[] := roots;
    level_ids pg_catalog.text[] := roots;
    followed pg_catalog.jsonb[];
    followed_roots pg_catalog.text[];
    edges pg_catalog.jsonb[] := '{}';
    edge_roots pg_catalog.text[] := '{}';
    most_edges integer := 5 * most_nodes * cardinality(roots);
    room bigint := 10 * model_registry_most_ids() * cardinality(roots)::bigint;
    used bigint;
    is_cut boolean;
    cut boolean := false;
    are_kept boolean := model_registry_has_every_edge(roots);
BEGIN
    FOR depth IN 0..most_steps LOOP
        SELECT array_agg(found.root) FILTER (WHERE found.bytes <= room), array_agg(found.edge) FILTER (WHERE found.bytes <= room),
               count(*) = most_edges OR max(found.bytes) > room, max(found.bytes) FILTER (WHERE found.bytes <= room)
        INTO followed_roots, followed, is_cut, used
        FROM model_registry_followed(level_roots, level_ids, are_kept, most_edges) AS found;
        cut := cut OR coalesce(is_cut, false);
        room := room - coalesce(used, 0);
        edges := edges || followed;
        edge_roots := edge_roots || followed_roots;
        EXIT WHEN depth = most_steps;
        SELECT array_agg(fresh.root), array_agg(fresh.id)
        INTO level_roots, level_ids
        FROM (
            SELECT met.root, met.id,
                   row_number() OVER (PARTITION BY met.root ORDER BY met.id COLLATE "C") AS place
            FROM (
                SELECT DISTINCT edge.root, edge.content ->> 1
                FROM unnest(followed_roots, followed) AS edge (root, content)
            ) AS met (root, id)
            WHERE (met.root, met.id) NOT IN (SELECT node.root, node.id FROM unnest(node_roots, node_ids) AS node (root, id))
        ) AS fresh
        JOIN (
            SELECT node.root, count(*) AS number FROM unnest(node_roots) AS node (root) GROUP BY node.root
        ) AS known ON known.root = fresh.root
        WHERE fresh.place <= most_nodes - known.number;
        EXIT WHEN level_ids IS NULL;
        node_roots := node_roots || level_roots;
        node_ids := node_ids || level_ids;
        node_depths := node_depths || array_fill(depth + 1, ARRAY[cardinality(level_ids)]);
    END LOOP;
    cut := cut OR EXISTS (SELECT FROM model_registry_with_more_links(node_ids, model_registry_graph_links()));
    RETURN QUERY
    SELECT drawn.root, drawn.nodes, drawn.edges, drawn.truncated OR cut, drawn.is_sound AND NOT (drawn.truncated OR cut)
    FROM model_registry_drawn(node_roots, node_ids, node_depths, edge_roots, edges) AS drawn;
END
$$;

-- What each of these datasets, and of all that they derive from, was made from: its earlier version and the datasets that it
-- derives from. Each is read once, however many lead to it; the nearest first, at most so many and ten times as many steps.
-- Left to itself PostgreSQL plans it anew for each array: 1.0 ms for a dataset or two in place of 0.2.
CREATE OR REPLACE FUNCTION model_registry_dataset_sources(ids text[], most integer)
RETURNS TABLE (id text, earlier_version text, sources text[]) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    level pg_catalog.text[] := ids[:most];
    known pg_catalog.text[] := level;
    walked integer := cardinality(level);
    steps integer := 0;
BEGIN
    WHILE cardinality(level) > 0 LOOP
        FOR id, earlier_version, sources IN
            SELECT dataset.id, dataset.parent_version_id, ARRAY(
                SELECT source.id
                FROM model_registry_dependencies(dataset.id) AS dependency
                JOIN artifacts AS source ON source.id = dependency.target_id
                WHERE dependency.relation = 'derives_from' AND source.artifact_type IN ('dataset', 'tabular_dataset')
            )
            FROM artifacts AS dataset
            WHERE dataset.id = ANY (level)
        LOOP
            RETURN NEXT;
            steps := steps + cardinality(sources);
            EXIT WHEN steps > 10 * most;
            IF cardinality(known) < most THEN
                known := known || ARRAY(
                    SELECT fresh.id FROM unnest(sources) AS fresh (id) EXCEPT SELECT past.id FROM unnest(known) AS past (id)
                    ORDER BY 1
                );
            END IF;
        END LOOP;
        EXIT WHEN steps > 10 * most;
        level := known[walked + 1:most];
        walked := least(cardinality(known), most);
    END LOOP;
END
$$;
