-- Reading documents of any author.

-- Text that should be JSON; null where it is not, or is longer than is read. Writers of NaN and Infinity meant "not a number": null in place of
-- them, and of numbers beyond what jsonb holds, keeps the rest of the document readable; so does a replacement
-- character in place of escapes that no text of the database can hold (NUL, half a surrogate pair).
CREATE OR REPLACE FUNCTION model_registry_json(document text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    IF octet_length(document) > model_registry_most_json() THEN
        RETURN NULL;
    END IF;
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

-- A stored document; null where it is too large to read. Each operator on a stored document unpacks all of it, so it is
-- unpacked once here, and OFFSET keeps the planner from undoing that.
CREATE OR REPLACE FUNCTION model_registry_unpacked(stored jsonb) RETURNS TABLE (document jsonb) LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN pg_column_size(unpacked.document) <= model_registry_most_document() THEN unpacked.document END
    FROM (
        SELECT CASE
                   WHEN pg_column_size(stored) <= model_registry_most_packed()
                       OR pg_column_size(stored) <= model_registry_most_document() AND pg_column_compression(stored) IS NULL
                       THEN stored #> '{}'
               END AS document
        OFFSET 0
    ) AS unpacked
$$;

-- A model's metadata as an object; any other value has no entries. `is_read` is false where it is too large to read.
CREATE OR REPLACE FUNCTION model_registry_document(metadata jsonb) RETURNS TABLE (document jsonb, is_read boolean)
LANGUAGE sql STABLE AS $$
    SELECT CASE jsonb_typeof(unpacked.document) WHEN 'object' THEN unpacked.document ELSE '{}' END,
           unpacked.document IS NOT NULL
    FROM model_registry_unpacked(metadata) AS unpacked
    OFFSET 0
$$;

-- Whether a document may be far longer as text: it has a number outside 1e-100 to 1e100, of which a few bytes may be written
-- in 131,072 digits. Most numbers need two comparisons, and a value of another type passes none.
CREATE OR REPLACE FUNCTION model_registry_may_swell(document jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_path_exists(
        document, 'strict $.** ? (@ > 1e100 || @ < 1e-100 && (@ < -1e100 || @ > -1e-100 && @ != 0))'
    ), false)
$$;

-- A stored document as text; null where it is larger than `most` bytes, or would be over twice as large as text: a number
-- of a few bytes may be written in 131,072 digits, one between 1e100 and 1e400 in 400.
CREATE OR REPLACE FUNCTION model_registry_document_text(stored jsonb, most integer) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    unpacked pg_catalog.jsonb;
    written pg_catalog.text;
BEGIN
    SELECT read.document INTO unpacked FROM model_registry_unpacked(stored) AS read;
    IF pg_column_size(unpacked) > most OR model_registry_may_swell(unpacked) AND (
        most / 131072 < jsonb_array_length(jsonb_path_query_array(
            unpacked,
            'strict $.** ? (@.type() == "number" && (@ < -1e400 || @ > 1e400 || @ != 0 && @ > -1e-400 && @ < 1e-400))'
        )) OR greatest(most / 400, 100) < jsonb_array_length(jsonb_path_query_array(
            unpacked,
            'strict $.** ? (@.type() == "number" && (@ < -1e100 || @ > 1e100 || @ != 0 && @ > -1e-100 && @ < 1e-100))'
        ))
    ) THEN
        RETURN NULL;
    END IF;
    written := unpacked::text;
    RETURN CASE WHEN octet_length(written) / 2 <= most THEN written END;
EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
    RETURN NULL;
END
$$;

-- The metrics a model reports: of the four places that may hold them, the first that holds any finite number, with its
-- finite numbers by name. Finite means: a double can hold it.
CREATE OR REPLACE FUNCTION model_registry_reported_metrics(eval_metrics_json text, metadata jsonb) RETURNS TABLE (metrics jsonb)
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce((
        SELECT place.numbers
        FROM unnest(ARRAY[
            model_registry_json(eval_metrics_json),
            metadata -> 'evaluation_metrics', metadata -> 'training_metrics', metadata -> 'fit_metrics'
        ]) WITH ORDINALITY AS written (document, preference)
        CROSS JOIN LATERAL (
            SELECT jsonb_object_agg(entry.key, entry.value) AS numbers
            FROM jsonb_each(CASE jsonb_typeof(written.document) WHEN 'object' THEN written.document ELSE '{}' END)
                WITH ORDINALITY AS entry (key, value, place)
            WHERE entry.place <= model_registry_most_entries()
              AND octet_length(entry.key) <= model_registry_most_title()
              AND CASE jsonb_typeof(entry.value)
                      WHEN 'number' THEN abs(entry.value::numeric) <= 1.7976931348623157e308
                      ELSE false
                  END
        ) AS place
        WHERE place.numbers IS NOT NULL
        ORDER BY written.preference
        LIMIT 1
    ), '{}')
$$;

-- A non-negative whole number that a double can hold; null for any other value.
CREATE OR REPLACE FUNCTION model_registry_whole_number(value jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN jsonb_typeof(value) <> 'number' THEN NULL
        WHEN value::numeric NOT BETWEEN 0 AND 1.7976931348623157e308 THEN NULL
        WHEN value::numeric <> trunc(value::numeric) THEN NULL
        ELSE trunc(value::numeric)
    END
$$;

-- The number of entries with a value: computed or free ones do not count as parameters.
CREATE OR REPLACE FUNCTION model_registry_entries(document jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN jsonb_typeof(document) = 'object'
            THEN (SELECT count(*) FROM jsonb_each(document) AS entry WHERE entry.value -> 'value' IS DISTINCT FROM 'null')
    END
$$;

CREATE OR REPLACE FUNCTION model_registry_parameter_count(metadata jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(
        model_registry_whole_number(metadata -> 'parameter_count'),
        CASE metadata ->> 'model_family'
            WHEN 'biophysical' THEN model_registry_entries(metadata -> 'parameters')
            WHEN 'statistical' THEN model_registry_entries(metadata -> 'coefficients')
        END
    )
$$;

-- A time as RFC 3339 in UTC; null for times that it cannot express: before the year 1, after 9999, infinite.
CREATE OR REPLACE FUNCTION model_registry_timestamp(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN moment >= '0001-01-01 00:00:00+00' AND moment < '10000-01-01 00:00:00+00'
            THEN (to_jsonb(moment AT TIME ZONE 'UTC') #>> '{}') || 'Z'
    END
$$;
