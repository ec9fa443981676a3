-- The judge.

-- Whether the model claims to test a hypothesis. A claim is not evidence.
CREATE OR REPLACE FUNCTION model_registry_claims_hypothesis(metadata jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(
        metadata -> 'tests_hypothesis' = 'true'
        OR model_registry_has_texts(metadata -> 'tests_hypothesis_id')
        OR model_registry_has_texts(metadata -> 'hypothesis_id'),
        false
    )
$$;

-- Whether an object has more entries than are read.
CREATE OR REPLACE FUNCTION model_registry_entries_more(document jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT count(*) > model_registry_most_entries()
    FROM jsonb_object_keys(CASE jsonb_typeof(document) WHEN 'object' THEN document ELSE '{}' END)
$$;

-- Whether a list names more than are read.
CREATE OR REPLACE FUNCTION model_registry_has_more_texts(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(value)
        WHEN 'array' THEN jsonb_array_length(value) > model_registry_most_entries()
            OR pg_column_size(value) > model_registry_most_ids() AND model_registry_most_ids() < (
                SELECT sum(octet_length(item.value #>> '{}'))
                FROM jsonb_array_elements(value) AS item
                WHERE jsonb_typeof(item.value) = 'string'
            )
        ELSE false
    END
$$;

-- The parts of a model that are left out or cut as too large, as paths. A name in a list takes at least 4 bytes, an entry
-- of an object 9, so smaller values need no count.
CREATE OR REPLACE FUNCTION model_registry_unreadable(title text, eval_metrics_json text, document jsonb, is_read boolean)
RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN NOT is_read THEN 'metadata' END,
        CASE WHEN octet_length(eval_metrics_json) > model_registry_most_json() THEN 'model_versions.eval_metrics_json' END,
        CASE WHEN model_registry_is_longer(title, model_registry_most_title()) THEN 'title' END
    ] || CASE WHEN pg_column_size(document) > 4 * model_registry_most_entries() THEN ARRAY[
        CASE WHEN pg_column_size(document -> 'evaluation_metrics') > 9 * model_registry_most_entries()
             THEN CASE WHEN model_registry_entries_more(document -> 'evaluation_metrics') THEN 'metadata.evaluation_metrics' END
        END,
        CASE WHEN pg_column_size(document -> 'training_metrics') > 9 * model_registry_most_entries()
             THEN CASE WHEN model_registry_entries_more(document -> 'training_metrics') THEN 'metadata.training_metrics' END
        END,
        CASE WHEN pg_column_size(document -> 'fit_metrics') > 9 * model_registry_most_entries()
             THEN CASE WHEN model_registry_entries_more(document -> 'fit_metrics') THEN 'metadata.fit_metrics' END
        END,
        CASE WHEN model_registry_has_more_texts(document -> 'trained_on_dataset_id') THEN 'metadata.trained_on_dataset_id' END,
        CASE WHEN model_registry_has_more_texts(document -> 'produced_by_analysis_id')
             THEN 'metadata.produced_by_analysis_id'
        END
    ] END, NULL)
$$;

-- These models before the judgement, as the projection holds them: the content of rows and documents, without evidence and
-- verdict, and the names of their evidence. OFFSET keeps the planner from computing a value once for each use.
CREATE OR REPLACE FUNCTION model_registry_unjudged(ids text[])
RETURNS TABLE (model model_registry_projection, naming jsonb) LANGUAGE sql STABLE AS $$
    SELECT ROW(
               model.id, model_registry_title(model.title),
               CASE WHEN read.document ->> 'model_family' IN ('biophysical', 'deep_learning', 'statistical')
                    THEN read.document ->> 'model_family'
               END,
               model.version_number, model_registry_label(model.version_tag), model.is_latest,
               NULL,
               CASE WHEN model.quality_score NOT IN ('NaN', 'Infinity', '-Infinity') THEN model.quality_score END,
               reported.metrics, model_registry_parameter_count(read.document),
               NULL, NULL, NULL,
               model_registry_claims_hypothesis(read.document),
               NULL, NULL,
               model_registry_label(model.origin_type), model_registry_label(model.lifecycle_state),
               version.promotion_state, model_registry_label(model.created_by), model.created_at,
               -- A cursor carries the key, so titles are ordered by as much as an address can hold.
               model_registry_natural(model.title),
               model_registry_unreadable(model.title, version.eval_metrics_json, read.document, read.is_read),
               CASE jsonb_typeof(read.document -> 'headline_metric')
                   WHEN 'string' THEN model_registry_label(read.document ->> 'headline_metric')
               END,
               false
           )::model_registry_projection,
           model_registry_evidence_keys(read.document)
    FROM artifacts AS model
    CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
    LEFT JOIN LATERAL (
        SELECT of_model.promotion_state, of_model.eval_metrics_json
        FROM model_versions AS of_model
        WHERE of_model.artifact_id = model.id
        OFFSET 0
    ) AS version ON true
    CROSS JOIN LATERAL model_registry_reported_metrics(version.eval_metrics_json, read.document) AS reported
    WHERE model.id = ANY (ids) AND model.artifact_type = 'model'
    OFFSET 0
$$;

-- The evidence of each model as lists in their order: those that metadata names first, then by id.
CREATE OR REPLACE FUNCTION model_registry_gathered(evidence model_registry_found[])
RETURNS TABLE (id text, datasets text[], analyses text[], hypotheses text[]) LANGUAGE sql IMMUTABLE AS $$
    SELECT part.id,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'dataset') AS datasets,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'analysis') AS analyses,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'hypothesis') AS hypotheses
    FROM unnest(evidence) AS part
    GROUP BY part.id
$$;

-- These models as they are now: their evidence, the required rules that they break, in the policy's order, and the values
-- that lists sort and filter by; quality_score is the effective one. The arguments after the first are its variables: a
-- type of the registry has a schema that only a signature can tell for good (bulk.sql).
CREATE OR REPLACE FUNCTION model_registry_judge_part(
    ids text[], unjudged model_registry_projection[] DEFAULT NULL, evidence model_registry_found[] DEFAULT NULL
) RETURNS SETOF model_registry_projection LANGUAGE plpgsql STABLE AS $$
DECLARE
    namings pg_catalog.jsonb[];
    models pg_catalog.text[];
    linking pg_catalog.text[];
    with_more_links pg_catalog.text[];
BEGIN
    SELECT array_agg(read.model), array_agg((read.model).id), array_agg(read.naming)
    INTO unjudged, models, namings
    FROM model_registry_unjudged(ids) AS read;
    SELECT array_agg(piece) INTO evidence FROM model_registry_resolve_evidence(models, namings) AS piece;
    linking := ids || ARRAY(
        SELECT analysis.id
        FROM model_registry_analyses_of(evidence) AS produced
        CROSS JOIN LATERAL unnest(produced.analyses) AS analysis (id)
    );
    SELECT array_agg(source.id) INTO with_more_links
    FROM model_registry_with_more_links(linking, model_registry_evidence_links() || model_registry_input_links()) AS source;
    RETURN QUERY
    WITH input AS (
        SELECT pinned.id, bool_and(pinned.is_pinned) AS are_pinned, bool_or(pinned.is_pinned AND NOT pinned.fits) AS differ
        FROM model_registry_pinned_inputs(evidence) AS pinned
        GROUP BY pinned.id
    )
    SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
           CASE WHEN verdict.missing <> '{}' AND model.quality_score_stored > 0.3 THEN 0.3  -- the cap of provenance.md
                ELSE model.quality_score_stored
           END,
           model.quality_score_stored, model.metrics, model.parameter_count,
           coalesce(found.datasets, '{}'), coalesce(found.analyses, '{}'), coalesce(found.hypotheses, '{}'),
           model.claims_hypothesis, verdict.missing, verdict.missing = '{}', model.origin_type, model.lifecycle_state,
           model.promotion_state, model.created_by, model.created_at, model.title_key, read.unreadable,
           model.headline_metric, coalesce(input.differ, false)
    FROM unnest(unjudged) AS model
    LEFT JOIN model_registry_gathered(evidence) AS found ON found.id = model.id
    LEFT JOIN input ON input.id = model.id
    CROSS JOIN LATERAL (
        SELECT model.unreadable
                   || CASE WHEN model.id = ANY (with_more_links) THEN ARRAY['links'] END
                   || CASE WHEN found.analyses && with_more_links OR model_registry_has_more_inputs(found.analyses)
                           THEN ARRAY['provenance.inputs']
                      END AS unreadable
        OFFSET 0
    ) AS read
    CROSS JOIN LATERAL (
        SELECT array_remove(ARRAY[
            CASE WHEN found.datasets IS NULL THEN 'trained_on_dataset_id' END,
            CASE WHEN found.analyses IS NULL THEN 'produced_by_analysis_id' END,
            -- A part that was not read may be an input without a pin.
            CASE WHEN input.are_pinned IS NOT TRUE OR read.unreadable && ARRAY[
                     'metadata', 'metadata.trained_on_dataset_id', 'metadata.produced_by_analysis_id', 'links',
                     'provenance.inputs'
                 ] THEN 'pinned_inputs'
            END,
            CASE WHEN model.claims_hypothesis AND found.hypotheses IS NULL THEN 'tests_hypothesis_id' END
        ], NULL) AS missing
        OFFSET 0
    ) AS verdict;
END
$$;

-- A model of which only values of fixed size can be read: the server cannot unpack its document, or its row is damaged on
-- the disk.
CREATE OR REPLACE FUNCTION model_registry_unread(model_id text) RETURNS SETOF model_registry_projection
LANGUAGE sql STABLE AS $$
    SELECT model.id, model_registry_title(model.id), NULL::text, model.version_number, NULL::text, model.is_latest,
           NULL::double precision, NULL::double precision, '{}'::jsonb, NULL::numeric,
           '{}'::text[], '{}'::text[], '{}'::text[], false,
           ARRAY['trained_on_dataset_id', 'produced_by_analysis_id', 'pinned_inputs'], false, NULL::text, NULL::text,
           NULL::text, NULL::text, model.created_at, model_registry_natural(model.id), ARRAY['artifacts'], NULL::text, false
    FROM artifacts AS model
    WHERE model.id = model_id AND model.artifact_type = 'model'
$$;

-- The same for any number of models, planned by keys. Statistics must not decide the plan of this function and of those
-- with the same settings: they are missing for tables just loaded, and none tells how many names a document holds. So each
-- looks up a table by key in a subquery of each row (LATERAL with OFFSET 0), which leaves an index as the only way; the
-- results are joined by hashes, as joining thousands row by row takes the square of their number. Plans are kept, as
-- making one takes as long as judging a hundred models. Memoize would keep whole documents, no two of which are equal.
-- Before PostgreSQL 18, a plan that uses a disabled step has such a high cost that it would be compiled.
-- Working in parts bounds the memory, and halving finds the row that makes a part fail. Other failures, such as a lock or a
-- cancelled statement, fail here too.
CREATE OR REPLACE FUNCTION model_registry_judge(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE plpgsql STABLE ROWS 10
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
DECLARE
    number integer := cardinality(ids);
    part integer := least(5000, (number + 1) / 2);
BEGIN
    IF number = 0 THEN
        RETURN;
    ELSIF number <= 5000 THEN
        BEGIN
            RETURN QUERY SELECT judged.* FROM model_registry_judge_part(ids) AS judged;
            RETURN;
        EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
            IF number = 1 THEN
                RETURN QUERY SELECT unread.* FROM model_registry_unread(ids[1]) AS unread;
                RETURN;
            END IF;
        END;
    END IF;
    FOR start IN 1..number BY part LOOP
        RETURN QUERY SELECT judged.* FROM model_registry_judge(ids[start:start + part - 1]) AS judged;
    END LOOP;
END
$$;

-- Every model version.
CREATE VIEW model_registry_models AS
SELECT judged.*
FROM model_registry_judge(
    ARRAY(SELECT DISTINCT artifact.id FROM artifacts AS artifact WHERE artifact.artifact_type = 'model')
) AS judged;
