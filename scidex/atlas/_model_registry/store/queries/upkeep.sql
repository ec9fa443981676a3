-- What keeps the projection: folding, building, checking.

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
