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
-- every session, whatever its time zone and style of dates. Which models stand on the page is found first, so that what
-- lies before it is not read.
WITH page AS MATERIALIZED (
    SELECT place.id, place.sort_key, place.created_at
    FROM ({parts}) AS place
    ORDER BY {order}
    LIMIT %(limit)s OFFSET %(offset)s
)
SELECT {columns}, to_jsonb(place.sort_key) #>> '{{}}' AS sort_key, to_jsonb(place.created_at) #>> '{{}}' AS created_at_key
FROM page AS place
JOIN model_registry_current(ARRAY(SELECT page.id FROM page)) AS model ON model.id = place.id
ORDER BY {order}

-- name: projected_page
-- Of the models that no change waits for, as many from the top as the page can reach; an index yields them in order.
(SELECT {row}.id, {key} AS sort_key, {row}.created_at
 FROM {models}
 WHERE {row}.id NOT IN (SELECT affected.id FROM model_registry_affected() AS affected) AND {conditions}
 ORDER BY {order}
 LIMIT %(offset)s::bigint + %(limit)s::bigint)

-- name: among
{of}.id = ANY (ARRAY(SELECT {row}.id FROM {models} WHERE {conditions}))

-- name: judged_page
-- The others.
(SELECT {row}.id, {key} AS sort_key, {row}.created_at FROM {models} WHERE {conditions})

-- name: count_models
-- How many models match the filters.
SELECT coalesce(sum(model.times), 0) AS total FROM ({counted}) AS model

-- name: counted
-- Every matching model as it is at this moment: all that are projected, less those a change waits for, and these as they
-- are now. Taking away the few is quicker than asking of each of many whether it is one of them.
SELECT {projected_columns} 1 AS times FROM {projected} WHERE {conditions}
UNION ALL
SELECT {projected_columns} -1 FROM {projected}
WHERE {row}.id IN (SELECT affected.id FROM model_registry_affected() AS affected) AND {conditions}
UNION ALL
SELECT {judged_columns} 1 FROM {judged} WHERE {judged_conditions}

-- name: projected_models
model_registry_projection AS model

-- name: models_by_evidence
-- The rows of one kind of evidence have the flags of their models.
model_registry_evidence AS model

-- name: judged_models
model_registry_judged_now() AS model

-- name: projected_metric
model_registry_metrics AS {alias}

-- name: joined_metric
JOIN model_registry_metrics AS {alias} ON {alias}.id = {row}.id

-- name: searched_models
model_registry_search AS {alias}

-- name: joined_words
JOIN model_registry_search AS {alias} ON {alias}.id = {row}.id

-- name: joined_evidence
JOIN model_registry_evidence AS {alias} ON {alias}.id = model.id

-- name: evidence_is
-- Two conditions for the reason that filter_dataset gives.
{alias}.kind = {kind}
AND {alias}.artifact_id = ANY ({spellings}::text[])
AND CASE WHEN {alias}.artifact_id = (SELECT resolved.id FROM model_registry_resolve({name}, {types}) AS resolved)
         THEN true ELSE false END

-- name: has_any_dataset
EXISTS (
    SELECT
    FROM unnest(%(dataset)s::text[]) AS name
    CROSS JOIN LATERAL model_registry_resolve(name, ARRAY['dataset', 'tabular_dataset']) AS resolved
    JOIN model_registry_evidence AS evidence
        ON evidence.id = model.id AND evidence.kind = 'dataset' AND evidence.artifact_id = resolved.id
)

-- name: evidence_of_kind
model.kind = {kind}

-- name: judged_words
CROSS JOIN LATERAL (SELECT model_registry_words(model.id, model.title, model.document) AS words) AS {alias}

-- name: judged_evidence
CROSS JOIN LATERAL unnest({column}) AS found (artifact_id)

-- name: judged_metric
CROSS JOIN LATERAL (
    SELECT model.id, model_registry_metric_name(metric.key) AS name,
           model_registry_double((metric.value #>> '{{}}')::numeric) AS value, model.created_at
    FROM jsonb_each(model.metrics) AS metric
) AS {alias}

-- name: all_facets
SELECT facet.name, facet.value, facet.number, facet.title
FROM ({parts}) AS facet
ORDER BY facet.number DESC, facet.value

-- name: facets
-- How often the matching models have each value of some facets, all counted under the same filters. The facets of few
-- values are counted together, then each from the combinations.
SELECT facet.name, facet.value, facet.number, NULL::text AS title
FROM (
    SELECT each.name, each.value, sum(combination.number) AS number,
           row_number() OVER (PARTITION BY each.name ORDER BY sum(combination.number) DESC, each.value) AS place
    FROM (
        SELECT model.family, model.complete, model.is_latest, model.origin_type, model.promotion_state,
               sum(model.times) AS number
        FROM ({counted}) AS model
        GROUP BY model.family, model.complete, model.is_latest, model.origin_type, model.promotion_state
    ) AS combination
    CROSS JOIN LATERAL (
        VALUES ('total', NULL),
               ('family', to_jsonb(combination.family)),
               ('provenance', to_jsonb(CASE WHEN combination.complete THEN 'complete' ELSE 'incomplete' END)),
               ('latest', to_jsonb(combination.is_latest)),
               ('origin_type', to_jsonb(combination.origin_type)),
               ('promotion_state', to_jsonb(combination.promotion_state))
    ) AS each (name, value)
    WHERE each.name = ANY ({facets})
    GROUP BY each.name, each.value
    HAVING sum(combination.number) > 0
) AS facet
WHERE facet.place <= %(facet_limit)s

-- name: evidence_facet
-- How often the matching models have each artifact as their evidence, with its title.
SELECT {facet} AS name, to_jsonb(frequent.artifact_id) AS value, frequent.number, artifact.title
FROM (
    SELECT model.artifact_id, sum(model.times) AS number
    FROM ({counted}) AS model
    GROUP BY model.artifact_id
    HAVING sum(model.times) > 0
    ORDER BY sum(model.times) DESC, model.artifact_id COLLATE "C"
    LIMIT %(facet_limit)s
) AS frequent
LEFT JOIN artifacts AS artifact ON artifact.id = frequent.artifact_id

-- name: filter_family
model.family = ANY (%(family)s)

-- name: filter_dataset
-- The first condition is one the planner can estimate; the second sees to it that of several artifacts that a name could
-- mean it means the one it means elsewhere. As a CASE it counts for nothing in the estimate.
model.datasets && %(dataset_spellings)s::text[]
AND CASE WHEN model.datasets && (
    SELECT array_agg(resolved.id)
    FROM unnest(%(dataset)s::text[]) AS name
    CROSS JOIN LATERAL model_registry_resolve(name, ARRAY['dataset', 'tabular_dataset']) AS resolved
) THEN true ELSE false END

-- name: filter_analysis
model.analyses && %(analysis_spellings)s::text[]
AND CASE WHEN model.analyses @> (
    SELECT array_agg(resolved.id) FROM model_registry_resolve(%(analysis)s, ARRAY['analysis']) AS resolved
) THEN true ELSE false END

-- name: filter_hypothesis
model.hypotheses && %(hypothesis_spellings)s::text[]
AND CASE WHEN model.hypotheses @> (
    SELECT array_agg(resolved.id) FROM model_registry_resolve(%(hypothesis)s, ARRAY['hypothesis']) AS resolved
) THEN true ELSE false END

-- name: filter_words
searched.words @@ model_registry_tsquery(%(words)s)

-- name: filter_origin_type
model.origin_type = %(origin_type)s

-- name: filter_promotion_state
model.promotion_state = %(promotion_state)s

-- name: filter_latest
model.is_latest = %(latest)s

-- name: filter_complete
model.complete

-- name: filter_incomplete
NOT model.complete

-- name: reports
{alias}.name = model_registry_metric_name({name})

-- name: is_below
{alias}.value < {value}::float8

-- name: is_at_most
{alias}.value <= {value}::float8

-- name: is_above
{alias}.value > {value}::float8

-- name: is_at_least
{alias}.value >= {value}::float8

-- name: is_equal
{alias}.value = {value}::float8

-- name: key_quality_score
model.quality_score

-- name: key_created_at
model.created_at

-- name: key_parameter_count
model.parameter_count

-- name: key_title
model.title_key

-- name: key_metric
sorted.value

-- name: key_distance
abs(sorted.value - %(sort_target)s::float8)

-- name: order_ascending
{key} ASC NULLS LAST, {row}.created_at DESC, {row}.id COLLATE "C"

-- name: order_descending
{key} DESC NULLS LAST, {row}.created_at DESC, {row}.id COLLATE "C"

-- name: after_same
-- Each part of what follows a place is a range of the index that yields the order.
({key} = %(after_key)s::{type} AND {row}.created_at <= %(after_created_at)s::timestamptz AND {tie})

-- name: after_ascending
({key} > %(after_key)s::{type})

-- name: after_descending
({key} < %(after_key)s::{type})

-- name: all_unknown
({key} IS NULL)

-- name: after_unknown
({key} IS NULL AND {row}.created_at <= %(after_created_at)s::timestamptz AND {tie})

-- name: after_tie
({row}.created_at < %(after_created_at)s::timestamptz OR {row}.id COLLATE "C" > %(after_id)s)

-- name: documented_models
-- Models by name, as asked for (with or without their prefix), with their documents; one row for each name. Where the
-- name leads to no model, `model_id` is null and `artifact_type` says what it leads to, if anything.
WITH found AS MATERIALIZED (
    SELECT asked.name, asked.place, candidate.artifact_type, candidate.id
    FROM unnest(%(names)s::text[]) WITH ORDINALITY AS asked (name, place)
    LEFT JOIN LATERAL (
        SELECT artifact.id, artifact.artifact_type
        FROM (VALUES (1, asked.name), (2, 'model-' || asked.name)) AS spelling (preference, id)
        JOIN artifacts AS artifact ON artifact.id = spelling.id
        ORDER BY artifact.artifact_type = 'model' DESC, spelling.preference
        LIMIT 1
    ) AS candidate ON true
)
SELECT found.name, found.artifact_type, found.id AS artifact_id, model.id AS model_id,
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
FROM found
LEFT JOIN model_registry_current(ARRAY(SELECT found.id FROM found WHERE found.artifact_type = 'model')) AS model
    ON model.id = found.id
LEFT JOIN artifacts AS artifact ON artifact.id = model.id
LEFT JOIN model_versions AS version ON version.artifact_id = model.id
ORDER BY found.place

-- name: provenance
-- For each model the facts of its provenance and its graph.
WITH fact AS ({facts}), graph AS ({graphs})
SELECT fact.model_id, fact.claims_hypothesis, fact.unresolved_datasets, fact.unresolved_analyses,
       fact.unresolved_hypotheses, fact.inputs, graph.nodes, graph.edges, graph.truncated
FROM fact JOIN graph ON graph.root = fact.model_id

-- name: provenance_facts
-- What the rules are worded from: the claim, names that led nowhere, and every input with its pin.
SELECT verdict.id AS model_id, verdict.claims_hypothesis,
       unresolved.datasets AS unresolved_datasets, unresolved.analyses AS unresolved_analyses,
       unresolved.hypotheses AS unresolved_hypotheses, input.list AS inputs
FROM model_registry_current(%(ids)s) AS verdict
JOIN artifacts AS model ON model.id = verdict.id
CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
CROSS JOIN LATERAL (
    SELECT model_registry_unresolved(
               model.id, read.document, 'trained_on_dataset_id', ARRAY['trained_on'], ARRAY['dataset', 'tabular_dataset']
           ) AS datasets,
           model_registry_unresolved(
               model.id, read.document, 'produced_by_analysis_id', ARRAY['produced_by'], ARRAY['analysis']
           ) AS analyses,
           model_registry_unresolved(
               model.id, read.document, 'tests_hypothesis_id', ARRAY['tests', 'tests_hypothesis'], ARRAY['hypothesis']
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
    LEFT JOIN (
        SELECT DISTINCT ON (pinned.artifact_id) pinned.artifact_id, pinned.version_number, pinned.content_hash
        FROM model_registry_pinned(verdict.datasets, verdict.analyses) AS pinned
        LEFT JOIN artifacts AS current ON current.id = pinned.artifact_id
        ORDER BY pinned.artifact_id,
                 (pinned.version_number = current.version_number
                  AND pinned.content_hash IS NOT DISTINCT FROM current.content_hash) IS TRUE DESC,
                 (pinned.version_number = current.version_number AND pinned.content_hash IS NULL) IS TRUE DESC,
                 pinned.version_number DESC, pinned.content_hash
    ) AS pin ON pin.artifact_id = needed.artifact_id
) AS input (list)

-- name: provenance_graphs
-- For each root the graph of what it depends on.
SELECT root.id AS root, graph.nodes, graph.edges, graph.truncated
FROM unnest(%(ids)s::text[]) AS root (id)
CROSS JOIN LATERAL model_registry_graph(root.id, %(most_steps)s, %(most_nodes)s) AS graph

-- name: lineages
-- Every version of each model's lineage, branches included: parents and children of parents and children. A parent that
-- is gone still joins its children; one that is no model joins nothing. Names that were met before are not followed
-- again, so broken and cyclic chains end.
WITH version AS MATERIALIZED (
    SELECT root.id AS root, member.id
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
)
SELECT version.root, model.id, model.version_number, model.version_tag, artifact.changelog,
       model_registry_timestamp(model.created_at) AS created_at, artifact.content_hash,
       model.is_latest, model.quality_score, model.metrics
FROM version
JOIN model_registry_current(ARRAY(SELECT version.id FROM version)) AS model ON model.id = version.id
JOIN artifacts AS artifact ON artifact.id = model.id
ORDER BY version.root, model.version_number, model.created_at, model.id COLLATE "C"

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

-- name: vacuum
VACUUM (ANALYZE)
    model_registry_projection, model_registry_metrics, model_registry_evidence, model_registry_search,
    model_registry_changes

-- name: has_unfinished_index
SELECT index.indexrelid FROM pg_index AS index
WHERE index.indexrelid = to_regclass('model_registry_links_by_target') AND NOT index.indisvalid

-- name: drop_unfinished_index
DROP INDEX CONCURRENTLY IF EXISTS model_registry_links_by_target

-- name: index_links
CREATE INDEX CONCURRENTLY IF NOT EXISTS model_registry_links_by_target ON artifact_links (target_artifact_id)

-- name: log_length
SELECT count(*) FROM model_registry_changes

-- name: differing
-- Rows of the projection against the judge; what an entry of the log can affect is not expected to agree yet.
SELECT coalesce(projected.id, judged.id) AS id
FROM model_registry_projection AS projected
JOIN model_registry_search AS searched ON searched.id = projected.id
FULL JOIN model_registry_judged AS judged ON judged.id = projected.id
WHERE coalesce(projected.id, judged.id) NOT IN (SELECT affected.id FROM model_registry_affected() AS affected)
  AND (projected.id IS NULL OR judged.id IS NULL
       OR (projected.title, projected.family, projected.version_number, projected.version_tag, projected.is_latest,
           projected.quality_score, projected.quality_score_stored, projected.metrics, projected.parameter_count,
           projected.datasets, projected.analyses, projected.hypotheses, projected.claims_hypothesis,
           projected.missing, projected.origin_type, projected.lifecycle_state, projected.promotion_state,
           projected.created_at, projected.title_key, searched.words)
          IS DISTINCT FROM
          (judged.title, judged.family, judged.version_number, judged.version_tag, judged.is_latest,
           judged.quality_score, judged.quality_score_stored, judged.metrics, judged.parameter_count,
           judged.datasets, judged.analyses, judged.hypotheses, judged.claims_hypothesis,
           judged.missing, judged.origin_type, judged.lifecycle_state, judged.promotion_state,
           judged.created_at, judged.title_key, judged.words))
ORDER BY 1
