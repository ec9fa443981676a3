-- What reads of the registry rest on: the projection, read through the log.

-- The models that an entry of the log can affect, and those the projection cannot hold; all that are projected while it
-- is not complete.
CREATE OR REPLACE FUNCTION model_registry_affected() RETURNS TABLE (id text) LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN QUERY SELECT projected.id FROM model_registry_projection AS projected;
    ELSIF EXISTS (SELECT FROM model_registry_changes) OR EXISTS (SELECT FROM model_registry_unprojected) THEN
        RETURN QUERY SELECT change.artifact_id FROM model_registry_changes AS change
        UNION
        SELECT unprojected.id FROM model_registry_unprojected AS unprojected
        UNION
        SELECT watching.id FROM model_registry_search AS watching
        WHERE watching.watches && ARRAY(SELECT DISTINCT change.artifact_id FROM model_registry_changes AS change);
    END IF;
END
$$;

-- The affected models as they are now; all of them while the projection is not complete.
CREATE OR REPLACE FUNCTION model_registry_judged_now() RETURNS SETOF model_registry_projection
LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN QUERY SELECT model.* FROM model_registry_models AS model;
    ELSIF EXISTS (SELECT FROM model_registry_changes) OR EXISTS (SELECT FROM model_registry_unprojected) THEN
        RETURN QUERY SELECT judged.*
        FROM model_registry_judge(ARRAY(SELECT affected.id FROM model_registry_affected() AS affected)) AS judged;
    END IF;
END
$$;

-- These models as they are now: judged only where a change waits.
CREATE OR REPLACE FUNCTION model_registry_current(ids text[]) RETURNS SETOF model_registry_projection
LANGUAGE plpgsql STABLE ROWS 10
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    waiting text[] := ids;
BEGIN
    IF EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        waiting := ARRAY(SELECT affected.id FROM model_registry_affected() AS affected WHERE affected.id = ANY (ids));
    END IF;
    RETURN QUERY
    SELECT model.* FROM model_registry_projection AS model WHERE model.id = ANY (ids) AND model.id <> ALL (waiting);
    IF waiting <> '{}' THEN
        RETURN QUERY SELECT judged.* FROM model_registry_judge(waiting) AS judged;
    END IF;
END
$$;

-- A search of which the parser leaves no word matches everything: every model has the lexeme of one space,
-- which no text yields and no word begins with.
CREATE OR REPLACE FUNCTION model_registry_tsquery(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE numnode(to_tsquery('simple', words))
        WHEN 0 THEN E'\' \''::tsquery
        ELSE to_tsquery('simple', words)
    END
$$;
