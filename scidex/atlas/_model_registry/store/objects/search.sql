-- Search.

-- The text of a document's values, without keys, down to a depth that the server's stack allows. Very large and very small
-- numbers are left out, as a few bytes may be written as thousands of digits.
CREATE OR REPLACE FUNCTION model_registry_text(document jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF jsonb_typeof(document) = 'string' THEN
        RETURN document #>> '{}';
    END IF;
    RETURN (
        SELECT string_agg(leaf.value, ' ')
        FROM jsonb_array_elements_text(  -- a set-returning jsonb_path_query takes time by the square of its results
            jsonb_path_query_array(
                document,
                'strict $.**{0 to 40} ? (@.type() == "string" || @.type() == "number"
                 && (@ > -1e20 && @ < -1e-20 || @ == 0 || @ > 1e-20 && @ < 1e20))'
            )
        ) AS leaf (value)
    );
END
$$;

-- The values under some keys of an object.
CREATE OR REPLACE FUNCTION model_registry_text_of(document jsonb, keys text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    key pg_catalog.text;
    value pg_catalog.jsonb;
    texts pg_catalog.text[] := '{}';
BEGIN
    FOREACH key IN ARRAY keys LOOP
        value := document -> key;
        IF value IS NOT NULL THEN
            texts := texts || model_registry_text(value);
        END IF;
    END LOOP;
    RETURN array_to_string(texts, ' ');
END
$$;

-- The words of a text in the notation of a tsvector, with a weight from A to D. All have one position, as distances mean
-- nothing where texts of many keys are joined. Lexemes contain nothing that needs quotes.
CREATE OR REPLACE FUNCTION model_registry_weighted(text text, weight text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN '''' || array_to_string(nullif(model_registry_found_by(text), '{}'), ''':1' || weight || ' ''') || ''':1' || weight;
END
$$;

-- The words of a model's own that a search looks in: A its id and title, B what describes it, C what it is made of; every
-- model has the lexeme of one space, see model_registry_tsquery. Text beyond the bounds is not searched: a tsvector holds
-- at most a megabyte.
CREATE OR REPLACE FUNCTION model_registry_words(id text, title text, metadata jsonb) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN array_to_tsvector(ARRAY[' ']) || concat_ws(' ',
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
    )::tsvector;
END
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
