-- Upkeep of the projection: folding, building, checking.

-- name: fold
SELECT model_registry_fold(%(most)s)

-- name: describe_shared
SELECT model_registry_describe_shared()

-- name: next_parts
SELECT part.place::text, part.ids FROM model_registry_next_parts(%(most)s, %(parts)s) AS part

-- name: build_part
SELECT model_registry_build_part(%(place)s::tid, %(ids)s)

-- name: reach
SELECT model_registry_reach(%(place)s::tid, %(last)s)

-- name: turn_holder
SELECT lock.virtualtransaction, lock.pid
FROM pg_locks AS lock
WHERE lock.relation = to_regclass('model_registry_turn')
  AND lock.database = (SELECT here.oid FROM pg_database AS here WHERE here.datname = current_database())
  AND lock.mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock') AND lock.granted
ORDER BY lock.pid
LIMIT 1

-- name: rebuild
SELECT rebuilt.number, rebuilt.last FROM model_registry_rebuild(%(after)s, %(most)s) AS rebuilt

-- name: vacuum
VACUUM (ANALYZE)
    model_registry_projection, model_registry_metrics, model_registry_evidence, model_registry_search,
    model_registry_unindexed, model_registry_counts, model_registry_evidence_counts, model_registry_evidence_totals,
    model_registry_fallen_counts, model_registry_changes, model_registry_headlines, model_registry_edges,
    model_registry_not_sound, model_registry_state_changes, model_registry_due, model_registry_described,
    model_registry_word_changes, model_registry_words_due, model_registry_stale_words

-- name: create_turn
CREATE TABLE IF NOT EXISTS model_registry_turn ()

-- name: take_turn
LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE

-- name: put_home_first
-- Home is the schema of the installed objects, else that of the host's tables by the search path.
SELECT set_config('search_path', quote_ident(namespace.nspname) || ', ' || current_setting('search_path'), true)
FROM pg_class AS relation
JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
WHERE relation.oid = coalesce(to_regclass('model_registry_projection'), to_regclass('artifacts'))

-- name: settings
SELECT current_setting('search_path'), current_setting('lock_timeout')

-- name: set_back
SELECT set_config('search_path', %(path)s, true), set_config('lock_timeout', %(timeout)s, true)

-- name: wait_at_most
SELECT set_config('lock_timeout', %(milliseconds)s, true)

-- name: unlogged
SELECT unlogged.host::text, unlogged.logging::text FROM model_registry_unlogged() AS unlogged ORDER BY unlogged.host

-- name: attach
LOCK TABLE {host} IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE TRIGGER model_registry_inserted AFTER INSERT ON {host}
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION {logging}();
CREATE OR REPLACE TRIGGER model_registry_updated AFTER UPDATE ON {host}
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION {logging}();
CREATE OR REPLACE TRIGGER model_registry_deleted AFTER DELETE ON {host}
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION {logging}();
CREATE OR REPLACE TRIGGER model_registry_truncated AFTER TRUNCATE ON {host}
    FOR EACH STATEMENT EXECUTE FUNCTION {logging}()

-- name: finish
-- Only triggers on tables of another owner still run functions of an earlier release.
DO $$
DECLARE
    own regprocedure;
BEGIN
    FOR own IN
        SELECT function.oid
        FROM pg_proc AS function
        WHERE starts_with(function.proname, 'model_registry_')
          AND function.pronamespace = quote_ident(current_schema())::regnamespace
          AND function.prorettype = 'trigger'::regtype AND right(function.proname, 8) <> '_changed'
    LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', own);
    END LOOP;
END
$$;
-- A database without artifacts has nothing to build.
DELETE FROM model_registry_builds
WHERE NOT EXISTS (SELECT FROM artifacts) AND NOT EXISTS (SELECT FROM artifact_links)
  AND NOT EXISTS (SELECT FROM model_registry_projection)

-- name: has_unfinished_index
SELECT index.indexrelid FROM pg_index AS index
WHERE index.indexrelid = to_regclass(%(name)s) AND NOT index.indisvalid

-- name: drop_unfinished_index
DROP INDEX CONCURRENTLY IF EXISTS {name}

-- name: model_registry_links_by_target
CREATE INDEX CONCURRENTLY IF NOT EXISTS model_registry_links_by_target ON artifact_links (target_artifact_id)

-- name: model_registry_versions_by_base
CREATE INDEX CONCURRENTLY IF NOT EXISTS model_registry_versions_by_base ON model_versions (base_model_id)
WHERE base_model_id IS NOT NULL

-- name: model_registry_artifacts_by_successor
CREATE INDEX CONCURRENTLY IF NOT EXISTS model_registry_artifacts_by_successor ON artifacts (superseded_by)
WHERE superseded_by IS NOT NULL

-- name: log_length
SELECT (SELECT count(*) FROM model_registry_changes) + (SELECT count(*) FROM model_registry_state_changes)
    + (SELECT count(*) FROM model_registry_word_changes) + (SELECT count(*) FROM model_registry_words_due)
    + (SELECT count(*) FROM model_registry_due) + (SELECT count(*) FROM model_registry_builds)

-- name: is_log_longer
SELECT EXISTS (SELECT FROM model_registry_changes OFFSET %(than)s) OR EXISTS (SELECT FROM model_registry_due OFFSET %(than)s)
    OR EXISTS (SELECT FROM model_registry_word_changes OFFSET %(than)s)

-- name: differing
-- Models whose rows in the projection or a table beside it differ from the judge's; models that an entry of the log can
-- affect need not agree yet. Where a count is wrong, one of the counted models.
WITH every AS MATERIALIZED (SELECT model.* FROM model_registry_models AS model),
judged AS (
    SELECT every::model_registry_projection AS whole, model_registry_fits(every::model_registry_projection) AS fits FROM every
),
told AS MATERIALIZED (
    SELECT of_models.*
    FROM (
        SELECT array_agg(every.id) AS ids, array_agg(piece.id) AS evidence
        FROM every
        CROSS JOIN LATERAL unnest(model_registry_told_evidence(every.datasets, every.analyses, every.hypotheses)) AS piece (id)
    ) AS named
    CROSS JOIN LATERAL model_registry_told_of(named.ids, named.evidence) AS of_models
),
every_source AS (
    SELECT ARRAY(
        SELECT artifact.id FROM artifacts AS artifact
        UNION SELECT link.source_artifact_id FROM artifact_links AS link
        UNION SELECT fallen.id COLLATE "default" FROM model_registry_not_sound AS fallen
        EXCEPT SELECT waiting.id
               FROM unnest(model_registry_unsettled(ARRAY(SELECT affected.id FROM model_registry_affected() AS affected)))
                   AS waiting (id)
    ) AS ids
)
SELECT compared.id
FROM (
    SELECT held.id, 'projection' AS relation, held::text AS content, 1 AS times FROM model_registry_projection AS held
    UNION ALL
    SELECT held.id, 'unindexed', held::text, 1 FROM model_registry_unindexed AS held
    UNION ALL
    SELECT held.id, 'metrics', held::text, 1 FROM model_registry_metrics AS held
    UNION ALL
    SELECT held.id, 'evidence', held::text, 1 FROM model_registry_evidence AS held
    UNION ALL
    SELECT held.id, 'search', held::text, 1 FROM model_registry_search AS held
    UNION ALL
    SELECT held.id, 'headlines', NULL, 1 FROM model_registry_headlines AS held
    UNION ALL
    SELECT evaluated.id, 'headlines', NULL, -1
    FROM model_registry_evaluated(ARRAY(
        SELECT (judged.whole).id COLLATE "default" FROM judged  -- that of the host's index
    )) AS evaluated
    UNION ALL
    SELECT (judged.whole).id, CASE WHEN judged.fits THEN 'projection' ELSE 'unindexed' END, judged.whole::text, -1
    FROM judged
    UNION ALL
    SELECT narrow.id, 'metrics', narrow::text, -1
    FROM judged CROSS JOIN LATERAL model_registry_metric_rows(judged.whole) AS narrow WHERE judged.fits
    UNION ALL
    SELECT narrow.id, 'evidence', narrow::text, -1
    FROM judged CROSS JOIN LATERAL model_registry_evidence_rows(judged.whole) AS narrow WHERE judged.fits
    UNION ALL
    SELECT narrow.id, 'search', narrow::text, -1
    FROM judged
    LEFT JOIN told ON told.id = (judged.whole).id
    CROSS JOIN LATERAL model_registry_search_rows(judged.whole, told.words, told.told, told.watches) AS narrow
) AS compared
WHERE NOT EXISTS (SELECT FROM model_registry_builds)
    AND compared.id NOT IN (
        SELECT waiting.id FROM model_registry_waiting() AS waiting
    )
    AND (compared.relation <> 'search' OR compared.id NOT IN (
        SELECT waiting.id FROM model_registry_to_be_reworded() AS waiting
    ))
GROUP BY compared.id, compared.relation, compared.content
HAVING sum(compared.times) <> 0
UNION
-- Kept words of what models rest on that nothing waits for.
SELECT held.id
FROM model_registry_described AS held
WHERE held.words IS DISTINCT FROM model_registry_description(held.id COLLATE "default")
    AND NOT EXISTS (SELECT FROM model_registry_builds)
    AND held.id NOT IN (
        SELECT change.artifact_id FROM model_registry_word_changes AS change
        UNION SELECT change.artifact_id FROM model_registry_changes AS change
    )
UNION
SELECT coalesce(min(counted.id), '(counted, but not there)')
FROM (
    SELECT NULL AS id, kept.family, kept.is_latest, kept.complete, kept.origin_type, kept.promotion_state, kept.lifecycle_state,
           kept.number
    FROM model_registry_counts AS kept
    UNION ALL
    SELECT model.id, model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state, model.lifecycle_state, -1
    FROM model_registry_projection AS model
) AS counted
GROUP BY counted.family, counted.is_latest, counted.complete, counted.origin_type, counted.promotion_state,
         counted.lifecycle_state
HAVING sum(counted.number) <> 0
UNION
SELECT coalesce(min(counted.id), '(counted, but not there)')
FROM (
    SELECT NULL AS id, kept.kind, kept.artifact_id,
           kept.family, kept.is_latest, kept.complete, kept.origin_type, kept.promotion_state, kept.lifecycle_state,
           kept.number
    FROM model_registry_evidence_counts AS kept
    UNION ALL
    SELECT found.id, found.kind, found.artifact_id,
           found.family, found.is_latest, found.complete, found.origin_type, found.promotion_state, found.lifecycle_state, -1
    FROM model_registry_evidence AS found
    WHERE found.kind <> 'analysis'
) AS counted
GROUP BY counted.kind, counted.artifact_id,
         counted.family, counted.is_latest, counted.complete, counted.origin_type, counted.promotion_state,
         counted.lifecycle_state
HAVING sum(counted.number) <> 0
UNION
SELECT coalesce(min(counted.id), '(counted, but not there)')
FROM (
    SELECT NULL AS id, kept.kind, kept.artifact_id, kept.number FROM model_registry_evidence_totals AS kept
    UNION ALL
    SELECT found.id, found.kind, found.artifact_id, -1 FROM model_registry_evidence AS found WHERE found.kind <> 'analysis'
) AS counted
GROUP BY counted.kind, counted.artifact_id
HAVING sum(counted.number) <> 0
UNION
SELECT coalesce(min(counted.id), '(counted, but not there)')
FROM (
    SELECT NULL AS id, kept.status, kept.family, kept.is_latest, kept.complete, kept.origin_type, kept.promotion_state,
           kept.lifecycle_state, kept.number
    FROM model_registry_fallen_counts AS kept
    UNION ALL
    SELECT model.id, fallen.status, model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state,
           model.lifecycle_state, -1
    FROM model_registry_not_sound AS fallen
    JOIN model_registry_projection AS model ON model.id = fallen.id
) AS counted
GROUP BY counted.status, counted.family, counted.is_latest, counted.complete, counted.origin_type, counted.promotion_state,
         counted.lifecycle_state
HAVING sum(counted.number) <> 0
UNION
-- What does not agree with its neighbours, of all that could, and whose edges are others than those kept; what waits need not
-- yet.
SELECT settled.id
FROM every_source
CROSS JOIN LATERAL model_registry_settled(every_source.ids, '{}', false) AS settled
WHERE NOT EXISTS (SELECT FROM model_registry_builds)
UNION
SELECT compared.source_id
FROM (
    SELECT held.*, 1 AS times FROM model_registry_edges AS held
    UNION ALL
    SELECT edge.*, -1 FROM every_source CROSS JOIN LATERAL model_registry_edges_of(every_source.ids) AS edge
) AS compared
WHERE NOT EXISTS (SELECT FROM model_registry_builds)
    AND compared.source_id NOT IN (SELECT waiting.id FROM unnest(model_registry_connecting()) AS waiting (id))
GROUP BY compared.source_id, compared.target_id, compared.relation, compared.origin, compared.source_type, compared.is_earlier,
         compared.is_test
HAVING sum(compared.times) <> 0
UNION
SELECT held.id
FROM (
    SELECT fallen.id FROM model_registry_not_sound AS fallen WHERE fallen.pins_differ
    UNION ALL
    SELECT every.id FROM every WHERE every.pins_differ
) AS held
WHERE NOT EXISTS (SELECT FROM model_registry_builds)
    AND held.id NOT IN (SELECT waiting.id FROM model_registry_waiting() AS waiting)
GROUP BY held.id
HAVING count(*) = 1
UNION
SELECT fallen.id
FROM model_registry_not_sound AS fallen
WHERE fallen.status <> model_registry_status(fallen.outdated, fallen.disputed, fallen.retracted, fallen.pins_differ)
UNION
SELECT '(writes to ' || unlogged.host::text || ' are not logged: run init-db)' FROM model_registry_unlogged() AS unlogged
ORDER BY 1

-- name: readers
-- The roles with the right to read the installed objects; null means everybody.
SELECT DISTINCT nullif(acl.grantee, 0)::regrole::text
FROM pg_class AS relation
CROSS JOIN LATERAL aclexplode(relation.relacl) AS acl
WHERE starts_with(relation.relname, 'model_registry_') AND relation.relnamespace = quote_ident(current_schema())::regnamespace
  AND acl.privilege_type = 'SELECT' AND acl.grantee <> relation.relowner

-- name: let_read
SELECT model_registry_let_read(%(role)s)

-- name: views_of_the_host
-- The host's views over the installed objects, and views over these, with their definitions; views that others need first.
WITH RECURSIVE own AS (
    SELECT 'pg_class'::regclass AS class, relation.oid
    FROM pg_class AS relation
    WHERE starts_with(relation.relname, 'model_registry_') AND relation.relnamespace = quote_ident(current_schema())::regnamespace
    UNION ALL
    SELECT 'pg_type'::regclass, type.oid
    FROM pg_type AS type
    WHERE starts_with(type.typname, 'model_registry_') AND type.typnamespace = quote_ident(current_schema())::regnamespace
    UNION ALL
    SELECT 'pg_proc'::regclass, function.oid
    FROM pg_proc AS function
    WHERE starts_with(function.proname, 'model_registry_') AND function.pronamespace = quote_ident(current_schema())::regnamespace
),
reading AS (
    SELECT rule.oid AS rule, rule.ev_class AS relation, relation.relkind IN ('v', 'm') AS is_view
    FROM own
    JOIN pg_depend AS dependency ON dependency.refclassid = own.class AND dependency.refobjid = own.oid
    JOIN pg_rewrite AS rule ON dependency.classid = 'pg_rewrite'::regclass AND rule.oid = dependency.objid
    JOIN pg_class AS relation ON relation.oid = rule.ev_class
    WHERE rule.ev_class NOT IN (SELECT own.oid FROM own WHERE own.class = 'pg_class'::regclass)
),
over_it AS (
    SELECT reading.rule, reading.relation, reading.is_view, 1 AS height FROM reading
    UNION
    SELECT rule.oid, rule.ev_class, relation.relkind IN ('v', 'm'), over_it.height + 1
    FROM over_it
    JOIN pg_depend AS dependency ON dependency.refclassid = 'pg_class'::regclass AND dependency.refobjid = over_it.relation
    JOIN pg_rewrite AS rule ON dependency.classid = 'pg_rewrite'::regclass AND rule.oid = dependency.objid
    JOIN pg_class AS relation ON relation.oid = rule.ev_class
    WHERE over_it.is_view AND rule.ev_class <> over_it.relation
),
named AS (
    SELECT relation.oid AS view, max(over_it.height) AS height,
           CASE relation.relkind WHEN 'm' THEN 'MATERIALIZED VIEW ' ELSE 'VIEW ' END AS kind,
           quote_ident(namespace.nspname) || '.' || quote_ident(relation.relname) AS name,
           relation.reloptions, relation.relowner, relation.relacl, relation.relispopulated
    FROM over_it
    JOIN pg_class AS relation ON relation.oid = over_it.relation
    JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
    WHERE over_it.is_view
    GROUP BY relation.oid, namespace.oid
)
SELECT made.name, made.again, made.filled
FROM (
    SELECT named.height, named.kind || named.name AS name, concat_ws(
        E';\n',
        'CREATE ' || named.kind || named.name || coalesce(' WITH (' || array_to_string(named.reloptions, ', ') || ')', '')
            || ' AS ' || rtrim(pg_get_viewdef(named.view), ';')
            || CASE named.kind WHEN 'VIEW ' THEN '' ELSE E'\nWITH NO DATA' END,
        'COMMENT ON ' || named.kind || named.name || ' IS ' || quote_literal(obj_description(named.view, 'pg_class')),
        (SELECT string_agg(
            concat_ws(
                E';\n',
                'COMMENT ON COLUMN ' || named.name || '.' || quote_ident(part.attname)
                    || ' IS ' || quote_literal(col_description(part.attrelid, part.attnum)),
                'ALTER VIEW ' || named.name || ' ALTER ' || quote_ident(part.attname)
                    || ' SET DEFAULT ' || pg_get_expr(preset.adbin, preset.adrelid)
            ), E';\n' ORDER BY part.attnum
         )
         FROM pg_attribute AS part
         LEFT JOIN pg_attrdef AS preset ON preset.adrelid = part.attrelid AND preset.adnum = part.attnum
         WHERE part.attrelid = named.view AND part.attnum > 0
             AND (preset.oid IS NOT NULL OR col_description(part.attrelid, part.attnum) IS NOT NULL)),
        (SELECT string_agg(rtrim(pg_get_ruledef(rule.oid), ';'), E';\n')
         FROM pg_rewrite AS rule WHERE rule.ev_class = named.view AND rule.rulename <> '_RETURN'),
        (SELECT string_agg(pg_get_triggerdef(trigger.oid), E';\n')
         FROM pg_trigger AS trigger WHERE trigger.tgrelid = named.view AND NOT trigger.tgisinternal),
        'ALTER ' || named.kind || named.name || ' OWNER TO ' || named.relowner::regrole,
        format('SELECT model_registry_give_rights(%L, %L)', named.name, named.relacl),
        (SELECT string_agg(
            format('SELECT model_registry_give_rights(%L, %L, %L)', named.name, part.attacl, part.attname), E';\n'
         ) FROM pg_attribute AS part WHERE part.attrelid = named.view AND part.attnum > 0 AND part.attacl IS NOT NULL),
        -- As its owner from here on: expressions and queries of others must not run with the rights of the installing role.
        (SELECT string_agg(pg_get_indexdef(index.indexrelid), E';\n') FROM pg_index AS index WHERE index.indrelid = named.view)
    ) AS again,
    CASE WHEN named.kind <> 'VIEW ' AND named.relispopulated THEN 'REFRESH ' || named.kind || named.name END AS filled
    FROM named
    UNION ALL
    -- A rule on a table of the host leaves the table where it is.
    SELECT DISTINCT NULL::integer, format('RULE %I ON %s', rule.rulename, rule.ev_class::regclass), pg_get_ruledef(rule.oid), NULL
    FROM over_it
    JOIN pg_rewrite AS rule ON rule.oid = over_it.rule
    WHERE NOT over_it.is_view
) AS made
ORDER BY made.height NULLS LAST, made.name
