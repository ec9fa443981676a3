-- Tables that hold just what the floor's statements need, made from the judge's view: the floor is right whatever the
-- projection says. One narrow table for whatever a model has several of, with what is asked together with it; an index
-- for every order that is asked.

CREATE SCHEMA floor;

CREATE TABLE floor.made (init_db_seconds double precision NOT NULL);

-- Each model walked upstream by itself, where lists read what is kept of it: in parts, so that memory is bounded. The
-- identities take the collation of `artifacts.id`, since a function's variables take that of its arguments: no index
-- serves a walk in the view's "C".
CREATE TABLE floor.standings AS
SELECT standing.root AS id, standing.status
FROM (
    SELECT array_agg(model.id) AS ids, coalesce(array_agg(model.id) FILTER (WHERE model.pins_differ), '{}') AS differing
    FROM (
        SELECT judged.id COLLATE "default" AS id, judged.pins_differ, row_number() OVER () / 10000 AS part
        FROM model_registry_models AS judged
    ) AS model
    GROUP BY model.part
) AS every
CROSS JOIN LATERAL model_registry_standings(every.ids, every.differing, every.differing, every.differing, 12, 1) AS standing;

CREATE TABLE floor.judged AS
SELECT model.id, model.title, model.title_key, model.family, model.is_latest,
       model.version_number, model.quality_score, model.created_at, model.parameter_count, model.origin_type,
       model.promotion_state, model.lifecycle_state, model.version_tag, model.created_by,
       model.missing = '{}' AS complete, model.datasets, model.analyses, model.hypotheses,
       model.metrics, regexp_replace(model.id, '-v\d+$', '') AS lineage,
       standing.status AS standing
FROM model_registry_models AS model
JOIN floor.standings AS standing ON standing.id = model.id;

CREATE TABLE floor.models AS
SELECT judged.id, judged.title, judged.title_key, judged.family, judged.is_latest, judged.quality_score,
       judged.created_at, judged.parameter_count, judged.origin_type, judged.promotion_state, judged.complete,
       judged.lifecycle_state, judged.version_tag, judged.created_by, judged.standing
FROM floor.judged AS judged;

CREATE UNIQUE INDEX ON floor.models (id);
CREATE INDEX ON floor.models (quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (quality_score ASC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (created_at DESC, id);
CREATE INDEX ON floor.models (created_at ASC, id);
CREATE INDEX ON floor.models (parameter_count DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (parameter_count ASC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (title_key ASC, created_at DESC, id);
CREATE INDEX ON floor.models (title_key DESC, created_at DESC, id);
CREATE INDEX ON floor.models (family, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (is_latest, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (complete, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (origin_type, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (promotion_state, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (lifecycle_state, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (standing, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (version_tag, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (created_by, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX ON floor.models (family, is_latest, complete, quality_score DESC NULLS LAST, created_at DESC, id);

CREATE TABLE floor.datasets AS
SELECT dataset.id AS dataset_id, judged.id, judged.quality_score, judged.created_at, judged.family, judged.is_latest
FROM floor.judged AS judged CROSS JOIN LATERAL unnest(judged.datasets) AS dataset (id);
CREATE INDEX ON floor.datasets (dataset_id, quality_score DESC NULLS LAST, created_at DESC, id)
    INCLUDE (family, is_latest);
CREATE INDEX ON floor.datasets (id);

CREATE TABLE floor.hypotheses AS
SELECT hypothesis.id AS hypothesis_id, judged.id, judged.quality_score, judged.created_at, judged.family,
       judged.promotion_state
FROM floor.judged AS judged CROSS JOIN LATERAL unnest(judged.hypotheses) AS hypothesis (id);
CREATE INDEX ON floor.hypotheses (hypothesis_id, quality_score DESC NULLS LAST, created_at DESC, id)
    INCLUDE (family, promotion_state);
CREATE INDEX ON floor.hypotheses (id);

CREATE TABLE floor.analyses AS
SELECT analysis.id AS analysis_id, judged.id, judged.quality_score, judged.created_at
FROM floor.judged AS judged CROSS JOIN LATERAL unnest(judged.analyses) AS analysis (id);
CREATE INDEX ON floor.analyses (analysis_id, quality_score DESC NULLS LAST, created_at DESC, id);

CREATE TABLE floor.metrics AS
SELECT metric.name, metric.value::double precision AS value, judged.id, judged.quality_score, judged.created_at,
       judged.family
FROM floor.judged AS judged CROSS JOIN LATERAL jsonb_each_text(judged.metrics) AS metric (name, value);
CREATE INDEX ON floor.metrics (name, value DESC, created_at DESC, id) INCLUDE (quality_score, family);
CREATE INDEX ON floor.metrics (name, value ASC, created_at DESC, id) INCLUDE (quality_score);

CREATE TABLE floor.dataset_metrics AS
SELECT dataset.dataset_id, metric.name, metric.value, metric.created_at, metric.id
FROM floor.datasets AS dataset JOIN floor.metrics AS metric USING (id);
CREATE INDEX ON floor.dataset_metrics (dataset_id, name, value DESC, created_at DESC, id);

CREATE TABLE floor.words AS
SELECT judged.id, judged.quality_score, judged.created_at, judged.family, judged.complete,
       model_registry_words(artifact.id, artifact.title, artifact.metadata)
           || model_registry_kind_words(artifact.title, artifact.metadata, judged.metrics) || coalesce(told.words, '') AS words
FROM floor.judged AS judged
JOIN artifacts AS artifact ON artifact.id = judged.id
LEFT JOIN (
    SELECT of_models.id, of_models.words
    FROM (
        SELECT array_agg(judged.id) AS ids, array_agg(piece.id) AS evidence
        FROM floor.judged AS judged
        CROSS JOIN LATERAL unnest(judged.datasets || judged.analyses || judged.hypotheses) AS piece (id)
    ) AS named
    CROSS JOIN LATERAL model_registry_told_of(named.ids, named.evidence) AS of_models
) AS told ON told.id = judged.id;
CREATE INDEX ON floor.words USING gin (words);

CREATE TABLE floor.versions AS
SELECT judged.lineage, judged.version_number, judged.id, judged.created_at, judged.is_latest, judged.quality_score,
       judged.metrics
FROM floor.judged AS judged;
CREATE INDEX ON floor.versions (lineage, version_number);

-- What rests on one dataset, by the plainest reading of links and names (cases/models.py).
CREATE TABLE floor.touched AS
WITH RECURSIVE edge AS MATERIALIZED (
    SELECT link.source_artifact_id AS source_id, link.target_artifact_id AS target_id
    FROM artifact_links AS link
    JOIN artifacts AS source ON source.id = link.source_artifact_id
    WHERE link.target_artifact_id IS DISTINCT FROM source.parent_version_id
    UNION
    SELECT model.id, named.id
    FROM artifacts AS model
    CROSS JOIN LATERAL (
        VALUES (model.metadata ->> 'trained_on_dataset_id'), (model.metadata ->> 'produced_by_analysis_id')
    ) AS named (id)
    WHERE model.artifact_type = 'model' AND named.id IS NOT NULL
),
reached (id, steps) AS (
    SELECT 'dataset-005', 0
    UNION
    SELECT edge.source_id, reached.steps + 1 FROM reached JOIN edge ON edge.target_id = reached.id WHERE reached.steps < 12
)
SELECT reached.id, min(reached.steps) AS steps
FROM reached JOIN artifacts AS model ON model.id = reached.id AND model.artifact_type = 'model'
GROUP BY reached.id;
CREATE INDEX ON floor.touched (steps, id COLLATE "C");

DROP TABLE floor.judged, floor.standings;
