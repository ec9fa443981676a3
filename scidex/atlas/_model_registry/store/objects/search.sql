-- Search.

-- The text of a document's values, keys left out. Deeper ones than that would exhaust the server's stack; a number
-- of a few bytes may be written in thousands of digits, which nobody searches for.
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

-- The words a search looks in; every model has the lexeme of one space, see model_registry_tsquery. Text beyond the bound
-- is not searched: a tsvector holds at most a megabyte, and array_to_tsvector does not check it.
CREATE OR REPLACE FUNCTION model_registry_words(id text, title text, metadata jsonb) RETURNS tsvector
LANGUAGE sql IMMUTABLE AS $$
    SELECT array_to_tsvector(ARRAY[' '] || model_registry_lexemes(
        left(concat_ws(' ', model_registry_title(id), model_registry_title(title),
            model_registry_text(metadata -> 'architecture'), model_registry_text(metadata -> 'equations'),
            model_registry_text(metadata -> 'species'), model_registry_text(metadata -> 'features')
        ), model_registry_most_searched())
    ))
$$;
