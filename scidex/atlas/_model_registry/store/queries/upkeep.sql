-- What keeps the projection: folding, building, checking.

-- name: fold
SELECT model_registry_fold(%(most)s)

-- name: turn_holder
SELECT lock.virtualtransaction, lock.pid
FROM pg_locks AS lock
WHERE lock.relation = to_regclass('model_registry_turn')
  AND lock.database = (SELECT here.oid FROM pg_database AS here WHERE here.datname = current_database())
  AND lock.mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock') AND lock.granted
ORDER BY lock.pid
LIMIT 1

-- name: rebuild
SELECT rebuilt.number, rebuilt.last FROM model_registry_rebuild(%(after)s, %(most)s) AS rebuilt

-- name: vacuum
VACUUM (ANALYZE)
    model_registry_projection, model_registry_metrics, model_registry_evidence, model_registry_search,
    model_registry_counts, model_registry_evidence_counts, model_registry_changes

-- name: create_turn
CREATE TABLE IF NOT EXISTS model_registry_turn ()

-- name: take_turn
LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE

-- name: lock_host_table
LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE

-- name: put_home_first
-- Home is the schema of what is installed already, else that of the host's tables: where their names lead to.
SELECT set_config('search_path', quote_ident(namespace.nspname) || ', ' || current_setting('search_path'), true)
FROM pg_class AS relation
JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
WHERE relation.oid = coalesce(to_regclass('model_registry_projection'), to_regclass('artifacts'))

-- name: settings
SELECT current_setting('search_path'), current_setting('lock_timeout')

-- name: set_back
SELECT set_config('search_path', %(path)s, true), set_config('lock_timeout', %(timeout)s, true)

-- name: wait_at_most
SELECT set_config('lock_timeout', %(milliseconds)s, true)

-- name: hardly_wait
-- For each lock so much less than deadlock_timeout that all together take less.
SELECT set_config('lock_timeout', greatest(setting.setting::integer / 20, 1)::text, true)
FROM pg_settings AS setting
WHERE setting.name = 'deadlock_timeout'

-- name: unlogged
-- The host's tables of which a trigger is missing, disabled or an earlier release's.
SELECT host.relation
FROM (
    VALUES ('artifacts', 'artifacts'), ('artifact_links', 'links'), ('model_versions', 'versions')
) AS host (relation, suffix)
WHERE 4 > (
    SELECT count(*)
    FROM pg_trigger AS trigger
    JOIN pg_proc AS function ON function.oid = trigger.tgfoid
    WHERE trigger.tgrelid = to_regclass(host.relation)
      AND trigger.tgname IN (
          'model_registry_inserted', 'model_registry_updated', 'model_registry_deleted', 'model_registry_truncated'
      )
      AND trigger.tgenabled IN ('O', 'A') AND function.proname = 'model_registry_log_' || host.suffix
)

-- name: has_unfinished_index
SELECT index.indexrelid FROM pg_index AS index
WHERE index.indexrelid = to_regclass('model_registry_links_by_target') AND NOT index.indisvalid

-- name: drop_unfinished_index
DROP INDEX CONCURRENTLY IF EXISTS model_registry_links_by_target

-- name: index_links
CREATE INDEX CONCURRENTLY IF NOT EXISTS model_registry_links_by_target ON artifact_links (target_artifact_id)

-- name: log_length
SELECT (SELECT count(*) FROM model_registry_changes) + (SELECT count(*) FROM model_registry_builds)

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
