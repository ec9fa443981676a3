-- Inputs and pins. Evidence comes as three arrays in step: models, kinds, artifacts.

-- Every training dataset, and everything the producing analyses link to as an input, registered or not, except an
-- analysis' own previous version.
CREATE OR REPLACE FUNCTION model_registry_inputs(models text[], kinds text[], evidence text[])
RETURNS TABLE (id text, artifact_id text, required_by text[]) LANGUAGE sql STABLE AS $$
    SELECT need.id, need.artifact_id,
           coalesce(array_agg(DISTINCT need.analysis_id) FILTER (WHERE need.analysis_id IS NOT NULL), '{}')
    FROM (
        SELECT found.id, found.artifact_id, NULL AS analysis_id
        FROM unnest(models, kinds, evidence) AS found (id, kind, artifact_id)
        WHERE found.kind = 'dataset'
        UNION ALL
        SELECT found.id, link.target_artifact_id, found.artifact_id
        FROM unnest(models, kinds, evidence) AS found (id, kind, artifact_id)
        JOIN artifacts AS analysis ON analysis.id = found.artifact_id
        JOIN artifact_links AS link ON link.source_artifact_id = found.artifact_id
        WHERE found.kind = 'analysis'
          AND link.link_type IN ('cites', 'uses', 'derives_from')
          AND link.target_artifact_id IS DISTINCT FROM analysis.parent_version_id
    ) AS need
    GROUP BY need.id, need.artifact_id
$$;

-- The pins of analyses: objects or pairs, in metadata.pinned_artifacts or provenance_chain, with a whole version number
-- of at least 1. An empty hash is none.
CREATE OR REPLACE FUNCTION model_registry_pins(kinds text[], evidence text[])
RETURNS TABLE (analysis_id text, name text, version_number numeric, content_hash text) LANGUAGE sql STABLE AS $$
    SELECT analysis.id, pin.name #>> '{}', model_registry_count(pin.version_number),
           CASE jsonb_typeof(pin.content_hash) WHEN 'string' THEN nullif(pin.content_hash #>> '{}', '') END
    FROM (
        SELECT DISTINCT found.artifact_id
        FROM unnest(kinds, evidence) AS found (kind, artifact_id)
        WHERE found.kind = 'analysis'
    ) AS producing
    JOIN artifacts AS analysis ON analysis.id = producing.artifact_id
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
    WHERE jsonb_typeof(pin.name) = 'string' AND model_registry_count(pin.version_number) >= 1
$$;

-- Each input of a model with each pin that names it, of the pins of its analyses pooled: as written, else with the prefix
-- of the input's type added, else with it removed. A pin whose name is an input as written pins that one alone.
CREATE OR REPLACE FUNCTION model_registry_pinned(models text[], kinds text[], evidence text[])
RETURNS TABLE (id text, artifact_id text, version_number numeric, content_hash text) LANGUAGE sql STABLE AS $$
    SELECT fitted.id, fitted.artifact_id, fitted.version_number, fitted.content_hash
    FROM (
        SELECT spelled.id, spelled.artifact_id, pin.version_number, pin.content_hash, spelled.preference,
               min(spelled.preference) OVER (PARTITION BY spelled.id, spelled.name) AS best_preference
        FROM (
            SELECT input.id, input.artifact_id, spelling.name, spelling.preference
            FROM model_registry_inputs(models, kinds, evidence) AS input
            LEFT JOIN artifacts AS registered ON registered.id = input.artifact_id
            CROSS JOIN LATERAL (
                SELECT input.artifact_id, 1
                UNION ALL
                SELECT other.name, other.preference
                FROM unnest(model_registry_prefixes(registered.artifact_type)) AS prefix
                CROSS JOIN LATERAL (
                    VALUES (CASE WHEN starts_with(input.artifact_id, prefix)
                                 THEN substr(input.artifact_id, length(prefix) + 1) END, 2),
                           (prefix || input.artifact_id, 3)
                ) AS other (name, preference)
            ) AS spelling (name, preference)
        ) AS spelled
        JOIN (
            SELECT DISTINCT found.id, written.name, written.version_number, written.content_hash
            FROM unnest(models, kinds, evidence) AS found (id, kind, artifact_id)
            JOIN model_registry_pins(kinds, evidence) AS written ON written.analysis_id = found.artifact_id
            WHERE found.kind = 'analysis'
        ) AS pin ON pin.id = spelled.id AND pin.name = spelled.name
    ) AS fitted
    WHERE fitted.preference = fitted.best_preference
$$;
