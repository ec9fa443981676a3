-- The judge.

-- Does the model claim to test a hypothesis? A claim is no evidence.
CREATE OR REPLACE FUNCTION model_registry_claims_hypothesis(metadata jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(
        metadata -> 'tests_hypothesis' = 'true'
        OR model_registry_names_any(metadata -> 'tests_hypothesis_id')
        OR model_registry_names_any(metadata -> 'hypothesis_id'),
        false
    )
$$;

-- These models before they are judged, as the projection holds them: what their rows and documents say, without evidence
-- and verdict; with what names their evidence. OFFSET keeps what is asked of a row from being made once for each use.
CREATE OR REPLACE FUNCTION model_registry_unjudged(ids text[])
RETURNS TABLE (model model_registry_projection, naming jsonb) LANGUAGE sql STABLE AS $$
    SELECT ROW(
               model.id, model.title,
               CASE WHEN read.document ->> 'model_family' IN ('biophysical', 'deep_learning', 'statistical')
                    THEN read.document ->> 'model_family'
               END,
               model.version_number, model.version_tag, model.is_latest,
               NULL,
               CASE WHEN model.quality_score NOT IN ('NaN', 'Infinity', '-Infinity') THEN model.quality_score END,
               reported.metrics, model_registry_parameter_count(read.document),
               NULL, NULL, NULL,
               model_registry_claims_hypothesis(read.document),
               NULL, NULL,
               model.origin_type, model.lifecycle_state, version.promotion_state, model.created_by, model.created_at,
               -- A cursor carries the key, so a title is ordered by as much of it as an address can hold.
               lower(left(model.title, 500))
           )::model_registry_projection,
           model_registry_naming(read.document)
    FROM artifacts AS model
    CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
    LEFT JOIN LATERAL (
        SELECT of_model.promotion_state, of_model.eval_metrics_json
        FROM model_versions AS of_model
        WHERE of_model.artifact_id = model.id
        OFFSET 0
    ) AS version ON true
    CROSS JOIN LATERAL model_registry_metrics(version.eval_metrics_json, read.document) AS reported
    WHERE model.id = ANY (ids) AND model.artifact_type = 'model'
    OFFSET 0
$$;

-- The evidence of each model as lists in their order: those that metadata names first, then by id.
CREATE OR REPLACE FUNCTION model_registry_gathered(models text[], kinds text[], evidence text[], places bigint[])
RETURNS TABLE (id text, datasets text[], analyses text[], hypotheses text[]) LANGUAGE sql IMMUTABLE AS $$
    SELECT part.id,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'dataset') AS datasets,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'analysis') AS analyses,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'hypothesis') AS hypotheses
    FROM unnest(models, kinds, evidence, places) AS part (id, kind, artifact_id, place)
    GROUP BY part.id
$$;

-- These models as they are now: their evidence, the required rules they do not satisfy, in the policy's order, and what
-- lists sort and filter by; quality_score is the effective one.
CREATE OR REPLACE FUNCTION model_registry_judge_part(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE plpgsql STABLE AS $$
DECLARE
    unjudged model_registry_projection[];
    namings jsonb[];
    models text[];
    kinds text[];
    evidence text[];
    places bigint[];
BEGIN
    SELECT array_agg(read.model), array_agg((read.model).id), array_agg(read.naming)
    INTO unjudged, models, namings
    FROM model_registry_unjudged(ids) AS read;
    SELECT array_agg(found.id), array_agg(found.kind), array_agg(found.artifact_id), array_agg(found.place)
    INTO models, kinds, evidence, places
    FROM model_registry_evidence(models, namings) AS found;
    RETURN QUERY
    WITH input AS (
        SELECT pinned.id, bool_and(pinned.version_number IS NOT NULL) AS are_pinned
        FROM model_registry_pinned(models, kinds, evidence) AS pinned
        GROUP BY pinned.id
    )
    SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
           CASE WHEN verdict.missing <> '{}' AND model.quality_score_stored > 0.3 THEN 0.3  -- the cap of provenance.md
                ELSE model.quality_score_stored
           END,
           model.quality_score_stored, model.metrics, model.parameter_count,
           coalesce(found.datasets, '{}'), coalesce(found.analyses, '{}'), coalesce(found.hypotheses, '{}'),
           model.claims_hypothesis, verdict.missing, verdict.missing = '{}', model.origin_type, model.lifecycle_state,
           model.promotion_state, model.created_by, model.created_at, model.title_key
    FROM unnest(unjudged) AS model
    LEFT JOIN model_registry_gathered(models, kinds, evidence, places) AS found ON found.id = model.id
    LEFT JOIN input ON input.id = model.id
    CROSS JOIN LATERAL (
        SELECT array_remove(ARRAY[
            CASE WHEN found.datasets IS NULL THEN 'trained_on_dataset_id' END,
            CASE WHEN found.analyses IS NULL THEN 'produced_by_analysis_id' END,
            CASE WHEN input.are_pinned IS NOT TRUE THEN 'pinned_inputs' END,
            CASE WHEN model.claims_hypothesis AND found.hypotheses IS NULL THEN 'tests_hypothesis_id' END
        ], NULL) AS missing
        OFFSET 0
    ) AS verdict;
END
$$;

-- The same for any number; parts bound what is held in memory.
CREATE OR REPLACE FUNCTION model_registry_judge(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE plpgsql STABLE ROWS 10 AS $$
BEGIN
    FOR start IN 1..cardinality(ids) BY 5000 LOOP
        RETURN QUERY SELECT judged.* FROM model_registry_judge_part(ids[start:start + 4999]) AS judged;
    END LOOP;
END
$$;

-- Every model version.
CREATE VIEW model_registry_models AS
SELECT judged.*
FROM model_registry_judge(
    ARRAY(SELECT DISTINCT artifact.id FROM artifacts AS artifact WHERE artifact.artifact_type = 'model')
) AS judged;
