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

-- These models as they are now, as the projection holds them: their evidence, the required rules they do not satisfy, in
-- the policy's order, and what lists sort and filter by; quality_score is the effective one. The plan is that of the
-- caller's plan_cache_mode: many models want one of their own, few a kept one.
CREATE OR REPLACE FUNCTION model_registry_judge_part(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE plpgsql STABLE AS $$
DECLARE
    models text[];
    kinds text[];
    evidence text[];
    places bigint[];
BEGIN
    SELECT array_agg(found.id), array_agg(found.kind), array_agg(found.artifact_id), array_agg(found.place)
    INTO models, kinds, evidence, places
    FROM model_registry_evidence(ids) AS found;
    RETURN QUERY
    WITH read AS MATERIALIZED (
        SELECT model.id,
               CASE WHEN model.quality_score NOT IN ('NaN', 'Infinity', '-Infinity')
                    THEN model.quality_score
               END AS quality_score,
               CASE WHEN read.document ->> 'model_family' IN ('biophysical', 'deep_learning', 'statistical')
                    THEN read.document ->> 'model_family'
               END AS family,
               reported.metrics,
               model_registry_parameter_count(read.document) AS parameter_count,
               model_registry_claims_hypothesis(read.document) AS claims_hypothesis,
               version.promotion_state
        FROM artifacts AS model
        CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
        LEFT JOIN model_versions AS version ON version.artifact_id = model.id
        CROSS JOIN LATERAL model_registry_metrics(version.eval_metrics_json, read.document) AS reported
        WHERE model.id = ANY (ids) AND model.artifact_type = 'model'
    ),
    found AS (
        SELECT part.id,
               array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
                   FILTER (WHERE part.kind = 'dataset') AS datasets,
               array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
                   FILTER (WHERE part.kind = 'analysis') AS analyses,
               array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
                   FILTER (WHERE part.kind = 'hypothesis') AS hypotheses
        FROM unnest(models, kinds, evidence, places) AS part (id, kind, artifact_id, place)
        GROUP BY part.id
    ),
    input AS (
        SELECT needed.id, count(pinned.id) = count(*) AS are_pinned
        FROM model_registry_inputs(models, kinds, evidence) AS needed
        LEFT JOIN (
            SELECT DISTINCT pin.id, pin.artifact_id FROM model_registry_pinned(models, kinds, evidence) AS pin
        ) AS pinned ON pinned.id = needed.id AND pinned.artifact_id = needed.artifact_id
        GROUP BY needed.id
    ),
    verdict AS (
        SELECT read.id,
               array_remove(ARRAY[
                   CASE WHEN found.datasets IS NULL THEN 'trained_on_dataset_id' END,
                   CASE WHEN found.analyses IS NULL THEN 'produced_by_analysis_id' END,
                   CASE WHEN input.are_pinned IS NOT TRUE THEN 'pinned_inputs' END,
                   CASE WHEN read.claims_hypothesis AND found.hypotheses IS NULL THEN 'tests_hypothesis_id' END
               ], NULL) AS missing,
               coalesce(found.datasets, '{}') AS datasets,
               coalesce(found.analyses, '{}') AS analyses,
               coalesce(found.hypotheses, '{}') AS hypotheses
        FROM read
        LEFT JOIN found ON found.id = read.id
        LEFT JOIN input ON input.id = read.id
    )
    SELECT model.id, model.title, read.family, model.version_number, model.version_tag, model.is_latest,
           CASE WHEN verdict.missing <> '{}' AND read.quality_score > 0.3 THEN 0.3  -- the cap of provenance.md
                ELSE read.quality_score
           END,
           read.quality_score, read.metrics, read.parameter_count, verdict.datasets, verdict.analyses, verdict.hypotheses,
           read.claims_hypothesis, verdict.missing, verdict.missing = '{}', model.origin_type, model.lifecycle_state,
           read.promotion_state, model.created_at,
           -- A cursor carries the key, so a title is ordered by as much of it as an address can hold.
           lower(left(model.title, 500))
    FROM verdict
    JOIN read ON read.id = verdict.id
    JOIN artifacts AS model ON model.id = verdict.id;
END
$$;

-- The planner takes each list of names to be a hundred long, and would rather read whole tables than look so many up; what
-- a Memoize would remember is keyed by whole documents, of which no two are the same.
CREATE OR REPLACE FUNCTION model_registry_judge_few(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE sql STABLE SET plan_cache_mode = force_generic_plan SET enable_memoize = off SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    SELECT judged.* FROM model_registry_judge_part(ids) AS judged
$$;

CREATE OR REPLACE FUNCTION model_registry_judge_many(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE sql STABLE SET plan_cache_mode = force_custom_plan SET enable_memoize = off SET enable_seqscan = off AS $$
    SELECT judged.* FROM model_registry_judge_part(ids) AS judged
$$;

-- The same for any number. Planning takes as long as judging a hundred models; parts bound what is held in memory.
CREATE OR REPLACE FUNCTION model_registry_judge(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE plpgsql STABLE ROWS 10 AS $$
BEGIN
    IF ids = '{}' THEN
        RETURN;
    ELSIF cardinality(ids) <= 50 THEN
        RETURN QUERY SELECT judged.* FROM model_registry_judge_few(ids) AS judged;
    ELSE
        FOR start IN 1..cardinality(ids) BY 5000 LOOP
            RETURN QUERY SELECT judged.* FROM model_registry_judge_many(ids[start:start + 4999]) AS judged;
        END LOOP;
    END IF;
END
$$;

-- Every model version.
CREATE VIEW model_registry_models AS
SELECT judged.*
FROM model_registry_judge(
    ARRAY(SELECT DISTINCT artifact.id FROM artifacts AS artifact WHERE artifact.artifact_type = 'model')
) AS judged;
