-- What waits to be folded: changed ids, ids with a changed state or changed words, the models that these can affect, and builds
-- of the whole projection; and the turn of the session that folds.

-- An empty table, only for its lock: readers could take any advisory lock, but none on this table.
CREATE TABLE IF NOT EXISTS model_registry_turn ();

CREATE TABLE IF NOT EXISTS model_registry_changes (
    artifact_id text NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- What changed of artifacts that their standing reads and the judge does not: states, and what rests on what.
CREATE TABLE IF NOT EXISTS model_registry_state_changes (
    artifact_id text NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- What changed of artifacts that only searches read: titles and descriptions of what models rest on.
CREATE TABLE IF NOT EXISTS model_registry_word_changes (
    artifact_id text NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- The models that are found by changed words taken out of the log, each once, until their words are written anew.
CREATE TABLE IF NOT EXISTS model_registry_words_due (
    id text COLLATE "C" PRIMARY KEY
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- While models are due so, all words of before and after of each artifact that changed; null for too many.
CREATE TABLE IF NOT EXISTS model_registry_stale_words (
    id    text COLLATE "C" PRIMARY KEY,
    words tsvector
);

-- The models that entries taken out of the log can affect, each once, until they are judged.
CREATE TABLE IF NOT EXISTS model_registry_due (
    id text COLLATE "C" PRIMARY KEY
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- While there is a row, lists ask the judge. It holds how far its build is, in the order of ids; null at the beginning.
CREATE TABLE IF NOT EXISTS model_registry_builds (
    built_to text
);

-- The host's tables whose writes are not logged: a trigger is missing, disabled or an earlier release's.
CREATE OR REPLACE FUNCTION model_registry_unlogged() RETURNS TABLE (host regclass, logging regproc) LANGUAGE sql STABLE AS $$
    SELECT to_regclass(named.host), to_regproc(named.logging)
    FROM (
        VALUES ('artifacts', 'model_registry_artifacts_changed'), ('artifact_links', 'model_registry_links_changed'),
               ('model_versions', 'model_registry_versions_changed')
    ) AS named (host, logging)
    WHERE 4 > (
        SELECT count(*)
        FROM pg_trigger AS trigger
        WHERE trigger.tgrelid = to_regclass(named.host) AND trigger.tgfoid = to_regproc(named.logging)
          AND trigger.tgenabled IN ('O', 'A')
    )
$$;
