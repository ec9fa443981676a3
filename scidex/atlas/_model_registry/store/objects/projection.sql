-- The projection: one row for each model version with the values that lists sort, filter, search and count by, so that a
-- list need not judge every model. Narrow tables beside it hold the metrics, the evidence and the words, which serve filters
-- and counts without the wide rows. The host's writes only append the changed ids to a log. Readers take the models that an
-- entry of the log can affect from the judge and all others from here, so no answer is stale. Folding judges the affected
-- ones, writes them here and empties the log. The judge's view stays the only truth: tables of another layout are made anew.

DO $$
BEGIN
    IF obj_description(to_regclass('model_registry_projection')) IS DISTINCT FROM 'layout 26' THEN
        -- Readers and this may wait for each other; PostgreSQL ends such a reader, who is told to try again.
        DROP TABLE IF EXISTS model_registry_projection, model_registry_metrics, model_registry_evidence,
            model_registry_search, model_registry_counts, model_registry_evidence_counts, model_registry_evidence_totals,
            model_registry_fallen_counts, model_registry_unindexed, model_registry_named,
            model_registry_edges, model_registry_unconnected, model_registry_described,
            model_registry_not_sound, model_registry_unprojected, model_registry_state;
        -- Entries had numbers in earlier releases; those of a restored dump would make the host's writes fail. It comes last,
        -- as writers wait for it.
        ALTER TABLE model_registry_changes DROP COLUMN IF EXISTS entry;
        INSERT INTO model_registry_builds DEFAULT VALUES;
    END IF;
END
$$;

-- Ids are ordered by their bytes, as lists break ties.
CREATE TABLE IF NOT EXISTS model_registry_projection (
    id                   text COLLATE "C" PRIMARY KEY,
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
    complete             boolean NOT NULL,
    origin_type          text,
    lifecycle_state      text,
    promotion_state      text,
    created_by           text,
    created_at           timestamptz NOT NULL,
    title_key            text COLLATE "C" NOT NULL,
    unreadable           text[] NOT NULL,
    headline_metric      text,
    pins_differ          boolean NOT NULL
);

-- The same for models that an index cannot hold, with ids of hundreds of characters; each list reads all of them.
CREATE TABLE IF NOT EXISTS model_registry_unindexed (LIKE model_registry_projection);

-- The datasets, analyses and hypotheses of each model, with the flags that lists filter by.
CREATE TABLE IF NOT EXISTS model_registry_evidence (
    id              text COLLATE "C" NOT NULL,
    kind            text COLLATE "C" NOT NULL,
    artifact_id     text NOT NULL,
    family          text,
    is_latest       boolean NOT NULL,
    complete        boolean NOT NULL,
    origin_type     text,
    promotion_state text,
    lifecycle_state text,
    PRIMARY KEY (id, kind, artifact_id)
);

-- For every model, `watches` holds every id whose change can change its verdict or its words: evidence and its sources,
-- inputs, and each spelling of a name; `told` the artifacts by whose words it is found too (descriptions.sql).
CREATE TABLE IF NOT EXISTS model_registry_search (
    id         text COLLATE "C" PRIMARY KEY,
    words      tsvector NOT NULL,
    watches    text[] NOT NULL,
    told       text[] NOT NULL,
    created_at timestamptz NOT NULL,
    quality_score double precision  -- orders equally good matches
);

-- The words of each artifact by which a model is found, as the rows above have them.
CREATE TABLE IF NOT EXISTS model_registry_described (
    id    text COLLATE "C" PRIMARY KEY,
    words tsvector NOT NULL
);

-- What each artifact depends on, one step upstream, and what it evaluates, as model_registry_edges_of tells it, of whatever
-- type it is: who rests on something is found from its other end.
CREATE TABLE IF NOT EXISTS model_registry_edges (
    source_id   text COLLATE "C" NOT NULL,
    target_id   text COLLATE "C" NOT NULL,
    relation    text COLLATE "C" NOT NULL,
    origin      text COLLATE "C" NOT NULL,
    source_type text,
    is_earlier  boolean NOT NULL,
    is_test     boolean NOT NULL
);

-- The artifacts that are not sound, models and others: the fewest steps to an artifact of each state, at most 12, null where
-- none is so near; whether a model's pins differ from what is registered; and the resulting state. All others are sound. A
-- row is right if it agrees with its neighbours (settling.sql).
CREATE TABLE IF NOT EXISTS model_registry_not_sound (
    id          text COLLATE "C" PRIMARY KEY,
    outdated    integer,
    disputed    integer,
    retracted   integer,
    pins_differ boolean NOT NULL,
    status      text COLLATE "C" NOT NULL
);

-- The metrics of each model, with the same flags.
CREATE TABLE IF NOT EXISTS model_registry_metrics (
    id              text COLLATE "C" NOT NULL,
    name            text COLLATE "C" NOT NULL,
    value           numeric NOT NULL,
    created_at      timestamptz NOT NULL,
    family          text,
    is_latest       boolean NOT NULL,
    complete        boolean NOT NULL,
    origin_type     text,
    promotion_state text,
    lifecycle_state text,
    PRIMARY KEY (id, name)
);

-- How many models of the projection have each combination of flags, and how many of those each dataset and hypothesis,
-- kept by folding (counts.sql): queries without other filters are counted from a few rows, however many models there are.
CREATE TABLE IF NOT EXISTS model_registry_counts (
    family          text,
    is_latest       boolean NOT NULL,
    complete        boolean NOT NULL,
    origin_type     text,
    promotion_state text,
    lifecycle_state text,
    number          bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE TABLE IF NOT EXISTS model_registry_evidence_counts (
    kind            text COLLATE "C" NOT NULL,
    artifact_id     text NOT NULL,
    family          text,
    is_latest       boolean NOT NULL,
    complete        boolean NOT NULL,
    origin_type     text,
    promotion_state text,
    lifecycle_state text,
    number          bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- How many models each dataset and hypothesis has in all, for facets without a filter.
CREATE TABLE IF NOT EXISTS model_registry_evidence_totals (
    kind            text COLLATE "C" NOT NULL,
    artifact_id     text NOT NULL,
    number          bigint NOT NULL,
    PRIMARY KEY (kind, artifact_id)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- How many of the models with each combination of flags are not sound, by their standing as model_registry_not_sound keeps it:
-- what the first table of counts lacks, since most models are sound.
CREATE TABLE IF NOT EXISTS model_registry_fallen_counts (
    status          text COLLATE "C" NOT NULL,
    family          text,
    is_latest       boolean NOT NULL,
    complete        boolean NOT NULL,
    origin_type     text,
    promotion_state text,
    lifecycle_state text,
    number          bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (status, family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

COMMENT ON TABLE model_registry_projection IS 'layout 26';

-- One for each order of the list.
CREATE INDEX IF NOT EXISTS model_registry_best ON model_registry_projection
    (quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX IF NOT EXISTS model_registry_worst ON model_registry_projection
    (quality_score ASC NULLS LAST, created_at DESC, id);
CREATE INDEX IF NOT EXISTS model_registry_newest ON model_registry_projection (created_at DESC NULLS LAST, id);
CREATE INDEX IF NOT EXISTS model_registry_oldest ON model_registry_projection (created_at ASC NULLS LAST, id);
CREATE INDEX IF NOT EXISTS model_registry_largest ON model_registry_projection
    (parameter_count DESC NULLS LAST, created_at DESC, id);
CREATE INDEX IF NOT EXISTS model_registry_smallest ON model_registry_projection
    (parameter_count ASC NULLS LAST, created_at DESC, id);
CREATE INDEX IF NOT EXISTS model_registry_first_title ON model_registry_projection
    (title_key ASC NULLS LAST, created_at DESC, id);
CREATE INDEX IF NOT EXISTS model_registry_last_title ON model_registry_projection
    (title_key DESC NULLS LAST, created_at DESC, id);
CREATE INDEX IF NOT EXISTS model_registry_highest_metric ON model_registry_metrics
    (name, value DESC NULLS LAST, created_at DESC, id);
CREATE INDEX IF NOT EXISTS model_registry_lowest_metric ON model_registry_metrics
    (name, value ASC NULLS LAST, created_at DESC, id)
    INCLUDE (family, is_latest, complete, origin_type, promotion_state, lifecycle_state);  -- for counts without the rows

CREATE INDEX IF NOT EXISTS model_registry_not_sound_by_status ON model_registry_not_sound (status);
CREATE INDEX IF NOT EXISTS model_registry_edges_by_source ON model_registry_edges (source_id);
CREATE INDEX IF NOT EXISTS model_registry_edges_by_target ON model_registry_edges
    (target_id, source_id, relation, is_test, source_type) WHERE NOT is_earlier;  -- walked without a look at the rows

-- A capped score is low, so the best incomplete models are far from the best of all.
CREATE INDEX IF NOT EXISTS model_registry_best_by_completeness ON model_registry_projection
    (complete, quality_score DESC NULLS LAST, created_at DESC, id);

-- For counts without the rows: each filter of few values alone, and all of them together.
CREATE INDEX IF NOT EXISTS model_registry_by_flags ON model_registry_projection
    (family, is_latest, complete, origin_type, promotion_state, lifecycle_state) INCLUDE (id);
CREATE INDEX IF NOT EXISTS model_registry_by_latest ON model_registry_projection (is_latest);
CREATE INDEX IF NOT EXISTS model_registry_by_complete ON model_registry_projection (complete);
CREATE INDEX IF NOT EXISTS model_registry_by_origin ON model_registry_projection (origin_type);
CREATE INDEX IF NOT EXISTS model_registry_by_promotion ON model_registry_projection (promotion_state);
CREATE INDEX IF NOT EXISTS model_registry_by_tag ON model_registry_projection (version_tag);
CREATE INDEX IF NOT EXISTS model_registry_by_creator ON model_registry_projection (created_by);
CREATE INDEX IF NOT EXISTS model_registry_by_evidence ON model_registry_evidence
    (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state, id);

-- Read while they are written: every read would scan the entries that a fast update had yet to move into the index.
CREATE INDEX IF NOT EXISTS model_registry_by_dataset ON model_registry_projection USING gin (datasets) WITH (fastupdate = off);
CREATE INDEX IF NOT EXISTS model_registry_by_analysis ON model_registry_projection USING gin (analyses) WITH (fastupdate = off);
CREATE INDEX IF NOT EXISTS model_registry_by_hypothesis ON model_registry_projection USING gin (hypotheses) WITH (fastupdate = off);
CREATE INDEX IF NOT EXISTS model_registry_by_watched ON model_registry_search USING gin (watches) WITH (fastupdate = off);

-- Words are many to a model, and one at a time each costs the index ten times as much as a hundred rows of them together. So
-- it takes rows up in a list, which folding empties before it commits (model_registry_index_words): no search reads more
-- of it than the kilobytes it may grow to.
CREATE INDEX IF NOT EXISTS model_registry_by_word ON model_registry_search USING gin (words)
WITH (fastupdate = on, gin_pending_list_limit = 1024);
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_class AS index
        WHERE index.oid = to_regclass('model_registry_by_word') AND 'fastupdate=on' <> ALL (coalesce(index.reloptions, '{}'))
    ) THEN
        ALTER INDEX model_registry_by_word SET (fastupdate = on, gin_pending_list_limit = 1024);
    END IF;
END
$$;

CREATE INDEX IF NOT EXISTS model_registry_described_by_word ON model_registry_described USING gin (words);

-- A host may publish all its tables; a published table without a key refuses deletes.
DO $$
DECLARE
    keyless regclass;
BEGIN
    FOR keyless IN
        SELECT relation.oid
        FROM pg_class AS relation
        WHERE starts_with(relation.relname, 'model_registry_') AND relation.relkind = 'r'
          AND relation.relnamespace = quote_ident(current_schema())::regnamespace AND relation.relreplident = 'd'
          AND NOT EXISTS (SELECT FROM pg_index AS index WHERE index.indrelid = relation.oid AND index.indisprimary)
    LOOP
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', keyless);
    END LOOP;
END
$$;
