-- The rows of a judged model in the narrow tables beside the projection.

-- A metric's value as readers see it: a whole number exactly, any other as the shortest decimals of the nearest double,
-- which is 0 for what is below half of the least one (2^-1075).
CREATE OR REPLACE FUNCTION model_registry_number(value numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
SET extra_float_digits = 1 AS $$
    SELECT CASE WHEN scale(value) = 0 THEN value WHEN abs(value) < 2.4704e-324 THEN 0
                ELSE value::double precision::text::numeric
           END
$$;

CREATE OR REPLACE FUNCTION model_registry_metric_rows(model model_registry_projection)
RETURNS SETOF model_registry_metrics LANGUAGE sql STABLE AS $$
    SELECT model.id, model_registry_key(reported.key), model_registry_number(reported.value::numeric),
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

-- Every id whose change can change a model's verdict. A name that is not registered today may be registered tomorrow, so
-- each of its spellings is watched, as an index holds it; so is each end of a link, registered or not, of the model and of
-- its analyses.
CREATE OR REPLACE FUNCTION model_registry_watched(model_id text, metadata jsonb, analyses text[])
RETURNS TABLE (ids text[]) LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT model_registry_key(watched.id)), '{}')
    FROM (
        SELECT spelling.id
        FROM model_registry_kinds() AS kind
        CROSS JOIN LATERAL model_registry_listed_texts(metadata -> kind.key) AS named
        CROSS JOIN LATERAL model_registry_spellings(named.name, kind.prefix) AS spelling
        UNION ALL
        SELECT link.target_artifact_id FROM model_registry_links_of(model_id, model_registry_evidence_links()) AS link
        UNION ALL
        SELECT input.artifact_id FROM model_registry_inputs_of(analyses) AS input
    ) AS watched
    WHERE watched.id IS NOT NULL
$$;

-- Whether every index can hold the model. Most ids together are as short as one may be.
CREATE OR REPLACE FUNCTION model_registry_fits(model model_registry_projection) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    evidence pg_catalog.text[] := model.datasets || model.analyses || model.hypotheses;
BEGIN
    IF octet_length(model.id) > model_registry_most_indexed() THEN
        RETURN false;
    END IF;
    RETURN octet_length(array_to_string(evidence, '')) <= model_registry_most_indexed() OR (
        SELECT max(octet_length(each.id)) FROM unnest(evidence) AS each (id)
    ) <= model_registry_most_indexed();
END
$$;

-- Whether its row could be read at all.
CREATE OR REPLACE FUNCTION model_registry_is_read(model model_registry_projection) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT model.unreadable <> ARRAY['artifacts']
$$;

CREATE OR REPLACE FUNCTION model_registry_search_rows(
    model model_registry_projection, told_words tsvector, told text[], told_watches text[]
) RETURNS SETOF model_registry_search LANGUAGE sql STABLE AS $$
    SELECT artifact.id,
           model_registry_words(artifact.id, model.title, read.document)
               || model_registry_kind_words(model.title, read.document, model.metrics) || coalesce(told_words, ''),
           ARRAY(SELECT DISTINCT watch.id COLLATE "C" FROM unnest(watched.ids || told_watches) AS watch (id) ORDER BY 1),
           coalesce(told, '{}'), model.created_at, model.quality_score
    FROM (
        SELECT registered.id, CASE WHEN model_registry_is_read(model) THEN registered.metadata END AS metadata
        FROM artifacts AS registered
        WHERE registered.id = model.id COLLATE "default"  -- that of the host's index
        OFFSET 0
    ) AS artifact
    CROSS JOIN LATERAL model_registry_document(artifact.metadata) AS read
    CROSS JOIN LATERAL model_registry_watched(artifact.id, read.document, model.analyses) AS watched
$$;
