-- Inputs and pins.

-- The analyses of each model whose inputs are read, in the order of its evidence.
CREATE OR REPLACE FUNCTION model_registry_analyses_of(evidence model_registry_found[])
RETURNS TABLE (id text, analyses text[]) LANGUAGE sql IMMUTABLE AS $$
    SELECT found.id,
           (array_agg(found.artifact_id ORDER BY found.place, found.artifact_id COLLATE "C"))[:model_registry_most_analyses()]
    FROM unnest(evidence) AS found
    WHERE found.kind = 'analysis'
    GROUP BY found.id
$$;

-- What analyses of one model link to as inputs, except their own previous versions, each with its place and the bytes of the
-- ids up to it; one more than are read. The limit ends the walk along the analyses.
CREATE OR REPLACE FUNCTION model_registry_inputs_of(analyses text[])
RETURNS TABLE (analysis_id text, artifact_id text, place bigint, bytes bigint) LANGUAGE sql STABLE ROWS 10 AS $$
    SELECT first.analysis_id, first.artifact_id, row_number() OVER walk, sum(octet_length(first.artifact_id)) OVER walk
    FROM (
        SELECT analysis.id AS analysis_id, analysis.place, input.artifact_id
        FROM unnest(analyses[:model_registry_most_analyses()]) WITH ORDINALITY AS analysis (id, place)
        CROSS JOIN LATERAL (
            SELECT artifact.parent_version_id FROM artifacts AS artifact WHERE artifact.id = analysis.id
            OFFSET 0
        ) AS itself
        CROSS JOIN LATERAL (
            SELECT link.target_artifact_id AS artifact_id
            FROM model_registry_links_of(analysis.id, model_registry_input_links()) AS link
            WHERE link.target_artifact_id IS DISTINCT FROM itself.parent_version_id
            OFFSET 0
        ) AS input
        LIMIT 2 * model_registry_most_entries() + 1
    ) AS first
    WINDOW walk AS (ORDER BY first.place, first.artifact_id ROWS UNBOUNDED PRECEDING)
$$;

-- Whether a place in this walk is beyond what is read.
CREATE OR REPLACE FUNCTION model_registry_is_beyond(place bigint, bytes bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT place > 2 * model_registry_most_entries() OR bytes > 2 * model_registry_most_ids()
$$;

-- Whether these analyses of a model have more inputs than are read; two of them cannot.
CREATE OR REPLACE FUNCTION model_registry_has_more_inputs(analyses text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN cardinality(analyses) > model_registry_most_analyses() THEN true
                WHEN cardinality(analyses) > 2 THEN EXISTS (
                    SELECT FROM model_registry_inputs_of(analyses) AS input
                    WHERE model_registry_is_beyond(input.place, input.bytes)
                )
                ELSE false
           END
$$;

-- Every training dataset, and everything the producing analyses link to as an input, registered or not, except an
-- analysis' own previous version.
CREATE OR REPLACE FUNCTION model_registry_inputs(evidence model_registry_found[])
RETURNS TABLE (id text, artifact_id text, required_by text[]) LANGUAGE sql STABLE AS $$
    SELECT need.id, need.artifact_id,
           coalesce(array_agg(DISTINCT need.analysis_id) FILTER (WHERE need.analysis_id IS NOT NULL), '{}')
    FROM (
        SELECT found.id, found.artifact_id, NULL AS analysis_id
        FROM unnest(evidence) AS found
        WHERE found.kind = 'dataset'
        UNION ALL
        SELECT produced.id, input.artifact_id, input.analysis_id
        FROM model_registry_analyses_of(evidence) AS produced
        CROSS JOIN LATERAL model_registry_inputs_of(produced.analyses) AS input
        WHERE NOT model_registry_is_beyond(input.place, input.bytes)
    ) AS need
    GROUP BY need.id, need.artifact_id
$$;

-- The pins of analyses: objects or pairs, in metadata.pinned_artifacts or provenance_chain, with a whole version number
-- of at least 1. An empty hash counts as none.
CREATE OR REPLACE FUNCTION model_registry_pins(evidence model_registry_found[])
RETURNS TABLE (analysis_id text, name text, version_number numeric, content_hash text) LANGUAGE sql STABLE AS $$
    SELECT producing.id, pin.name #>> '{}', model_registry_whole_number(pin.version_number),
           CASE jsonb_typeof(pin.content_hash) WHEN 'string' THEN nullif(pin.content_hash #>> '{}', '') END
    FROM (
        SELECT DISTINCT analysis.id
        FROM model_registry_analyses_of(evidence) AS produced
        CROSS JOIN LATERAL unnest(produced.analyses) AS analysis (id)
    ) AS producing (id)
    CROSS JOIN LATERAL (
        SELECT read.document -> 'pinned_artifacts' AS pinned_artifacts, chain.document AS provenance_chain
        FROM artifacts AS artifact
        CROSS JOIN LATERAL model_registry_document(artifact.metadata) AS read
        CROSS JOIN LATERAL model_registry_unpacked(artifact.provenance_chain) AS chain
        WHERE artifact.id = producing.id
        OFFSET 0
    ) AS analysis
    CROSS JOIN LATERAL (VALUES (analysis.pinned_artifacts), (analysis.provenance_chain)) AS place (list)
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(place.list) WHEN 'array' THEN place.list ELSE '[]' END
    ) WITH ORDINALITY AS entry (value, place)
    CROSS JOIN LATERAL (
        SELECT entry.value -> 'artifact_id', entry.value -> 'version_number', entry.value -> 'content_hash'
        WHERE jsonb_typeof(entry.value) = 'object'
        UNION ALL
        SELECT entry.value -> 0, entry.value -> 1, NULL
        WHERE CASE jsonb_typeof(entry.value) WHEN 'array' THEN jsonb_array_length(entry.value) = 2 ELSE false END
    ) AS pin (name, version_number, content_hash)
    WHERE entry.place <= model_registry_most_entries()
      AND jsonb_typeof(pin.name) = 'string' AND model_registry_whole_number(pin.version_number) >= 1
$$;

-- The other names of an input in pins, the likelier first: with the prefix of the input's type added, and with it removed.
CREATE OR REPLACE FUNCTION model_registry_pin_names(artifact_id text, artifact_type text)
RETURNS TABLE (preference integer, name text) LANGUAGE sql IMMUTABLE AS $$
    SELECT other.preference, other.name
    FROM unnest(model_registry_prefixes(artifact_type)) AS prefix
    CROSS JOIN LATERAL (
        VALUES (1, CASE WHEN starts_with(artifact_id, prefix) THEN substr(artifact_id, length(prefix) + 1) END),
               (2, prefix || artifact_id)
    ) AS other (preference, name)
$$;

-- Each input of a model with each of its analyses' pins that names it, or with nulls. A pin whose name is an input as written
-- pins only that one, so other names are tried only for models with pins left over.
CREATE OR REPLACE FUNCTION model_registry_pinned(evidence model_registry_found[])
RETURNS TABLE (id text, artifact_id text, required_by text[], version_number numeric, content_hash text)
LANGUAGE sql STABLE AS $$
    WITH input AS MATERIALIZED (
        SELECT needed.id, needed.artifact_id, needed.required_by
        FROM model_registry_inputs(evidence) AS needed
    ),
    pin AS MATERIALIZED (
        SELECT written.id, written.name, written.version_number, written.content_hash, input.artifact_id
        FROM (
            SELECT DISTINCT produced.id, pinned.name, pinned.version_number, pinned.content_hash
            FROM model_registry_analyses_of(evidence) AS produced
            CROSS JOIN LATERAL unnest(produced.analyses) AS analysis (id)
            JOIN model_registry_pins(evidence) AS pinned ON pinned.analysis_id = analysis.id
        ) AS written
        LEFT JOIN input ON input.id = written.id AND input.artifact_id = written.name
    ),
    spelled AS MATERIALIZED (
        SELECT input.id, input.artifact_id, spelling.preference, spelling.name
        FROM input
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = input.artifact_id
            OFFSET 0
        ) AS registered ON true
        CROSS JOIN LATERAL model_registry_pin_names(input.artifact_id, registered.artifact_type) AS spelling
        WHERE input.id IN (SELECT pin.id FROM pin WHERE pin.artifact_id IS NULL)
    ),
    fitted AS (
        SELECT pin.id, pin.artifact_id, pin.version_number, pin.content_hash
        FROM pin
        WHERE pin.artifact_id IS NOT NULL
        UNION ALL
        SELECT likely.id, likely.artifact_id, likely.version_number, likely.content_hash
        FROM (
            SELECT pin.id, spelled.artifact_id, pin.version_number, pin.content_hash, spelled.preference,
                   min(spelled.preference) OVER (PARTITION BY pin.id, pin.name) AS best_preference
            FROM pin
            JOIN spelled ON spelled.id = pin.id AND spelled.name = pin.name
            WHERE pin.artifact_id IS NULL
        ) AS likely
        WHERE likely.preference = likely.best_preference
    )
    SELECT input.id, input.artifact_id, input.required_by, fitted.version_number, fitted.content_hash
    FROM input
    LEFT JOIN fitted ON fitted.id = input.id AND fitted.artifact_id = input.artifact_id
$$;

-- Each input of a model, whether a pin names it, and whether a pin agrees with what is registered (provenance.md, integrity
-- of pins).
CREATE OR REPLACE FUNCTION model_registry_pinned_inputs(evidence model_registry_found[])
RETURNS TABLE (id text, artifact_id text, is_pinned boolean, fits boolean) LANGUAGE sql STABLE AS $$
    SELECT pinned.id, pinned.artifact_id, bool_or(pinned.version_number IS NOT NULL),
           coalesce(bool_or(
               pinned.version_number = registered.version_number
               AND (pinned.content_hash IS NULL OR model_registry_title(pinned.content_hash) = registered.content_hash)
           ), false)
    FROM model_registry_pinned(evidence) AS pinned
    LEFT JOIN LATERAL (
        SELECT artifact.version_number, model_registry_title(artifact.content_hash) AS content_hash
        FROM artifacts AS artifact
        WHERE pinned.version_number IS NOT NULL AND artifact.id = pinned.artifact_id
        OFFSET 0
    ) AS registered ON true
    GROUP BY pinned.id, pinned.artifact_id
$$;
