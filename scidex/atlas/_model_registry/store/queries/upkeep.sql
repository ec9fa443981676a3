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
    model_registry_counts, model_registry_evidence_counts, model_registry_changes

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
-- Models of which the projection or a table beside it has another row than the judge, more rows or fewer; what an entry
-- of the log can affect is not expected to agree yet. Where a count is wrong, one of the models counted.
WITH every AS MATERIALIZED (SELECT model.* FROM model_registry_models AS model),
judged AS (SELECT every::model_registry_projection AS whole FROM every)
SELECT compared.id
FROM (
    SELECT held.id, 'projection' AS relation, held::text AS content, 1 AS times FROM model_registry_projection AS held
    UNION ALL
    SELECT held.id, 'metrics', held::text, 1 FROM model_registry_metrics AS held
    UNION ALL
    SELECT held.id, 'evidence', held::text, 1 FROM model_registry_evidence AS held
    UNION ALL
    SELECT held.id, 'search', held::text, 1 FROM model_registry_search AS held
    UNION ALL
    SELECT (judged.whole).id, 'projection', judged.whole::text, -1 FROM judged
    UNION ALL
    SELECT narrow.id, 'metrics', narrow::text, -1
    FROM judged CROSS JOIN LATERAL model_registry_metric_rows(judged.whole) AS narrow
    UNION ALL
    SELECT narrow.id, 'evidence', narrow::text, -1
    FROM judged CROSS JOIN LATERAL model_registry_evidence_rows(judged.whole) AS narrow
    UNION ALL
    SELECT narrow.id, 'search', narrow::text, -1
    FROM judged CROSS JOIN LATERAL model_registry_search_rows(judged.whole) AS narrow
) AS compared
WHERE compared.id NOT IN (SELECT affected.id FROM model_registry_affected() AS affected)
GROUP BY compared.id, compared.relation, compared.content
HAVING sum(compared.times) <> 0
UNION
SELECT coalesce(min(counted.id), '(counted, but not there)')
FROM (
    SELECT NULL AS id, kept.family, kept.is_latest, kept.complete, kept.origin_type, kept.promotion_state, kept.number
    FROM model_registry_counts AS kept
    UNION ALL
    SELECT model.id, model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state, -1
    FROM model_registry_projection AS model
) AS counted
GROUP BY counted.family, counted.is_latest, counted.complete, counted.origin_type, counted.promotion_state
HAVING sum(counted.number) <> 0
UNION
SELECT coalesce(min(counted.id), '(counted, but not there)')
FROM (
    SELECT NULL AS id, kept.kind, kept.artifact_id,
           kept.family, kept.is_latest, kept.complete, kept.origin_type, kept.promotion_state, kept.number
    FROM model_registry_evidence_counts AS kept
    UNION ALL
    SELECT found.id, found.kind, found.artifact_id,
           found.family, found.is_latest, found.complete, found.origin_type, found.promotion_state, -1
    FROM model_registry_evidence AS found
    WHERE found.kind <> 'analysis'
) AS counted
GROUP BY counted.kind, counted.artifact_id,
         counted.family, counted.is_latest, counted.complete, counted.origin_type, counted.promotion_state
HAVING sum(counted.number) <> 0
ORDER BY 1
