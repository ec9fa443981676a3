-- Building side by side. One session has the turn and writes nothing while others project a part each, every one in a
-- transaction of its own; when all are committed, it keeps how far the build is. A part that was written in vain is written
-- again. What several parts write, words and counts, they lock in one order. A part holds a weak lock on the turn, which whoever builds or
-- rebuilds waits for: so it never outlives the turn, even if the session that had it is gone. The table of builds stays free,
-- as a host that truncates a table writes to it, and would be caught in a deadlock.

-- At the beginning of a build, keeps the words of what many models are found by, so that parts hardly wait for each other to keep
-- the same. Those by which no model is found are deleted at its end.
CREATE OR REPLACE FUNCTION model_registry_describe_shared() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM model_registry_builds AS build WHERE build.built_to IS NULL)
       AND model_registry_take_turn() AND NOT EXISTS (SELECT FROM model_registry_unlogged()) THEN
        DELETE FROM model_registry_described;  -- as nobody told what was written while triggers were missing
        INSERT INTO model_registry_described (id, words)
        SELECT artifact.id, model_registry_description(artifact.id)
        FROM artifacts AS artifact
        WHERE artifact.artifact_type IN ('dataset', 'tabular_dataset', 'hypothesis')
          AND octet_length(artifact.id) <= model_registry_most_id()
        ON CONFLICT (id) DO NOTHING;
    END IF;
END
$$;

-- The next parts of the one build that is due, with its row; none where another session has the turn or something else must
-- come first. Parts have no rows yet: to take rows away, two of them would lock the same counts in two orders.
CREATE OR REPLACE FUNCTION model_registry_next_parts(most integer, parts integer)
RETURNS TABLE (place tid, ids text[]) LANGUAGE plpgsql AS $$
DECLARE
    at pg_catalog.tid;
    begun pg_catalog.text;
    next_ids pg_catalog.text[];
BEGIN
    PERFORM set_config('idle_in_transaction_session_timeout', '0', true);  -- the turn idles while parts are written
    IF NOT model_registry_take_turn() OR EXISTS (SELECT FROM model_registry_builds OFFSET 1)
       OR EXISTS (SELECT FROM model_registry_unlogged()) THEN
        RETURN;
    END IF;
    SELECT due.ctid, due.built_to INTO at, begun FROM model_registry_builds AS due;
    IF FOUND THEN
        next_ids := model_registry_next_models(begun, most * parts);
        RETURN QUERY
        SELECT at, next_ids[part.first:part.first + most - 1]
        FROM generate_series(1, cardinality(next_ids), most) AS part (first)
        WHERE NOT EXISTS (SELECT FROM model_registry_projection AS projected WHERE projected.id = ANY (next_ids));
    END IF;
END
$$;

-- Projects a part, if the build is still there and as far as it was. Counts come last, as others wait for them.
CREATE OR REPLACE FUNCTION model_registry_build_part(at tid, ids text[]) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE model_registry_turn IN ROW SHARE MODE;
    IF (SELECT array_agg(build.ctid) FROM model_registry_builds AS build) IS DISTINCT FROM ARRAY[at] THEN
        RETURN false;
    END IF;
    PERFORM model_registry_connect(ids);
    PERFORM model_registry_project(ids);
    RETURN true;
END
$$;

-- Keeps how far the build is.
CREATE OR REPLACE FUNCTION model_registry_reach(at tid, last text) RETURNS void LANGUAGE sql AS $$
    UPDATE model_registry_builds AS build SET built_to = last WHERE build.ctid = at
$$;
