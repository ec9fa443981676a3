-- Folding changes into the projection, and building it anew.

CREATE OR REPLACE FUNCTION model_registry_remove(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM model_registry_tally(ids, -1);
    DELETE FROM model_registry_projection AS projected WHERE projected.id = ANY (ids);
    DELETE FROM model_registry_metrics AS metric WHERE metric.id = ANY (ids);
    DELETE FROM model_registry_evidence AS evidence WHERE evidence.id = ANY (ids);
    DELETE FROM model_registry_search AS searched WHERE searched.id = ANY (ids);
    -- It has no key, and an array without a hash compares each row with each id, unpacking both where they are long.
    DELETE FROM model_registry_unindexed AS unindexed WHERE unindexed.id IN (SELECT gone.id FROM unnest(ids) AS gone (id));
END
$$;

-- Takes words that were just written into their index, all at once, as its owner may. Whoever else folds leaves them to the
-- index, which takes them up when its list is full.
CREATE OR REPLACE FUNCTION model_registry_index_words() RETURNS void LANGUAGE sql AS $$
    SELECT gin_clean_pending_list(index.oid)
    FROM pg_class AS index
    WHERE index.oid = 'model_registry_by_word'::regclass AND pg_has_role(index.relowner, 'USAGE')
$$;

-- Writes the rows of these ids anew; an artifact that is no longer a model loses its rows.
-- Planned by keys, as the judge is (judge.sql).
CREATE OR REPLACE FUNCTION model_registry_write(ids text[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off SET enable_memoize = off SET enable_seqscan = off
SET jit = off AS $$
BEGIN
    PERFORM model_registry_remove(ids);
    WITH every AS MATERIALIZED (
        SELECT judge.* FROM model_registry_judge(ids) AS judge
    ),
    told AS MATERIALIZED (
        SELECT of_models.*
        FROM (
            SELECT array_agg(every.id) AS ids, array_agg(piece.id) AS evidence
            FROM every
            CROSS JOIN LATERAL unnest(
                model_registry_told_evidence(every.datasets, every.analyses, every.hypotheses)
            ) AS piece (id)
        ) AS named
        CROSS JOIN LATERAL model_registry_told_kept(named.ids, named.evidence) AS of_models
    ),
    judged AS MATERIALIZED (
        SELECT every.* FROM every WHERE model_registry_fits(every::model_registry_projection)
    ),
    unindexed AS (
        INSERT INTO model_registry_unindexed
        SELECT every.* FROM every WHERE every.id NOT IN (SELECT judged.id FROM judged)
    ),
    searched AS (
        INSERT INTO model_registry_search
        SELECT narrow.* FROM every
        LEFT JOIN told ON told.id = every.id
        CROSS JOIN LATERAL model_registry_search_rows(
            every::model_registry_projection, told.words, told.told, told.watches
        ) AS narrow
    ),
    metric AS (
        INSERT INTO model_registry_metrics
        SELECT narrow.* FROM judged
        CROSS JOIN LATERAL model_registry_metric_rows(judged::model_registry_projection) AS narrow
    ),
    evidence AS (
        INSERT INTO model_registry_evidence
        SELECT narrow.* FROM judged
        CROSS JOIN LATERAL model_registry_evidence_rows(judged::model_registry_projection) AS narrow
    )
    INSERT INTO model_registry_projection SELECT judged.* FROM judged;
    PERFORM model_registry_index_words();
    PERFORM model_registry_tally(ids, 1);
    PERFORM model_registry_ask_headlines(ids);
END
$$;

-- The same for all that can be written. Halving finds the others, which are recorded as unread and delay nothing.
CREATE OR REPLACE FUNCTION model_registry_project(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    half integer := cardinality(ids) / 2;
BEGIN
    PERFORM model_registry_write(ids);
EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
    IF half > 0 THEN
        PERFORM model_registry_project(ids[:half]), model_registry_project(ids[half + 1:]);
    ELSE
        PERFORM model_registry_remove(ids);
        INSERT INTO model_registry_unindexed SELECT unread.* FROM model_registry_unread(ids[1]) AS unread;
        INSERT INTO model_registry_search (id, words, watches, told, created_at, quality_score)
        SELECT unread.id, model_registry_words(unread.id, NULL, NULL), '{}', '{}', unread.created_at, unread.quality_score
        FROM model_registry_unread(ids[1]) AS unread;
        PERFORM model_registry_ask_headlines(ids);
    END IF;
END
$$;

-- Takes the turn of folding for this transaction, if no other session has it.
CREATE OR REPLACE FUNCTION model_registry_take_turn() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE NOWAIT;
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END
$$;

-- The next models after an id, in the order of the host's index, as only this order reads no more rows; null at the end.
CREATE OR REPLACE FUNCTION model_registry_next_models(after text, most integer) RETURNS text[] LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_sort = off AS $$
BEGIN
    RETURN (
        SELECT array_agg(following.id)
        FROM (
            SELECT artifact.id
            FROM artifacts AS artifact
            WHERE artifact.id >= coalesce(after, '') AND artifact.id IS DISTINCT FROM after  -- an id may be empty
              AND artifact.artifact_type = 'model'
            ORDER BY artifact.id
            LIMIT most
        ) AS following
    );
END
$$;

-- Deletes the rows without a model, counts anew, keeps the edges of artifacts other than models, and settles anew.
CREATE OR REPLACE FUNCTION model_registry_tidy() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM model_registry_project(ARRAY(
        SELECT held.id COLLATE "default"  -- that of the host's indexes
        FROM (
            SELECT projected.id FROM model_registry_projection AS projected
            UNION SELECT metric.id FROM model_registry_metrics AS metric
            UNION SELECT evidence.id FROM model_registry_evidence AS evidence
            UNION SELECT searched.id FROM model_registry_search AS searched
            UNION SELECT unindexed.id FROM model_registry_unindexed AS unindexed
            UNION SELECT headline.id FROM model_registry_headlines AS headline
        ) AS held
        WHERE NOT EXISTS (
            SELECT FROM artifacts AS artifact
            WHERE artifact.id = held.id COLLATE "default" AND artifact.artifact_type = 'model'
        )
    ));
    PERFORM model_registry_counts_anew();
    PERFORM model_registry_connect_others();
    PERFORM model_registry_settle_anew();
END
$$;

-- Projects the next models of the due build; returns how many, 0 at its end. Changes before the place it has reached are in
-- the log. Of several builds, one is made from the beginning, as any of them may be new.
CREATE OR REPLACE FUNCTION model_registry_build(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    places pg_catalog.text[];
    next_ids pg_catalog.text[];
BEGIN
    -- A server of an earlier release that still runs calls this by itself, in no turn of its own.
    IF NOT model_registry_take_turn() THEN
        RETURN 0;
    END IF;
    LOCK TABLE model_registry_turn IN EXCLUSIVE MODE;  -- waits for parts whose session is gone (building.sql)
    WITH due AS (
        DELETE FROM model_registry_builds AS build RETURNING build.built_to
    )
    SELECT array_agg(due.built_to) INTO places FROM due;
    IF cardinality(places) > 1 OR places[1] IS NULL THEN
        DELETE FROM model_registry_described;  -- as nobody told what was written while triggers were missing
    END IF;
    next_ids := model_registry_next_models(CASE cardinality(places) WHEN 1 THEN places[1] END, most);
    IF next_ids IS NULL THEN
        PERFORM model_registry_tidy(), model_registry_forget_words();
        RETURN 0;
    END IF;
    PERFORM model_registry_project(next_ids), model_registry_connect(next_ids);
    INSERT INTO model_registry_builds (built_to) VALUES (next_ids[cardinality(next_ids)]);
    RETURN cardinality(next_ids);
END
$$;

-- Takes entries out of the log, oldest first: the models that they can affect become due, each once; all else that changed
-- is settled again (settling.sql), and changed words are kept (descriptions.sql). Returns how many entries it took. Entries that are committed meanwhile stay.
CREATE OR REPLACE FUNCTION model_registry_take_up(most integer) RETURNS integer LANGUAGE plpgsql
SET enable_seqscan = off SET jit = off SET enable_hashagg = off AS $$
DECLARE
    taken pg_catalog.text[];
    of_state pg_catalog.text[];
    settled pg_catalog.text[];
BEGIN
    WITH oldest AS (
        DELETE FROM model_registry_changes AS change
        WHERE change.ctid = ANY (ARRAY(SELECT old.ctid FROM model_registry_changes AS old LIMIT most))
        RETURNING change.artifact_id
    )
    SELECT array_agg(oldest.artifact_id) INTO taken FROM oldest;
    WITH oldest AS (
        DELETE FROM model_registry_state_changes AS change
        WHERE change.ctid = ANY (ARRAY(SELECT old.ctid FROM model_registry_state_changes AS old LIMIT most))
        RETURNING change.artifact_id
    )
    SELECT array_agg(oldest.artifact_id) INTO of_state FROM oldest;
    INSERT INTO model_registry_due (id)
    SELECT watching.id
    FROM model_registry_watching(taken) AS watching
    WHERE EXISTS (SELECT FROM artifacts AS model WHERE model.id = watching.id AND model.artifact_type = 'model')
       OR EXISTS (SELECT FROM model_registry_search AS held WHERE held.id = watching.id)
    ON CONFLICT (id) DO NOTHING;
    DELETE FROM model_registry_described AS held WHERE held.id = ANY (taken);  -- all who are found by them are due
    settled := ARRAY(
        SELECT changed.id FROM unnest(taken) AS changed (id)
        WHERE NOT EXISTS (SELECT FROM model_registry_due AS due WHERE due.id = changed.id)
        UNION
        SELECT changed.id FROM unnest(of_state) AS changed (id)
    );
    PERFORM model_registry_ask_headlines(ARRAY(SELECT model.id FROM model_registry_evaluated_on(of_state) AS model));
    PERFORM model_registry_connect(settled);
    PERFORM model_registry_settle(settled || ARRAY(SELECT earlier.id FROM model_registry_superseded(taken) AS earlier));
    RETURN greatest(
        coalesce(cardinality(taken), 0), coalesce(cardinality(of_state), 0), model_registry_take_up_words(most)
    );
END
$$;

-- Judges models that are due and settles them; returns how many.
CREATE OR REPLACE FUNCTION model_registry_judge_due(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    due_ids pg_catalog.text[];
BEGIN
    WITH next AS (
        DELETE FROM model_registry_due AS due
        WHERE due.ctid = ANY (ARRAY(SELECT first.ctid FROM model_registry_due AS first LIMIT most))
        RETURNING due.id
    )
    SELECT array_agg(next.id) INTO due_ids FROM next;
    IF due_ids IS NOT NULL THEN
        PERFORM model_registry_project(due_ids), model_registry_connect(due_ids);
        PERFORM model_registry_settle(due_ids);
    END IF;
    RETURN coalesce(cardinality(due_ids), 0);
END
$$;

-- Folds a part of what waits: builds first, then the log, after all of it the models that are due, and words last. An entry takes a
-- hundredth of the time of a model. Returns how many models or entries it took, 0 when nothing waits, and null while
-- another session has the turn.
CREATE OR REPLACE FUNCTION model_registry_fold(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    most_entries integer := 100 * most;
    built integer := 0;
    taken integer;
    judged integer;
BEGIN
    IF NOT EXISTS (SELECT FROM model_registry_builds) AND NOT EXISTS (SELECT FROM model_registry_changes)
       AND NOT EXISTS (SELECT FROM model_registry_state_changes) AND NOT EXISTS (SELECT FROM model_registry_due)
       AND NOT EXISTS (SELECT FROM model_registry_word_changes) AND NOT EXISTS (SELECT FROM model_registry_words_due) THEN
        RETURN 0;
    END IF;
    IF NOT model_registry_take_turn() THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM model_registry_builds) THEN
        IF EXISTS (SELECT FROM model_registry_unlogged()) THEN
            RETURN 0;  -- rows written before the place that a build has reached would be lost
        END IF;
        built := model_registry_build(most);
    END IF;
    IF built > 0 THEN
        RETURN built;
    END IF;
    taken := model_registry_take_up(most_entries);
    IF taken = most_entries THEN
        RETURN taken;
    END IF;
    judged := model_registry_judge_due(most);
    RETURN greatest(taken, judged, CASE judged WHEN 0 THEN model_registry_reword(most) END);
END
$$;

-- Judges the next models after an id anew, in its turn; returns how many and the last of them, 0 at the end.
CREATE OR REPLACE FUNCTION model_registry_rebuild(after text, most integer)
RETURNS TABLE (number integer, last text) LANGUAGE plpgsql AS $$
DECLARE
    next_ids pg_catalog.text[];
BEGIN
    LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE model_registry_turn IN EXCLUSIVE MODE;  -- waits for parts whose build is gone (building.sql)
    next_ids := model_registry_next_models(after, most);
    IF next_ids IS NULL THEN
        PERFORM model_registry_tidy(), model_registry_forget_words();
    ELSE
        PERFORM model_registry_project(next_ids), model_registry_connect(next_ids);
        PERFORM model_registry_settle(next_ids), model_registry_log_untold(next_ids);
    END IF;
    RETURN QUERY SELECT coalesce(cardinality(next_ids), 0), next_ids[cardinality(next_ids)];
END
$$;

-- A build finds the changes that were not logged; it begins when all changes are logged.
INSERT INTO model_registry_builds
SELECT NULL WHERE EXISTS (SELECT FROM model_registry_unlogged()) AND NOT EXISTS (SELECT FROM model_registry_builds);
