-- Folding the log into the projection, building it and making it anew.

-- Writes the rows of these ids anew: what is no model any more loses its rows.
CREATE OR REPLACE FUNCTION model_registry_write(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM model_registry_projection AS projected WHERE projected.id = ANY (ids);
    DELETE FROM model_registry_metrics AS metric WHERE metric.id = ANY (ids);
    DELETE FROM model_registry_evidence AS evidence WHERE evidence.id = ANY (ids);
    DELETE FROM model_registry_search AS searched WHERE searched.id = ANY (ids);
    DELETE FROM model_registry_unprojected AS unprojected WHERE unprojected.id = ANY (ids);
    WITH judged AS MATERIALIZED (
        SELECT judge.* FROM model_registry_judge(ids) AS judge
    ),
    searched AS (
        INSERT INTO model_registry_search
        SELECT narrow.* FROM judged
        CROSS JOIN LATERAL model_registry_search_rows(judged::model_registry_projection) AS narrow
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
END
$$;

-- The same for all that can be written; the others are noted, so that they keep nobody else's rows waiting.
CREATE OR REPLACE FUNCTION model_registry_project(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one text;
BEGIN
    PERFORM model_registry_write(ids);
EXCEPTION WHEN program_limit_exceeded THEN
    FOREACH one IN ARRAY ids LOOP
        BEGIN
            PERFORM model_registry_write(ARRAY[one]);
        EXCEPTION WHEN program_limit_exceeded THEN
            PERFORM model_registry_forget(one);
        END;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION model_registry_forget(lost text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM model_registry_projection AS projected WHERE projected.id = lost;
    DELETE FROM model_registry_metrics AS metric WHERE metric.id = lost;
    DELETE FROM model_registry_evidence AS evidence WHERE evidence.id = lost;
    DELETE FROM model_registry_search AS searched WHERE searched.id = lost;
    DELETE FROM model_registry_unprojected AS unprojected WHERE unprojected.id = lost;
    INSERT INTO model_registry_unprojected (id) VALUES (lost);
END
$$;

-- Folds the oldest entries of the log into the projection and deletes just those; answers how many. Entries that are
-- committed meanwhile stay, and whoever they affect is judged again. One folder at a time: the others answer 0.
CREATE OR REPLACE FUNCTION model_registry_fold(most integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    taken text[];
    affected text[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(7305115) THEN
        RETURN 0;
    END IF;
    WITH oldest AS (
        DELETE FROM model_registry_changes AS change
        WHERE change.entry IN (SELECT old.entry FROM model_registry_changes AS old ORDER BY old.entry LIMIT most)
        RETURNING change.artifact_id
    )
    SELECT array_agg(oldest.artifact_id) INTO taken FROM oldest;
    IF taken IS NULL THEN
        RETURN 0;
    END IF;
    SELECT array_agg(watching.id) INTO affected FROM model_registry_watching(taken) AS watching;
    PERFORM model_registry_project(affected);
    RETURN cardinality(taken);
END
$$;

-- The next models behind an id, in the order of the host's index, which alone reads no more than these; null at the end.
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

-- Projects the next models; answers how many, 0 when all are projected. What changes behind the place it has reached is
-- in the log, so the projection is complete when it has reached the end.
CREATE OR REPLACE FUNCTION model_registry_build(most integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    next_ids text[];
BEGIN
    PERFORM pg_advisory_xact_lock(7305115);
    IF EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN 0;
    END IF;
    SELECT model_registry_next_models(state.built_to, most) INTO next_ids FROM model_registry_state AS state;
    IF next_ids IS NULL THEN
        UPDATE model_registry_state SET complete = true;
        RETURN 0;
    END IF;
    PERFORM model_registry_project(next_ids);
    UPDATE model_registry_state SET built_to = next_ids[cardinality(next_ids)];
    RETURN cardinality(next_ids);
END
$$;

-- Judges the next models behind an id anew; answers how many and the last of them. Behind the last of all it takes away
-- rows that stand for no model, and counts anew.
CREATE OR REPLACE FUNCTION model_registry_rebuild(after text, most integer)
RETURNS TABLE (number integer, last text) LANGUAGE plpgsql AS $$
DECLARE
    next_ids text[];
BEGIN
    PERFORM pg_advisory_xact_lock(7305115);
    next_ids := model_registry_next_models(after, most);
    IF next_ids IS NULL THEN
        PERFORM model_registry_project(ARRAY(
            SELECT held.id
            FROM (
                SELECT projected.id FROM model_registry_projection AS projected
                UNION SELECT metric.id FROM model_registry_metrics AS metric
                UNION SELECT evidence.id FROM model_registry_evidence AS evidence
                UNION SELECT searched.id FROM model_registry_search AS searched
                UNION SELECT unprojected.id FROM model_registry_unprojected AS unprojected
            ) AS held
            WHERE NOT EXISTS (
                SELECT FROM artifacts AS artifact
                WHERE artifact.id = held.id COLLATE "default" AND artifact.artifact_type = 'model'
            )
        ));
        PERFORM model_registry_counts_anew(), model_registry_evidence_counts_anew();
    ELSE
        PERFORM model_registry_project(next_ids);
    END IF;
    RETURN QUERY SELECT coalesce(cardinality(next_ids), 0), next_ids[cardinality(next_ids)];
END
$$;

-- A database without models has nothing to build. Last, so that the triggers are in place for what comes meanwhile.
INSERT INTO model_registry_state (complete)
SELECT NOT EXISTS (SELECT FROM artifacts AS artifact WHERE artifact.artifact_type = 'model')
ON CONFLICT DO NOTHING;
