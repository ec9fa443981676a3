-- Names: ends of links match exactly, names in metadata and pins with some tolerance (provenance.md, evidence).

-- The beginning of a list, without what is no text, as far as its texts have as many bytes as ids may have together.
CREATE OR REPLACE FUNCTION model_registry_first_texts(list jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN pg_column_size(list) <= model_registry_most_ids() THEN list ELSE (
        SELECT coalesce(jsonb_agg(to_jsonb(item.name) ORDER BY item.place), '[]')
        FROM (
            SELECT entry.name, entry.place,
                   sum(octet_length(entry.name)) OVER (ORDER BY entry.place ROWS UNBOUNDED PRECEDING) AS bytes
            FROM (
                SELECT CASE jsonb_typeof(any_value.value) WHEN 'string' THEN any_value.value #>> '{}' END, any_value.place
                FROM jsonb_array_elements(list) WITH ORDINALITY AS any_value (value, place)
                WHERE any_value.place <= model_registry_most_entries()
            ) AS entry (name, place)
        ) AS item
        WHERE item.bytes IS NULL OR item.bytes <= model_registry_most_ids()
    ) END
$$;

-- The names in a value of metadata: a text or a list of texts, in order; only the first ones of a long list.
CREATE OR REPLACE FUNCTION model_registry_listed_texts(value jsonb) RETURNS TABLE (name text, place bigint)
LANGUAGE sql IMMUTABLE AS $$
    SELECT item.value #>> '{}', item.ordinality
    FROM jsonb_array_elements(
        CASE jsonb_typeof(value)
            WHEN 'array' THEN model_registry_first_texts(value)
            WHEN 'string' THEN jsonb_build_array(value)
            ELSE '[]'
        END
    ) WITH ORDINALITY AS item (value, ordinality)
    WHERE item.ordinality <= model_registry_most_entries()
      AND jsonb_typeof(item.value) = 'string' AND item.value #>> '{}' <> ''
$$;

-- Whether there is any value, name or not. A function without a query costs next to nothing.
CREATE OR REPLACE FUNCTION model_registry_has_texts(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
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
CREATE OR REPLACE FUNCTION model_registry_spellings(name text, prefix text) RETURNS TABLE (preference bigint, id text)
LANGUAGE sql IMMUTABLE AS $$
    SELECT spelling.preference, spelling.id
    FROM unnest(ARRAY[
        name, prefix || name, CASE WHEN starts_with(name, prefix) THEN substr(name, length(prefix) + 1) END
    ]) WITH ORDINALITY AS spelling (id, preference)
$$;

-- The registered artifact of a fitting type that a name means; no row where there is none. Spellings come in order, and
-- none is looked up after the first that is registered.
CREATE OR REPLACE FUNCTION model_registry_resolve(name text, types text[]) RETURNS TABLE (id text)
LANGUAGE sql STABLE AS $$
    SELECT found.id
    FROM model_registry_spellings(name, (model_registry_prefixes(types[1]))[1]) AS spelling
    CROSS JOIN LATERAL (
        SELECT artifact.id FROM artifacts AS artifact
        WHERE artifact.id = spelling.id AND artifact.artifact_type = ANY (types)
        OFFSET 0
    ) AS found
    ORDER BY spelling.preference
    LIMIT 1
$$;

-- The artifact of any type that a name means in any of its spellings.
CREATE OR REPLACE FUNCTION model_registry_found_type(name text, types text[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT found.artifact_type
    FROM model_registry_spellings(name, (model_registry_prefixes(types[1]))[1]) AS spelling
    CROSS JOIN LATERAL (
        SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = spelling.id
        OFFSET 0
    ) AS found
    ORDER BY spelling.preference
    LIMIT 1
$$;
