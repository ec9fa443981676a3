-- name: tables
SELECT name FROM sqlite_master WHERE type = 'table'

-- name: revision
SELECT version_num FROM alembic_version LIMIT 2

-- name: run_ids
SELECT run_uuid FROM runs WHERE lifecycle_stage = 'active' ORDER BY start_time, run_uuid LIMIT 100001

-- name: run
SELECT runs.run_uuid, runs.name, experiments.name AS experiment, experiments.experiment_id, runs.status, runs.start_time,
    runs.end_time
FROM runs JOIN experiments ON experiments.experiment_id = runs.experiment_id
WHERE runs.run_uuid = :run

-- name: params
SELECT key, value FROM params WHERE run_uuid = :run ORDER BY key LIMIT 10000

-- name: tags
SELECT key, value FROM tags WHERE run_uuid = :run ORDER BY key LIMIT 10000

-- name: metrics
SELECT key, step, value, is_nan FROM metrics WHERE run_uuid = :run ORDER BY key, step, timestamp LIMIT 1000001

-- name: inputs
SELECT datasets.name, datasets.digest, datasets.dataset_source_type, datasets.dataset_source, datasets.dataset_schema,
    datasets.dataset_profile, input_tags.value
FROM inputs
    JOIN datasets ON datasets.dataset_uuid = inputs.source_id
    LEFT JOIN input_tags ON input_tags.input_uuid = inputs.input_uuid AND input_tags.name = 'mlflow.data.context'
WHERE inputs.source_type = 'DATASET' AND inputs.destination_type = 'RUN' AND inputs.destination_id = :run
ORDER BY datasets.name, datasets.digest, input_tags.value LIMIT 1000

-- name: models
SELECT model_id, name FROM logged_models
WHERE source_run_id = :run AND (lifecycle_stage IS NULL OR lifecycle_stage = 'active')
ORDER BY creation_timestamp_ms, model_id LIMIT 1000

-- name: versions
SELECT name, version, coalesce(run_id, ''), coalesce(source, ''), coalesce(description, '') FROM model_versions
WHERE coalesce(current_stage, '') <> 'Deleted_Internal' ORDER BY name, version LIMIT 100000

-- name: measured
SELECT metric_name, dataset_name, dataset_digest FROM logged_model_metrics
WHERE model_id = :run AND coalesce(dataset_name, '') <> '' AND coalesce(dataset_digest, '') <> ''
ORDER BY metric_name, metric_step, metric_timestamp_ms LIMIT 100000

-- name: aliases
SELECT name, version, alias FROM registered_model_aliases ORDER BY name, version, alias LIMIT 100000
