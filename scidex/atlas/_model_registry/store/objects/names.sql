-- Names: ends of links match exactly, names in metadata and pins with some tolerance (provenance.md, evidence).

-- What a metadata key names: a text or a list of texts, in their order.
CREATE OR REPLACE FUNCTION model_registry_names(metadata jsonb, key text) RETURNS TABLE (name text, place bigint)
LANGUAGE sql IMMUTABLE AS $$
    SELECT item.value #>> '{}', item.ordinality
    FROM jsonb_array_elements(
        CASE jsonb_typeof(metadata -> key)
            WHEN 'array' THEN metadata -> key
            WHEN 'string' THEN jsonb_build_array(metadata -> key)
            ELSE '[]'
        END
    ) WITH ORDINALITY AS item (value, ordinality)
    WHERE jsonb_typeof(item.value) = 'string' AND item.value #>> '{}' <> ''
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

-- How well a written name fits an id: 1 as written, 2 with a prefix added, 3 with it removed, null not at all.
CREATE OR REPLACE FUNCTION model_registry_fit(name text, id text, prefixes text[]) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN name = id THEN 1
        WHEN id = ANY (SELECT prefix || name FROM unnest(prefixes) AS prefix) THEN 2
        WHEN name = ANY (SELECT prefix || id FROM unnest(prefixes) AS prefix) THEN 3
    END
$$;

-- The registered artifact of a fitting type that a name leads to; no row where it leads nowhere.
CREATE OR REPLACE FUNCTION model_registry_resolve(name text, types text[]) RETURNS TABLE (id text)
LANGUAGE sql STABLE AS $$
    SELECT found.id
    FROM unnest(model_registry_prefixes(types[1])) AS prefix
    CROSS JOIN LATERAL (
        VALUES (1, name), (2, prefix || name), (3, CASE WHEN starts_with(name, prefix) THEN substr(name, length(prefix) + 1) END)
    ) AS spelling (preference, id)
    JOIN artifacts AS found ON found.id = spelling.id
    WHERE found.artifact_type = ANY (types)
    ORDER BY spelling.preference
    LIMIT 1
$$;

-- Evidence of one kind for a model: artifacts of a fitting type that its links lead to or its metadata names.
-- Those named come first, in their order, then the others by id.
CREATE OR REPLACE FUNCTION model_registry_evidence(
    model_id text, metadata jsonb, key text, link_types text[], types text[]
) RETURNS TABLE (ids text[]) LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(evidence.id ORDER BY evidence.place, evidence.id COLLATE "C"), '{}')
    FROM (
        SELECT found.id, min(found.place) AS place
        FROM (
            SELECT resolved.id, named.place
            FROM model_registry_names(metadata, key) AS named
            CROSS JOIN LATERAL model_registry_resolve(named.name, types) AS resolved
            UNION ALL
            SELECT target.id, NULL
            FROM artifact_links AS link
            JOIN artifacts AS target ON target.id = link.target_artifact_id
            WHERE link.source_artifact_id = model_id
              AND link.link_type = ANY (link_types)
              AND target.artifact_type = ANY (types)
        ) AS found
        GROUP BY found.id
    ) AS evidence
$$;

-- What a name leads to in any of its spellings, whatever its type.
CREATE OR REPLACE FUNCTION model_registry_found_type(name text, types text[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT found.artifact_type
    FROM unnest(model_registry_prefixes(types[1])) AS prefix
    JOIN artifacts AS found ON found.id IN (
        name, prefix || name, CASE WHEN starts_with(name, prefix) THEN substr(name, length(prefix) + 1) END
    )
    ORDER BY model_registry_fit(name, found.id, ARRAY[prefix])
    LIMIT 1
$$;

-- Names under a key and targets of links that led to no evidence, each with the type of what it does lead to, if
-- anything, and the link's type. Links that may lead to artifacts of other types as well are nothing to complain of.
CREATE OR REPLACE FUNCTION model_registry_unresolved(
    model_id text, metadata jsonb, key text, link_types text[], types text[]
) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        jsonb_agg(
            jsonb_build_array(dead_end.name, dead_end.found_type, dead_end.link_type)
            ORDER BY dead_end.place, dead_end.name COLLATE "C", dead_end.link_type COLLATE "C"
        ),
        '[]'
    )
    FROM (
        SELECT named.name, model_registry_found_type(named.name, types) AS found_type, NULL AS link_type,
               min(named.place) AS place
        FROM model_registry_names(metadata, key) AS named
        WHERE NOT EXISTS (SELECT FROM model_registry_resolve(named.name, types))
        GROUP BY named.name
        UNION ALL
        SELECT link.target_artifact_id, target.artifact_type, link.link_type, NULL
        FROM artifact_links AS link
        LEFT JOIN artifacts AS target ON target.id = link.target_artifact_id
        WHERE link.source_artifact_id = model_id
          AND link.link_type = ANY (link_types)
          AND (target.artifact_type = ANY (types)) IS NOT TRUE
    ) AS dead_end
$$;
