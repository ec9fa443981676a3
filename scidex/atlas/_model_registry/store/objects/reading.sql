-- The basis of all reads: the projection, read through the log.

-- Whether every model is projected. To a transaction that began before an upgrade none is, as it sees no new rows.
CREATE OR REPLACE FUNCTION model_registry_is_built() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN NOT EXISTS (SELECT FROM model_registry_builds)
       AND (EXISTS (SELECT FROM model_registry_counts) OR EXISTS (SELECT FROM model_registry_unindexed));
END
$$;

-- Whether the kept edges are all that these artifacts, and what they depend on, have now: nothing waits to be folded.
CREATE OR REPLACE FUNCTION model_registry_has_every_edge(roots text[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN model_registry_is_built() AND NOT EXISTS (SELECT FROM model_registry_changes)
       AND NOT EXISTS (SELECT FROM model_registry_state_changes) AND NOT EXISTS (SELECT FROM model_registry_due)
       AND NOT EXISTS (SELECT FROM unnest(roots) AS root (id) WHERE octet_length(root.id) > model_registry_most_id());
END
$$;

-- The models that are due, and those that an entry of the log can affect.
CREATE OR REPLACE FUNCTION model_registry_waiting() RETURNS TABLE (id text) LANGUAGE sql STABLE
SET enable_hashagg = off AS $$
    SELECT due.id FROM model_registry_due AS due
    UNION
    SELECT watching.id
    FROM model_registry_watching(ARRAY(SELECT change.artifact_id FROM model_registry_changes AS change)) AS watching
$$;

-- The models with a waiting change; all models until everything is built.
-- Each changed id is looked up by itself: testing every row for an overlap of two long arrays takes longer than judging it.
CREATE OR REPLACE FUNCTION model_registry_affected() RETURNS TABLE (id text) LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    IF NOT model_registry_is_built() THEN
        RETURN QUERY SELECT model.id FROM artifacts AS model WHERE model.artifact_type = 'model'
        UNION
        SELECT projected.id FROM model_registry_projection AS projected
        UNION
        SELECT projected.id FROM model_registry_unindexed AS projected;
    ELSIF EXISTS (SELECT FROM model_registry_changes) THEN
        RETURN QUERY SELECT waiting.id FROM model_registry_waiting() AS waiting;
    ELSE
        RETURN QUERY SELECT due.id FROM model_registry_due AS due;
    END IF;
END
$$;

-- Which of these models are affected.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_affected_of(ids text[]) RETURNS text[] LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
BEGIN
    IF NOT model_registry_is_built() THEN
        RETURN ARRAY(SELECT DISTINCT asked.id FROM unnest(ids) AS asked (id));
    ELSIF NOT EXISTS (SELECT FROM model_registry_changes) AND NOT EXISTS (SELECT FROM model_registry_due) THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT due.id FROM model_registry_due AS due WHERE due.id = ANY (ids)
        UNION ALL
        SELECT watched.model_id
        FROM (
            SELECT asked.id, model_registry_key(asked.id) FROM unnest(ids) AS asked (id)
            UNION ALL
            SELECT asked.id, watch.id
            FROM unnest(ids) AS asked (id)
            CROSS JOIN LATERAL (
                SELECT searched.watches FROM model_registry_search AS searched WHERE searched.id = asked.id OFFSET 0
            ) AS watching
            CROSS JOIN LATERAL unnest(watching.watches) AS watch (id)
        ) AS watched (model_id, id)
        JOIN model_registry_changes AS change ON model_registry_key(change.artifact_id) = watched.id
    );
END
$$;

-- These models as they are now, judged only where a change waits.
CREATE OR REPLACE FUNCTION model_registry_current(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE plpgsql STABLE ROWS 10 AS $$
DECLARE
    waiting text[] := model_registry_affected_of(ids);
BEGIN
    RETURN QUERY
    SELECT model.* FROM model_registry_projection AS model WHERE model.id = ANY (ids) AND model.id <> ALL (waiting)
    UNION ALL
    SELECT model.* FROM model_registry_unindexed AS model WHERE model.id = ANY (ids) AND model.id <> ALL (waiting);
    RETURN QUERY SELECT judged.* FROM model_registry_judge(waiting) AS judged;
END
$$;

-- The words that a search asks for: those of its text, without the s of a possessive (Alzheimer's disease).
CREATE OR REPLACE FUNCTION model_registry_asked(words text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT model_registry_lexemes(regexp_replace(words, '(?<=[^\s''\u2019])[''\u2019][sS](?![^\s,.;:!?()])', '', 'g'))
$$;

-- The words of a search, each as a prefix. The words contain nothing with a meaning in a tsquery.
CREATE OR REPLACE FUNCTION model_registry_sought(words text) RETURNS TABLE (beginning text) LANGUAGE sql IMMUTABLE AS $$
    SELECT DISTINCT CASE
        WHEN spelled.word <> own.word THEN format('(''%s'':* | ''%s'':*)', own.word, spelled.word)
        WHEN starts_with(own.word, stem.stem) THEN format('''%s'':*', stem.stem)
        ELSE format('(''%s'':* | ''%s'':*)', own.word, stem.stem)
    END
    FROM unnest(model_registry_asked(words)) AS own (word)
    CROSS JOIN LATERAL (SELECT left(model_registry_spelled_out(own.word), 500)) AS spelled (word)
    CROSS JOIN LATERAL (SELECT model_registry_stem(own.word)) AS stem (stem)
$$;

-- A search of no word matches everything: every model has the lexeme of one space, which no text yields and no word
-- begins with.
CREATE OR REPLACE FUNCTION model_registry_tsquery(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(sought.beginning, ' & '), ''' ''')::tsquery FROM model_registry_sought(words) AS sought
$$;

-- The same, but any one word suffices: words joined by AND would be ranked by their distance from each other.
CREATE OR REPLACE FUNCTION model_registry_any_word(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(sought.beginning, ' | '), ''' ''')::tsquery FROM model_registry_sought(words) AS sought
$$;
