-- Names: ends of links match exactly, names in metadata and pins with some tolerance (provenance.md, evidence).

-- What a value of metadata names: a text or a list of texts, in their order.
CREATE OR REPLACE FUNCTION model_registry_names(value jsonb) RETURNS TABLE (name text, place bigint)
LANGUAGE sql IMMUTABLE AS $$
    SELECT item.value #>> '{}', item.ordinality
    FROM jsonb_array_elements(
        CASE jsonb_typeof(value)
            WHEN 'array' THEN value
            WHEN 'string' THEN jsonb_build_array(value)
            ELSE '[]'
        END
    ) WITH ORDINALITY AS item (value, ordinality)
    WHERE jsonb_typeof(item.value) = 'string' AND item.value #>> '{}' <> ''
$$;

-- Is anything written there, be it no name? A function without a query in it costs next to nothing.
CREATE OR REPLACE FUNCTION model_registry_names_any(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(value) WHEN 'string' THEN value <> '""' WHEN 'array' THEN value <> '[]' ELSE false END
$$;

-- The prefixes an artifact's id may be written without; any of them where the type is not known.
CREATE OR REPLACE FUNCTION model_registry_prefixes(artifact_type text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN artifact_type IS NULL THEN ARRAY['dataset-', 'analysis-', 'hypothesis-', 'model-']
        WHEN artifact_type IN ('dataset', 'tabular_dataset') THEN ARRAY['dataset-']
        WHEN artifact_type IN ('analysis', 'hypothesis', 'model') THEN ARRAY[artifact_type || '-']
        ELSE ARRAY[]::text[]
    END
$$;

-- The ids that a name may mean, the likelier first.
CREATE OR REPLACE FUNCTION model_registry_spellings(name text, prefix text) RETURNS TABLE (preference integer, id text)
LANGUAGE sql IMMUTABLE AS $$
    VALUES (1, name), (2, prefix || name), (3, CASE WHEN starts_with(name, prefix) THEN substr(name, length(prefix) + 1) END)
$$;

-- The registered artifact of a fitting type that a name leads to; no row where it leads nowhere.
CREATE OR REPLACE FUNCTION model_registry_resolve(name text, types text[]) RETURNS TABLE (id text)
LANGUAGE sql STABLE AS $$
    SELECT found.id
    FROM unnest(model_registry_prefixes(types[1])) AS prefix
    CROSS JOIN LATERAL model_registry_spellings(name, prefix) AS spelling
    JOIN artifacts AS found ON found.id = spelling.id
    WHERE found.artifact_type = ANY (types)
    ORDER BY spelling.preference
    LIMIT 1
$$;

-- What a name leads to in any of its spellings, whatever its type.
CREATE OR REPLACE FUNCTION model_registry_found_type(name text, types text[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT found.artifact_type
    FROM unnest(model_registry_prefixes(types[1])) AS prefix
    CROSS JOIN LATERAL model_registry_spellings(name, prefix) AS spelling
    JOIN artifacts AS found ON found.id = spelling.id
    ORDER BY spelling.preference
    LIMIT 1
$$;
