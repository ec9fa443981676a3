-- Reading documents that many hands wrote.

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
