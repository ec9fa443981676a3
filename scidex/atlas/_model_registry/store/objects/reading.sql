-- What reads of the registry rest on: the projection, read through the log.

-- Every id whose change can change a model's verdict. A name that leads nowhere today may lead somewhere tomorrow, so
-- each of its spellings is watched; so is each end of a link, registered or not, of the model and of its analyses.
CREATE OR REPLACE FUNCTION model_registry_watched(model_id text, metadata jsonb, analyses text[])
RETURNS TABLE (ids text[]) LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT watched.id), '{}')
    FROM (
        SELECT spelling.id
        FROM (
            VALUES ('trained_on_dataset_id', 'dataset-'), ('produced_by_analysis_id', 'analysis-'),
                   ('tests_hypothesis_id', 'hypothesis-')
        ) AS kind (key, prefix)
        CROSS JOIN LATERAL model_registry_names(metadata, kind.key) AS named
        CROSS JOIN LATERAL (
            VALUES (named.name), (kind.prefix || named.name),
                   (CASE WHEN starts_with(named.name, kind.prefix) THEN substr(named.name, length(kind.prefix) + 1) END)
        ) AS spelling (id)
        UNION ALL
        SELECT link.target_artifact_id FROM artifact_links AS link WHERE link.source_artifact_id = model_id
        UNION ALL
        SELECT link.target_artifact_id FROM artifact_links AS link WHERE link.source_artifact_id = ANY (analyses)
    ) AS watched
    WHERE watched.id IS NOT NULL
$$;

-- The judge's rows with what lists sort and filter by, but for words and what is watched, which take time to gather.
CREATE VIEW model_registry_verdict_rows AS
SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
       model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
       model.datasets, model.analyses, model.hypotheses, model.claims_hypothesis, model.missing,
       model.missing = '{}' AS complete, model.origin_type, model.lifecycle_state, model.promotion_state,
       model.created_at,
       -- A cursor carries the key, so a title is ordered by as much of it as an address can hold.
       lower(left(model.title, 500)) COLLATE "C" AS title_key
FROM model_registry_models AS model;

-- The judge's rows as the projection holds them.
CREATE VIEW model_registry_judged AS
SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
       model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
       model.datasets, model.analyses, model.hypotheses, model.claims_hypothesis, model.missing, model.complete,
       model.origin_type, model.lifecycle_state, model.promotion_state, model.created_at, model.title_key,
       model_registry_words(model.id, model.title, read.document) AS words,
       watched.ids AS watches
FROM model_registry_verdict_rows AS model
JOIN artifacts AS artifact ON artifact.id = model.id
CROSS JOIN LATERAL model_registry_document(artifact.metadata) AS read
CROSS JOIN LATERAL model_registry_watched(model.id, read.document, model.analyses) AS watched;

-- The models that an entry of the log can affect, and those the projection cannot hold; all that are projected while it
-- is not complete.
CREATE OR REPLACE FUNCTION model_registry_affected() RETURNS TABLE (id text) LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN QUERY SELECT projected.id FROM model_registry_projection AS projected;
    ELSIF EXISTS (SELECT FROM model_registry_changes) OR EXISTS (SELECT FROM model_registry_unprojected) THEN
        RETURN QUERY SELECT change.artifact_id FROM model_registry_changes AS change
        UNION
        SELECT unprojected.id FROM model_registry_unprojected AS unprojected
        UNION
        SELECT watching.id FROM model_registry_search AS watching
        WHERE watching.watches && ARRAY(SELECT DISTINCT change.artifact_id FROM model_registry_changes AS change);
    END IF;
END
$$;

-- The affected models as they are now; all of them while the projection is not complete.
CREATE OR REPLACE FUNCTION model_registry_judged_now() RETURNS SETOF model_registry_verdict_rows
LANGUAGE plpgsql STABLE ROWS 1 SET plan_cache_mode = force_generic_plan AS $$  -- the judge is planned for milliseconds
BEGIN
    IF NOT EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN QUERY SELECT judged.* FROM model_registry_verdict_rows AS judged;
    ELSIF EXISTS (SELECT FROM model_registry_changes) OR EXISTS (SELECT FROM model_registry_unprojected) THEN
        RETURN QUERY SELECT judged.* FROM model_registry_verdict_rows AS judged
        WHERE judged.id = ANY (ARRAY(SELECT affected.id FROM model_registry_affected() AS affected));
    END IF;
END
$$;

-- These models as they are now, without what only searches and folding need: judged only where a change waits.
CREATE OR REPLACE FUNCTION model_registry_current(ids text[])
RETURNS TABLE (
    id text, title text, family text, version_number integer, version_tag text, is_latest boolean,
    quality_score double precision, quality_score_stored double precision, metrics jsonb, parameter_count numeric,
    datasets text[], analyses text[], hypotheses text[], claims_hypothesis boolean, missing text[],
    origin_type text, lifecycle_state text, promotion_state text, created_at timestamptz
) LANGUAGE plpgsql STABLE ROWS 10
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    waiting text[] := ids;
BEGIN
    IF EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        waiting := ARRAY(SELECT affected.id FROM model_registry_affected() AS affected WHERE affected.id = ANY (ids));
    END IF;
    RETURN QUERY
    SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
           model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
           model.datasets, model.analyses, model.hypotheses, model.claims_hypothesis, model.missing,
           model.origin_type, model.lifecycle_state, model.promotion_state, model.created_at
    FROM model_registry_projection AS model
    WHERE model.id = ANY (ids) AND model.id <> ALL (waiting);
    IF waiting <> '{}' THEN
        RETURN QUERY
        SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
               model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
               model.datasets, model.analyses, model.hypotheses, model.claims_hypothesis, model.missing,
               model.origin_type, model.lifecycle_state, model.promotion_state, model.created_at
        FROM model_registry_models AS model
        WHERE model.id = ANY (waiting);
    END IF;
END
$$;

-- A metric's value as readers see it: the nearest double, 0 where that is nearer than any other.
CREATE OR REPLACE FUNCTION model_registry_double(value numeric) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN abs(value) < 5e-324 THEN 0 ELSE value::double precision END
$$;

-- A metric's name as the narrow table holds it: an index takes no longer ones. What is cut is longer than any that is not.
CREATE OR REPLACE FUNCTION model_registry_metric_name(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN octet_length(name) <= 100 THEN name ELSE left(name, 100) || md5(name) END
$$;

-- A search of which the parser leaves no word matches everything: every model has the lexeme of one space,
-- which no text yields and no word begins with.
CREATE OR REPLACE FUNCTION model_registry_tsquery(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE numnode(to_tsquery('simple', words))
        WHEN 0 THEN E'\' \''::tsquery
        ELSE to_tsquery('simple', words)
    END
$$;
