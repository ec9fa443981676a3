-- The states of artifacts (docs/impact.md).

-- The state of one artifact version; `successor`, its superseded_by, counts where it names a registered artifact.
CREATE OR REPLACE FUNCTION model_registry_state(version_tag text, lifecycle_state text, successor text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN version_tag = 'retracted' OR lifecycle_state = 'rejected' THEN 'retracted'
        WHEN lifecycle_state IN ('flagged', 'challenged') THEN 'disputed'
        WHEN lifecycle_state IN ('deprecated', 'superseded')
             OR successor IS NOT NULL AND EXISTS (SELECT FROM artifacts AS later WHERE later.id = successor) THEN 'outdated'
        ELSE 'sound'
    END
$$;

-- The rank of a state; the greatest of several counts.
CREATE OR REPLACE FUNCTION model_registry_badness(state text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE state WHEN 'retracted' THEN 3 WHEN 'disputed' THEN 2 WHEN 'outdated' THEN 1 ELSE 0 END
$$;
