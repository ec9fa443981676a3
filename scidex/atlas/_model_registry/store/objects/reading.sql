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
-- Planned by keys, as the judge is (judge.sql); left to itself, PostgreSQL would plan anew for each array, which takes three
-- times as long as reading a row.
CREATE OR REPLACE FUNCTION model_registry_current(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE plpgsql STABLE ROWS 10
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
DECLARE
    waiting pg_catalog.text[] := model_registry_affected_of(ids);
BEGIN
    RETURN QUERY
    SELECT model.* FROM model_registry_projection AS model WHERE model.id = ANY (ids) AND model.id <> ALL (waiting)
    UNION ALL
    SELECT model.* FROM model_registry_unindexed AS model  -- without a key: an array would compare each row with each id
    WHERE model.id IN (SELECT asked.id FROM unnest(ids) AS asked (id)) AND model.id <> ALL (waiting);
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

-- The models that match a search otherwise than their kept words say, or might: all that match before or after the changes of
-- words that wait (`matched`, `matches`). No row where these have no word of the search. `words` are those that the search asks
-- for, and only where it ranks by them. `judged` are models with another change, which are left out.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_reworded(asked text, is_ranked boolean, judged text[])
RETURNS TABLE (id text, matched boolean, matches boolean, words tsvector) LANGUAGE plpgsql STABLE ROWS 10
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
DECLARE
    all_words pg_catalog.tsquery;
    any_word pg_catalog.tsquery;
    needs_own boolean := is_ranked OR cardinality(model_registry_asked(asked)) > 1;
    changed_ids pg_catalog.text[];
    changed_words pg_catalog.tsvector[];
    concerned pg_catalog.text[];
    heard_ids pg_catalog.text[];
    heard_words pg_catalog.tsvector[];
    few_others pg_catalog.text[];
BEGIN
    IF NOT EXISTS (SELECT FROM model_registry_word_changes) AND NOT EXISTS (SELECT FROM model_registry_words_due)
       OR NOT model_registry_is_built() THEN
        RETURN;
    END IF;
    all_words := model_registry_tsquery(asked);
    any_word := model_registry_any_word(asked);
    SELECT coalesce(array_agg(changed.id), '{}'), coalesce(array_agg(changed.after), '{}') INTO changed_ids, changed_words
    FROM (
        SELECT held.id, held.words AS before, coalesce(model_registry_description(held.id COLLATE "default"), '') AS after
        FROM model_registry_described AS held
        WHERE held.id = ANY (ARRAY(SELECT change.artifact_id FROM model_registry_word_changes AS change))
        OFFSET 0
    ) AS changed
    WHERE changed.before <> changed.after AND (changed.before @@ any_word OR changed.after @@ any_word);
    concerned := ARRAY(
        SELECT changed.id FROM unnest(changed_ids) AS changed (id)
        UNION
        SELECT stale.id FROM model_registry_stale_words AS stale WHERE (stale.words @@ any_word) IS NOT FALSE
    );
    IF concerned = '{}' THEN
        RETURN;
    END IF;
    SELECT coalesce(array_agg(heard.id), '{}'), coalesce(array_agg(heard.words), '{}') INTO heard_ids, heard_words
    FROM (
        SELECT held.id, held.words FROM model_registry_described AS held
        WHERE held.words @@ any_word AND held.id NOT IN (SELECT changed.id FROM unnest(changed_ids) AS changed (id))
        UNION ALL
        SELECT changed.id, changed.words FROM unnest(changed_ids, changed_words) AS changed (id, words)
        WHERE changed.words @@ any_word
    ) AS heard;
    -- Most models hear the words of the first alone, which is told without a look at each of the others.
    few_others := CASE WHEN cardinality(heard_ids) <= 100 THEN array_remove(heard_ids, concerned[1]) END;
    RETURN QUERY
    WITH held AS MATERIALIZED (
        SELECT each.id, each.words @@ all_words AS matched, each.hears_first,
               CASE WHEN each.hears_others THEN each.told END AS told,
               CASE WHEN needs_own THEN ts_filter(each.words, '{a,b,c}') END AS own,
               CASE WHEN NOT needs_own AND each.words @@ all_words
                    THEN ts_filter(each.words, '{a,b,c}') @@ all_words END AS own_matches
        FROM (
            SELECT searched.id, searched.words, searched.told,
                   searched.told @> concerned[:1] AND concerned[1] = ANY (heard_ids) AS hears_first,
                   (searched.told && few_others) IS NOT FALSE AS hears_others
            FROM model_registry_search AS searched
            WHERE searched.watches && ARRAY(SELECT model_registry_key(one.id) FROM unnest(concerned) AS one (id))
              AND searched.told && concerned
              AND (searched.told && changed_ids OR searched.id IN (SELECT due.id FROM model_registry_words_due AS due))
              AND searched.id NOT IN (SELECT model.id FROM unnest(judged) AS model (id))
        ) AS each
    ),
    hearing AS (
        SELECT held.id, held.matched, held.own, held.own_matches,
               CASE WHEN held.hears_first THEN concerned[:1] END AS combined
        FROM held
        WHERE held.told IS NULL
        UNION ALL
        SELECT held.id, held.matched, held.own, held.own_matches, named.combined
        FROM held
        LEFT JOIN (
            SELECT every.id, array_agg(artifact.id ORDER BY artifact.id) AS combined
            FROM held AS every CROSS JOIN LATERAL unnest(every.told) AS artifact (id)
            WHERE artifact.id IN (SELECT heard.id FROM unnest(heard_ids) AS heard (id))
            GROUP BY every.id
        ) AS named ON named.id = held.id
        WHERE held.told IS NOT NULL
    ),
    heard AS MATERIALIZED (
        SELECT hearing.* FROM hearing
    ),
    combination AS MATERIALIZED (
        SELECT each.combined, said.words, said.words @@ all_words AS matches
        FROM (SELECT DISTINCT heard.combined FROM heard) AS each
        CROSS JOIN LATERAL (
            SELECT string_agg(told.words::text, ' ')::tsvector AS words
            FROM unnest(heard_ids, heard_words) AS told (id, words)
            WHERE told.id = ANY (each.combined)
            OFFSET 0
        ) AS said
    ),
    now AS (
        SELECT heard.id, heard.matched,
               combination.matches IS TRUE
                   OR coalesce(heard.own_matches, (heard.own || coalesce(combination.words, '')) @@ all_words, false) AS matches,
               CASE WHEN is_ranked THEN heard.own || coalesce(combination.words, '') END AS words
        FROM heard
        LEFT JOIN combination ON combination.combined = heard.combined
    )
    SELECT now.id, now.matched, now.matches, now.words FROM now WHERE now.matched OR now.matches;
END
$$;
