-- Evidence of provenance: the artifacts of a fitting type that a model's links lead to or its metadata names.

-- The kinds: the key that names artifacts, the prefix their ids may be written without, their types, and the links that
-- lead to them; `own_link_types` lead to nothing else.
CREATE OR REPLACE FUNCTION model_registry_kinds()
RETURNS TABLE (kind text, key text, prefix text, types text[], link_types text[], own_link_types text[])
LANGUAGE sql IMMUTABLE ROWS 3 AS $$
    VALUES ('dataset', 'trained_on_dataset_id', 'dataset-', ARRAY['dataset', 'tabular_dataset'],
            ARRAY['trained_on', 'derives_from'], ARRAY['trained_on']),
           ('analysis', 'produced_by_analysis_id', 'analysis-', ARRAY['analysis'],
            ARRAY['produced_by', 'derives_from'], ARRAY['produced_by']),
           ('hypothesis', 'tests_hypothesis_id', 'hypothesis-', ARRAY['hypothesis'],
            ARRAY['tests', 'tests_hypothesis', 'supports'], ARRAY['tests', 'tests_hypothesis'])
$$;

-- Every name that the metadata of these models holds for evidence, with what its kind may be written without and may be.
-- OFFSET keeps the planner from reading each document once for each kind.
CREATE OR REPLACE FUNCTION model_registry_named(ids text[])
RETURNS TABLE (id text, kind text, prefix text, types text[], relation text, name text, place bigint)
LANGUAGE sql STABLE AS $$
    SELECT model.id, written.kind, written.prefix, written.types, written.own_link_types[1], named.name, named.place
    FROM artifacts AS model
    CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
    CROSS JOIN LATERAL (
        SELECT kind.kind, kind.prefix, kind.types, kind.own_link_types, read.document -> kind.key AS names
        FROM model_registry_kinds() AS kind
        OFFSET 0
    ) AS written
    CROSS JOIN LATERAL model_registry_names(written.names) AS named
    WHERE model.id = ANY (ids) AND model.artifact_type = 'model'
$$;

-- The evidence of these models. `place` is where metadata names it; null where only links lead to it.
CREATE OR REPLACE FUNCTION model_registry_evidence(ids text[])
RETURNS TABLE (id text, kind text, artifact_id text, place bigint) LANGUAGE sql STABLE AS $$
    SELECT found.id, found.kind, found.artifact_id, min(found.place)
    FROM (
        SELECT resolved.id, resolved.kind, resolved.artifact_id, resolved.place
        FROM (
            SELECT DISTINCT ON (named.id COLLATE "C", named.kind COLLATE "C", named.place)
                   named.id, named.kind, named.place, target.id AS artifact_id
            FROM model_registry_named(ids) AS named
            CROSS JOIN LATERAL model_registry_spellings(named.name, named.prefix) AS spelling
            JOIN artifacts AS target ON target.id = spelling.id AND target.artifact_type = ANY (named.types)
            ORDER BY named.id COLLATE "C", named.kind COLLATE "C", named.place, spelling.preference
        ) AS resolved
        UNION ALL
        SELECT link.source_artifact_id, kind.kind, target.id, NULL
        FROM artifact_links AS link
        JOIN model_registry_kinds() AS kind ON link.link_type = ANY (kind.link_types)
        JOIN artifacts AS target ON target.id = link.target_artifact_id AND target.artifact_type = ANY (kind.types)
        WHERE link.source_artifact_id = ANY (ids)
    ) AS found
    GROUP BY found.id, found.kind, found.artifact_id
$$;

-- Names and targets of links that led to no evidence, for each model and kind: each with the type of what it does lead to,
-- if anything, and the link's type. Links that may lead to artifacts of other types as well are nothing to complain of.
CREATE OR REPLACE FUNCTION model_registry_unresolved(ids text[])
RETURNS TABLE (id text, kind text, dead_ends jsonb) LANGUAGE sql STABLE AS $$
    SELECT dead_end.id, dead_end.kind,
           jsonb_agg(
               jsonb_build_array(dead_end.name, dead_end.found_type, dead_end.link_type)
               ORDER BY dead_end.place, dead_end.name COLLATE "C", dead_end.link_type COLLATE "C"
           )
    FROM (
        SELECT named.id, named.kind, named.name, model_registry_found_type(named.name, named.types) AS found_type,
               NULL AS link_type, min(named.place) AS place
        FROM model_registry_named(ids) AS named
        WHERE NOT EXISTS (SELECT FROM model_registry_resolve(named.name, named.types))
        GROUP BY named.id, named.kind, named.name, named.types
        UNION ALL
        SELECT link.source_artifact_id, kind.kind, link.target_artifact_id, target.artifact_type, link.link_type, NULL
        FROM artifact_links AS link
        JOIN model_registry_kinds() AS kind ON link.link_type = ANY (kind.own_link_types)
        LEFT JOIN artifacts AS target ON target.id = link.target_artifact_id
        WHERE link.source_artifact_id = ANY (ids) AND (target.artifact_type = ANY (kind.types)) IS NOT TRUE
    ) AS dead_end
    GROUP BY dead_end.id, dead_end.kind
$$;
