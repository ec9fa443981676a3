-- The words that a model is found by though it does not write them: those of what it rests on. Of each such artifact they are
-- kept once (model_registry_described), and its id stands beside each model that is found by it (`told`), so that another title
-- or description changes the words of models and nothing else.

-- The words of an artifact as models are found by them; null where it is not registered.
CREATE OR REPLACE FUNCTION model_registry_description(artifact_id text) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT coalesce(model_registry_weighted(left(concat_ws(
        ' ', artifact.id, model_registry_told_text(artifact.title, artifact.metadata)
    ), 4000), 'D'), '')::tsvector
    FROM artifacts AS artifact
    WHERE artifact.id = artifact_id
    OFFSET 0
$$;

-- A piece of evidence and its sources: at most thirty artifacts that links lead to in three steps. A change of any can change
-- the words; those of evidence, datasets and papers count (`is_told`).
CREATE OR REPLACE FUNCTION model_registry_sources(evidence_id text) RETURNS TABLE (id text, step integer, is_told boolean)
LANGUAGE sql STABLE ROWS 5 AS $$
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
    )
    SELECT met.id, met.step, known.is_told IS TRUE
    FROM (
        SELECT source.id, min(source.step) AS step FROM (SELECT source.id, source.step FROM source LIMIT 31) AS source
        GROUP BY source.id
    ) AS met
    LEFT JOIN LATERAL (
        SELECT met.step = 0 OR artifact.artifact_type IN ('dataset', 'tabular_dataset', 'paper') AS is_told
        FROM artifacts AS artifact
        WHERE artifact.id = met.id
        OFFSET 0
    ) AS known ON true
$$;

-- The artifacts by whose words each model is found, the nearest 200, and every id whose change can change them (`watches`),
-- for pairs of a model and a piece of evidence; each piece is walked once.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_told_ids(ids text[], evidence text[])
RETURNS TABLE (id text, told text[], watches text[]) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
BEGIN
    RETURN QUERY
    WITH pair AS MATERIALIZED (
        SELECT DISTINCT each.id, each.evidence_id COLLATE "default" AS evidence_id  -- that of the host's index
        FROM unnest(ids, evidence) AS each (id, evidence_id)
    ),
    source AS MATERIALIZED (
        SELECT piece.evidence_id, walked.id, walked.step, walked.is_told
        FROM (SELECT DISTINCT pair.evidence_id FROM pair) AS piece
        CROSS JOIN LATERAL model_registry_sources(piece.evidence_id) AS walked
    ),
    met AS (
        SELECT pair.id, source.id AS source_id, min(source.step) FILTER (WHERE source.is_told) AS step
        FROM pair JOIN source ON source.evidence_id = pair.evidence_id
        GROUP BY pair.id, source.id
    )
    SELECT met.id,
           coalesce((array_agg(met.source_id ORDER BY met.step, met.source_id COLLATE "C")
               FILTER (WHERE met.step IS NOT NULL))[:200], '{}'),
           array_agg(model_registry_key(met.source_id))
    FROM met
    GROUP BY met.id;
END
$$;

-- The same with the words, as artifacts are described now.
CREATE OR REPLACE FUNCTION model_registry_told_of(ids text[], evidence text[])
RETURNS TABLE (id text, words tsvector, told text[], watches text[]) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
BEGIN
    RETURN QUERY
    WITH of_model AS MATERIALIZED (
        SELECT walked.* FROM model_registry_told_ids(ids, evidence) AS walked
    ),
    named AS MATERIALIZED (
        SELECT of_model.id, artifact.id AS artifact_id FROM of_model CROSS JOIN LATERAL unnest(of_model.told) AS artifact (id)
    ),
    described AS MATERIALIZED (
        SELECT artifact.id, model_registry_description(artifact.id)::text AS words
        FROM (SELECT DISTINCT named.artifact_id COLLATE "default" AS id FROM named) AS artifact
    ),
    said AS (
        SELECT named.id, string_agg(described.words, ' ')::tsvector AS words
        FROM named JOIN described ON described.id = named.artifact_id
        GROUP BY named.id
    )
    SELECT of_model.id, coalesce(said.words, ''), of_model.told, of_model.watches
    FROM of_model LEFT JOIN said ON said.id = of_model.id;
END
$$;

-- The same with the words as they are kept, whatever waits in the log; keeps those that are not kept yet. All models with an
-- artifact in `told` have the same of its words, so that one entry tells of whom they are stale.
CREATE OR REPLACE FUNCTION model_registry_told_kept(ids text[], evidence text[])
RETURNS TABLE (id text, words tsvector, told text[], watches text[]) LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
BEGIN
    RETURN QUERY
    WITH of_model AS MATERIALIZED (
        SELECT walked.* FROM model_registry_told_ids(ids, evidence) AS walked
    ),
    named AS MATERIALIZED (
        SELECT of_model.id, artifact.id AS artifact_id FROM of_model CROSS JOIN LATERAL unnest(of_model.told) AS artifact (id)
    ),
    held AS MATERIALIZED (
        SELECT kept.id, kept.words FROM model_registry_described AS kept
        WHERE kept.id = ANY (ARRAY(SELECT DISTINCT named.artifact_id FROM named))
    ),
    fresh AS MATERIALIZED (
        SELECT artifact.id, model_registry_description(artifact.id) AS words
        FROM (
            SELECT DISTINCT named.artifact_id COLLATE "default" AS id FROM named
            WHERE named.artifact_id NOT IN (SELECT held.id FROM held)
        ) AS artifact
    ),
    kept AS (
        -- Another part of a build may just have kept the same (building.sql): its words hold.
        INSERT INTO model_registry_described AS described (id, words)
        SELECT fresh.id, fresh.words FROM fresh ORDER BY fresh.id
        ON CONFLICT ON CONSTRAINT model_registry_described_pkey DO UPDATE SET words = described.words
        RETURNING described.id, described.words
    ),
    described AS MATERIALIZED (
        SELECT held.id, held.words::text AS words FROM held
        UNION ALL
        SELECT kept.id, kept.words::text FROM kept
    ),
    said AS (
        SELECT named.id, string_agg(described.words, ' ')::tsvector AS words
        FROM named JOIN described ON described.id = named.artifact_id
        GROUP BY named.id
    )
    SELECT of_model.id, coalesce(said.words, ''), of_model.told, of_model.watches
    FROM of_model LEFT JOIN said ON said.id = of_model.id;
END
$$;

-- The models that are found by the words of one of these artifacts, as their rows are kept.
CREATE OR REPLACE FUNCTION model_registry_found_by_words_of(ids text[]) RETURNS TABLE (id text) LANGUAGE sql STABLE ROWS 1000
SET enable_seqscan = off SET jit = off SET enable_hashagg = off AS $$
    SELECT DISTINCT found.id
    FROM unnest(ids) AS changed (id)
    JOIN model_registry_search AS found ON found.watches @> ARRAY[model_registry_key(changed.id)]
    WHERE found.told @> ARRAY[changed.id]
$$;

-- The models whose kept words may be stale, apart from those that are judged anew.
CREATE OR REPLACE FUNCTION model_registry_to_be_reworded() RETURNS TABLE (id text) LANGUAGE sql STABLE ROWS 1000
SET enable_hashagg = off AS $$
    SELECT due.id FROM model_registry_words_due AS due
    UNION
    SELECT found.id
    FROM model_registry_found_by_words_of(ARRAY(
        SELECT DISTINCT change.artifact_id FROM model_registry_word_changes AS change
    )) AS found
$$;

-- Takes changed words out of the log: they are kept as they are now, and the models found by them become due, each once however
-- often they change. Until then the words of before and after tell which searches they concern; when they are too many to be
-- kept, all. Returns how many entries it took.
CREATE OR REPLACE FUNCTION model_registry_take_up_words(most integer) RETURNS integer LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
DECLARE
    taken pg_catalog.text[];
    changed_ids pg_catalog.text[];
BEGIN
    WITH oldest AS (
        DELETE FROM model_registry_word_changes AS change
        WHERE change.ctid = ANY (ARRAY(SELECT old.ctid FROM model_registry_word_changes AS old LIMIT most))
        RETURNING change.artifact_id
    )
    SELECT array_agg(oldest.artifact_id) INTO taken FROM oldest;
    IF taken IS NULL THEN
        RETURN 0;
    END IF;
    WITH changed AS MATERIALIZED (
        SELECT held.id, held.words AS before, coalesce(model_registry_description(held.id COLLATE "default"), '') AS after
        FROM model_registry_described AS held
        WHERE held.id = ANY (taken)
    ),
    stale AS (
        INSERT INTO model_registry_stale_words AS stale (id, words)
        SELECT changed.id, strip(changed.before) || strip(changed.after) FROM changed WHERE changed.before <> changed.after
        ON CONFLICT (id) DO UPDATE
            SET words = CASE WHEN length(stale.words) < 10000 THEN stale.words || excluded.words END
    ),
    described AS (
        UPDATE model_registry_described AS held SET words = changed.after
        FROM changed
        WHERE held.id = changed.id AND changed.before <> changed.after
    )
    SELECT array_agg(changed.id) INTO changed_ids FROM changed WHERE changed.before <> changed.after;
    INSERT INTO model_registry_words_due (id)
    SELECT found.id FROM model_registry_found_by_words_of(changed_ids) AS found
    ON CONFLICT (id) DO NOTHING;
    RETURN cardinality(taken);
END
$$;

-- Writes the words of models that are due anew, from the kept ones alone: a model's own are A to C, those of what it rests on D.
-- Returns how many.
CREATE OR REPLACE FUNCTION model_registry_reword(most integer) RETURNS integer LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
DECLARE
    due_ids pg_catalog.text[];
BEGIN
    WITH next AS (
        DELETE FROM model_registry_words_due AS due
        WHERE due.ctid = ANY (ARRAY(SELECT first.ctid FROM model_registry_words_due AS first LIMIT most))
        RETURNING due.id
    )
    SELECT array_agg(next.id) INTO due_ids FROM next;
    IF due_ids IS NOT NULL THEN
        BEGIN
            WITH held AS MATERIALIZED (
                SELECT searched.id, searched.words, searched.told FROM model_registry_search AS searched
                WHERE searched.id = ANY (due_ids)
            ),
            named AS MATERIALIZED (
                SELECT held.id, artifact.id AS artifact_id FROM held CROSS JOIN LATERAL unnest(held.told) AS artifact (id)
            ),
            described AS MATERIALIZED (
                SELECT kept.id, kept.words::text AS words FROM model_registry_described AS kept
                WHERE kept.id = ANY (ARRAY(SELECT DISTINCT named.artifact_id FROM named))
            ),
            said AS (
                SELECT named.id, string_agg(described.words, ' ')::tsvector AS words
                FROM named JOIN described ON described.id = named.artifact_id
                GROUP BY named.id
            ),
            renewed AS MATERIALIZED (
                SELECT held.id, held.words AS before,
                       array_to_tsvector(ARRAY[' ']) || ts_filter(held.words, '{a,b,c}') || said.words AS words
                FROM held JOIN said ON said.id = held.id
            )
            UPDATE model_registry_search AS searched SET words = renewed.words
            FROM renewed
            WHERE searched.id = renewed.id AND searched.id = ANY (due_ids) AND renewed.words <> renewed.before;
            PERFORM model_registry_index_words();
        EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
            INSERT INTO model_registry_due (id) SELECT due.id FROM unnest(due_ids) AS due (id) ON CONFLICT (id) DO NOTHING;
        END;
    END IF;
    IF NOT EXISTS (SELECT FROM model_registry_words_due) THEN
        DELETE FROM model_registry_stale_words;
    END IF;
    RETURN coalesce(cardinality(due_ids), 0);
END
$$;

-- Logs what these models rest on where its kept words are not those of now, which nobody told: it was written while triggers
-- were missing.
CREATE OR REPLACE FUNCTION model_registry_log_untold(ids text[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO model_registry_word_changes (artifact_id)
    SELECT held.id
    FROM model_registry_described AS held
    WHERE held.id = ANY (ARRAY(
        SELECT DISTINCT artifact.id
        FROM model_registry_search AS searched
        CROSS JOIN LATERAL unnest(searched.told) AS artifact (id)
        WHERE searched.id = ANY (ids)
    )) AND held.words IS DISTINCT FROM model_registry_description(held.id COLLATE "default")
$$;

-- Deletes the kept words of artifacts by which no model is found.
CREATE OR REPLACE FUNCTION model_registry_forget_words() RETURNS void LANGUAGE sql AS $$
    DELETE FROM model_registry_described AS held
    WHERE NOT EXISTS (
        SELECT FROM model_registry_search AS searched CROSS JOIN LATERAL unnest(searched.told) AS artifact (id)
        WHERE artifact.id = held.id
    )
$$;
