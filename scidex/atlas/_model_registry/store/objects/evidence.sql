-- Evidence of provenance: artifacts of a fitting type that a model's links lead to or its metadata names.

-- The kinds of evidence: the key in metadata, the prefix that names may omit, the types of artifacts, and the types of
-- links to them; `own_link_types` lead to no other kind.
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

-- The names in a value: a text, or the texts of a list.
CREATE OR REPLACE FUNCTION model_registry_only_texts(value jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(value)
        WHEN 'string' THEN value
        WHEN 'array' THEN jsonb_path_query_array(value, 'strict $[*] ? (@.type() == "string")')
    END
$$;

-- The part of a document that names evidence, under the keys of model_registry_kinds: all of it that is kept while many are
-- judged. In a large one, other values may nest too deep to be copied into another document: a level takes 8 bytes.
CREATE OR REPLACE FUNCTION model_registry_evidence_keys(document jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN pg_column_size(document) <= 16384 THEN jsonb_build_object(
        'trained_on_dataset_id', document -> 'trained_on_dataset_id',
        'produced_by_analysis_id', document -> 'produced_by_analysis_id',
        'tests_hypothesis_id', document -> 'tests_hypothesis_id'
    ) ELSE jsonb_build_object(
        'trained_on_dataset_id', model_registry_only_texts(document -> 'trained_on_dataset_id'),
        'produced_by_analysis_id', model_registry_only_texts(document -> 'produced_by_analysis_id'),
        'tests_hypothesis_id', model_registry_only_texts(document -> 'tests_hypothesis_id')
    ) END
$$;

-- The links of some types from an artifact: the first ones in the order of their targets, up to the bounds of their number
-- and of the bytes of their ids, without those to ids that are too long.
CREATE OR REPLACE FUNCTION model_registry_links_of(source_id text, types text[])
RETURNS TABLE (target_artifact_id text, link_type text) LANGUAGE sql STABLE ROWS 5 AS $$
    SELECT link.target_artifact_id, link.link_type
    FROM (
        SELECT first.target_artifact_id, first.link_type,
               sum(octet_length(first.target_artifact_id)) OVER (
                   ORDER BY first.target_artifact_id, first.link_type ROWS UNBOUNDED PRECEDING
               ) AS bytes
        FROM (
            SELECT known.target_artifact_id, known.link_type
            FROM artifact_links AS known
            WHERE known.source_artifact_id = source_id AND known.link_type = ANY (types)
              AND octet_length(known.target_artifact_id) <= model_registry_most_id()
            ORDER BY known.target_artifact_id, known.link_type
            LIMIT model_registry_most_entries()
        ) AS first
    ) AS link
    WHERE link.bytes <= model_registry_most_ids()
$$;

-- Which of these artifacts have more links.
CREATE OR REPLACE FUNCTION model_registry_with_more_links(ids text[], types text[]) RETURNS TABLE (id text)
LANGUAGE sql STABLE AS $$
    SELECT source.id
    FROM (SELECT DISTINCT every.id FROM unnest(ids) AS every (id)) AS source
    CROSS JOIN LATERAL (
        SELECT count(*) AS number, max(octet_length(link.target_artifact_id)) AS longest,
               sum(octet_length(link.target_artifact_id)) AS bytes
        FROM (
            SELECT known.target_artifact_id
            FROM artifact_links AS known
            WHERE known.source_artifact_id = source.id AND known.link_type = ANY (types)
            LIMIT model_registry_most_entries() + 1
        ) AS link
    ) AS counted
    WHERE counted.number > model_registry_most_entries() OR counted.longest > model_registry_most_id()
       OR counted.bytes > model_registry_most_ids()
$$;

-- The types of links that the policy follows: from a model to its evidence, and from an analysis to its inputs.
CREATE OR REPLACE FUNCTION model_registry_evidence_links() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['trained_on', 'derives_from', 'produced_by', 'tests', 'tests_hypothesis', 'supports']
$$;
CREATE OR REPLACE FUNCTION model_registry_input_links() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['cites', 'uses', 'derives_from']
$$;

-- Every name of evidence in a document, with the prefix and the types of its kind.
-- OFFSET keeps the planner from looking up a key for each use of its value.
CREATE OR REPLACE FUNCTION model_registry_named_evidence(document jsonb)
RETURNS TABLE (kind text, prefix text, types text[], relation text, name text, place bigint)
LANGUAGE sql IMMUTABLE AS $$
    SELECT written.kind, written.prefix, written.types, written.own_link_types[1], named.name, named.place
    FROM (
        SELECT kind.kind, kind.prefix, kind.types, kind.own_link_types, document -> kind.key AS names
        FROM model_registry_kinds() AS kind
        OFFSET 0
    ) AS written
    CROSS JOIN LATERAL model_registry_listed_texts(written.names) AS named
$$;

-- The part of a stored document that names evidence; empty where it cannot be read.
CREATE OR REPLACE FUNCTION model_registry_read_naming(metadata jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT model_registry_evidence_keys(read.document) FROM model_registry_document(metadata) AS read);
EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
    RETURN '{}';
END
$$;

-- The names of each of these models.
CREATE OR REPLACE FUNCTION model_registry_named_evidence_of(ids text[])
RETURNS TABLE (id text, kind text, prefix text, types text[], relation text, name text, place bigint)
LANGUAGE sql STABLE AS $$
    SELECT model.id, named.kind, named.prefix, named.types, named.relation, named.name, named.place
    FROM (
        SELECT registered.id, model_registry_read_naming(registered.metadata) AS naming FROM artifacts AS registered
        WHERE registered.id = ANY (ids) AND registered.artifact_type = 'model'
        OFFSET 0
    ) AS model
    CROSS JOIN LATERAL model_registry_named_evidence(model.naming) AS named
$$;

-- One piece of evidence of a model; `place` is where metadata names it, null where only links lead to it.
DO $$
BEGIN
    IF to_regtype('model_registry_found') IS NULL THEN
        CREATE TYPE model_registry_found AS (id text, kind text, artifact_id text, place bigint);
    END IF;
END
$$;

-- The evidence of models, which are given with the parts of their documents that name it.
CREATE OR REPLACE FUNCTION model_registry_resolve_evidence(ids text[], namings jsonb[])
RETURNS SETOF model_registry_found LANGUAGE sql STABLE AS $$
    SELECT found.id, found.kind, found.artifact_id, min(found.place)
    FROM (
        SELECT model.id, named.kind, resolved.id AS artifact_id, named.place
        FROM unnest(ids, namings) AS model (id, naming)
        CROSS JOIN LATERAL model_registry_named_evidence(model.naming) AS named
        CROSS JOIN LATERAL model_registry_resolve(named.name, named.types) AS resolved
        UNION ALL
        SELECT model.id, kind.kind, target.id, NULL
        FROM unnest(ids) AS model (id)
        CROSS JOIN LATERAL model_registry_links_of(model.id, model_registry_evidence_links()) AS link
        JOIN model_registry_kinds() AS kind ON link.link_type = ANY (kind.link_types)
        CROSS JOIN LATERAL (
            SELECT artifact.id FROM artifacts AS artifact
            WHERE artifact.id = link.target_artifact_id AND artifact.artifact_type = ANY (kind.types)
            OFFSET 0
        ) AS target
    ) AS found
    GROUP BY found.id, found.kind, found.artifact_id
$$;

-- Names and targets of links that led to no evidence, for each model and kind: each with the type of the artifact that it
-- leads to, if any, and the link's type. Links that may also lead to artifacts of other types are left out.
CREATE OR REPLACE FUNCTION model_registry_unresolved(ids text[])
RETURNS TABLE (id text, kind text, dead_ends jsonb) LANGUAGE sql STABLE AS $$
    SELECT dead_end.id, dead_end.kind,
           jsonb_agg(
               jsonb_build_array(model_registry_title(dead_end.name), dead_end.found_type, dead_end.link_type)
               ORDER BY dead_end.place, dead_end.name COLLATE "C", dead_end.link_type COLLATE "C"
           )
    FROM (
        SELECT named.id, named.kind, named.name, model_registry_found_type(named.name, named.types) AS found_type,
               NULL AS link_type, min(named.place) AS place
        FROM model_registry_named_evidence_of(ids) AS named
        WHERE NOT EXISTS (SELECT FROM model_registry_resolve(named.name, named.types))
        GROUP BY named.id, named.kind, named.name, named.types
        UNION ALL
        SELECT model.id, kind.kind, link.target_artifact_id, target.artifact_type, link.link_type, NULL
        FROM unnest(ids) AS model (id)
        CROSS JOIN LATERAL model_registry_links_of(model.id, model_registry_evidence_links()) AS link
        JOIN model_registry_kinds() AS kind ON link.link_type = ANY (kind.own_link_types)
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = link.target_artifact_id
            OFFSET 0
        ) AS target ON true
        WHERE (target.artifact_type = ANY (kind.types)) IS NOT TRUE
    ) AS dead_end
    GROUP BY dead_end.id, dead_end.kind
$$;
