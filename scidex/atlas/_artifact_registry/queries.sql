-- name: insert_artifact
-- Writes one artifact; returns no row if its id is taken.
INSERT INTO artifacts (
    id, artifact_type, title, metadata, entity_ids, content_hash, provenance_chain, quality_score, created_by,
    created_at, origin_type, origin_url, lifecycle_state, version_number, parent_version_id, changelog, is_latest
) VALUES (
    %(id)s, %(artifact_type)s, %(title)s, %(metadata)s, %(entity_ids)s, %(content_hash)s, %(provenance_chain)s,
    %(quality_score)s, %(created_by)s, coalesce(%(created_at)s::timestamptz, clock_timestamp()), %(origin_type)s, %(origin_url)s,
    %(lifecycle_state)s, %(version_number)s, %(parent_version_id)s, %(changelog)s, %(is_latest)s
)
ON CONFLICT (id) DO NOTHING
RETURNING id;

-- name: insert_model_version
-- Writes the row of a model version beside its artifact.
INSERT INTO model_versions (
    artifact_id, is_external, external_source_url, external_source_version, base_model_id, code_repo_url,
    code_commit_sha, code_entrypoint, training_started_at, training_completed_at, trained_by, gpu_allocation_id,
    training_params_json, eval_metrics_json, eval_dataset_artifact_id, benchmark_id, promotion_state,
    promotion_notes, created_at
) VALUES (
    %(artifact_id)s, %(is_external)s, %(external_source_url)s, %(external_source_version)s, %(base_model_id)s,
    %(code_repo_url)s, %(code_commit_sha)s, %(code_entrypoint)s, %(training_started_at)s,
    %(training_completed_at)s, %(trained_by)s, %(gpu_allocation_id)s, %(training_params_json)s,
    %(eval_metrics_json)s, %(eval_dataset_artifact_id)s, %(benchmark_id)s, %(promotion_state)s,
    %(promotion_notes)s, %(created_at)s
);

-- name: upsert_link
-- Writes a link or updates the existing one, and returns its id.
INSERT INTO artifact_links AS link (source_artifact_id, target_artifact_id, link_type, strength, evidence)
VALUES (%(source)s, %(target)s, %(link_type)s, %(strength)s, %(evidence)s)
ON CONFLICT (source_artifact_id, target_artifact_id, link_type) DO UPDATE
    SET strength = coalesce(excluded.strength, link.strength), evidence = coalesce(excluded.evidence, link.evidence)
RETURNING id;

-- name: registered
-- The registered ones of some ids, with their types.
SELECT id, artifact_type FROM artifacts WHERE id = ANY (%(ids)s::text[]);

-- name: versions_of
-- The registered ones of some ids, with their types and versions.
SELECT id, artifact_type, version_number FROM artifacts WHERE id = ANY (%(ids)s::text[]);

-- name: lineage
-- Every version of an artifact: parents, children and children of parents, also where the parent is gone. UNION ends
-- cycles.
WITH RECURSIVE member (id) AS (
    SELECT id FROM artifacts WHERE id = %(id)s
    UNION
    SELECT related.id
    FROM member
    CROSS JOIN LATERAL (
        SELECT child.id FROM artifacts AS child WHERE child.parent_version_id = member.id
        UNION ALL
        SELECT itself.parent_version_id FROM artifacts AS itself WHERE itself.id = member.id
    ) AS related
    WHERE related.id IS NOT NULL
)
SELECT id, artifact_type, title, version_number, parent_version_id, version_tag, changelog, is_latest, content_hash,
    quality_score, lifecycle_state, created_by, created_at
FROM artifacts
WHERE id IN (SELECT id FROM member)
    AND artifact_type = (SELECT artifact_type FROM artifacts WHERE id = %(id)s)
ORDER BY version_number, created_at, id COLLATE "C";

-- name: lock_artifact
-- Makes other writers of the lineage wait, but not those that only refer to the artifact.
SELECT id FROM artifacts WHERE id = %(id)s FOR NO KEY UPDATE;

-- name: mark_latest
-- Marks exactly one of the versions as latest; only rows that change are written.
UPDATE artifacts SET is_latest = (id = %(latest)s)
WHERE id = ANY (%(members)s::text[]) AND is_latest IS DISTINCT FROM (id = %(latest)s);

-- name: tag_version
-- Gives a version its tag.
UPDATE artifacts SET version_tag = %(tag)s WHERE id = %(id)s AND version_tag IS DISTINCT FROM %(tag)s;

-- name: family
-- The family a model is registered under.
SELECT metadata ->> 'model_family' AS family FROM artifacts WHERE id = %(id)s;

-- name: document
-- The parts of an artifact by which two versions are compared.
SELECT id, artifact_type, title, content_hash, quality_score, metadata::text AS metadata
FROM artifacts WHERE id = %(id)s;

-- name: lock_pinned_document
-- The analysis to be pinned and the JSON types of the values that pinning changes; other writers wait until it is done.
SELECT id, artifact_type, jsonb_typeof(metadata) AS metadata_type,
    jsonb_typeof(metadata -> 'pinned_artifacts') AS pins_type
FROM artifacts WHERE id = %(id)s
FOR NO KEY UPDATE;

-- name: inputs
-- The inputs that an analysis links to, and some datasets, as they are registered now.
SELECT input.id AS artifact_id, input.artifact_type, input.version_number, input.content_hash
FROM artifacts AS input
WHERE input.id = ANY (%(datasets)s::text[])
    OR input.id IN (
        SELECT link.target_artifact_id
        FROM artifact_links AS link
        JOIN artifacts AS analysis ON analysis.id = link.source_artifact_id
        WHERE analysis.id = %(id)s
            AND link.link_type = ANY (%(link_types)s::text[])
            AND link.target_artifact_id IS DISTINCT FROM analysis.parent_version_id
    )
ORDER BY input.id COLLATE "C";

-- name: write_pins
-- Replaces the pins with one of the names by new ones; all other entries stay unread and in order.
UPDATE artifacts AS analysis
SET metadata = pinned.metadata
FROM (
    SELECT before.id, before.metadata || jsonb_build_object('pinned_artifacts', coalesce((
        SELECT jsonb_agg(entry.value ORDER BY entry.place)
        FROM jsonb_array_elements(
            CASE jsonb_typeof(before.metadata -> 'pinned_artifacts')
                WHEN 'array' THEN before.metadata -> 'pinned_artifacts' ELSE '[]' END
        ) WITH ORDINALITY AS entry (value, place)
        WHERE (coalesce(entry.value ->> 'artifact_id', entry.value ->> 0) = ANY (%(names)s::text[])) IS NOT TRUE
    ), '[]') || %(pins)s) AS metadata
    FROM artifacts AS before WHERE before.id = %(id)s
) AS pinned
WHERE analysis.id = pinned.id AND analysis.metadata IS DISTINCT FROM pinned.metadata;
