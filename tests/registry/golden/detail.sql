WITH found AS MATERIALIZED (
    SELECT asked.name, asked.place, candidate.artifact_type, candidate.id
    FROM unnest((SELECT '{model-a}'::text[])) WITH ORDINALITY AS asked (name, place)
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
model.origin_type, model.lifecycle_state, model.promotion_state, model.unreadable, model.headline_metric, model_registry_timestamp(model.created_at) AS created_at,
       artifact.quality_score IS DISTINCT FROM model.quality_score_stored AS has_unreadable_score,
       model_registry_document_text(artifact.metadata, model_registry_most_document()) AS metadata,
       model_registry_shown(artifact.content_hash) AS content_hash,
       model_registry_shown(artifact.created_by) AS created_by,
       model_registry_shown(artifact.changelog) AS changelog,
       model_registry_shown(artifact.parent_version_id) AS parent_version_id,
       model_registry_shown(artifact.superseded_by) AS superseded_by,
       model_registry_shown(artifact.origin_url) AS origin_url,
       EXISTS (
           SELECT
           FROM artifact_links AS link
           WHERE link.target_artifact_id = found.id AND link.link_type = 'evaluates'
           OFFSET 0  -- otherwise the planner may hash all links of that type
       ) AS has_evaluations,
       version.artifact_id IS NOT NULL AS has_version, version.is_external,
       model_registry_shown(version.external_source_url) AS external_source_url,
       model_registry_shown(version.external_source_version) AS external_source_version,
       model_registry_shown(version.base_model_id) AS base_model_id,
       model_registry_shown(version.code_repo_url) AS code_repo_url,
       model_registry_shown(version.code_commit_sha) AS code_commit_sha,
       model_registry_shown(version.code_entrypoint) AS code_entrypoint,
       model_registry_shown(version.training_started_at) AS training_started_at,
       model_registry_shown(version.training_completed_at) AS training_completed_at,
       model_registry_shown(version.trained_by) AS trained_by,
       model_registry_shown(version.gpu_allocation_id) AS gpu_allocation_id,
       model_registry_shown(version.eval_dataset_artifact_id) AS eval_dataset_artifact_id,
       model_registry_shown(version.benchmark_id) AS benchmark_id,
       model_registry_shown(version.promotion_notes) AS promotion_notes,
       CASE WHEN octet_length(version.training_params_json) <= model_registry_most_json()
            THEN version.training_params_json
       END AS training_params_json,
       CASE WHEN octet_length(version.eval_metrics_json) <= model_registry_most_json()
            THEN version.eval_metrics_json
       END AS eval_metrics_json,
       model_registry_json(version.eval_metrics_json) IS NULL AS has_unreadable_metrics,
       model_registry_shown(version.created_at) AS version_created_at,
       ARRAY(
           SELECT text.name
           FROM (
           VALUES ('content_hash', artifact.content_hash),
                  ('created_by', artifact.created_by),
                  ('changelog', artifact.changelog),
                  ('parent_version_id', artifact.parent_version_id),
                  ('superseded_by', artifact.superseded_by),
                  ('origin_url', artifact.origin_url),
                  ('model_version.external_source_url', version.external_source_url),
                  ('model_version.external_source_version', version.external_source_version),
                  ('model_version.base_model_id', version.base_model_id),
                  ('model_version.code_repo_url', version.code_repo_url),
                  ('model_version.code_commit_sha', version.code_commit_sha),
                  ('model_version.code_entrypoint', version.code_entrypoint),
                  ('model_version.training_started_at', version.training_started_at),
                  ('model_version.training_completed_at', version.training_completed_at),
                  ('model_version.trained_by', version.trained_by),
                  ('model_version.gpu_allocation_id', version.gpu_allocation_id),
                  ('model_version.eval_dataset_artifact_id', version.eval_dataset_artifact_id),
                  ('model_version.benchmark_id', version.benchmark_id),
                  ('model_version.promotion_notes', version.promotion_notes)
           ) AS text (name, value)
           WHERE model_registry_is_longer(text.value, model_registry_most_text())
           UNION ALL
           SELECT 'model_versions.training_params_json'
           WHERE octet_length(version.training_params_json) > model_registry_most_json()
       ) AS cut
FROM found
LEFT JOIN model_registry_current(ARRAY(SELECT found.id FROM found WHERE found.artifact_type = 'model')) AS model
    ON model.id = found.id
LEFT JOIN artifacts AS artifact
    ON artifact.id = found.id AND found.artifact_type = 'model' AND model.unreadable <> ARRAY['artifacts']
LEFT JOIN model_versions AS version ON version.artifact_id = artifact.id
ORDER BY found.place;

WITH fact AS MATERIALIZED (
    SELECT told.model_id, told.claims_hypothesis, told.unresolved_datasets, told.unresolved_analyses,
           told.unresolved_hypotheses, told.inputs
    FROM model_registry_facts('{model-a}'::text[]) AS told
),
fault AS (
    SELECT array_agg(faulty.model_id) AS models, array_agg(faulty.artifact_id) AS ids, array_agg(faulty.reason) AS reasons
    FROM (
        SELECT fact.model_id, input.entry ->> 0 AS artifact_id, model_registry_pin_fault(input.entry) AS reason
        FROM fact
        CROSS JOIN LATERAL jsonb_array_elements(fact.inputs) AS input (entry)
    ) AS faulty
    WHERE faulty.reason IS NOT NULL
),
graph AS MATERIALIZED (
    SELECT drawn.root, drawn.nodes, drawn.edges, drawn.truncated, drawn.is_sound
    FROM model_registry_graphs('{model-a}'::text[], 12, 400) AS drawn
)
SELECT fact.model_id, fact.claims_hypothesis, fact.unresolved_datasets, fact.unresolved_analyses,
       fact.unresolved_hypotheses, fact.inputs, graph.nodes, graph.edges, graph.truncated,
       coalesce(standing.status, 'sound') AS status, coalesce(standing.because, '[]') AS because,
       coalesce(standing.truncated, false) AS standing_truncated
FROM fact
JOIN graph ON graph.root = fact.model_id
LEFT JOIN (
    SELECT judged.root, judged.status, judged.because, judged.truncated
    FROM fault
    CROSS JOIN LATERAL model_registry_standings(
        ARRAY(SELECT graph.root FROM graph WHERE NOT graph.is_sound OR graph.root = ANY (fault.models)),
        fault.models, fault.ids, fault.reasons, 12, 20
    ) AS judged
) AS standing ON standing.root = fact.model_id;

WITH version AS MATERIALIZED (
    SELECT root.id AS root, member.id
    FROM unnest((SELECT '{model-a}'::text[])) AS root (id)
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
                  AND (itself.parent_version_id <> '' OR parent.id IS NOT NULL)
            ) AS related
        )
        SELECT member.id
        FROM member
        WHERE EXISTS (SELECT FROM artifacts AS artifact WHERE artifact.id = member.id AND artifact.artifact_type = 'model')
        LIMIT 500 + 1
    ) AS member
)
SELECT version.root, model.id, model.version_number, model.version_tag, model_registry_title(artifact.changelog) AS changelog,
       model_registry_timestamp(model.created_at) AS created_at, model_registry_title(artifact.content_hash) AS content_hash,
       model.is_latest, model.quality_score, model.metrics
FROM version
JOIN model_registry_current(ARRAY(SELECT version.id FROM version)) AS model ON model.id = version.id
JOIN artifacts AS artifact ON artifact.id = version.id
ORDER BY version.root, model.version_number, model.created_at, model.id COLLATE "C";

SELECT link.outgoing, model_registry_title(link.link_type) AS link_type, link.strength,
       model_registry_document_text(link.evidence, model_registry_most_evidence()) AS evidence,
       link.evidence IS NOT NULL AS has_evidence,
       model_registry_timestamp(link.created_at) AS created_at,
       model_registry_cut(link.artifact_id, model_registry_most_id()) AS artifact_id,
       model_registry_title(other.artifact_type) AS artifact_type,
       model_registry_title(other.title) AS title, other.version_number, other.is_latest
FROM (
    (SELECT true AS outgoing, link_type, strength, evidence, created_at, target_artifact_id AS artifact_id, id
     FROM artifact_links WHERE source_artifact_id = 'model-a'
     LIMIT 500 + 1)
    UNION ALL
    (SELECT false, link_type, strength, evidence, created_at, source_artifact_id, id
     FROM artifact_links WHERE target_artifact_id = 'model-a'
     LIMIT 500 + 1)
) AS link
LEFT JOIN artifacts AS other ON other.id = link.artifact_id
ORDER BY link.link_type COLLATE "C", link.created_at, link.id;
