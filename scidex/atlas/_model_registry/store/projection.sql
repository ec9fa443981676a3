-- The projection: one row for each model version with what lists sort, filter, search and count by, so that a list
-- need not judge every model. The host's writes only append the ids that changed to a log; whoever reads takes the
-- models that an entry of the log can affect from the judge and all others from here, so no answer is stale; folding
-- judges the affected ones, writes them here and empties the log. The judge's view stays the only truth.

CREATE TABLE IF NOT EXISTS model_registry_changes (
    entry       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    artifact_id text NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- One row: whether every model has its row in the projection. Until then lists ask the judge.
CREATE TABLE IF NOT EXISTS model_registry_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    complete boolean NOT NULL,
    built_to text
);

-- `watches` holds every id whose change can change the model's verdict: evidence, inputs, and each spelling of a name.
CREATE TABLE IF NOT EXISTS model_registry_projection (
    id                   text PRIMARY KEY,
    title                text NOT NULL,
    family               text,
    version_number       integer NOT NULL,
    version_tag          text,
    is_latest            boolean NOT NULL,
    quality_score        double precision,
    quality_score_stored double precision,
    metrics              jsonb NOT NULL,
    parameter_count      numeric,
    datasets             text[] NOT NULL,
    analyses             text[] NOT NULL,
    hypotheses           text[] NOT NULL,
    claims_hypothesis    boolean NOT NULL,
    missing              text[] NOT NULL,
    origin_type          text,
    lifecycle_state      text,
    promotion_state      text,
    created_at           timestamptz NOT NULL,
    title_key            text COLLATE "C" NOT NULL,
    words                tsvector NOT NULL,
    watches              text[] NOT NULL
);

CREATE INDEX IF NOT EXISTS model_registry_best ON model_registry_projection
    (quality_score DESC NULLS LAST, created_at DESC, id COLLATE "C");
CREATE INDEX IF NOT EXISTS model_registry_worst ON model_registry_projection
    (quality_score ASC NULLS LAST, created_at DESC, id COLLATE "C");
CREATE INDEX IF NOT EXISTS model_registry_newest ON model_registry_projection (created_at DESC NULLS LAST, id COLLATE "C");
CREATE INDEX IF NOT EXISTS model_registry_oldest ON model_registry_projection (created_at ASC NULLS LAST, id COLLATE "C");
CREATE INDEX IF NOT EXISTS model_registry_largest ON model_registry_projection
    (parameter_count DESC NULLS LAST, created_at DESC, id COLLATE "C");
CREATE INDEX IF NOT EXISTS model_registry_smallest ON model_registry_projection
    (parameter_count ASC NULLS LAST, created_at DESC, id COLLATE "C");
CREATE INDEX IF NOT EXISTS model_registry_first_title ON model_registry_projection
    (title_key ASC NULLS LAST, created_at DESC, id COLLATE "C");
CREATE INDEX IF NOT EXISTS model_registry_last_title ON model_registry_projection
    (title_key DESC NULLS LAST, created_at DESC, id COLLATE "C");
CREATE INDEX IF NOT EXISTS model_registry_by_dataset ON model_registry_projection USING gin (datasets);
CREATE INDEX IF NOT EXISTS model_registry_by_analysis ON model_registry_projection USING gin (analyses);
CREATE INDEX IF NOT EXISTS model_registry_by_hypothesis ON model_registry_projection USING gin (hypotheses);
CREATE INDEX IF NOT EXISTS model_registry_by_word ON model_registry_projection USING gin (words);
CREATE INDEX IF NOT EXISTS model_registry_by_watched ON model_registry_projection USING gin (watches);

-- ---------------------------------------------------------------------------------------------------------------
-- The log. Its functions run with their owner's rights: a writer of the host needs none on the registry's tables.

CREATE OR REPLACE FUNCTION model_registry_log_artifacts() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO model_registry_changes (artifact_id) SELECT changed.id FROM changed;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION model_registry_log_updated_artifacts() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO model_registry_changes (artifact_id) SELECT before.id FROM before UNION SELECT after.id FROM after;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION model_registry_log_links() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO model_registry_changes (artifact_id) SELECT DISTINCT changed.source_artifact_id FROM changed;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION model_registry_log_updated_links() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO model_registry_changes (artifact_id)
    SELECT before.source_artifact_id FROM before UNION SELECT after.source_artifact_id FROM after;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION model_registry_log_versions() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO model_registry_changes (artifact_id) SELECT changed.artifact_id FROM changed;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION model_registry_log_updated_versions() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO model_registry_changes (artifact_id)
    SELECT before.artifact_id FROM before UNION SELECT after.artifact_id FROM after;
    RETURN NULL;
END
$$;

-- A truncated table has no rows to log: every model may be affected.
CREATE OR REPLACE FUNCTION model_registry_log_everything() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO model_registry_changes (artifact_id) SELECT projected.id FROM model_registry_projection AS projected;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER model_registry_inserted AFTER INSERT ON artifacts
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_artifacts();
CREATE OR REPLACE TRIGGER model_registry_updated AFTER UPDATE ON artifacts
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_updated_artifacts();
CREATE OR REPLACE TRIGGER model_registry_deleted AFTER DELETE ON artifacts
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_artifacts();
CREATE OR REPLACE TRIGGER model_registry_truncated AFTER TRUNCATE ON artifacts
    FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_everything();

CREATE OR REPLACE TRIGGER model_registry_inserted AFTER INSERT ON artifact_links
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_links();
CREATE OR REPLACE TRIGGER model_registry_updated AFTER UPDATE ON artifact_links
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_updated_links();
CREATE OR REPLACE TRIGGER model_registry_deleted AFTER DELETE ON artifact_links
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_links();
CREATE OR REPLACE TRIGGER model_registry_truncated AFTER TRUNCATE ON artifact_links
    FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_everything();

CREATE OR REPLACE TRIGGER model_registry_inserted AFTER INSERT ON model_versions
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_versions();
CREATE OR REPLACE TRIGGER model_registry_updated AFTER UPDATE ON model_versions
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_updated_versions();
CREATE OR REPLACE TRIGGER model_registry_deleted AFTER DELETE ON model_versions
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_versions();
CREATE OR REPLACE TRIGGER model_registry_truncated AFTER TRUNCATE ON model_versions
    FOR EACH STATEMENT EXECUTE FUNCTION model_registry_log_everything();

-- ---------------------------------------------------------------------------------------------------------------
-- Judging for the projection

-- Every id whose change can change a model's verdict. A name that leads nowhere today may lead somewhere tomorrow, so
-- each of its spellings is watched; so is each end of a link, registered or not, of the model and of its analyses.
CREATE OR REPLACE FUNCTION model_registry_watched(model_id text, metadata jsonb, analyses text[])
RETURNS TABLE (ids text[]) LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT watched.id), '{}')
    FROM (
        SELECT spelling.id
        FROM (
            VALUES ('trained_on_dataset_id', 'dataset-'), ('produced_by_analysis_id', 'analysis-'),
                   ('tests_hypothesis_id', 'hypothesis-')
        ) AS kind (key, prefix)
        CROSS JOIN LATERAL model_registry_names(metadata, kind.key) AS named
        CROSS JOIN LATERAL (
            VALUES (named.name), (kind.prefix || named.name),
                   (CASE WHEN starts_with(named.name, kind.prefix) THEN substr(named.name, length(kind.prefix) + 1) END)
        ) AS spelling (id)
        UNION ALL
        SELECT link.target_artifact_id FROM artifact_links AS link WHERE link.source_artifact_id = model_id
        UNION ALL
        SELECT link.target_artifact_id FROM artifact_links AS link WHERE link.source_artifact_id = ANY (analyses)
    ) AS watched
    WHERE watched.id IS NOT NULL
$$;

-- The judge's rows in the shape of the projection.
CREATE VIEW model_registry_judged AS
SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
       model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
       model.datasets, model.analyses, model.hypotheses, model.claims_hypothesis, model.missing,
       model.origin_type, model.lifecycle_state, model.promotion_state, model.created_at,
       -- A cursor carries the key, so a title is ordered by as much of it as an address can hold.
       lower(left(model.title, 500)) COLLATE "C" AS title_key,
       model_registry_words(model.id, model.title, model.document) AS words,
       watched.ids AS watches
FROM model_registry_models AS model
CROSS JOIN LATERAL model_registry_watched(model.id, model.document, model.analyses) AS watched;

-- The models that an entry of the log can affect; all that are projected while the projection is not complete.
CREATE OR REPLACE FUNCTION model_registry_affected() RETURNS TABLE (id text) LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN QUERY SELECT projected.id FROM model_registry_projection AS projected;
    ELSIF EXISTS (SELECT FROM model_registry_changes) THEN
        RETURN QUERY SELECT change.artifact_id FROM model_registry_changes AS change
        UNION
        SELECT projected.id FROM model_registry_projection AS projected
        WHERE projected.watches && ARRAY(SELECT DISTINCT change.artifact_id FROM model_registry_changes AS change);
    END IF;
END
$$;

-- The affected models as they are now; all of them while the projection is not complete.
CREATE OR REPLACE FUNCTION model_registry_judged_now() RETURNS SETOF model_registry_judged
LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN QUERY SELECT judged.* FROM model_registry_judged AS judged;
    ELSIF EXISTS (SELECT FROM model_registry_changes) THEN
        RETURN QUERY SELECT judged.* FROM model_registry_judged AS judged
        WHERE judged.id = ANY (ARRAY(SELECT affected.id FROM model_registry_affected() AS affected));
    END IF;
END
$$;

-- What lists read: every model as it is at this moment.
CREATE VIEW model_registry_listed AS
SELECT projected.id, projected.title, projected.family, projected.version_number, projected.version_tag,
       projected.is_latest, projected.quality_score, projected.quality_score_stored, projected.metrics,
       projected.parameter_count, projected.datasets, projected.analyses, projected.hypotheses,
       projected.missing, projected.origin_type, projected.lifecycle_state, projected.promotion_state,
       projected.created_at, projected.title_key, projected.words
FROM model_registry_projection AS projected
WHERE projected.id NOT IN (SELECT affected.id FROM model_registry_affected() AS affected)
UNION ALL
SELECT judged.id, judged.title, judged.family, judged.version_number, judged.version_tag,
       judged.is_latest, judged.quality_score, judged.quality_score_stored, judged.metrics,
       judged.parameter_count, judged.datasets, judged.analyses, judged.hypotheses,
       judged.missing, judged.origin_type, judged.lifecycle_state, judged.promotion_state,
       judged.created_at, judged.title_key, judged.words
FROM model_registry_judged_now() AS judged;

-- ---------------------------------------------------------------------------------------------------------------
-- Folding

-- Judges these ids anew: what is no model any more loses its row.
CREATE OR REPLACE FUNCTION model_registry_project(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM model_registry_projection AS projected WHERE projected.id = ANY (ids);
    INSERT INTO model_registry_projection (
        id, title, family, version_number, version_tag, is_latest, quality_score, quality_score_stored, metrics,
        parameter_count, datasets, analyses, hypotheses, claims_hypothesis, missing, origin_type, lifecycle_state,
        promotion_state, created_at, title_key, words, watches
    )
    SELECT judged.id, judged.title, judged.family, judged.version_number, judged.version_tag, judged.is_latest,
           judged.quality_score, judged.quality_score_stored, judged.metrics, judged.parameter_count,
           judged.datasets, judged.analyses, judged.hypotheses, judged.claims_hypothesis, judged.missing,
           judged.origin_type, judged.lifecycle_state, judged.promotion_state, judged.created_at, judged.title_key,
           judged.words, judged.watches
    FROM model_registry_judged AS judged
    WHERE judged.id = ANY (ids);
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
    SELECT array_agg(touched.id) INTO affected
    FROM (
        SELECT unnest(taken) AS id
        UNION
        SELECT projected.id FROM model_registry_projection AS projected WHERE projected.watches && taken
    ) AS touched;
    PERFORM model_registry_project(affected);
    RETURN cardinality(taken);
END
$$;

-- Projects the next models in the order of their ids; answers how many, 0 when all are projected. What changes behind
-- the place it has reached is in the log, so the projection is complete when it has reached the end.
CREATE OR REPLACE FUNCTION model_registry_build(most integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    next_ids text[];
BEGIN
    PERFORM pg_advisory_xact_lock(7305115);
    IF EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN 0;
    END IF;
    SELECT array_agg(following.id) INTO next_ids
    FROM (
        SELECT artifact.id FROM artifacts AS artifact
        CROSS JOIN model_registry_state AS state
        WHERE artifact.artifact_type = 'model'
          AND (state.built_to IS NULL OR artifact.id COLLATE "C" > state.built_to COLLATE "C")
        ORDER BY artifact.id COLLATE "C"
        LIMIT most
    ) AS following;
    IF next_ids IS NULL THEN
        UPDATE model_registry_state SET complete = true;
        RETURN 0;
    END IF;
    PERFORM model_registry_project(next_ids);
    UPDATE model_registry_state SET built_to = next_ids[cardinality(next_ids)];
    RETURN cardinality(next_ids);
END
$$;

-- Judges the models whose ids follow one in the order of ids, and takes away rows that stand for none; answers how many
-- ids it took and the last of them.
CREATE OR REPLACE FUNCTION model_registry_rebuild(after text, most integer)
RETURNS TABLE (number integer, last text) LANGUAGE plpgsql AS $$
DECLARE
    next_ids text[];
BEGIN
    PERFORM pg_advisory_xact_lock(7305115);
    SELECT array_agg(following.id ORDER BY following.id COLLATE "C") INTO next_ids
    FROM (
        SELECT known.id
        FROM (
            SELECT artifact.id FROM artifacts AS artifact WHERE artifact.artifact_type = 'model'
            UNION
            SELECT projected.id FROM model_registry_projection AS projected
        ) AS known
        WHERE after IS NULL OR known.id COLLATE "C" > after COLLATE "C"
        ORDER BY known.id COLLATE "C"
        LIMIT most
    ) AS following;
    PERFORM model_registry_project(coalesce(next_ids, '{}'));
    RETURN QUERY SELECT coalesce(cardinality(next_ids), 0), next_ids[cardinality(next_ids)];
END
$$;

-- A database without models has nothing to build. Last, so that the triggers are in place for what comes meanwhile.
INSERT INTO model_registry_state (complete)
SELECT NOT EXISTS (SELECT FROM artifacts AS artifact WHERE artifact.artifact_type = 'model')
ON CONFLICT DO NOTHING;
