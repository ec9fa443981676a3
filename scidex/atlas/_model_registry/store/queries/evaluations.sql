-- Evaluations: what models predicted, row by row.

-- name: evaluations
-- The evaluations that link to some models, newest first: the %(most)s newest of each model, and of these the %(most_alike)s
-- newest for each dataset version and split. A document is null if it exceeds `most_stored` bytes as stored, `most_bytes` as
-- text, or `most_together` with the newer ones of all models. Documents are unpacked only then and once, which OFFSET
-- ensures. Rows without a model are the sample ids of some datasets. A number outside 1e-400 to 1e400 may be written in
-- 131,072 digits.
WITH found AS MATERIALIZED (
    SELECT model.id AS model_id, newest.id, newest.title, newest.version_number, newest.created_at,
           newest.metadata,
           sum(pg_column_size(newest.metadata)) OVER (ORDER BY newest.created_at DESC, newest.id COLLATE "C", model.id)
               AS together
    FROM unnest(%(ids)s::text[]) AS model (id)
    CROSS JOIN LATERAL (
        SELECT artifact.id, artifact.title, artifact.version_number, artifact.created_at, artifact.metadata
        FROM artifact_links AS link
        JOIN artifacts AS artifact ON artifact.id = link.source_artifact_id
        WHERE link.target_artifact_id = model.id AND link.link_type = 'evaluates' AND artifact.artifact_type = 'evaluation'
        ORDER BY artifact.created_at DESC, artifact.id COLLATE "C"
        LIMIT %(most)s
    ) AS newest
), ranked AS MATERIALIZED (
    SELECT found.model_id, found.id, found.title, found.version_number, found.created_at, unpacked.document,
           row_number() OVER (
               PARTITION BY found.model_id, unpacked.document -> 'dataset_id', unpacked.document -> 'dataset_version',
                            unpacked.document -> 'split'
               ORDER BY found.created_at DESC, found.id COLLATE "C"
           ) AS place
    FROM found
    LEFT JOIN LATERAL (
        SELECT found.metadata #> '{}' AS document
        WHERE pg_column_size(found.metadata) <= %(most_stored)s AND found.together <= %(most_together)s
        OFFSET 0
    ) AS unpacked ON true
)
SELECT answer.model_id, answer.id, answer.title, answer.version_number, answer.document,
       CASE WHEN answer.model_id IS NOT NULL THEN (
           SELECT model_registry_state(own.version_tag, own.lifecycle_state, own.superseded_by)
           FROM artifacts AS own WHERE own.id = answer.id
       ) END AS own_state,
       (
           SELECT model_registry_state(dataset.version_tag, dataset.lifecycle_state, dataset.superseded_by)
           FROM artifacts AS dataset WHERE dataset.id = answer.dataset_id
       ) AS dataset_state
FROM (
    SELECT ranked.model_id, ranked.id, ranked.document ->> 'dataset_id' AS dataset_id, model_registry_title(ranked.title) AS title, ranked.version_number, ranked.created_at,
           CASE WHEN octet_length(written.document) <= %(most_bytes)s THEN written.document END AS document
    FROM ranked
    LEFT JOIN LATERAL (
        SELECT ranked.document::text AS document
        WHERE NOT jsonb_path_exists(
            ranked.document,
            'strict $.** ? (@ > 1e400 || @ < 1e-400 && (@ < -1e400 || @ > -1e-400 && @ != 0))'
        )
        OFFSET 0
    ) AS written ON true
    WHERE ranked.place <= %(most_alike)s OR ranked.document IS NULL
    UNION ALL
    SELECT NULL, dataset.id, NULL, NULL, dataset.version_number, NULL,
           model_registry_document_text(unpacked.document -> 'sample_ids', %(most_bytes)s)
    FROM artifacts AS dataset
    CROSS JOIN LATERAL model_registry_unpacked(dataset.metadata) AS unpacked
    WHERE dataset.id = ANY (%(datasets)s::text[]) AND dataset.artifact_type IN ('dataset', 'tabular_dataset')
      AND unpacked.document ? 'sample_ids'
) AS answer
ORDER BY answer.created_at DESC, answer.id COLLATE "C"

-- name: evaluation_documents
-- Evaluations with all that is registered of them, in the order of the ids; a document is null from where they exceed
-- %(most_bytes)s in total, or if it has a number that not every reader can hold. `bytes` is its size.
SELECT written.id, written.title, written.content_hash, written.created_by, written.created_at, written.origin_type,
       written.origin_url, written.lifecycle_state, written.produced_by, octet_length(written.document) AS bytes,
       CASE WHEN sum(octet_length(written.document)) OVER (ORDER BY written.place) <= %(most_bytes)s
            THEN written.document END AS document
FROM (
    SELECT asked.place, artifact.id, model_registry_title(artifact.title) AS title,
           model_registry_title(artifact.content_hash) AS content_hash,
           model_registry_title(artifact.created_by) AS created_by,
           model_registry_timestamp(artifact.created_at) AS created_at,
           model_registry_title(artifact.origin_type) AS origin_type,
           model_registry_title(artifact.origin_url) AS origin_url,
           model_registry_title(artifact.lifecycle_state) AS lifecycle_state,
           artifact.metadata::text AS document,
           (
               SELECT min(link.target_artifact_id COLLATE "C")
               FROM artifact_links AS link
               WHERE link.source_artifact_id = artifact.id AND link.link_type = 'produced_by'
           ) AS produced_by
    FROM unnest((SELECT %(ids)s::text[])) WITH ORDINALITY AS asked (id, place)
    JOIN artifacts AS artifact ON artifact.id = asked.id
    OFFSET 0
) AS written
ORDER BY written.place

-- name: training_samples
-- The sample ids of some datasets as JSON, where they carry any and the text has at most %(most_bytes)s bytes.
SELECT dataset.id, model_registry_document_text(unpacked.document -> 'sample_ids', %(most_bytes)s) AS document
FROM artifacts AS dataset
CROSS JOIN LATERAL model_registry_unpacked(dataset.metadata) AS unpacked
WHERE dataset.id = ANY (%(ids)s::text[]) AND dataset.artifact_type IN ('dataset', 'tabular_dataset')
  AND unpacked.document ? 'sample_ids'
ORDER BY dataset.id COLLATE "C"
