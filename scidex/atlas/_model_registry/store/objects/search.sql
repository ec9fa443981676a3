-- Search.

-- The text of a document's values, without keys, down to a depth that the server's stack allows. Very large and very small
-- numbers are left out, as a few bytes may be written as thousands of digits.
CREATE OR REPLACE FUNCTION model_registry_text(document jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(leaf.value, ' ')
    FROM jsonb_array_elements_text(  -- a set-returning jsonb_path_query takes time by the square of its results
        jsonb_path_query_array(
            document,
            'strict $.**{0 to 40} ? (@.type() == "string" || @.type() == "number"
             && (@ > -1e20 && @ < -1e-20 || @ == 0 || @ > 1e-20 && @ < 1e20))'
        )
    ) AS leaf (value)
$$;

-- The values under some keys of an object.
CREATE OR REPLACE FUNCTION model_registry_text_of(document jsonb, keys text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(model_registry_text(document -> key), ' ') FROM unnest(keys) AS key WHERE document ? key
$$;

-- The words of a text in the notation of a tsvector, with a weight from A to D. All have one position, as distances mean
-- nothing where texts of many keys are joined. Lexemes contain nothing that needs quotes.
CREATE OR REPLACE FUNCTION model_registry_weighted(text text, weight text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT '''' || array_to_string(nullif(model_registry_found_by(text), '{}'), ''':1' || weight || ' ''') || ''':1' || weight
$$;

-- The words of a model's own that a search looks in: A its id and title, B what describes it, C what it is made of; every
-- model has the lexeme of one space, see model_registry_tsquery. Text beyond the bounds is not searched: a tsvector holds
-- at most a megabyte.
CREATE OR REPLACE FUNCTION model_registry_words(id text, title text, metadata jsonb) RETURNS tsvector
LANGUAGE sql IMMUTABLE AS $$
    SELECT array_to_tsvector(ARRAY[' ']) || concat_ws(' ',
        model_registry_weighted(concat_ws(' ', model_registry_title(id), model_registry_title(title)), 'A'),
        model_registry_weighted(left(
            model_registry_text_of(metadata, ARRAY[
                'name', 'card', 'description', 'summary', 'abstract', 'keywords', 'tags', 'task', 'task_type',
                'model_type', 'model_family', 'architecture', 'framework'
            ]), model_registry_most_searched() / 2
        ), 'B'),
        model_registry_weighted(left(
            model_registry_text_of(metadata, ARRAY['equations', 'species', 'features']), model_registry_most_searched() / 2
        ), 'C')
    )::tsvector
$$;

-- The evidence by which a model is found too: of each kind, as much as a person would look through.
CREATE OR REPLACE FUNCTION model_registry_told_evidence(datasets text[], analyses text[], hypotheses text[])
RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT datasets[:20] || analyses[:20] || hypotheses[:20]
$$;

-- The keys under which artifacts are described. An update of them is logged (log.sql).
CREATE OR REPLACE FUNCTION model_registry_told_keys() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY[
        'description', 'summary', 'abstract', 'statement', 'citation', 'keywords', 'tags', 'method', 'subjects', 'outcome',
        'disease', 'condition', 'organism', 'species', 'tissue', 'assay'
    ]
$$;

-- The description of an artifact: its title and descriptive texts; only the title where its document cannot be read.
CREATE OR REPLACE FUNCTION model_registry_told_text(title text, metadata jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT concat_ws(' ', model_registry_title(title),
                         left(model_registry_text_of(read.document, model_registry_told_keys()), 2000))
        FROM model_registry_document(metadata) AS read
    );
EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
    RETURN model_registry_title(title);
END
$$;

-- The description of a piece of evidence and of its sources: at most thirty datasets and papers that links lead to in three
-- steps. `watches` holds every id whose change can change it.
CREATE OR REPLACE FUNCTION model_registry_told(evidence_id text) RETURNS TABLE (words text, watches text[])
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE source (id, step) AS (
        SELECT evidence_id, 0
        UNION
        SELECT link.target_artifact_id, source.step + 1
        FROM source
        CROSS JOIN LATERAL (
            SELECT artifact.id
            FROM artifacts AS artifact
            WHERE artifact.id = source.id
                AND (source.step = 0 OR artifact.artifact_type IN ('dataset', 'tabular_dataset', 'paper'))
            OFFSET 0
        ) AS known
        CROSS JOIN LATERAL model_registry_links_of(known.id, ARRAY['derives_from', 'cites', 'uses']) AS link
        WHERE source.step < 3
    ),
    met AS MATERIALIZED (
        SELECT source.id, min(source.step) AS step FROM (SELECT source.id, source.step FROM source LIMIT 31) AS source
        GROUP BY source.id
    )
    SELECT model_registry_weighted(left(concat_ws(' ', evidence_id, (
               SELECT string_agg(known.text, ' ' ORDER BY met.step, met.id)
               FROM met
               CROSS JOIN LATERAL (
                   SELECT model_registry_told_text(artifact.title, artifact.metadata) AS text
                   FROM artifacts AS artifact
                   WHERE artifact.id = met.id
                       AND (met.step = 0 OR artifact.artifact_type IN ('dataset', 'tabular_dataset', 'paper'))
                   OFFSET 0
               ) AS known
           )), model_registry_most_searched() / 2), 'D'),
           ARRAY(SELECT DISTINCT model_registry_key(met.id) FROM met)
$$;

-- The words that models share with their evidence, for pairs of a model and a piece of evidence; each piece is read once.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_told_of(ids text[], evidence text[])
RETURNS TABLE (id text, words tsvector, watches text[]) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
BEGIN
    RETURN QUERY
    WITH pair AS MATERIALIZED (
        SELECT DISTINCT each.id, each.evidence_id COLLATE "default" AS evidence_id  -- that of the host's index
        FROM unnest(ids, evidence) AS each (id, evidence_id)
    ),
    told AS MATERIALIZED (
        SELECT piece.evidence_id, of_piece.words, of_piece.watches
        FROM (SELECT DISTINCT pair.evidence_id FROM pair) AS piece
        CROSS JOIN LATERAL model_registry_told(piece.evidence_id) AS of_piece
    )
    SELECT pair.id, coalesce(string_agg(told.words, ' '), '')::tsvector,
           string_to_array(string_agg(array_to_string(told.watches, E'\x01'), E'\x01'), E'\x01')
    FROM pair JOIN told ON told.evidence_id = pair.evidence_id
    GROUP BY pair.id;
END
$$;

-- A word as searches look for it: its English stem, so that "classifier" finds "classification". Short words stay, as their
-- stems tell little.
DO $do$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE FUNCTION model_registry_stem(word text) RETURNS text LANGUAGE sql IMMUTABLE AS %L',
        CASE WHEN EXISTS (
            SELECT FROM pg_ts_dict AS dictionary
            WHERE dictionary.dictname = 'english_stem' AND dictionary.dictnamespace = 'pg_catalog'::regnamespace
        ) THEN $$
            SELECT CASE WHEN stem.stem IS NULL OR length(stem.stem) < 5 THEN word ELSE stem.stem END
            FROM (SELECT CASE WHEN word ~ '^[a-z]{6,}$'
                              THEN (ts_lexize('pg_catalog.english_stem', word))[1] END) AS stem (stem)
        $$ ELSE 'SELECT word' END
    );
END
$do$;
