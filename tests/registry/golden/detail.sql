WITH found AS MATERIALIZED (
    SELECT asked.name, asked.place, candidate.artifact_type, candidate.id
    FROM unnest('{model-a}'::text[]) WITH ORDINALITY AS asked (name, place)
    LEFT JOIN LATERAL (
        SELECT artifact.id, artifact.artifact_type
        FROM (VALUES (1, asked.name), (2, 'model-' || asked.name)) AS spelling (preference, id)
        JOIN artifacts AS artifact ON artifact.id = spelling.id
        ORDER BY artifact.artifact_type = 'model' DESC, spelling.preference
        LIMIT 1
    ) AS candidate ON true
)
SELECT found.name, found.artifact_type, found.id AS artifact_id, model.id AS model_id,
       model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
model.datasets, model.analyses, model.hypotheses, model.missing,
model.origin_type, model.lifecycle_state, model.promotion_state,
model_registry_timestamp(model.created_at) AS created_at,
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
ORDER BY found.place;

SELECT fact.model_id, fact.claims_hypothesis, fact.unresolved_datasets, fact.unresolved_analyses,
       fact.unresolved_hypotheses, fact.inputs, graph.nodes, graph.edges, graph.truncated
FROM model_registry_facts('{model-a}'::text[]) AS fact
JOIN model_registry_graphs('{model-a}'::text[], 12, 400) AS graph ON graph.root = fact.model_id;

WITH version AS MATERIALIZED (
    SELECT root.id AS root, member.id
    FROM unnest('{model-a}'::text[]) AS root (id)
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
ORDER BY version.root, model.version_number, model.created_at, model.id COLLATE "C";

SELECT link.outgoing, link.link_type, link.strength, link.evidence::text AS evidence,
       model_registry_timestamp(link.created_at) AS created_at,
       link.artifact_id, other.artifact_type, other.title, other.version_number, other.is_latest
FROM (
    SELECT true AS outgoing, link_type, strength, evidence, created_at, target_artifact_id AS artifact_id, id
    FROM artifact_links WHERE source_artifact_id = 'model-a'
    UNION ALL
    SELECT false, link_type, strength, evidence, created_at, source_artifact_id, id
    FROM artifact_links WHERE target_artifact_id = 'model-a'
) AS link
LEFT JOIN artifacts AS other ON other.id = link.artifact_id
ORDER BY link.link_type COLLATE "C", link.created_at, link.id;
