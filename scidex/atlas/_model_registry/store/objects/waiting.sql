-- What waits to be folded: the ids that changed, and builds of the whole projection; and the turn of whoever folds.

-- Nothing is kept in it: it is locked. A table, because readers can take any advisory lock, and no lock on this one.
CREATE TABLE IF NOT EXISTS model_registry_turn ();

-- An earlier release numbered the entries: numbers that a restored dump brings again would refuse the host's writes.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_attribute AS attribute
        WHERE attribute.attrelid = to_regclass('model_registry_changes') AND attribute.attname = 'entry'
    ) THEN
        ALTER TABLE model_registry_changes DROP COLUMN entry;
    END IF;
END
$$;

CREATE TABLE IF NOT EXISTS model_registry_changes (
    artifact_id text NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- While there is a row, lists ask the judge. It says how far its build is, in the order of ids; null at the beginning.
CREATE TABLE IF NOT EXISTS model_registry_builds (
    built_to text
);
