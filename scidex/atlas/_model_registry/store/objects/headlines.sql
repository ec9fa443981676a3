-- The headline metric of each model with evaluations, as these give it, beside the projection: lists show it and never
-- resample. The session that folds requests it (`due`), and finds it when nothing else waits; until then lists say so. The
-- `digest` is that of all its sources, so that a repeated request needs no resampling. It outlives layouts of the
-- projection.
CREATE TABLE IF NOT EXISTS model_registry_headlines (
    id           text COLLATE "C" PRIMARY KEY,
    due          uuid,
    claimed_at   timestamptz,
    digest       text,
    metric       text,
    low          double precision,
    high         double precision,
    rows         integer,
    units        integer,
    units_are    text,
    agrees       boolean,
    contradicted text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX IF NOT EXISTS model_registry_headlines_due ON model_registry_headlines (id) WHERE due IS NOT NULL;

-- Headlines of an earlier release do not say what their units are: they are requested anew, once. The catalogue is asked
-- first, as ALTER TABLE would lock out readers at every start.
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_attribute AS held
        WHERE held.attrelid = 'model_registry_headlines'::regclass AND held.attname = 'units_are' AND NOT held.attisdropped
    ) THEN
        ALTER TABLE model_registry_headlines ADD COLUMN IF NOT EXISTS units_are text;
        UPDATE model_registry_headlines SET due = gen_random_uuid(), claimed_at = NULL;
    END IF;
END
$$;

-- Which of these models are in lists and have evaluations. OFFSET leaves the index on the host's links as the only way.
CREATE OR REPLACE FUNCTION model_registry_evaluated(ids text[]) RETURNS TABLE (id text) LANGUAGE sql STABLE AS $$
    SELECT model.id
    FROM unnest(ids) AS model (id)
    CROSS JOIN LATERAL (
        SELECT FROM artifact_links AS link
        WHERE link.target_artifact_id = model.id AND link.link_type = 'evaluates'
        LIMIT 1
    ) AS evaluation
    CROSS JOIN LATERAL (
        SELECT FROM model_registry_projection AS projected WHERE projected.id = model.id OFFSET 0
    ) AS listed
$$;

-- The models with an evaluation on one of these datasets, whose headlines may change with its state: found by the link that
-- registration gives an evaluation.
CREATE OR REPLACE FUNCTION model_registry_evaluated_on(ids text[]) RETURNS TABLE (id text) LANGUAGE sql STABLE ROWS 10 AS $$
    SELECT DISTINCT model.target_artifact_id
    FROM unnest(ids) AS changed (id)
    CROSS JOIN LATERAL (
        SELECT link.source_artifact_id FROM artifact_links AS link
        WHERE link.target_artifact_id = changed.id AND link.link_type = 'uses'
        OFFSET 0
    ) AS evaluation
    CROSS JOIN LATERAL (
        SELECT link.target_artifact_id FROM artifact_links AS link
        WHERE link.source_artifact_id = evaluation.source_artifact_id AND link.link_type = 'evaluates'
        OFFSET 0
    ) AS model
$$;

-- The models whose headline a change of state in the log may change.
CREATE OR REPLACE FUNCTION model_registry_to_be_evaluated() RETURNS TABLE (id text) LANGUAGE plpgsql STABLE ROWS 1
SET enable_seqscan = off SET jit = off SET enable_hashagg = off AS $$
BEGIN
    IF EXISTS (SELECT FROM model_registry_state_changes) THEN
        RETURN QUERY
        SELECT model.id
        FROM model_registry_evaluated_on(ARRAY(
            SELECT DISTINCT change.artifact_id FROM model_registry_state_changes AS change
        )) AS model;
    END IF;
END
$$;

-- Requests the headlines of these models anew. A request that comes while an earlier one is answered is a new one.
CREATE OR REPLACE FUNCTION model_registry_ask_headlines(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    evaluated pg_catalog.text[] := ARRAY(SELECT DISTINCT model.id FROM model_registry_evaluated(ids) AS model);
BEGIN
    DELETE FROM model_registry_headlines AS headline WHERE headline.id = ANY (ids) AND headline.id <> ALL (evaluated);
    INSERT INTO model_registry_headlines AS headline (id, due)
    SELECT model.id, gen_random_uuid() FROM unnest(evaluated) AS model (id)
    ON CONFLICT (id) DO UPDATE SET due = excluded.due, claimed_at = NULL;
END
$$;
