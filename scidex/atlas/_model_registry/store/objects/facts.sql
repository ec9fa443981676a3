-- What the rules are worded from, for each of these models: the claim, names that led nowhere, and every input with its
-- pin: of several the one that fits it best.
CREATE OR REPLACE FUNCTION model_registry_facts(ids text[])
RETURNS TABLE (
    model_id text, claims_hypothesis boolean,
    unresolved_datasets jsonb, unresolved_analyses jsonb, unresolved_hypotheses jsonb, inputs jsonb
) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_memoize = off SET enable_seqscan = off  -- as judge_few, for its reasons
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    models text[];
    kinds text[];
    evidence text[];
BEGIN
    SELECT array_agg(verdict.id), array_agg(found.kind), array_agg(found.artifact_id)
    INTO models, kinds, evidence
    FROM model_registry_current(ids) AS verdict
    CROSS JOIN LATERAL (
        SELECT 'dataset', dataset FROM unnest(verdict.datasets) AS dataset
        UNION ALL
        SELECT 'analysis', analysis FROM unnest(verdict.analyses) AS analysis
    ) AS found (kind, artifact_id);
    RETURN QUERY
    WITH dead_end AS (
        SELECT unresolved.id,
               jsonb_object_agg(unresolved.kind, unresolved.dead_ends) AS of_kind
        FROM model_registry_unresolved(ids) AS unresolved
        GROUP BY unresolved.id
    ),
    pin AS (
        SELECT DISTINCT ON (pinned.id, pinned.artifact_id)
               pinned.id, pinned.artifact_id, pinned.version_number, pinned.content_hash
        FROM model_registry_pinned(models, kinds, evidence) AS pinned
        LEFT JOIN artifacts AS current ON current.id = pinned.artifact_id
        ORDER BY pinned.id, pinned.artifact_id,
                 (pinned.version_number = current.version_number
                  AND pinned.content_hash IS NOT DISTINCT FROM current.content_hash) IS TRUE DESC,
                 (pinned.version_number = current.version_number AND pinned.content_hash IS NULL) IS TRUE DESC,
                 pinned.version_number DESC, pinned.content_hash
    ),
    input AS (
        SELECT needed.id, needed.artifact_id,
               jsonb_build_array(
                   needed.artifact_id, registered.artifact_type, registered.title, needed.required_by,
                   pin.version_number, pin.content_hash, registered.version_number, registered.content_hash,
                   EXISTS (
                       SELECT FROM artifacts AS newer
                       WHERE newer.parent_version_id = needed.artifact_id
                         AND newer.artifact_type = registered.artifact_type
                         AND newer.version_number > registered.version_number
                   )
               ) AS entry
        FROM model_registry_inputs(models, kinds, evidence) AS needed
        LEFT JOIN artifacts AS registered ON registered.id = needed.artifact_id
        LEFT JOIN pin ON pin.id = needed.id AND pin.artifact_id = needed.artifact_id
    )
    SELECT verdict.id, verdict.claims_hypothesis,
           coalesce(dead_end.of_kind -> 'dataset', '[]'),
           coalesce(dead_end.of_kind -> 'analysis', '[]'),
           coalesce(dead_end.of_kind -> 'hypothesis', '[]'),
           coalesce((
               SELECT jsonb_agg(input.entry ORDER BY array_position(verdict.datasets, input.artifact_id),
                                                     input.artifact_id COLLATE "C")
               FROM input
               WHERE input.id = verdict.id
           ), '[]')
    FROM model_registry_current(ids) AS verdict
    LEFT JOIN dead_end ON dead_end.id = verdict.id;
END
$$;
