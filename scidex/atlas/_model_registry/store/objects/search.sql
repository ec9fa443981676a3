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

-- The words a search looks in. Punctuation separates words here and in the query, so that both cut ids alike
-- (search_words); every model has the lexeme of one space, see model_registry_tsquery. Text beyond the bound is not
-- searched.
CREATE OR REPLACE FUNCTION model_registry_words(id text, title text, metadata jsonb) RETURNS tsvector
LANGUAGE sql IMMUTABLE AS $$
    SELECT array_to_tsvector(ARRAY[' ']) || to_tsvector('simple', regexp_replace(
        left(concat_ws(' ', model_registry_title(id), model_registry_title(title),
            model_registry_text(metadata -> 'architecture'), model_registry_text(metadata -> 'equations'),
            model_registry_text(metadata -> 'species'), model_registry_text(metadata -> 'features')
            ), model_registry_most_searched()),
        '[!-/:-@\[-`{-~\u00A0-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7\u2000-\u206F\u20A0-\u20CF'
        '\u2190-\u2BFF\u3000-\u3004\u3008-\u3020\u3030\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65'
        '\U0001F000-\U0001FAFF]+', ' ', 'g'
    ))
$$;
