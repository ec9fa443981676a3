-- What the narrow tables beside the projection hold of a judged model.

-- A metric's value as readers see it: the nearest double, 0 where that is nearer than any other.
CREATE OR REPLACE FUNCTION model_registry_double(value numeric) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN abs(value) < 5e-324 THEN 0 ELSE value::double precision END
$$;

-- A metric's name as the narrow table holds it: an index takes no longer ones. What is cut is longer than any that is not.
CREATE OR REPLACE FUNCTION model_registry_metric_name(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN octet_length(name) <= 100 THEN name ELSE left(name, 100) || md5(name) END
$$;

CREATE OR REPLACE FUNCTION model_registry_metric_rows(model model_registry_projection)
RETURNS SETOF model_registry_metrics LANGUAGE sql STABLE AS $$
    SELECT model.id, model_registry_metric_name(reported.key), model_registry_double(reported.value::numeric),
           model.created_at, model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state,
           model.lifecycle_state
    FROM jsonb_each(model.metrics) AS reported
$$;

CREATE OR REPLACE FUNCTION model_registry_evidence_rows(model model_registry_projection)
RETURNS SETOF model_registry_evidence LANGUAGE sql STABLE AS $$
    SELECT model.id, found.kind, found.artifact_id, model.family, model.is_latest, model.complete, model.origin_type,
           model.promotion_state, model.lifecycle_state
    FROM (
        SELECT 'dataset', dataset FROM unnest(model.datasets) AS dataset
        UNION ALL
        SELECT 'analysis', analysis FROM unnest(model.analyses) AS analysis
        UNION ALL
        SELECT 'hypothesis', hypothesis FROM unnest(model.hypotheses) AS hypothesis
    ) AS found (kind, artifact_id)
$$;

-- Every id whose change can change a model's verdict. A name that leads nowhere today may lead somewhere tomorrow, so
-- each of its spellings is watched; so is each end of a link, registered or not, of the model and of its analyses.
CREATE OR REPLACE FUNCTION model_registry_watched(model_id text, metadata jsonb, analyses text[])
RETURNS TABLE (ids text[]) LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT watched.id), '{}')
    FROM (
        SELECT spelling.id
        FROM model_registry_kinds() AS kind
        CROSS JOIN LATERAL model_registry_names(metadata -> kind.key) AS named
        CROSS JOIN LATERAL model_registry_spellings(named.name, kind.prefix) AS spelling
        UNION ALL
        SELECT link.target_artifact_id FROM artifact_links AS link WHERE link.source_artifact_id = model_id
        UNION ALL
        SELECT link.target_artifact_id FROM artifact_links AS link WHERE link.source_artifact_id = ANY (analyses)
    ) AS watched
    WHERE watched.id IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION model_registry_search_rows(model model_registry_projection)
RETURNS SETOF model_registry_search LANGUAGE sql STABLE AS $$
    SELECT artifact.id, model_registry_words(artifact.id, artifact.title, read.document), watched.ids
    FROM (
        SELECT registered.id, registered.title, registered.metadata
        FROM artifacts AS registered
        WHERE registered.id = model.id COLLATE "default"  -- that of the host's index
        OFFSET 0
    ) AS artifact
    CROSS JOIN LATERAL model_registry_document(artifact.metadata) AS read
    CROSS JOIN LATERAL model_registry_watched(artifact.id, read.document, model.analyses) AS watched
$$;
