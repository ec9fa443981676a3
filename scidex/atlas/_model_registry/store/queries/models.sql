-- Models one by one: documents, facts and graphs of their provenance, lineages, links, datasets.

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
LEFT JOIN artifacts AS artifact ON artifact.id = found.id AND found.artifact_type = 'model'
LEFT JOIN model_versions AS version ON version.artifact_id = artifact.id
ORDER BY found.place

-- name: provenance
-- For each model the facts of its provenance and its graph.
SELECT fact.model_id, fact.claims_hypothesis, fact.unresolved_datasets, fact.unresolved_analyses,
       fact.unresolved_hypotheses, fact.inputs, graph.nodes, graph.edges, graph.truncated
FROM model_registry_facts(%(ids)s::text[]) AS fact
JOIN model_registry_graphs(%(ids)s::text[], %(most_steps)s, %(most_nodes)s) AS graph ON graph.root = fact.model_id

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
JOIN artifacts AS artifact ON artifact.id = version.id
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
