-- Similar words are suggested by the trigrams of pg_trgm where the server has it and the role may create it; readers look for
-- it at each such search, so that it may be created and dropped at any time.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm' AND installed_version IS NULL) THEN
        CREATE EXTENSION pg_trgm;
    END IF;
EXCEPTION
    -- Not the role's to create, broken files of the server, or functions of these names are there already.
    WHEN insufficient_privilege OR undefined_file OR duplicate_function OR duplicate_object OR feature_not_supported THEN
        NULL;
END
$$;
