-- What the triggers on the host's three tables run: they log the ids of rows that changed.

-- They run with their owner's rights, as writers of the host have none on the log. So only the owner may attach one to a
-- table (privileges.sql), each acts on its own table only, their search path is fixed, and all names are qualified. Each
-- table has its own function, as a trigger with the column as argument would plan its statement at every write.
--
-- An update is logged if it changes a column that the judge or a search reads for rows of that type (`read`). A column that
-- only the standing reads (`stands`) is logged apart, as it changes no verdict; so is one that only a search reads (`worded`).
-- Images are compared (*<>), as 1 and 1.0 are equal but shown differently.
DO $do$
DECLARE
    host record;
BEGIN
    FOR host IN
        SELECT namespace.nspname AS schema, named.relation, named.suffix, named.key, named.affected, named.read,
               named.worded, named.stands, named.also_deleted, named.also_updated
        FROM (
            VALUES
            ('artifacts', 'artifacts', 'id', 'id', $$
                before.artifact_type IS DISTINCT FROM after.artifact_type
                -- Columns that a pin names.
                OR ROW(before.version_number, before.content_hash)::record *<> ROW(after.version_number, after.content_hash)::record
                OR after.artifact_type = 'model'
                AND ROW(before.is_latest, before.quality_score, before.lifecycle_state, before.title,
                        before.version_number, before.version_tag, before.origin_type, before.created_by, before.created_at,
                        before.metadata)::record
                    *<> ROW(after.is_latest, after.quality_score, after.lifecycle_state, after.title,
                            after.version_number, after.version_tag, after.origin_type, after.created_by, after.created_at,
                            after.metadata)::record
                OR after.artifact_type = 'analysis'
                AND ROW(before.parent_version_id, before.provenance_chain, before.metadata -> 'pinned_artifacts')::record
                    *<> ROW(after.parent_version_id, after.provenance_chain, after.metadata -> 'pinned_artifacts')::record
                OR after.artifact_type = 'evaluation'
                AND ROW(before.metadata, before.created_at, before.version_tag, before.lifecycle_state, before.superseded_by)::record
                    *<> ROW(after.metadata, after.created_at, after.version_tag, after.lifecycle_state, after.superseded_by)::record
            $$, $$
                after.artifact_type IN ('dataset', 'tabular_dataset', 'analysis', 'hypothesis', 'paper')
                AND (before.title <> after.title OR ROW(before.metadata)::record *<> ROW(after.metadata)::record AND (
                    SELECT jsonb_object_agg(entry.key, entry.value)
                    FROM jsonb_each(CASE jsonb_typeof(before.metadata) WHEN 'object' THEN before.metadata ELSE '{}' END) AS entry
                    WHERE entry.key = ANY (TOLD_KEYS)
                ) IS DISTINCT FROM (
                    SELECT jsonb_object_agg(entry.key, entry.value)
                    FROM jsonb_each(CASE jsonb_typeof(after.metadata) WHEN 'object' THEN after.metadata ELSE '{}' END) AS entry
                    WHERE entry.key = ANY (TOLD_KEYS)
                ))
            $$, $$
                STATE(before) IS DISTINCT FROM STATE(after)
                OR ROW(before.superseded_by, before.parent_version_id)::record
                *<> ROW(after.superseded_by, after.parent_version_id)::record
            $$, '', ''),
            ('artifact_links', 'links', 'id', 'source_artifact_id', $$
                ROW(before.source_artifact_id, before.target_artifact_id, before.link_type)::record
                *<> ROW(after.source_artifact_id, after.target_artifact_id, after.link_type)::record
            $$, 'false', 'false',
             -- A deleted evaluation no longer leads to its model.
             $$ UNION SELECT before.target_artifact_id FROM before WHERE before.link_type = 'evaluates'$$,
             $$, CASE WHEN before.link_type = 'evaluates' THEN before.target_artifact_id END AS evaluated_id$$),
            ('model_versions', 'versions', 'artifact_id', 'artifact_id', $$
                ROW(before.artifact_id, before.promotion_state, before.eval_metrics_json)::record
                *<> ROW(after.artifact_id, after.promotion_state, after.eval_metrics_json)::record
            $$, 'false', 'before.base_model_id IS DISTINCT FROM after.base_model_id', '', '')
        ) AS named (relation, suffix, key, affected, read, worded, stands, also_deleted, also_updated)
        JOIN pg_class AS relation ON relation.oid = named.relation::regclass
        JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
    LOOP
        EXECUTE format($create$
            CREATE OR REPLACE FUNCTION model_registry_%1$s_changed() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
            DECLARE
                logged bigint;
                place pg_catalog.tid;
            BEGIN
                IF TG_TABLE_SCHEMA <> %2$L OR TG_TABLE_NAME <> %3$L THEN
                    RETURN NULL;
                END IF;
                CASE TG_OP
                    WHEN 'INSERT' THEN
                        INSERT INTO %4$I.model_registry_changes (artifact_id) SELECT DISTINCT after.%6$I FROM after;
                        GET DIAGNOSTICS logged = ROW_COUNT;
                    WHEN 'DELETE' THEN
                        INSERT INTO %4$I.model_registry_changes (artifact_id) SELECT DISTINCT before.%6$I FROM before%8$s;
                        GET DIAGNOSTICS logged = ROW_COUNT;
                    WHEN 'UPDATE' THEN
                        WITH changed AS MATERIALIZED (
                            SELECT before.%6$I AS before_id, after.%6$I AS after_id%9$s,
                                   (%7$s) IS TRUE AS is_read, (%12$s) IS TRUE AS is_worded, (%10$s) IS TRUE AS stands
                            FROM before FULL JOIN after ON after.%5$I = before.%5$I
                        ),
                        standing AS (
                            INSERT INTO %4$I.model_registry_state_changes (artifact_id)
                            SELECT DISTINCT changed.after_id FROM changed WHERE changed.stands AND NOT changed.is_read
                        ),
                        worded AS (
                            INSERT INTO %4$I.model_registry_word_changes (artifact_id)
                            SELECT DISTINCT changed.after_id FROM changed WHERE changed.is_worded AND NOT changed.is_read
                            RETURNING 1
                        ),
                        read AS (
                            INSERT INTO %4$I.model_registry_changes (artifact_id)
                            SELECT DISTINCT named.id FROM changed
                            CROSS JOIN LATERAL (VALUES (changed.before_id), (changed.after_id)%11$s) AS named (id)
                            WHERE named.id IS NOT NULL AND changed.is_read
                            RETURNING 1
                        )
                        SELECT greatest((SELECT count(*) FROM read), (SELECT count(*) FROM worded)) INTO logged;
                    ELSE  -- a truncated table has no rows to log
                        INSERT INTO %4$I.model_registry_builds DEFAULT VALUES;
                END CASE;
                IF logged >= 500 THEN
                    INSERT INTO %4$I.model_registry_bulks DEFAULT VALUES RETURNING ctid INTO place;
                    DELETE FROM %4$I.model_registry_bulks WHERE ctid = place;
                END IF;
                RETURN NULL;
            END
            $body$;
        $create$, host.suffix, host.schema, host.relation, current_schema(), host.key, host.affected,
            host.read,
            host.also_deleted, host.also_updated, replace(regexp_replace(
                host.stands, 'STATE\((\w+)\)',
                'SCHEMA.model_registry_mark(SCHEMA.model_registry_word(\1.version_tag), SCHEMA.model_registry_word(\1.lifecycle_state))',
                'g'
            ), 'SCHEMA', quote_ident(current_schema())), CASE host.also_updated WHEN '' THEN '' ELSE ', (changed.evaluated_id)' END,
            replace(host.worded, 'TOLD_KEYS', quote_literal(model_registry_told_keys()) || '::text[]'));
    END LOOP;
END
$do$;

-- The models that a change of these ids can affect: the ids themselves, models that watch one of them, and models that they
-- evaluate. Each id is looked up by itself, whatever the statistics of a table that was just empty. Ids come into the log in the
-- order of hashes, and hash tables that are filled so may grow out of memory: duplicates are found by sorting.
CREATE OR REPLACE FUNCTION model_registry_watching(ids text[]) RETURNS TABLE (id text) LANGUAGE sql STABLE
SET enable_seqscan = off SET jit = off SET enable_hashagg = off AS $$
    WITH changed AS MATERIALIZED (SELECT DISTINCT logged.id FROM unnest(ids) AS logged (id))
    SELECT changed.id FROM changed
    UNION
    SELECT watching.id
    FROM changed
    JOIN model_registry_search AS watching ON watching.watches @> ARRAY[model_registry_key(changed.id)]
    UNION
    SELECT evaluation.model_id
    FROM changed
    CROSS JOIN LATERAL (
        SELECT link.target_artifact_id AS model_id
        FROM artifact_links AS link
        WHERE link.source_artifact_id = changed.id AND link.link_type = 'evaluates'
        OFFSET 0
    ) AS evaluation
$$;
