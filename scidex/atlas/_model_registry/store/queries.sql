-- Every statement of the registry, by name. `model` is always a row of the judge's view model_registry_models.

-- name: model_columns
-- What a list entry is made of; the columns of ModelRecord.
model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
model.datasets, model.analyses, model.hypotheses, model.missing,
model.origin_type, model.lifecycle_state, model.promotion_state,
model_registry_timestamp(model.created_at) AS created_at

-- name: list_models
-- One page of models; the last two columns say for the cursor where a model stands, as text that reads the same in
-- every session, whatever its time zone and style of dates.
SELECT {columns}, to_jsonb({key}) #>> '{{}}' AS sort_key, to_jsonb(model.created_at) #>> '{{}}' AS created_at_key
FROM (
    {projected}
    UNION ALL
    {judged}
) AS model
ORDER BY {order}
LIMIT %(limit)s OFFSET %(offset)s

-- name: projected_page
-- Of the models that no change waits for, as many from the top as the page can reach; an index yields them in order.
(SELECT {columns}
 FROM model_registry_projection AS model
 WHERE model.id NOT IN (SELECT affected.id FROM model_registry_affected() AS affected) AND {conditions}
 ORDER BY {order}
 LIMIT %(offset)s::bigint + %(limit)s::bigint)

-- name: judged_page
-- The same of the others.
(SELECT {columns}
 FROM model_registry_judged_now() AS model
 WHERE {conditions}
 ORDER BY {order}
 LIMIT %(offset)s::bigint + %(limit)s::bigint)

-- name: page_columns
-- What the rows of a page are made and sorted from.
model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
model.datasets, model.analyses, model.hypotheses, model.missing,
model.origin_type, model.lifecycle_state, model.promotion_state, model.created_at, model.title_key

-- name: count_models
-- How many models match the filters.
SELECT count(*) AS total FROM model_registry_listed AS model WHERE {conditions}

-- name: facet
-- How many of the matching models have each value of one facet; `values` yields a model's values, `title` names one.
(SELECT {name} AS facet, value, count(*) AS count, {title} AS title
 FROM model_registry_listed AS model
 CROSS JOIN LATERAL ({values}) AS choice (value)
 WHERE {conditions}
 GROUP BY value
 ORDER BY count DESC, value
 LIMIT %(facet_limit)s)

-- name: facet_total
-- How many models match all filters, in the shape of a facet.
SELECT 'total' AS facet, NULL::jsonb AS value, count(*) AS count, NULL::text AS title
FROM model_registry_listed AS model WHERE {conditions}

-- name: facet_of_each
SELECT to_jsonb(each_value) FROM unnest({column}) AS each_value

-- name: facet_of_one
SELECT to_jsonb({column})

-- name: facet_title
(SELECT artifact.title FROM artifacts AS artifact WHERE artifact.id = value #>> '{{}}')

-- name: facet_of_provenance
SELECT to_jsonb(CASE cardinality(model.missing) WHEN 0 THEN 'complete' ELSE 'incomplete' END)

-- name: filter_family
model.family = ANY (%(family)s)

-- name: filter_dataset
model.datasets && (
    SELECT array_agg(resolved.id)
    FROM unnest(%(dataset)s::text[]) AS name
    CROSS JOIN LATERAL model_registry_resolve(name, ARRAY['dataset', 'tabular_dataset']) AS resolved
)

-- name: filter_analysis
model.analyses @> (
    SELECT array_agg(resolved.id) FROM model_registry_resolve(%(analysis)s, ARRAY['analysis']) AS resolved
)

-- name: filter_hypothesis
model.hypotheses @> (
    SELECT array_agg(resolved.id) FROM model_registry_resolve(%(hypothesis)s, ARRAY['hypothesis']) AS resolved
)

-- name: filter_words
-- A search in which the database finds no word matches everything, as one of punctuation alone does.
(numnode(to_tsquery('simple', %(words)s)) = 0 OR model.words @@ to_tsquery('simple', %(words)s))

-- name: filter_origin_type
model.origin_type = %(origin_type)s

-- name: filter_promotion_state
model.promotion_state = %(promotion_state)s

-- name: filter_latest
model.is_latest = %(latest)s

-- name: filter_complete
cardinality(model.missing) = 0

-- name: filter_incomplete
cardinality(model.missing) > 0

-- name: filter_metric
-- Every condition holds; a metric that is not reported meets none.
NOT EXISTS (
    SELECT FROM unnest(%(metric_names)s::text[], %(metric_operators)s::text[], %(metric_values)s::numeric[])
        AS condition (name, operator, value)
    WHERE CASE condition.operator
              WHEN '<' THEN (model.metrics ->> condition.name)::numeric < condition.value
              WHEN '<=' THEN (model.metrics ->> condition.name)::numeric <= condition.value
              WHEN '>' THEN (model.metrics ->> condition.name)::numeric > condition.value
              WHEN '>=' THEN (model.metrics ->> condition.name)::numeric >= condition.value
              WHEN '=' THEN (model.metrics ->> condition.name)::numeric = condition.value
          END IS NOT TRUE
)

-- name: filter_reports
model.metrics ? %(sort_metric)s

-- name: key_quality_score
model.quality_score

-- name: key_created_at
model.created_at

-- name: key_parameter_count
model.parameter_count

-- name: key_title
model.title_key

-- name: key_metric
(model.metrics ->> %(sort_metric)s)::numeric

-- name: key_distance
abs((model.metrics ->> %(sort_metric)s)::numeric - %(sort_target)s::numeric)

-- name: order_ascending
{key} ASC NULLS LAST, model.created_at DESC, model.id COLLATE "C"

-- name: order_descending
{key} DESC NULLS LAST, model.created_at DESC, model.id COLLATE "C"

-- name: after_tie
(model.created_at < %(after_created_at)s::timestamptz
 OR model.created_at = %(after_created_at)s::timestamptz AND model.id COLLATE "C" > %(after_id)s)

-- name: after_ascending
({key} > %(after_key)s::{type} OR {key} IS NULL OR {key} = %(after_key)s::{type} AND {tie})

-- name: after_descending
({key} < %(after_key)s::{type} OR {key} IS NULL OR {key} = %(after_key)s::{type} AND {tie})

-- name: after_unknown
({key} IS NULL AND {tie})

-- name: documented_models
-- Models by name, as asked for (with or without their prefix), with their documents; one row for each name. Where the
-- name leads to no model, `model_id` is null and `artifact_type` says what it leads to, if anything.
SELECT asked.name, found.artifact_type, found.id AS artifact_id, model.id AS model_id,
       {columns},
       artifact.quality_score IS DISTINCT FROM model.quality_score_stored AS has_unreadable_score,
       artifact.metadata::text AS metadata, artifact.content_hash, artifact.created_by, artifact.changelog,
       artifact.parent_version_id, artifact.superseded_by, artifact.origin_url,
       version.artifact_id IS NOT NULL AS has_version, version.is_external, version.external_source_url,
       version.external_source_version, version.base_model_id, version.code_repo_url, version.code_commit_sha,
       version.code_entrypoint, version.training_started_at, version.training_completed_at, version.trained_by,
       version.gpu_allocation_id, version.training_params_json, version.eval_metrics_json,
       model_registry_json(version.eval_metrics_json) IS NULL AS has_unreadable_metrics,
       version.eval_dataset_artifact_id, version.benchmark_id, version.promotion_notes,
       version.created_at AS version_created_at
FROM unnest(%(names)s::text[]) WITH ORDINALITY AS asked (name, place)
LEFT JOIN LATERAL (
    SELECT candidate.id, candidate.artifact_type
    FROM (VALUES (1, asked.name), (2, 'model-' || asked.name)) AS spelling (preference, id)
    JOIN artifacts AS candidate ON candidate.id = spelling.id
    ORDER BY candidate.artifact_type = 'model' DESC, spelling.preference
    LIMIT 1
) AS found ON true
LEFT JOIN model_registry_models AS model ON model.id = found.id
LEFT JOIN artifacts AS artifact ON artifact.id = model.id
LEFT JOIN model_versions AS version ON version.artifact_id = model.id
ORDER BY asked.place

-- name: provenance
-- For each model the facts of its provenance and its graph.
WITH fact AS ({facts}), graph AS ({graphs})
SELECT fact.model_id, fact.claims_hypothesis, fact.unresolved_datasets, fact.unresolved_analyses,
       fact.unresolved_hypotheses, fact.inputs, graph.nodes, graph.edges, graph.truncated
FROM fact JOIN graph ON graph.root = fact.model_id

-- name: provenance_facts
-- What the rules are worded from: the claim, names that led nowhere, and every input with its pin.
SELECT verdict.model_id, verdict.claims_hypothesis,
       unresolved.datasets AS unresolved_datasets, unresolved.analyses AS unresolved_analyses,
       unresolved.hypotheses AS unresolved_hypotheses, input.list AS inputs
FROM model_registry_verdicts AS verdict
JOIN artifacts AS model ON model.id = verdict.model_id
CROSS JOIN LATERAL (
    SELECT model_registry_unresolved(
               model.id, model.metadata, 'trained_on_dataset_id', ARRAY['trained_on'], ARRAY['dataset', 'tabular_dataset']
           ) AS datasets,
           model_registry_unresolved(
               model.id, model.metadata, 'produced_by_analysis_id', ARRAY['produced_by'], ARRAY['analysis']
           ) AS analyses,
           model_registry_unresolved(
               model.id, model.metadata, 'tests_hypothesis_id', ARRAY['tests', 'tests_hypothesis'], ARRAY['hypothesis']
           ) AS hypotheses
) AS unresolved
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_array(
               needed.artifact_id, registered.artifact_type, registered.title, needed.required_by,
               pin.version_number, pin.content_hash, registered.version_number, registered.content_hash,
               EXISTS (
                   SELECT FROM artifacts AS newer
                   WHERE newer.parent_version_id = needed.artifact_id
                     AND newer.artifact_type = registered.artifact_type
                     AND newer.version_number > registered.version_number
               )
           ) ORDER BY array_position(verdict.datasets, needed.artifact_id), needed.artifact_id COLLATE "C"), '[]')
    FROM model_registry_inputs(verdict.datasets, verdict.analyses) AS needed
    LEFT JOIN artifacts AS registered ON registered.id = needed.artifact_id
    LEFT JOIN LATERAL (
        SELECT pinned.version_number, pinned.content_hash
        FROM model_registry_pinned(verdict.datasets, verdict.analyses) AS pinned
        WHERE pinned.artifact_id = needed.artifact_id
        ORDER BY (pinned.version_number = registered.version_number
                  AND pinned.content_hash IS NOT DISTINCT FROM registered.content_hash) IS TRUE DESC,
                 (pinned.version_number = registered.version_number AND pinned.content_hash IS NULL) IS TRUE DESC,
                 pinned.version_number DESC, pinned.content_hash
        LIMIT 1
    ) AS pin ON true
) AS input (list)
WHERE verdict.model_id = ANY (%(ids)s)

-- name: provenance_graphs
-- For each root what it depends on, upstream, level by level. A walk meets a node at most once for each depth, so cycles
-- end with the bound on steps; an edge that leads out of the kept nodes says that something was cut off.
SELECT root.id AS root, graph.nodes, graph.edges, graph.truncated
FROM unnest(%(ids)s::text[]) AS root (id)
CROSS JOIN LATERAL (
    WITH RECURSIVE walk (id, depth) AS (
        SELECT root.id, 0
        UNION
        SELECT dependency.target_id, walk.depth + 1
        FROM walk
        CROSS JOIN LATERAL model_registry_dependencies(walk.id) AS dependency
        WHERE walk.depth < %(most_steps)s
    ),
    node AS MATERIALIZED (
        SELECT step.id, min(step.depth) AS depth
        FROM (SELECT walk.id, walk.depth FROM walk LIMIT %(most_nodes)s * (%(most_steps)s + 1)) AS step
        GROUP BY step.id
        ORDER BY min(step.depth), step.id COLLATE "C"
        LIMIT %(most_nodes)s
    ),
    edge AS MATERIALIZED (
        SELECT node.id AS source, dependency.target_id AS target, dependency.relation, dependency.origin,
               dependency.target_id IN (SELECT kept.id FROM node AS kept) AS kept
        FROM node
        CROSS JOIN LATERAL model_registry_dependencies(node.id) AS dependency
    )
    SELECT (
               SELECT jsonb_agg(jsonb_build_array(
                          node.id, registered.artifact_type, registered.title, registered.version_number, node.depth
                      ) ORDER BY node.depth, node.id COLLATE "C")
               FROM node LEFT JOIN artifacts AS registered ON registered.id = node.id
           ) AS nodes,
           (
               SELECT coalesce(jsonb_agg(
                          jsonb_build_array(edge.source, edge.target, edge.relation, edge.origin)
                          ORDER BY edge.source COLLATE "C", edge.target COLLATE "C", edge.relation COLLATE "C"
                      ), '[]')
               FROM edge WHERE edge.kept
           ) AS edges,
           EXISTS (SELECT FROM edge WHERE NOT edge.kept) AS truncated
) AS graph

-- name: lineages
-- Every version of each model's lineage, branches included: parents and children of parents and children. A parent that
-- is gone still joins its children; one that is no model joins nothing. Names that were met before are not followed
-- again, so broken and cyclic chains end.
SELECT root.id AS root, model.id, model.version_number, model.version_tag, artifact.changelog,
       model_registry_timestamp(model.created_at) AS created_at, artifact.content_hash,
       model.is_latest, model.quality_score, model.metrics
FROM unnest(%(ids)s::text[]) AS root (id)
CROSS JOIN LATERAL (
    WITH RECURSIVE member (id) AS (
        SELECT root.id
        UNION
        SELECT related.id
        FROM member
        CROSS JOIN LATERAL (
            SELECT child.id
            FROM artifacts AS child
            WHERE child.parent_version_id = member.id AND child.artifact_type = 'model'
            UNION ALL
            SELECT itself.parent_version_id
            FROM artifacts AS itself
            LEFT JOIN artifacts AS parent ON parent.id = itself.parent_version_id
            WHERE itself.id = member.id AND coalesce(parent.artifact_type, 'model') = 'model'
        ) AS related
        WHERE related.id IS NOT NULL
    )
    SELECT member.id FROM member
) AS member
JOIN model_registry_models AS model ON model.id = member.id
JOIN artifacts AS artifact ON artifact.id = model.id
ORDER BY root.id, model.version_number, model.created_at, model.id COLLATE "C"

-- name: links
-- Links from and to an artifact with what is at their other end, if it still exists.
SELECT link.outgoing, link.link_type, link.strength, link.evidence::text AS evidence,
       model_registry_timestamp(link.created_at) AS created_at,
       link.artifact_id, other.artifact_type, other.title, other.version_number, other.is_latest
FROM (
    SELECT true AS outgoing, link_type, strength, evidence, created_at, target_artifact_id AS artifact_id, id
    FROM artifact_links WHERE source_artifact_id = %(id)s
    UNION ALL
    SELECT false, link_type, strength, evidence, created_at, source_artifact_id, id
    FROM artifact_links WHERE target_artifact_id = %(id)s
) AS link
LEFT JOIN artifacts AS other ON other.id = link.artifact_id
ORDER BY link.link_type COLLATE "C", link.created_at, link.id

-- name: datasets
-- Datasets by name (bare or prefixed) with their earlier versions and everything they derive from.
SELECT asked.name, dataset.id, dataset.title, dataset.version_number,
       ARRAY(
           WITH RECURSIVE earlier (id) AS (
               SELECT dataset.id
               UNION
               SELECT version.parent_version_id
               FROM earlier JOIN artifacts AS version ON version.id = earlier.id
               WHERE version.parent_version_id IS NOT NULL
           )
           SELECT earlier.id FROM earlier
       ) AS earlier_versions,
       ARRAY(
           WITH RECURSIVE ancestor (id) AS (
               SELECT dataset.id
               UNION
               SELECT source.id
               FROM ancestor
               CROSS JOIN LATERAL model_registry_dependencies(ancestor.id) AS dependency
               JOIN artifacts AS source ON source.id = dependency.target_id
               WHERE dependency.relation = 'derives_from' AND source.artifact_type IN ('dataset', 'tabular_dataset')
           )
           SELECT ancestor.id FROM ancestor WHERE ancestor.id <> dataset.id
       ) AS ancestors
FROM unnest(%(names)s::text[]) AS asked (name)
CROSS JOIN LATERAL model_registry_resolve(asked.name, ARRAY['dataset', 'tabular_dataset']) AS resolved
JOIN artifacts AS dataset ON dataset.id = resolved.id

-- name: fold
SELECT model_registry_fold(%(most)s)

-- name: build
SELECT model_registry_build(%(most)s)

-- name: rebuild
SELECT rebuilt.number, rebuilt.last FROM model_registry_rebuild(%(after)s, %(most)s) AS rebuilt

-- name: log_length
SELECT count(*) FROM model_registry_changes

-- name: differing
-- Rows of the projection against the judge; what an entry of the log can affect is not expected to agree yet.
SELECT coalesce(projected.id, judged.id) AS id
FROM model_registry_projection AS projected
FULL JOIN model_registry_judged AS judged ON judged.id = projected.id
WHERE coalesce(projected.id, judged.id) NOT IN (SELECT affected.id FROM model_registry_affected() AS affected)
  AND (projected.id IS NULL OR judged.id IS NULL
       OR (projected.title, projected.family, projected.version_number, projected.version_tag, projected.is_latest,
           projected.quality_score, projected.quality_score_stored, projected.metrics, projected.parameter_count,
           projected.datasets, projected.analyses, projected.hypotheses, projected.claims_hypothesis,
           projected.missing, projected.origin_type, projected.lifecycle_state, projected.promotion_state,
           projected.created_at, projected.title_key, projected.words)
          IS DISTINCT FROM
          (judged.title, judged.family, judged.version_number, judged.version_tag, judged.is_latest,
           judged.quality_score, judged.quality_score_stored, judged.metrics, judged.parameter_count,
           judged.datasets, judged.analyses, judged.hypotheses, judged.claims_hypothesis,
           judged.missing, judged.origin_type, judged.lifecycle_state, judged.promotion_state,
           judged.created_at, judged.title_key, judged.words))
ORDER BY 1
