-- Inputs and pins.

-- Every training dataset, and everything the producing analyses link to as an input, registered or not, except an
-- analysis' own previous version.
CREATE OR REPLACE FUNCTION model_registry_inputs(datasets text[], analyses text[])
RETURNS TABLE (artifact_id text, artifact_type text, required_by text[]) LANGUAGE sql STABLE AS $$
    SELECT input.artifact_id, registered.artifact_type, input.required_by
    FROM (
        SELECT need.artifact_id,
               coalesce(
                   array_agg(DISTINCT need.analysis_id) FILTER (WHERE need.analysis_id IS NOT NULL), '{}'
               ) AS required_by
        FROM (
            SELECT dataset AS artifact_id, NULL AS analysis_id FROM unnest(datasets) AS dataset
            UNION ALL
            SELECT link.target_artifact_id, link.source_artifact_id
            FROM artifact_links AS link
            JOIN artifacts AS analysis ON analysis.id = link.source_artifact_id
            WHERE link.source_artifact_id = ANY (analyses)
              AND link.link_type IN ('cites', 'uses', 'derives_from')
              AND link.target_artifact_id IS DISTINCT FROM analysis.parent_version_id
        ) AS need
        GROUP BY need.artifact_id
    ) AS input
    LEFT JOIN artifacts AS registered ON registered.id = input.artifact_id
$$;

-- The pins of the producing analyses, pooled: objects or pairs, in metadata.pinned_artifacts or provenance_chain, with
-- a whole version number of at least 1. An empty hash is none.
CREATE OR REPLACE FUNCTION model_registry_pins(analyses text[])
RETURNS TABLE (name text, version_number numeric, content_hash text) LANGUAGE sql STABLE AS $$
    SELECT DISTINCT pin.name #>> '{}', model_registry_count(pin.version_number),
           CASE jsonb_typeof(pin.content_hash) WHEN 'string' THEN nullif(pin.content_hash #>> '{}', '') END
    FROM artifacts AS analysis
    CROSS JOIN LATERAL (VALUES (analysis.metadata -> 'pinned_artifacts'), (analysis.provenance_chain)) AS place (list)
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(place.list) WHEN 'array' THEN place.list ELSE '[]' END
    ) AS entry (value)
    CROSS JOIN LATERAL (
        SELECT entry.value -> 'artifact_id', entry.value -> 'version_number', entry.value -> 'content_hash'
        WHERE jsonb_typeof(entry.value) = 'object'
        UNION ALL
        SELECT entry.value -> 0, entry.value -> 1, NULL
        WHERE CASE jsonb_typeof(entry.value) WHEN 'array' THEN jsonb_array_length(entry.value) = 2 ELSE false END
    ) AS pin (name, version_number, content_hash)
    WHERE analysis.id = ANY (analyses)
      AND jsonb_typeof(pin.name) = 'string'
      AND model_registry_count(pin.version_number) >= 1
$$;

-- Each input of a model with each pin that names it: as written, else with the prefix of the input's type added, else
-- with it removed. A pin whose name is an input as written pins that one alone.
CREATE OR REPLACE FUNCTION model_registry_pinned(datasets text[], analyses text[])
RETURNS TABLE (artifact_id text, version_number numeric, content_hash text) LANGUAGE sql STABLE AS $$
    SELECT fitted.artifact_id, fitted.version_number, fitted.content_hash
    FROM (
        SELECT spelled.artifact_id, pin.version_number, pin.content_hash, spelled.preference,
               min(spelled.preference) OVER (PARTITION BY pin.name) AS best_preference
        FROM (
            SELECT input.artifact_id, spelling.name, min(spelling.preference) AS preference
            FROM model_registry_inputs(datasets, analyses) AS input
            CROSS JOIN LATERAL (
                SELECT input.artifact_id, 1
                UNION ALL
                SELECT other.name, other.preference
                FROM unnest(model_registry_prefixes(input.artifact_type)) AS prefix
                CROSS JOIN LATERAL (
                    VALUES (CASE WHEN starts_with(input.artifact_id, prefix)
                                 THEN substr(input.artifact_id, length(prefix) + 1) END, 2),
                           (prefix || input.artifact_id, 3)
                ) AS other (name, preference)
            ) AS spelling (name, preference)
            GROUP BY input.artifact_id, spelling.name
        ) AS spelled
        JOIN model_registry_pins(analyses) AS pin ON pin.name = spelled.name
    ) AS fitted
    WHERE fitted.preference = fitted.best_preference
$$;
