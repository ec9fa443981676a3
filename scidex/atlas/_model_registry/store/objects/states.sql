-- The states of artifacts (docs/impact.md).

-- A word that many hands write, as it is compared: in small letters, without surrounding blanks. No more of it is unpacked
-- than its first 1,000 characters. Like the rank below it names no other object of the registry, as triggers run with a
-- search path without them.
CREATE OR REPLACE FUNCTION model_registry_word(written text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT lower(btrim(left(written, 1000), E' \t\n\r\f\x0b') COLLATE "C")
$$;

-- The rank of the state that an artifact version is marked with, from its words; NULL for none.
CREATE OR REPLACE FUNCTION model_registry_mark(version_tag text, lifecycle_state text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN version_tag = 'retracted' OR lifecycle_state IN ('rejected', 'retracted', 'withdrawn') THEN 3
        WHEN lifecycle_state IN ('flagged', 'challenged') THEN 2
        WHEN lifecycle_state IN ('deprecated', 'superseded') THEN 1
    END
$$;

-- The state of one artifact version; `successor`, its superseded_by, counts where it names a registered artifact.
CREATE OR REPLACE FUNCTION model_registry_state(version_tag text, lifecycle_state text, successor text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE model_registry_mark(model_registry_word(version_tag), model_registry_word(lifecycle_state))
        WHEN 3 THEN 'retracted'
        WHEN 2 THEN 'disputed'
        WHEN 1 THEN 'outdated'
        ELSE CASE
            WHEN successor IS NOT NULL AND EXISTS (SELECT FROM artifacts AS later WHERE later.id = successor) THEN 'outdated'
            ELSE 'sound'
        END
    END
$$;

-- The rank of a state; the greatest of several counts.
CREATE OR REPLACE FUNCTION model_registry_badness(state text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE state WHEN 'retracted' THEN 3 WHEN 'disputed' THEN 2 WHEN 'outdated' THEN 1 ELSE 0 END
$$;
