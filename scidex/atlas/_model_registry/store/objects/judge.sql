-- The judge.

-- Does the model claim to test a hypothesis? A claim is no evidence.
CREATE OR REPLACE FUNCTION model_registry_claims_hypothesis(metadata jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(
        metadata -> 'tests_hypothesis' = 'true'
        OR EXISTS (
            SELECT FROM (VALUES (metadata -> 'tests_hypothesis_id'), (metadata -> 'hypothesis_id')) AS claim (value)
            WHERE CASE jsonb_typeof(claim.value)
                      WHEN 'string' THEN claim.value <> '""'
                      WHEN 'array' THEN claim.value <> '[]'
                      ELSE false
                  END
        ),
        false
    )
$$;

-- One row for each model version: its evidence and the required rules it does not satisfy, in the policy's order.
CREATE VIEW model_registry_verdicts AS
SELECT model.id AS model_id,
       read.document,
       dataset.ids AS datasets,
       analysis.ids AS analyses,
       hypothesis.ids AS hypotheses,
       claim.made AS claims_hypothesis,
       array_remove(ARRAY[
           CASE WHEN dataset.ids = '{}' THEN 'trained_on_dataset_id' END,
           CASE WHEN analysis.ids = '{}' THEN 'produced_by_analysis_id' END,
           CASE WHEN input.number = 0 OR input.pinned < input.number THEN 'pinned_inputs' END,
           CASE WHEN claim.made AND hypothesis.ids = '{}' THEN 'tests_hypothesis_id' END
       ], NULL) AS missing
FROM artifacts AS model
CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
CROSS JOIN LATERAL model_registry_evidence(
    model.id, read.document, 'trained_on_dataset_id',
    ARRAY['trained_on', 'derives_from'], ARRAY['dataset', 'tabular_dataset']
) AS dataset
CROSS JOIN LATERAL model_registry_evidence(
    model.id, read.document, 'produced_by_analysis_id',
    ARRAY['produced_by', 'derives_from'], ARRAY['analysis']
) AS analysis
CROSS JOIN LATERAL model_registry_evidence(
    model.id, read.document, 'tests_hypothesis_id',
    ARRAY['tests', 'tests_hypothesis', 'supports'], ARRAY['hypothesis']
) AS hypothesis
CROSS JOIN LATERAL (
    SELECT (SELECT count(*) FROM model_registry_inputs(dataset.ids, analysis.ids)) AS number,
           (SELECT count(DISTINCT pin.artifact_id) FROM model_registry_pinned(dataset.ids, analysis.ids) AS pin) AS pinned
) AS input
CROSS JOIN LATERAL (SELECT model_registry_claims_hypothesis(read.document) AS made) AS claim
WHERE model.artifact_type = 'model';

-- One row for each model version as a list shows it; quality_score is the effective one.
CREATE VIEW model_registry_models AS
SELECT model.id,
       model.title,
       CASE WHEN verdict.document ->> 'model_family' IN ('biophysical', 'deep_learning', 'statistical')
            THEN verdict.document ->> 'model_family'
       END AS family,
       model.version_number,
       model.version_tag,
       model.is_latest,
       CASE WHEN verdict.missing <> '{}' AND stored.quality_score > 0.3 THEN 0.3  -- the cap of provenance.md
            ELSE stored.quality_score
       END AS quality_score,
       stored.quality_score AS quality_score_stored,
       model_registry_metrics(version.eval_metrics_json, verdict.document) AS metrics,
       model_registry_parameter_count(verdict.document) AS parameter_count,
       verdict.datasets,
       verdict.analyses,
       verdict.hypotheses,
       verdict.claims_hypothesis,
       verdict.missing,
       model.origin_type,
       model.lifecycle_state,
       version.promotion_state,
       model.created_at,
       verdict.document
FROM artifacts AS model
JOIN model_registry_verdicts AS verdict ON verdict.model_id = model.id
LEFT JOIN model_versions AS version ON version.artifact_id = model.id
CROSS JOIN LATERAL (
    SELECT CASE WHEN model.quality_score NOT IN ('NaN', 'Infinity', '-Infinity') THEN model.quality_score END
) AS stored (quality_score)
WHERE model.artifact_type = 'model';
