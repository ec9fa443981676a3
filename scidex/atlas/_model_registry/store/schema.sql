-- The registry's own objects: the judge of provenance and what it rests on. No column or row of the host is
-- touched. Safe to repeat; a changed view is replaced.

CREATE INDEX IF NOT EXISTS model_registry_links_by_target ON artifact_links (target_artifact_id);

-- An earlier release's views and functions go first: PostgreSQL replaces none that answers other columns than before.
-- The functions of triggers stay, so that no lock on the host's tables is needed.
DROP VIEW IF EXISTS model_registry_listed;
DROP FUNCTION IF EXISTS model_registry_judged_now();
DROP VIEW IF EXISTS model_registry_judged, model_registry_verdict_rows, model_registry_models, model_registry_verdicts;

DO $$
DECLARE
    own regprocedure;
BEGIN
    FOR own IN
        SELECT function.oid
        FROM pg_proc AS function
        WHERE starts_with(function.proname, 'model_registry_')
          AND function.pronamespace = current_schema()::regnamespace
          AND function.prorettype <> 'trigger'::regtype
    LOOP
        EXECUTE format('DROP FUNCTION %s', own);
    END LOOP;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- Reading documents that many hands wrote

-- Text that should be JSON; null where it is not. Writers of NaN and Infinity meant "not a number": null in place of
-- them, and of numbers beyond what jsonb holds, keeps the rest of the document readable; so does a replacement
-- character in place of escapes that no text of the database can hold (NUL, half a surrogate pair).
CREATE OR REPLACE FUNCTION model_registry_json(document text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN document::jsonb;
EXCEPTION WHEN others THEN
    BEGIN
        RETURN regexp_replace(
            regexp_replace(
                document, '([:\[,]\s*)-?(?:NaN|Infinity|\d+(?:\.\d+)?[eE][-+]?\d{4,})(?=\s*[,\]}])', '\1null', 'g'
            ),
            '\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\ufffd', 'g'
        )::jsonb;
    EXCEPTION WHEN others THEN
        RETURN NULL;
    END;
END
$$;

-- The entries of a model's metadata that the registry judges and lists by. Each operator on a long document unpacks all
-- of it, so it is unpacked once here and what follows reads this little one; anything but an object has no entries.
-- It is put together as text: jsonb_object_agg takes time by the square of what a value holds.
CREATE OR REPLACE FUNCTION model_registry_document(metadata jsonb) RETURNS TABLE (document jsonb)
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce('{' || string_agg(to_jsonb(entry.key)::text || ':' || entry.value::text, ',') || '}', '{}')::jsonb
    FROM jsonb_each(CASE jsonb_typeof(metadata) WHEN 'object' THEN metadata ELSE '{}' END) AS entry
    WHERE entry.key IN (
        'trained_on_dataset_id', 'produced_by_analysis_id', 'tests_hypothesis_id', 'hypothesis_id', 'tests_hypothesis',
        'model_family', 'parameter_count', 'parameters', 'coefficients', 'evaluation_metrics', 'training_metrics',
        'fit_metrics', 'architecture', 'equations', 'species', 'features'
    )
$$;

-- The finite numbers of an object by name; null where there is none. Finite means: a double can hold it.
CREATE OR REPLACE FUNCTION model_registry_numbers(document jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(entry.key, entry.value)
    FROM jsonb_each(CASE jsonb_typeof(document) WHEN 'object' THEN document ELSE '{}' END) AS entry
    WHERE CASE jsonb_typeof(entry.value)
              WHEN 'number' THEN abs((entry.value #>> '{}')::numeric) <= 1.7976931348623157e308
              ELSE false
          END
$$;

-- The metrics a model reports: of the four places that may hold them, the first that holds any number.
CREATE OR REPLACE FUNCTION model_registry_metrics(eval_metrics_json text, metadata jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(
        model_registry_numbers(model_registry_json(eval_metrics_json)),
        model_registry_numbers(metadata -> 'evaluation_metrics'),
        model_registry_numbers(metadata -> 'training_metrics'),
        model_registry_numbers(metadata -> 'fit_metrics'),
        '{}'
    )
$$;

-- A non-negative whole number that a double can hold; null for everything else.
CREATE OR REPLACE FUNCTION model_registry_count(value jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN jsonb_typeof(value) <> 'number' THEN NULL
        WHEN (value #>> '{}')::numeric NOT BETWEEN 0 AND 1.7976931348623157e308 THEN NULL
        WHEN (value #>> '{}')::numeric <> trunc((value #>> '{}')::numeric) THEN NULL
        ELSE trunc((value #>> '{}')::numeric)
    END
$$;

CREATE OR REPLACE FUNCTION model_registry_entries(document jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(document) = 'object' THEN (SELECT count(*) FROM jsonb_object_keys(document)) END
$$;

CREATE OR REPLACE FUNCTION model_registry_parameter_count(metadata jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(
        model_registry_count(metadata -> 'parameter_count'),
        CASE metadata ->> 'model_family'
            WHEN 'biophysical' THEN model_registry_entries(metadata -> 'parameters')
            WHEN 'statistical' THEN model_registry_entries(metadata -> 'coefficients')
        END
    )
$$;

-- A moment as RFC 3339 in UTC; null for those it has no words for: before the year 1, after 9999, infinite.
CREATE OR REPLACE FUNCTION model_registry_timestamp(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN moment >= '0001-01-01 00:00:00+00' AND moment < '10000-01-01 00:00:00+00'
            THEN (to_jsonb(moment AT TIME ZONE 'UTC') #>> '{}') || 'Z'
    END
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- Names: ends of links match exactly, names in metadata and pins with some tolerance (provenance.md, evidence)

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

-- ---------------------------------------------------------------------------------------------------------------
-- Inputs and pins

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

-- ---------------------------------------------------------------------------------------------------------------
-- The judge

-- Does the model claim to test a hypothesis? A claim is no evidence.
CREATE OR REPLACE FUNCTION model_registry_claims_hypothesis(metadata jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(
        metadata -> 'tests_hypothesis' = 'true'
        OR EXISTS (
            SELECT FROM (VALUES (metadata -> 'tests_hypothesis_id'), (metadata -> 'hypothesis_id')) AS claim (value)
            WHERE CASE jsonb_typeof(claim.value)
                      WHEN 'string' THEN claim.value <> '""'
                      WHEN 'array' THEN claim.value <> '[]'
                      ELSE false
                  END
        ),
        false
    )
$$;

-- One row for each model version: its evidence and the required rules it does not satisfy, in the policy's order.
CREATE VIEW model_registry_verdicts AS
SELECT model.id AS model_id,
       read.document,
       dataset.ids AS datasets,
       analysis.ids AS analyses,
       hypothesis.ids AS hypotheses,
       claim.made AS claims_hypothesis,
       array_remove(ARRAY[
           CASE WHEN dataset.ids = '{}' THEN 'trained_on_dataset_id' END,
           CASE WHEN analysis.ids = '{}' THEN 'produced_by_analysis_id' END,
           CASE WHEN input.number = 0 OR input.pinned < input.number THEN 'pinned_inputs' END,
           CASE WHEN claim.made AND hypothesis.ids = '{}' THEN 'tests_hypothesis_id' END
       ], NULL) AS missing
FROM artifacts AS model
CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
CROSS JOIN LATERAL model_registry_evidence(
    model.id, read.document, 'trained_on_dataset_id',
    ARRAY['trained_on', 'derives_from'], ARRAY['dataset', 'tabular_dataset']
) AS dataset
CROSS JOIN LATERAL model_registry_evidence(
    model.id, read.document, 'produced_by_analysis_id',
    ARRAY['produced_by', 'derives_from'], ARRAY['analysis']
) AS analysis
CROSS JOIN LATERAL model_registry_evidence(
    model.id, read.document, 'tests_hypothesis_id',
    ARRAY['tests', 'tests_hypothesis', 'supports'], ARRAY['hypothesis']
) AS hypothesis
CROSS JOIN LATERAL (
    SELECT (SELECT count(*) FROM model_registry_inputs(dataset.ids, analysis.ids)) AS number,
           (SELECT count(DISTINCT pin.artifact_id) FROM model_registry_pinned(dataset.ids, analysis.ids) AS pin) AS pinned
) AS input
CROSS JOIN LATERAL (SELECT model_registry_claims_hypothesis(read.document) AS made) AS claim
WHERE model.artifact_type = 'model';

-- One row for each model version as a list shows it; quality_score is the effective one.
CREATE VIEW model_registry_models AS
SELECT model.id,
       model.title,
       CASE WHEN verdict.document ->> 'model_family' IN ('biophysical', 'deep_learning', 'statistical')
            THEN verdict.document ->> 'model_family'
       END AS family,
       model.version_number,
       model.version_tag,
       model.is_latest,
       CASE WHEN verdict.missing <> '{}' AND stored.quality_score > 0.3 THEN 0.3  -- the cap of provenance.md
            ELSE stored.quality_score
       END AS quality_score,
       stored.quality_score AS quality_score_stored,
       model_registry_metrics(version.eval_metrics_json, verdict.document) AS metrics,
       model_registry_parameter_count(verdict.document) AS parameter_count,
       verdict.datasets,
       verdict.analyses,
       verdict.hypotheses,
       verdict.claims_hypothesis,
       verdict.missing,
       model.origin_type,
       model.lifecycle_state,
       version.promotion_state,
       model.created_at,
       verdict.document
FROM artifacts AS model
JOIN model_registry_verdicts AS verdict ON verdict.model_id = model.id
LEFT JOIN model_versions AS version ON version.artifact_id = model.id
CROSS JOIN LATERAL (
    SELECT CASE WHEN model.quality_score NOT IN ('NaN', 'Infinity', '-Infinity') THEN model.quality_score END
) AS stored (quality_score)
WHERE model.artifact_type = 'model';

-- ---------------------------------------------------------------------------------------------------------------
-- Search

-- The text of a document's values, keys left out. Deeper ones than that would exhaust the server's stack.
CREATE OR REPLACE FUNCTION model_registry_text(document jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(leaf.value, ' ')
    FROM jsonb_array_elements_text(  -- a set-returning jsonb_path_query takes time by the square of its results
        jsonb_path_query_array(document, 'strict $.**{0 to 40} ? (@.type() == "string" || @.type() == "number")')
    ) AS leaf (value)
$$;

-- The words a search looks in. Punctuation separates words here and in the query, so that both cut ids alike
-- (search_words); every model has the lexeme of one space, see model_registry_tsquery. Text beyond the bound is not
-- searched: to_tsvector refuses texts of more than a megabyte.
CREATE OR REPLACE FUNCTION model_registry_words(id text, title text, metadata jsonb) RETURNS tsvector
LANGUAGE sql IMMUTABLE AS $$
    SELECT array_to_tsvector(ARRAY[' ']) || to_tsvector('simple', regexp_replace(
        left(concat_ws(' ', id, title,
            model_registry_text(metadata -> 'architecture'), model_registry_text(metadata -> 'equations'),
            model_registry_text(metadata -> 'species'), model_registry_text(metadata -> 'features')), 200000),
        '[!-/:-@\[-`{-~\u00A0-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7\u2000-\u206F\u20A0-\u20CF'
        '\u2190-\u2BFF\u3000-\u3004\u3008-\u3020\u3030\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65'
        '\U0001F000-\U0001FAFF]+', ' ', 'g'
    ))
$$;
