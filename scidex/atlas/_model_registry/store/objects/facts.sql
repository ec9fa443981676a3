-- Every input of each model with its pin (the best fitting one of several) and whether there is a newer version, and
-- whether it is registered without content hash, address and metadata. Training datasets come first, in the order of the places of the evidence.
CREATE OR REPLACE FUNCTION model_registry_listed_inputs(evidence model_registry_found[])
RETURNS TABLE (id text, inputs jsonb) LANGUAGE sql STABLE AS $$
    SELECT input.id, jsonb_agg(input.entry ORDER BY dataset.place, input.artifact_id COLLATE "C")
    FROM (
        SELECT DISTINCT ON (needed.id, needed.artifact_id)
               needed.id, needed.artifact_id,
               jsonb_build_array(
                   needed.artifact_id, registered.artifact_type, model_registry_title(registered.title), needed.required_by,
                   needed.version_number, model_registry_title(needed.content_hash),
                   registered.version_number, model_registry_title(registered.content_hash),
                   EXISTS (
                       SELECT FROM artifacts AS newer
                       WHERE newer.parent_version_id = needed.artifact_id
                         AND newer.artifact_type = registered.artifact_type
                         AND newer.version_number > registered.version_number
                   ),
                   coalesce(registered.is_empty, false)
               ) AS entry
        FROM model_registry_pinned(evidence) AS needed
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type, artifact.title, artifact.version_number, artifact.content_hash,
                   artifact.content_hash IS NULL AND artifact.origin_url IS NULL  -- large documents stay packed
                   AND CASE WHEN pg_column_size(artifact.metadata) < 100 THEN artifact.metadata = '{}' END IS TRUE AS is_empty
            FROM artifacts AS artifact
            WHERE artifact.id = needed.artifact_id
            OFFSET 0
        ) AS registered ON true
        ORDER BY needed.id, needed.artifact_id,
                 (needed.version_number = registered.version_number
                  AND needed.content_hash IS NOT DISTINCT FROM registered.content_hash) IS TRUE DESC,
                 (needed.version_number = registered.version_number AND needed.content_hash IS NULL) IS TRUE DESC,
                 needed.version_number DESC, needed.content_hash
    ) AS input
    LEFT JOIN unnest(evidence) AS dataset
        ON dataset.id = input.id AND dataset.artifact_id = input.artifact_id AND dataset.kind = 'dataset'
    GROUP BY input.id
$$;

-- The facts of the rules for each of these models: the claim, names without an artifact, and the inputs.
-- Planned by keys, as the judge is, and with variables among its arguments as there (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_facts(
    ids text[], verdicts model_registry_projection[] DEFAULT NULL, evidence model_registry_found[] DEFAULT NULL
) RETURNS TABLE (
    model_id text, claims_hypothesis boolean,
    unresolved_datasets jsonb, unresolved_analyses jsonb, unresolved_hypotheses jsonb, inputs jsonb
) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
BEGIN
    SELECT array_agg(current) INTO verdicts FROM model_registry_current(ids) AS current;
    SELECT array_agg(ROW(verdict.id, found.kind, found.artifact_id, found.place)::model_registry_found) INTO evidence
    FROM unnest(verdicts) AS verdict
    CROSS JOIN LATERAL (
        SELECT 'dataset', dataset.id, dataset.place FROM unnest(verdict.datasets) WITH ORDINALITY AS dataset (id, place)
        UNION ALL
        SELECT 'analysis', analysis.id, analysis.place FROM unnest(verdict.analyses) WITH ORDINALITY AS analysis (id, place)
    ) AS found (kind, artifact_id, place);
    RETURN QUERY
    WITH dead_end AS (
        SELECT unresolved.id, jsonb_object_agg(unresolved.kind, unresolved.dead_ends) AS of_kind
        FROM model_registry_unresolved(ids) AS unresolved
        GROUP BY unresolved.id
    )
    SELECT verdict.id, verdict.claims_hypothesis,
           coalesce(dead_end.of_kind -> 'dataset', '[]'),
           coalesce(dead_end.of_kind -> 'analysis', '[]'),
           coalesce(dead_end.of_kind -> 'hypothesis', '[]'),
           coalesce(needed.inputs, '[]')
    FROM unnest(verdicts) AS verdict
    LEFT JOIN dead_end ON dead_end.id = verdict.id
    LEFT JOIN model_registry_listed_inputs(evidence) AS needed ON needed.id = verdict.id;
END
$$;
