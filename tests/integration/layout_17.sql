-- What `init-db` of 26 November 2026 left in an empty database: layout 17 of the projection, with the tables of the host.
-- Written by it and read back by pg_dump 15 (--schema-only --no-owner --no-acl), without comments and blank lines; lower() by
-- the collation that each server has.
SET check_function_bodies = false;
CREATE TYPE public.model_registry_found AS (
	id text,
	kind text,
	artifact_id text,
	place bigint
);
CREATE FUNCTION public.artifacts_count_mutation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
        NEW.version := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.version + 1 END;
        NEW.last_mutated_at := clock_timestamp();
        RETURN NEW;
    END
    $$;
CREATE FUNCTION public.model_registry_affected() RETURNS TABLE(id text)
    LANGUAGE plpgsql STABLE ROWS 1
    AS $$
BEGIN
    IF NOT model_registry_is_built() THEN
        RETURN QUERY SELECT model.id FROM artifacts AS model WHERE model.artifact_type = 'model'
        UNION
        SELECT projected.id FROM model_registry_projection AS projected
        UNION
        SELECT projected.id FROM model_registry_unindexed AS projected;
    ELSIF EXISTS (SELECT FROM model_registry_changes) THEN
        RETURN QUERY SELECT waiting.id FROM model_registry_waiting() AS waiting;
    ELSE
        RETURN QUERY SELECT due.id FROM model_registry_due AS due;
    END IF;
END
$$;
CREATE FUNCTION public.model_registry_affected_of(ids text[]) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
BEGIN
    IF NOT model_registry_is_built() THEN
        RETURN ARRAY(SELECT DISTINCT asked.id FROM unnest(ids) AS asked (id));
    ELSIF NOT EXISTS (SELECT FROM model_registry_changes) AND NOT EXISTS (SELECT FROM model_registry_due) THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT due.id FROM model_registry_due AS due WHERE due.id = ANY (ids)
        UNION ALL
        SELECT watched.model_id
        FROM (
            SELECT asked.id, model_registry_key(asked.id) FROM unnest(ids) AS asked (id)
            UNION ALL
            SELECT asked.id, watch.id
            FROM unnest(ids) AS asked (id)
            CROSS JOIN LATERAL (
                SELECT searched.watches FROM model_registry_search AS searched WHERE searched.id = asked.id OFFSET 0
            ) AS watching
            CROSS JOIN LATERAL unnest(watching.watches) AS watch (id)
        ) AS watched (model_id, id)
        JOIN model_registry_changes AS change ON model_registry_key(change.artifact_id) = watched.id
    );
END
$$;
CREATE FUNCTION public.model_registry_any_word(words text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(string_agg(sought.beginning, ' | '), ''' ''')::tsquery FROM model_registry_sought(words) AS sought
$$;
CREATE FUNCTION public.model_registry_artifacts_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
            BEGIN
                IF TG_TABLE_SCHEMA <> 'public' OR TG_TABLE_NAME <> 'artifacts' THEN
                    RETURN NULL;
                END IF;
                CASE TG_OP
                    WHEN 'INSERT' THEN
                        INSERT INTO public.model_registry_changes (artifact_id) SELECT DISTINCT after.id FROM after;
                    WHEN 'DELETE' THEN
                        INSERT INTO public.model_registry_changes (artifact_id) SELECT DISTINCT before.id FROM before;
                    WHEN 'UPDATE' THEN
                        WITH changed AS MATERIALIZED (
                            SELECT before.id AS before_id, after.id AS after_id,
                                   (
                before.artifact_type IS DISTINCT FROM after.artifact_type
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
                OR after.artifact_type IN ('dataset', 'tabular_dataset', 'analysis', 'hypothesis', 'paper')
                AND (before.title <> after.title OR ROW(before.metadata)::record *<> ROW(after.metadata)::record AND (
                    SELECT jsonb_object_agg(entry.key, entry.value)
                    FROM jsonb_each(CASE jsonb_typeof(before.metadata) WHEN 'object' THEN before.metadata ELSE '{}' END) AS entry
                    WHERE entry.key = ANY ('{description,summary,abstract,statement,citation,keywords,tags,method,subjects,outcome,disease,condition,organism,species,tissue,assay}'::text[])
                ) IS DISTINCT FROM (
                    SELECT jsonb_object_agg(entry.key, entry.value)
                    FROM jsonb_each(CASE jsonb_typeof(after.metadata) WHEN 'object' THEN after.metadata ELSE '{}' END) AS entry
                    WHERE entry.key = ANY ('{description,summary,abstract,statement,citation,keywords,tags,method,subjects,outcome,disease,condition,organism,species,tissue,assay}'::text[])
                ))
                OR after.artifact_type = 'evaluation'
                AND ROW(before.metadata, before.created_at, before.version_tag, before.lifecycle_state, before.superseded_by)::record
                    *<> ROW(after.metadata, after.created_at, after.version_tag, after.lifecycle_state, after.superseded_by)::record
            ) IS TRUE AS is_read, (
                CASE
                WHEN before.version_tag = 'retracted' OR before.lifecycle_state = 'rejected' THEN 3
                WHEN before.lifecycle_state IN ('flagged', 'challenged') THEN 2
                WHEN before.lifecycle_state IN ('deprecated', 'superseded') THEN 1
            END IS DISTINCT FROM CASE
                WHEN after.version_tag = 'retracted' OR after.lifecycle_state = 'rejected' THEN 3
                WHEN after.lifecycle_state IN ('flagged', 'challenged') THEN 2
                WHEN after.lifecycle_state IN ('deprecated', 'superseded') THEN 1
            END
                OR ROW(before.superseded_by, before.parent_version_id)::record
                *<> ROW(after.superseded_by, after.parent_version_id)::record
            ) IS TRUE AS stands
                            FROM before FULL JOIN after ON after.id = before.id
                        ),
                        judged AS (
                            INSERT INTO public.model_registry_changes (artifact_id)
                            SELECT DISTINCT named.id FROM changed
                            CROSS JOIN LATERAL (VALUES (changed.before_id), (changed.after_id)) AS named (id)
                            WHERE named.id IS NOT NULL AND changed.is_read
                        )
                        INSERT INTO public.model_registry_state_changes (artifact_id)
                        SELECT DISTINCT changed.after_id FROM changed WHERE changed.stands AND NOT changed.is_read;
                    ELSE  -- a truncated table has no rows to log
                        INSERT INTO public.model_registry_builds DEFAULT VALUES;
                END CASE;
                RETURN NULL;
            END
            $$;
CREATE FUNCTION public.model_registry_ask_headlines(ids text[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    evaluated text[] := ARRAY(SELECT DISTINCT model.id FROM model_registry_evaluated(ids) AS model);
BEGIN
    DELETE FROM model_registry_headlines AS headline WHERE headline.id = ANY (ids) AND headline.id <> ALL (evaluated);
    INSERT INTO model_registry_headlines AS headline (id, due)
    SELECT model.id, gen_random_uuid() FROM unnest(evaluated) AS model (id)
    ON CONFLICT (id) DO UPDATE SET due = excluded.due, claimed_at = NULL;
END
$$;
CREATE FUNCTION public.model_registry_badness(state text) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE state WHEN 'retracted' THEN 3 WHEN 'disputed' THEN 2 WHEN 'outdated' THEN 1 ELSE 0 END
$$;
CREATE FUNCTION public.model_registry_build(most integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
DECLARE
    places text[];
    next_ids text[];
BEGIN
    WITH due AS (
        DELETE FROM model_registry_builds AS build RETURNING build.built_to
    )
    SELECT array_agg(due.built_to) INTO places FROM due;
    next_ids := model_registry_next_models(CASE cardinality(places) WHEN 1 THEN places[1] END, most);
    IF next_ids IS NULL THEN
        PERFORM model_registry_tidy();
        RETURN 0;
    END IF;
    PERFORM model_registry_project(next_ids);
    INSERT INTO model_registry_builds (built_to) VALUES (next_ids[cardinality(next_ids)]);
    RETURN cardinality(next_ids);
END
$$;
CREATE FUNCTION public.model_registry_causes(node_roots text[], node_ids text[], node_depths integer[], node_befores text[], fault_roots text[], fault_ids text[], fault_reasons text[], most integer) RETURNS TABLE(root text, status text, because jsonb, number bigint)
    LANGUAGE sql STABLE
    AS $$
    WITH RECURSIVE node AS MATERIALIZED (
        SELECT known.root, known.id, known.depth, known.before
        FROM unnest(node_roots, node_ids, node_depths, node_befores) AS known (root, id, depth, before)
    ),
    fault AS (
        SELECT known.root, known.id, min(known.reason) AS reason
        FROM unnest(fault_roots, fault_ids, fault_reasons) AS known (root, id, reason)
        GROUP BY known.root, known.id
    ),
    reached AS (
        SELECT node.root, node.id, node.depth, node.before, fault.reason
        FROM node
        LEFT JOIN fault ON fault.root = node.root AND fault.id = node.id
        UNION ALL
        SELECT fault.root, fault.id, 1, fault.root, fault.reason
        FROM fault
        WHERE (fault.root, fault.id) NOT IN (SELECT node.root, node.id FROM node)
    ),
    cause AS MATERIALIZED (
        SELECT judged.root, judged.id, judged.depth, judged.before, judged.artifact_type, judged.title, judged.state,
               CASE WHEN judged.state = judged.own_state THEN judged.changelog ELSE judged.reason END AS reason,
               row_number() OVER (
                   PARTITION BY judged.root, model_registry_badness(judged.state) ORDER BY judged.depth, judged.id COLLATE "C"
               ) AS of_state,
               max(model_registry_badness(judged.state)) OVER (PARTITION BY judged.root) AS worst
        FROM (
            SELECT reached.root, reached.id, reached.depth, reached.before, reached.reason, registered.artifact_type,
                   registered.title, registered.changelog, own.state AS own_state,
                   CASE WHEN reached.reason IS NULL OR own.state = 'retracted' THEN own.state ELSE 'disputed' END AS state
            FROM reached
            LEFT JOIN LATERAL (
                SELECT artifact.artifact_type, artifact.title, artifact.changelog,
                       model_registry_state(artifact.version_tag, artifact.lifecycle_state, artifact.superseded_by) AS state
                FROM artifacts AS artifact
                WHERE artifact.id = reached.id
                OFFSET 0
            ) AS registered ON true
            CROSS JOIN LATERAL (SELECT coalesce(registered.state, 'sound') AS state OFFSET 0) AS own
        ) AS judged
        WHERE judged.state <> 'sound'
    ),
    told AS MATERIALIZED (
        SELECT placed.root, placed.id, placed.depth, placed.before, placed.artifact_type, placed.title, placed.state,
               placed.reason
        FROM (
            SELECT cause.root, cause.id, cause.depth, cause.before, cause.artifact_type, cause.title, cause.state, cause.reason,
                   row_number() OVER (
                       PARTITION BY cause.root
                       ORDER BY cause.of_state = 1 AND model_registry_badness(cause.state) = cause.worst DESC, cause.depth,
                                model_registry_badness(cause.state) DESC, cause.id COLLATE "C"
                   ) AS place
            FROM cause
        ) AS placed
        WHERE placed.place <= most
    ),
    path (root, cause, id, before, ids) AS (
        SELECT told.root, told.id, told.id, told.before, ARRAY[told.id] FROM told
        UNION ALL
        SELECT path.root, path.cause, node.id, node.before, node.id || path.ids
        FROM path
        JOIN node ON node.root = path.root AND node.id = path.before
    )
    SELECT counted.root,
           CASE counted.worst WHEN 3 THEN 'retracted' WHEN 2 THEN 'disputed' ELSE 'outdated' END,
           listed.because, counted.number
    FROM (
        SELECT cause.root, max(cause.worst) AS worst, count(*) AS number FROM cause GROUP BY cause.root
    ) AS counted
    JOIN (
        SELECT told.root,
               jsonb_agg(jsonb_build_array(
                   told.id, model_registry_title(told.artifact_type), model_registry_title(told.title), told.state,
                   path.ids, model_registry_title(told.reason)
               ) ORDER BY told.depth, model_registry_badness(told.state) DESC, told.id COLLATE "C") AS because
        FROM told
        JOIN path ON path.root = told.root AND path.cause = told.id AND path.before IS NULL
        GROUP BY told.root
    ) AS listed ON listed.root = counted.root
$$;
CREATE FUNCTION public.model_registry_claims_hypothesis(metadata jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(
        metadata -> 'tests_hypothesis' = 'true'
        OR model_registry_has_texts(metadata -> 'tests_hypothesis_id')
        OR model_registry_has_texts(metadata -> 'hypothesis_id'),
        false
    )
$$;
CREATE FUNCTION public.model_registry_counts_anew() RETURNS void
    LANGUAGE sql
    AS $$
    DELETE FROM model_registry_counts;
    DELETE FROM model_registry_evidence_counts;
    SELECT model_registry_tally(ARRAY(SELECT model.id FROM model_registry_projection AS model), 1);
$$;
CREATE TABLE public.model_registry_projection (
    id text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    family text,
    version_number integer NOT NULL,
    version_tag text,
    is_latest boolean NOT NULL,
    quality_score double precision,
    quality_score_stored double precision,
    metrics jsonb NOT NULL,
    parameter_count numeric,
    datasets text[] NOT NULL,
    analyses text[] NOT NULL,
    hypotheses text[] NOT NULL,
    claims_hypothesis boolean NOT NULL,
    missing text[] NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    lifecycle_state text,
    promotion_state text,
    created_by text,
    created_at timestamp with time zone NOT NULL,
    title_key text NOT NULL COLLATE pg_catalog."C",
    unreadable text[] NOT NULL,
    headline_metric text,
    pins_differ boolean NOT NULL
);
COMMENT ON TABLE public.model_registry_projection IS 'layout 17';
CREATE FUNCTION public.model_registry_current(ids text[]) RETURNS SETOF public.model_registry_projection
    LANGUAGE plpgsql STABLE ROWS 10
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
    waiting text[] := model_registry_affected_of(ids);
BEGIN
    RETURN QUERY
    SELECT model.* FROM model_registry_projection AS model WHERE model.id = ANY (ids) AND model.id <> ALL (waiting)
    UNION ALL
    SELECT model.* FROM model_registry_unindexed AS model WHERE model.id = ANY (ids) AND model.id <> ALL (waiting);
    RETURN QUERY SELECT judged.* FROM model_registry_judge(waiting) AS judged;
END
$$;
CREATE FUNCTION public.model_registry_cut(value text, most integer) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE WHEN model_registry_is_longer(value, most) THEN left(value, most) || '…' ELSE value END
$$;
CREATE FUNCTION public.model_registry_dependencies(source_id text) RETURNS TABLE(target_id text, relation text, origin text)
    LANGUAGE sql STABLE
    AS $$
    SELECT dependency.target_id, dependency.relation, min(dependency.origin)  -- 'link' before 'metadata'
    FROM (
        SELECT link.target_artifact_id AS target_id, link.link_type AS relation, 'link' AS origin
        FROM model_registry_links_of(source_id, model_registry_graph_links()) AS link
        WHERE link.link_type NOT IN ('tests', 'tests_hypothesis', 'supports')
           OR (SELECT artifact.artifact_type = 'model' FROM artifacts AS artifact WHERE artifact.id = source_id)
        UNION ALL
        SELECT source.parent_version_id, 'derives_from', 'metadata'
        FROM artifacts AS source
        WHERE source.id = source_id AND source.parent_version_id <> ''
        UNION ALL
        SELECT version.base_model_id, 'fine_tuned_from', 'metadata'
        FROM model_versions AS version
        WHERE version.artifact_id = source_id AND version.base_model_id IS NOT NULL
        UNION ALL
        SELECT coalesce(resolved.id, named.name), named.relation, 'metadata'
        FROM model_registry_named_evidence_of(ARRAY[source_id]) AS named
        LEFT JOIN LATERAL model_registry_resolve(named.name, named.types) AS resolved ON true
    ) AS dependency
    WHERE octet_length(dependency.target_id) <= model_registry_most_id()
    GROUP BY dependency.target_id, dependency.relation
$$;
CREATE FUNCTION public.model_registry_dependents(ids text[], types text[], changing text[]) RETURNS TABLE(source_id text, target_id text)
    LANGUAGE sql STABLE
    AS $$
    WITH target AS MATERIALIZED (
        SELECT asked.id, asked.type FROM unnest(ids, types) AS asked (id, type)
    ),
    known AS (
        SELECT link.source_artifact_id AS source_id, target.id AS target_id, target.type
        FROM target
        CROSS JOIN LATERAL (
            SELECT every.source_artifact_id, every.link_type
            FROM artifact_links AS every
            WHERE every.target_artifact_id = target.id
              AND every.link_type = ANY (model_registry_graph_links() || ARRAY['evaluates'])
              AND octet_length(every.source_artifact_id) <= model_registry_most_id()
            OFFSET 0
        ) AS link
        WHERE link.link_type NOT IN ('tests', 'tests_hypothesis', 'supports')  -- only models test
           OR (SELECT source.artifact_type = 'model' FROM artifacts AS source WHERE source.id = link.source_artifact_id)
        UNION ALL
        SELECT evidence.id, target.id, target.type
        FROM target
        CROSS JOIN LATERAL (
            SELECT every.id FROM model_registry_evidence AS every
            WHERE every.kind = CASE target.type WHEN 'analysis' THEN 'analysis' ELSE 'dataset' END
              AND every.artifact_id = target.id
            OFFSET 0
        ) AS evidence
        WHERE target.type IN ('dataset', 'tabular_dataset', 'analysis')
          AND evidence.id NOT IN (SELECT waiting.id FROM unnest(changing) AS waiting (id))
        UNION ALL
        SELECT named.id, target.id, target.type
        FROM target
        CROSS JOIN LATERAL (
            SELECT every.id FROM model_registry_named AS every
            WHERE every.key = model_registry_key(target.id) AND every.name = target.id
            OFFSET 0
        ) AS named
        WHERE cardinality(ids) <= 500 AND named.id NOT IN (SELECT waiting.id FROM unnest(changing) AS waiting (id))
        UNION ALL
        SELECT named.id, target.id, target.type
        FROM target
        JOIN model_registry_named AS named ON named.name = target.id
        WHERE cardinality(ids) > 500 AND named.id NOT IN (SELECT waiting.id FROM unnest(changing) AS waiting (id))
        UNION ALL
        SELECT version.artifact_id, target.id, target.type
        FROM target
        CROSS JOIN LATERAL (
            SELECT every.artifact_id FROM model_versions AS every WHERE every.base_model_id = target.id OFFSET 0
        ) AS version
        WHERE cardinality(ids) <= 500
        UNION ALL
        SELECT version.artifact_id, target.id, target.type
        FROM target
        JOIN (
            SELECT every.artifact_id, every.base_model_id FROM model_versions AS every
            WHERE every.base_model_id IS NOT NULL
        ) AS version ON version.base_model_id = target.id
        WHERE cardinality(ids) > 500
    )
    SELECT known.source_id, known.target_id
    FROM known
    WHERE known.type IS DISTINCT FROM 'hypothesis'
       OR known.target_id IN (SELECT step.target_id FROM model_registry_rests_on(known.source_id COLLATE "default") AS step)
$$;
CREATE FUNCTION public.model_registry_document(metadata jsonb) RETURNS TABLE(document jsonb, is_read boolean)
    LANGUAGE sql STABLE
    AS $$
    SELECT CASE jsonb_typeof(unpacked.document) WHEN 'object' THEN unpacked.document ELSE '{}' END,
           unpacked.document IS NOT NULL
    FROM model_registry_unpacked(metadata) AS unpacked
    OFFSET 0
$$;
CREATE FUNCTION public.model_registry_document_text(stored jsonb, most integer) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $_$
DECLARE
    unpacked jsonb;
    written text;
BEGIN
    SELECT read.document INTO unpacked FROM model_registry_unpacked(stored) AS read;
    IF pg_column_size(unpacked) > most OR most / 131072 < jsonb_array_length(jsonb_path_query_array(
        unpacked, 'strict $.** ? (@.type() == "number" && (@ < -1e400 || @ > 1e400 || @ != 0 && @ > -1e-400 && @ < 1e-400))'
    )) OR greatest(most / 400, 100) < jsonb_array_length(jsonb_path_query_array(
        unpacked, 'strict $.** ? (@.type() == "number" && (@ < -1e100 || @ > 1e100 || @ != 0 && @ > -1e-100 && @ < 1e-100))'
    )) THEN
        RETURN NULL;
    END IF;
    written := unpacked::text;
    RETURN CASE WHEN octet_length(written) / 2 <= most THEN written END;
EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
    RETURN NULL;
END
$_$;
CREATE FUNCTION public.model_registry_drawn(node_roots text[], node_ids text[], node_depths integer[], edge_roots text[], edge_contents jsonb[]) RETURNS TABLE(root text, nodes jsonb, edges jsonb, truncated boolean, is_sound boolean)
    LANGUAGE sql STABLE
    AS $$
    WITH node AS MATERIALIZED (
        SELECT known.root, known.id, known.depth FROM unnest(node_roots, node_ids, node_depths) AS known (root, id, depth)
    ),
    edge AS MATERIALIZED (
        SELECT found.root, found.content,
               (found.root, found.content ->> 1) IN (SELECT node.root, node.id FROM node) AS kept
        FROM unnest(edge_roots, edge_contents) AS found (root, content)
    ),
    drawn AS (
        SELECT edge.root, bool_or(NOT edge.kept) AS truncated,
               jsonb_agg(edge.content ORDER BY (edge.content ->> 0) COLLATE "C", (edge.content ->> 1) COLLATE "C",
                                               (edge.content ->> 2) COLLATE "C") FILTER (WHERE edge.kept) AS edges
        FROM edge
        GROUP BY edge.root
    )
    SELECT named.root, named.nodes, coalesce(drawn.edges, '[]'), coalesce(drawn.truncated, false), named.is_sound
    FROM (
        SELECT node.root,
               bool_and(registered.state IS NULL OR registered.state = 'sound' OR node.depth > 0 AND (node.root, node.id) NOT IN (
                   SELECT edge.root, edge.content ->> 1
                   FROM edge
                   WHERE edge.content ->> 2 <> 'derives_from' OR edge.content ->> 3 = 'link'
               )) AS is_sound,
               jsonb_agg(jsonb_build_array(
                   node.id, model_registry_title(registered.artifact_type), model_registry_title(registered.title),
                   registered.version_number, node.depth
               ) ORDER BY node.depth, node.id COLLATE "C") AS nodes
        FROM node
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type, artifact.title, artifact.version_number,
                   model_registry_state(artifact.version_tag, artifact.lifecycle_state, artifact.superseded_by) AS state
            FROM artifacts AS artifact
            WHERE artifact.id = node.id
            OFFSET 0
        ) AS registered ON true
        GROUP BY node.root
    ) AS named
    LEFT JOIN drawn ON drawn.root = named.root
$$;
CREATE FUNCTION public.model_registry_edges_among(ids text[]) RETURNS TABLE(source_id text, target_id text, relation text, origin text)
    LANGUAGE sql STABLE
    AS $$
    SELECT source.id, step.target_id, step.relation, step.origin
    FROM unnest(ids) AS source (id)
    CROSS JOIN LATERAL (
        SELECT dependency.target_id, dependency.relation, dependency.origin
        FROM model_registry_dependencies(source.id) AS dependency
        UNION ALL
        SELECT link.target_artifact_id, link.link_type, 'link'
        FROM artifact_links AS link
        WHERE link.source_artifact_id = source.id AND link.link_type = 'evaluates'
    ) AS step
    WHERE step.target_id = ANY (ids)
$$;
CREATE FUNCTION public.model_registry_entries(document jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE
        WHEN jsonb_typeof(document) = 'object'
            THEN (SELECT count(*) FROM jsonb_each(document) AS entry WHERE entry.value -> 'value' IS DISTINCT FROM 'null')
    END
$$;
CREATE FUNCTION public.model_registry_entries_more(document jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT count(*) > model_registry_most_entries()
    FROM jsonb_object_keys(CASE jsonb_typeof(document) WHEN 'object' THEN document ELSE '{}' END)
$$;
CREATE FUNCTION public.model_registry_evaluated(ids text[]) RETURNS TABLE(id text)
    LANGUAGE sql STABLE
    AS $$
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
CREATE FUNCTION public.model_registry_evidence_keys(document jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
    SELECT CASE WHEN pg_column_size(document) <= 16384 THEN jsonb_build_object(
        'trained_on_dataset_id', document -> 'trained_on_dataset_id',
        'produced_by_analysis_id', document -> 'produced_by_analysis_id',
        'tests_hypothesis_id', document -> 'tests_hypothesis_id'
    ) ELSE jsonb_build_object(
        'trained_on_dataset_id', model_registry_only_texts(document -> 'trained_on_dataset_id'),
        'produced_by_analysis_id', model_registry_only_texts(document -> 'produced_by_analysis_id'),
        'tests_hypothesis_id', model_registry_only_texts(document -> 'tests_hypothesis_id')
    ) END
$$;
CREATE FUNCTION public.model_registry_evidence_links() RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT ARRAY['trained_on', 'derives_from', 'produced_by', 'tests', 'tests_hypothesis', 'supports']
$$;
CREATE TABLE public.model_registry_evidence (
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    artifact_id text NOT NULL,
    family text,
    is_latest boolean NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    promotion_state text,
    lifecycle_state text
);
CREATE FUNCTION public.model_registry_evidence_rows(model public.model_registry_projection) RETURNS SETOF public.model_registry_evidence
    LANGUAGE sql STABLE
    AS $$
    SELECT model.id, found.kind, found.artifact_id, model.family, model.is_latest, model.complete, model.origin_type,
           model.promotion_state, model.lifecycle_state
    FROM (
        SELECT 'dataset', dataset FROM unnest(model.datasets) AS dataset
        UNION ALL
        SELECT 'analysis', analysis FROM unnest(model.analyses) AS analysis
        UNION ALL
        SELECT 'hypothesis', hypothesis FROM unnest(model.hypotheses) AS hypothesis
    ) AS found (kind, artifact_id)
$$;
CREATE FUNCTION public.model_registry_facts(ids text[]) RETURNS TABLE(model_id text, claims_hypothesis boolean, unresolved_datasets jsonb, unresolved_analyses jsonb, unresolved_hypotheses jsonb, inputs jsonb)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
DECLARE
    verdicts model_registry_projection[];
    evidence model_registry_found[];
BEGIN
    SELECT array_agg(current) INTO verdicts FROM model_registry_current(ids) AS current;
    SELECT array_agg(ROW(verdict.id, found.kind, found.artifact_id, found.place)::model_registry_found) INTO evidence
    FROM unnest(verdicts) AS verdict
    CROSS JOIN LATERAL (
        SELECT 'dataset', dataset.id, dataset.place FROM unnest(verdict.datasets) WITH ORDINALITY AS dataset (id, place)
        UNION ALL
        SELECT 'analysis', analysis, NULL FROM unnest(verdict.analyses) AS analysis
    ) AS found (kind, artifact_id, place);
    RETURN QUERY
    WITH dead_end AS (
        SELECT unresolved.id, jsonb_object_agg(unresolved.kind, unresolved.dead_ends) AS of_kind
        FROM model_registry_unresolved(ids) AS unresolved
        GROUP BY unresolved.id
    )
    SELECT verdict.id, verdict.claims_hypothesis,
           coalesce(dead_end.of_kind -> 'dataset', '[]'),
           coalesce(dead_end.of_kind -> 'analysis', '[]'),
           coalesce(dead_end.of_kind -> 'hypothesis', '[]'),
           coalesce(needed.inputs, '[]')
    FROM unnest(verdicts) AS verdict
    LEFT JOIN dead_end ON dead_end.id = verdict.id
    LEFT JOIN model_registry_listed_inputs(evidence) AS needed ON needed.id = verdict.id;
END
$$;
CREATE FUNCTION public.model_registry_fits(model public.model_registry_projection) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT octet_length(model.id) <= model_registry_most_indexed()
       AND coalesce((
           SELECT max(octet_length(evidence.id)) FROM unnest(model.datasets || model.analyses || model.hypotheses) AS evidence (id)
       ), 0) <= model_registry_most_indexed()
$$;
CREATE FUNCTION public.model_registry_fold(most integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
DECLARE
    most_entries integer := 100 * most;
    built integer := 0;
    taken integer;
BEGIN
    IF NOT EXISTS (SELECT FROM model_registry_builds) AND NOT EXISTS (SELECT FROM model_registry_changes)
       AND NOT EXISTS (SELECT FROM model_registry_state_changes) AND NOT EXISTS (SELECT FROM model_registry_due) THEN
        RETURN 0;
    END IF;
    IF NOT model_registry_take_turn() THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM model_registry_builds) THEN
        IF EXISTS (SELECT FROM model_registry_unlogged()) THEN
            RETURN 0;  -- what is written behind the place that a build has reached would be lost
        END IF;
        built := model_registry_build(most);
    END IF;
    IF built > 0 THEN
        RETURN built;
    END IF;
    taken := model_registry_take_up(most_entries);
    IF taken = most_entries THEN
        RETURN taken;
    END IF;
    RETURN greatest(taken, model_registry_judge_due(most));
END
$$;
CREATE FUNCTION public.model_registry_found_type(name text, types text[]) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT found.artifact_type
    FROM model_registry_spellings(name, (model_registry_prefixes(types[1]))[1]) AS spelling
    CROSS JOIN LATERAL (
        SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = spelling.id
        OFFSET 0
    ) AS found
    ORDER BY spelling.preference
    LIMIT 1
$$;
CREATE FUNCTION public.model_registry_gathered(evidence public.model_registry_found[]) RETURNS TABLE(id text, datasets text[], analyses text[], hypotheses text[])
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT part.id,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'dataset') AS datasets,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'analysis') AS analyses,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'hypothesis') AS hypotheses
    FROM unnest(evidence) AS part
    GROUP BY part.id
$$;
CREATE FUNCTION public.model_registry_give_rights(view regclass, rights aclitem[], part name DEFAULT NULL::name) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('REVOKE ALL ON %s FROM %s', view, CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END)
        FROM pg_class AS relation
        CROSS JOIN LATERAL aclexplode(relation.relacl) AS acl
        WHERE relation.oid = view AND part IS NULL AND (acl.grantee <> relation.relowner OR rights IS NOT NULL)
        UNION ALL
        SELECT format(
            'GRANT %s %s ON %s TO %s %s', acl.privilege_type, '(' || quote_ident(part) || ')', view,
            CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END,
            CASE WHEN acl.is_grantable THEN 'WITH GRANT OPTION' END
        )
        FROM aclexplode(rights) AS acl
    LOOP
        EXECUTE statement;
    END LOOP;
END
$$;
CREATE FUNCTION public.model_registry_graph_links() RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT ARRAY['trained_on', 'derives_from', 'produced_by', 'cites', 'uses', 'fine_tuned_from',
                 'tests', 'tests_hypothesis', 'supports']
$$;
CREATE FUNCTION public.model_registry_graphs(roots text[], most_steps integer, most_nodes integer) RETURNS TABLE(root text, nodes jsonb, edges jsonb, truncated boolean, is_sound boolean)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
DECLARE
    node_roots text[] := roots;
    node_ids text[] := roots;
    node_depths integer[] := array_fill(0, ARRAY[cardinality(roots)]);
    level_roots text[] := roots;
    level_ids text[] := roots;
    followed jsonb[];
    followed_roots text[];
    edges jsonb[] := '{}';
    edge_roots text[] := '{}';
    most_edges integer := 5 * most_nodes * cardinality(roots);
    cut boolean := false;
BEGIN
    FOR depth IN 0..most_steps LOOP
        SELECT array_agg(found.root), array_agg(found.edge)
        INTO followed_roots, followed
        FROM (
            SELECT level.root,
                   jsonb_build_array(source.id, dependency.target_id, dependency.relation, dependency.origin) AS edge
            FROM (SELECT DISTINCT every.id FROM unnest(level_ids) AS every (id)) AS source
            CROSS JOIN LATERAL model_registry_dependencies(source.id) AS dependency
            JOIN unnest(level_roots, level_ids) AS level (root, id) ON level.id = source.id
            LIMIT most_edges
        ) AS found;
        cut := cut OR coalesce(cardinality(followed) = most_edges, false);
        edges := edges || followed;
        edge_roots := edge_roots || followed_roots;
        EXIT WHEN depth = most_steps;
        SELECT array_agg(fresh.root), array_agg(fresh.id)
        INTO level_roots, level_ids
        FROM (
            SELECT met.root, met.id,
                   row_number() OVER (PARTITION BY met.root ORDER BY met.id COLLATE "C") AS place
            FROM (
                SELECT DISTINCT edge.root, edge.content ->> 1
                FROM unnest(followed_roots, followed) AS edge (root, content)
            ) AS met (root, id)
            WHERE (met.root, met.id) NOT IN (SELECT node.root, node.id FROM unnest(node_roots, node_ids) AS node (root, id))
        ) AS fresh
        JOIN (
            SELECT node.root, count(*) AS number FROM unnest(node_roots) AS node (root) GROUP BY node.root
        ) AS known ON known.root = fresh.root
        WHERE fresh.place <= most_nodes - known.number;
        EXIT WHEN level_ids IS NULL;
        node_roots := node_roots || level_roots;
        node_ids := node_ids || level_ids;
        node_depths := node_depths || array_fill(depth + 1, ARRAY[cardinality(level_ids)]);
    END LOOP;
    cut := cut OR EXISTS (SELECT FROM model_registry_with_more_links(node_ids, model_registry_graph_links()));
    RETURN QUERY
    SELECT drawn.root, drawn.nodes, drawn.edges, drawn.truncated OR cut, drawn.is_sound AND NOT (drawn.truncated OR cut)
    FROM model_registry_drawn(node_roots, node_ids, node_depths, edge_roots, edges) AS drawn;
END
$$;
CREATE FUNCTION public.model_registry_has_more_texts(value jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE jsonb_typeof(value) WHEN 'array' THEN jsonb_array_length(value) > model_registry_most_entries() ELSE false END
$$;
CREATE FUNCTION public.model_registry_has_texts(value jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE jsonb_typeof(value) WHEN 'string' THEN value <> '""' WHEN 'array' THEN value <> '[]' ELSE false END
$$;
CREATE FUNCTION public.model_registry_impact(root text, most_steps integer) RETURNS TABLE(id text, artifact_type text, depth integer, before text, goes_on boolean)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
DECLARE
    changing text[] := ARRAY(SELECT affected.id FROM model_registry_affected() AS affected)
        || ARRAY(SELECT unindexed.id FROM model_registry_unindexed AS unindexed);
    changed_sources text[];
    changed_targets text[];
    root_type text := (SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = root);
    node_ids text[] := ARRAY[root];
    node_types text[] := ARRAY[root_type];
    node_depths integer[] := ARRAY[0];
    node_befores text[] := ARRAY[NULL::text];
    level_ids text[] := ARRAY[root];
    level_types text[] := ARRAY[root_type];
    level_befores text[];
    more boolean := false;
BEGIN
    SELECT array_agg(model.id), array_agg(step.target_id)
    INTO changed_sources, changed_targets
    FROM unnest(changing) AS model (id)
    CROSS JOIN LATERAL model_registry_rests_on(model.id) AS step
    WHERE EXISTS (SELECT FROM artifacts AS artifact WHERE artifact.id = model.id AND artifact.artifact_type = 'model');
    FOR step IN 1..most_steps + 1 LOOP
        SELECT array_agg(fresh.source_id), array_agg(fresh.type), array_agg(fresh.before)
        INTO level_ids, level_types, level_befores
        FROM (
            SELECT found.source_id, registered.artifact_type AS type,
                   CASE WHEN found.first IS DISTINCT FROM registered.parent_version_id THEN found.first
                        WHEN found.first <> found.last THEN (
                            SELECT min(target.id COLLATE "C") FROM unnest(found.targets) AS target (id)
                            WHERE target.id <> registered.parent_version_id
                        )
                   END AS before
            FROM (
                SELECT every.source_id, min(every.target_id COLLATE "C") AS first, max(every.target_id COLLATE "C") AS last,
                       array_agg(every.target_id) AS targets
                FROM (
                    SELECT dependent.source_id, dependent.target_id
                    FROM model_registry_dependents(level_ids, level_types, changing) AS dependent
                    UNION ALL
                    SELECT changed.source_id, changed.target_id
                    FROM unnest(changed_sources, changed_targets) AS changed (source_id, target_id)
                    WHERE changed.target_id IN (SELECT level.id FROM unnest(level_ids) AS level (id))
                ) AS every
                WHERE every.source_id NOT IN (SELECT node.id FROM unnest(node_ids) AS node (id))
                GROUP BY every.source_id
            ) AS found
            LEFT JOIN LATERAL (
                SELECT artifact.artifact_type, artifact.parent_version_id FROM artifacts AS artifact
                WHERE artifact.id = found.source_id COLLATE "default"
                OFFSET 0
            ) AS registered ON true
            OFFSET 0
        ) AS fresh
        WHERE fresh.before IS NOT NULL;
        EXIT WHEN level_ids IS NULL;
        IF step > most_steps THEN
            more := true;
            EXIT;
        END IF;
        node_ids := node_ids || level_ids;
        node_types := node_types || level_types;
        node_depths := node_depths || array_fill(step, ARRAY[cardinality(level_ids)]);
        node_befores := node_befores || level_befores;
    END LOOP;
    RETURN QUERY
    SELECT node.id, node.type, node.depth, node.before, more
    FROM unnest(node_ids, node_types, node_depths, node_befores) AS node (id, type, depth, before);
END
$$;
CREATE FUNCTION public.model_registry_input_links() RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT ARRAY['cites', 'uses', 'derives_from']
$$;
CREATE FUNCTION public.model_registry_inputs(evidence public.model_registry_found[]) RETURNS TABLE(id text, artifact_id text, required_by text[])
    LANGUAGE sql STABLE
    AS $$
    SELECT need.id, need.artifact_id,
           coalesce(array_agg(DISTINCT need.analysis_id) FILTER (WHERE need.analysis_id IS NOT NULL), '{}')
    FROM (
        SELECT found.id, found.artifact_id, NULL AS analysis_id
        FROM unnest(evidence) AS found
        WHERE found.kind = 'dataset'
        UNION ALL
        SELECT found.id, input.artifact_id, found.artifact_id
        FROM unnest(evidence) AS found
        CROSS JOIN LATERAL (
            SELECT artifact.parent_version_id FROM artifacts AS artifact WHERE artifact.id = found.artifact_id
            OFFSET 0
        ) AS analysis
        CROSS JOIN LATERAL (
            SELECT link.target_artifact_id AS artifact_id
            FROM model_registry_links_of(found.artifact_id, model_registry_input_links()) AS link
            WHERE link.target_artifact_id IS DISTINCT FROM analysis.parent_version_id
            OFFSET 0
        ) AS input
        WHERE found.kind = 'analysis'
    ) AS need
    GROUP BY need.id, need.artifact_id
$$;
CREATE FUNCTION public.model_registry_is_built() RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN NOT EXISTS (SELECT FROM model_registry_builds)
       AND (EXISTS (SELECT FROM model_registry_counts) OR EXISTS (SELECT FROM model_registry_unindexed));
END
$$;
CREATE FUNCTION public.model_registry_is_longer(value text, most integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT octet_length(value) > most AND length(left(value, most + 1)) > most
$$;
CREATE FUNCTION public.model_registry_is_read(model public.model_registry_projection) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT model.unreadable <> ARRAY['artifacts']
$$;
CREATE FUNCTION public.model_registry_json(document text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$
BEGIN
    IF octet_length(document) > model_registry_most_json() THEN
        RETURN NULL;
    END IF;
    RETURN document::jsonb;
EXCEPTION WHEN others THEN
    BEGIN
        RETURN regexp_replace(
            regexp_replace(
                document, '([:\[,]\s*)-?(?:NaN|Infinity|\d+(?:\.\d+)?[eE][-+]?\d{4,})(?=\s*[,\]}])', '\1null', 'g'
            ),
            '\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\ufffd', 'g'
        )::jsonb;
    EXCEPTION WHEN others THEN
        RETURN NULL;
    END;
END
$$;
CREATE FUNCTION public.model_registry_judge(ids text[]) RETURNS SETOF public.model_registry_projection
    LANGUAGE plpgsql STABLE ROWS 10
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
DECLARE
    number integer := cardinality(ids);
    part integer := least(5000, (number + 1) / 2);
BEGIN
    IF number = 0 THEN
        RETURN;
    ELSIF number <= 5000 THEN
        BEGIN
            RETURN QUERY SELECT judged.* FROM model_registry_judge_part(ids) AS judged;
            RETURN;
        EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
            IF number = 1 THEN
                RETURN QUERY SELECT unread.* FROM model_registry_unread(ids[1]) AS unread;
                RETURN;
            END IF;
        END;
    END IF;
    FOR start IN 1..number BY part LOOP
        RETURN QUERY SELECT judged.* FROM model_registry_judge(ids[start:start + part - 1]) AS judged;
    END LOOP;
END
$$;
CREATE FUNCTION public.model_registry_judge_due(most integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
DECLARE
    due_ids text[];
BEGIN
    WITH next AS (
        DELETE FROM model_registry_due AS due
        WHERE due.ctid = ANY (ARRAY(SELECT first.ctid FROM model_registry_due AS first LIMIT most))
        RETURNING due.id
    )
    SELECT array_agg(next.id) INTO due_ids FROM next;
    IF due_ids IS NOT NULL THEN
        PERFORM model_registry_project(due_ids), model_registry_settle(due_ids);
    END IF;
    RETURN coalesce(cardinality(due_ids), 0);
END
$$;
CREATE FUNCTION public.model_registry_judge_part(ids text[]) RETURNS SETOF public.model_registry_projection
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    unjudged model_registry_projection[];
    namings jsonb[];
    models text[];
    evidence model_registry_found[];
    linking text[];
    with_more_links text[];
BEGIN
    SELECT array_agg(read.model), array_agg((read.model).id), array_agg(read.naming)
    INTO unjudged, models, namings
    FROM model_registry_unjudged(ids) AS read;
    SELECT array_agg(piece) INTO evidence FROM model_registry_resolve_evidence(models, namings) AS piece;
    linking := ids || ARRAY(SELECT piece.artifact_id FROM unnest(evidence) AS piece);
    SELECT array_agg(source.id) INTO with_more_links
    FROM (
        SELECT link.source_artifact_id AS id
        FROM artifact_links AS link
        WHERE link.source_artifact_id = ANY (linking)
          AND link.link_type = ANY (model_registry_evidence_links() || model_registry_input_links())
        GROUP BY link.source_artifact_id
        HAVING count(*) > model_registry_most_entries()
            OR max(octet_length(link.target_artifact_id)) > model_registry_most_id()
    ) AS source;
    RETURN QUERY
    WITH input AS (
        SELECT pinned.id, bool_and(pinned.is_pinned) AS are_pinned, bool_or(pinned.is_pinned AND NOT pinned.fits) AS differ
        FROM model_registry_pinned_inputs(evidence) AS pinned
        GROUP BY pinned.id
    )
    SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
           CASE WHEN verdict.missing <> '{}' AND model.quality_score_stored > 0.3 THEN 0.3  -- the cap of provenance.md
                ELSE model.quality_score_stored
           END,
           model.quality_score_stored, model.metrics, model.parameter_count,
           coalesce(found.datasets, '{}'), coalesce(found.analyses, '{}'), coalesce(found.hypotheses, '{}'),
           model.claims_hypothesis, verdict.missing, verdict.missing = '{}', model.origin_type, model.lifecycle_state,
           model.promotion_state, model.created_by, model.created_at, model.title_key, read.unreadable,
           model.headline_metric, coalesce(input.differ, false)
    FROM unnest(unjudged) AS model
    LEFT JOIN model_registry_gathered(evidence) AS found ON found.id = model.id
    LEFT JOIN input ON input.id = model.id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN with_more_links IS NULL THEN model.unreadable
                    ELSE model.unreadable
                        || CASE WHEN model.id = ANY (with_more_links) THEN ARRAY['links'] END
                        || CASE WHEN found.analyses && with_more_links THEN ARRAY['provenance.inputs'] END
               END AS unreadable
        OFFSET 0
    ) AS read
    CROSS JOIN LATERAL (
        SELECT array_remove(ARRAY[
            CASE WHEN found.datasets IS NULL THEN 'trained_on_dataset_id' END,
            CASE WHEN found.analyses IS NULL THEN 'produced_by_analysis_id' END,
            CASE WHEN input.are_pinned IS NOT TRUE OR read.unreadable && ARRAY[
                     'metadata', 'metadata.trained_on_dataset_id', 'metadata.produced_by_analysis_id', 'links',
                     'provenance.inputs'
                 ] THEN 'pinned_inputs'
            END,
            CASE WHEN model.claims_hypothesis AND found.hypotheses IS NULL THEN 'tests_hypothesis_id' END
        ], NULL) AS missing
        OFFSET 0
    ) AS verdict;
END
$$;
CREATE FUNCTION public.model_registry_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE WHEN octet_length(name) <= 100 THEN name ELSE left(name, 100) || md5(name) END
$$;
CREATE FUNCTION public.model_registry_kinds() RETURNS TABLE(kind text, key text, prefix text, types text[], link_types text[], own_link_types text[])
    LANGUAGE sql IMMUTABLE ROWS 3
    AS $$
    VALUES ('dataset', 'trained_on_dataset_id', 'dataset-', ARRAY['dataset', 'tabular_dataset'],
            ARRAY['trained_on', 'derives_from'], ARRAY['trained_on']),
           ('analysis', 'produced_by_analysis_id', 'analysis-', ARRAY['analysis'],
            ARRAY['produced_by', 'derives_from'], ARRAY['produced_by']),
           ('hypothesis', 'tests_hypothesis_id', 'hypothesis-', ARRAY['hypothesis'],
            ARRAY['tests', 'tests_hypothesis', 'supports'], ARRAY['tests', 'tests_hypothesis'])
$$;
CREATE FUNCTION public.model_registry_label(value text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT model_registry_cut(value, model_registry_most_label())
$$;
CREATE FUNCTION public.model_registry_let_read(reader text) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    own text;
BEGIN
    FOR own IN
        SELECT 'SELECT ON ' || relation.oid::regclass
        FROM pg_class AS relation
        WHERE starts_with(relation.relname, 'model_registry_') AND relation.relkind IN ('r', 'v')
          AND relation.relnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT 'EXECUTE ON FUNCTION ' || function.oid::regprocedure
        FROM pg_proc AS function
        WHERE starts_with(function.proname, 'model_registry_') AND function.provolatile <> 'v'
          AND function.pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('GRANT %s TO %s', own, coalesce(reader::regrole::text, 'PUBLIC'));
    END LOOP;
END
$$;
CREATE FUNCTION public.model_registry_lexemes(text text) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT ARRAY(
        SELECT left(word, 500)  -- a lexeme has at most 2,046 bytes; a search has 500 characters
        FROM (
            SELECT regexp_replace(
                model_registry_plain(text),
                '[\u0001-/:-@\[-`{-\u00BF\u00D7\u00F7\u02C2-\u02C5\u02D2-\u02EB\u02ED\u02EF-\u02FF\u0375\u037E\u0387'
                '\u03F6\u0482\u055A-\u055F\u0589-\u058F\u05BE\u05C0\u05C3\u05C6\u05F3-\u060F\u061B-\u061F\u066A-\u066D'
                '\u06D4\u06DD\u06DE\u06E9\u06FD\u06FE\u0700-\u070F\u0964\u0965\u0970\u0E3F\u0E4F\u0E5A\u0E5B\u0F01-\u0F17'
                '\u0F3A-\u0F3D\u104A-\u104F\u10FB\u1360-\u1368\u1680\u17D4-\u17D6\u17D8-\u17DB\u1800-\u180A\u180E\u200B-\u20CF'
                '\u2100-\u214D\u214F\u218A-\u2BFF\u2E00-\u2E2E\u2E30-\u3004\u3008-\u3020\u3030\u3037\u303D-\u303F\u30A0\u30FB'
                '\u31C0-\u31E3\u4DC0-\u4DFF\uA4FE\uA4FF\uA60D-\uA60F\uA8CE\uA8CF\uFD3E-\uFD4F\uFDCF\uFDFD-\uFDFF\uFFF9-\uFFFD'
                '\U0001D000-\U0001D164\U0001F000-\U0001FBEF\U000E0001-\U000E007F]+', ' ', 'g'
            )
        ) AS spaced (words)
        CROSS JOIN LATERAL unnest(string_to_array(model_registry_pairs(spaced.words), ' ')) AS word
        WHERE word <> ''
    )
$$;
CREATE FUNCTION public.model_registry_links_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
            BEGIN
                IF TG_TABLE_SCHEMA <> 'public' OR TG_TABLE_NAME <> 'artifact_links' THEN
                    RETURN NULL;
                END IF;
                CASE TG_OP
                    WHEN 'INSERT' THEN
                        INSERT INTO public.model_registry_changes (artifact_id) SELECT DISTINCT after.source_artifact_id FROM after;
                    WHEN 'DELETE' THEN
                        INSERT INTO public.model_registry_changes (artifact_id) SELECT DISTINCT before.source_artifact_id FROM before UNION SELECT before.target_artifact_id FROM before WHERE before.link_type = 'evaluates';
                    WHEN 'UPDATE' THEN
                        WITH changed AS MATERIALIZED (
                            SELECT before.source_artifact_id AS before_id, after.source_artifact_id AS after_id, CASE WHEN before.link_type = 'evaluates' THEN before.target_artifact_id END AS evaluated_id,
                                   (
                ROW(before.source_artifact_id, before.target_artifact_id, before.link_type)::record
                *<> ROW(after.source_artifact_id, after.target_artifact_id, after.link_type)::record
            ) IS TRUE AS is_read, (false) IS TRUE AS stands
                            FROM before FULL JOIN after ON after.id = before.id
                        ),
                        judged AS (
                            INSERT INTO public.model_registry_changes (artifact_id)
                            SELECT DISTINCT named.id FROM changed
                            CROSS JOIN LATERAL (VALUES (changed.before_id), (changed.after_id), (changed.evaluated_id)) AS named (id)
                            WHERE named.id IS NOT NULL AND changed.is_read
                        )
                        INSERT INTO public.model_registry_state_changes (artifact_id)
                        SELECT DISTINCT changed.after_id FROM changed WHERE changed.stands AND NOT changed.is_read;
                    ELSE  -- a truncated table has no rows to log
                        INSERT INTO public.model_registry_builds DEFAULT VALUES;
                END CASE;
                RETURN NULL;
            END
            $$;
CREATE FUNCTION public.model_registry_links_of(source_id text, types text[]) RETURNS TABLE(target_artifact_id text, link_type text)
    LANGUAGE sql STABLE ROWS 5
    AS $$
    SELECT link.target_artifact_id, link.link_type
    FROM artifact_links AS link
    WHERE link.source_artifact_id = source_id AND link.link_type = ANY (types)
      AND octet_length(link.target_artifact_id) <= model_registry_most_id()
    ORDER BY link.target_artifact_id, link.link_type
    LIMIT model_registry_most_entries()
$$;
CREATE FUNCTION public.model_registry_listed_inputs(evidence public.model_registry_found[]) RETURNS TABLE(id text, inputs jsonb)
    LANGUAGE sql STABLE
    AS $$
    SELECT input.id, jsonb_agg(input.entry ORDER BY dataset.place, input.artifact_id COLLATE "C")
    FROM (
        SELECT DISTINCT ON (needed.id, needed.artifact_id)
               needed.id, needed.artifact_id,
               jsonb_build_array(
                   needed.artifact_id, registered.artifact_type, model_registry_title(registered.title), needed.required_by,
                   needed.version_number, model_registry_title(needed.content_hash),
                   registered.version_number, model_registry_title(registered.content_hash),
                   EXISTS (
                       SELECT FROM artifacts AS newer
                       WHERE newer.parent_version_id = needed.artifact_id
                         AND newer.artifact_type = registered.artifact_type
                         AND newer.version_number > registered.version_number
                   )
               ) AS entry
        FROM model_registry_pinned(evidence) AS needed
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type, artifact.title, artifact.version_number, artifact.content_hash
            FROM artifacts AS artifact
            WHERE artifact.id = needed.artifact_id
            OFFSET 0
        ) AS registered ON true
        ORDER BY needed.id, needed.artifact_id,
                 (needed.version_number = registered.version_number
                  AND needed.content_hash IS NOT DISTINCT FROM registered.content_hash) IS TRUE DESC,
                 (needed.version_number = registered.version_number AND needed.content_hash IS NULL) IS TRUE DESC,
                 needed.version_number DESC, needed.content_hash
    ) AS input
    LEFT JOIN unnest(evidence) AS dataset
        ON dataset.id = input.id AND dataset.artifact_id = input.artifact_id AND dataset.kind = 'dataset'
    GROUP BY input.id
$$;
CREATE FUNCTION public.model_registry_listed_texts(value jsonb) RETURNS TABLE(name text, place bigint)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT item.value #>> '{}', item.ordinality
    FROM jsonb_array_elements(
        CASE jsonb_typeof(value)
            WHEN 'array' THEN value
            WHEN 'string' THEN jsonb_build_array(value)
            ELSE '[]'
        END
    ) WITH ORDINALITY AS item (value, ordinality)
    WHERE item.ordinality <= model_registry_most_entries()
      AND jsonb_typeof(item.value) = 'string' AND item.value #>> '{}' <> ''
$$;
CREATE FUNCTION public.model_registry_lower(text text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$SELECT lower(text COLLATE pg_catalog."default")$$;
CREATE FUNCTION public.model_registry_marked() RETURNS TABLE(id text)
    LANGUAGE sql STABLE
    AS $$
    SELECT artifact.id FROM artifacts AS artifact
    WHERE artifact.version_tag = 'retracted' OR artifact.superseded_by IS NOT NULL
       OR artifact.lifecycle_state IN ('rejected', 'flagged', 'challenged', 'deprecated', 'superseded')
$$;
CREATE TABLE public.model_registry_metrics (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    value numeric NOT NULL,
    created_at timestamp with time zone NOT NULL,
    family text,
    is_latest boolean NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    promotion_state text,
    lifecycle_state text
);
CREATE FUNCTION public.model_registry_metric_rows(model public.model_registry_projection) RETURNS SETOF public.model_registry_metrics
    LANGUAGE sql STABLE
    AS $$
    SELECT model.id, model_registry_key(reported.key), model_registry_number(reported.value::numeric),
           model.created_at, model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state,
           model.lifecycle_state
    FROM jsonb_each(model.metrics) AS reported
$$;
CREATE FUNCTION public.model_registry_most_document() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 8388608$$;
CREATE FUNCTION public.model_registry_most_entries() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 1000$$;
CREATE FUNCTION public.model_registry_most_evidence() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 16384$$;
CREATE FUNCTION public.model_registry_most_id() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 2704$$;
CREATE FUNCTION public.model_registry_most_indexed() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 500$$;
CREATE FUNCTION public.model_registry_most_json() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 262144$$;
CREATE FUNCTION public.model_registry_most_label() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 100$$;
CREATE FUNCTION public.model_registry_most_packed() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 2097152$$;
CREATE FUNCTION public.model_registry_most_rested_on() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 10000$$;
CREATE FUNCTION public.model_registry_most_searched() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 20000$$;
CREATE FUNCTION public.model_registry_most_text() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 20000$$;
CREATE FUNCTION public.model_registry_most_title() RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT 1000$$;
CREATE FUNCTION public.model_registry_moved(affected text[], differing text[]) RETURNS TABLE(id text, status text)
    LANGUAGE plpgsql STABLE ROWS 10
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET jit TO 'off'
    AS $$
DECLARE
    anew boolean := NOT model_registry_is_built();
BEGIN
    IF NOT anew AND affected = '{}'
       AND NOT EXISTS (SELECT FROM model_registry_changes) AND NOT EXISTS (SELECT FROM model_registry_state_changes) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH settled AS MATERIALIZED (
        SELECT found.id, found.outdated, found.disputed, found.retracted
        FROM model_registry_settled(
            CASE WHEN anew THEN ARRAY(SELECT marked.id FROM model_registry_marked() AS marked)
                 ELSE model_registry_unsettled(affected)
            END, affected, anew
        ) AS found
    )
    SELECT asked.id,
           model_registry_status(
               CASE WHEN settled.id IS NULL THEN held.outdated ELSE settled.outdated END,
               CASE WHEN settled.id IS NULL THEN held.disputed ELSE settled.disputed END,
               CASE WHEN settled.id IS NULL THEN held.retracted ELSE settled.retracted END,
               CASE WHEN changed.id IS NULL THEN coalesce(held.pins_differ, false)
                    ELSE changed.id IN (SELECT model.id FROM unnest(differing) AS model (id))
               END
           )
    FROM (
        SELECT settled.id FROM settled
        UNION
        SELECT model.id FROM unnest(affected) AS model (id)
        UNION
        SELECT fallen.id FROM model_registry_not_sound AS fallen WHERE anew
    ) AS asked
    LEFT JOIN settled ON settled.id = asked.id
    LEFT JOIN (SELECT DISTINCT model.id FROM unnest(affected) AS model (id)) AS changed ON changed.id = asked.id
    LEFT JOIN LATERAL (
        SELECT fallen.outdated, fallen.disputed, fallen.retracted, fallen.pins_differ
        FROM model_registry_not_sound AS fallen
        WHERE fallen.id = asked.id AND NOT anew
        OFFSET 0
    ) AS held ON true;
END
$$;
CREATE FUNCTION public.model_registry_named_evidence(document jsonb) RETURNS TABLE(kind text, prefix text, types text[], relation text, name text, place bigint)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT written.kind, written.prefix, written.types, written.own_link_types[1], named.name, named.place
    FROM (
        SELECT kind.kind, kind.prefix, kind.types, kind.own_link_types, document -> kind.key AS names
        FROM model_registry_kinds() AS kind
        OFFSET 0
    ) AS written
    CROSS JOIN LATERAL model_registry_listed_texts(written.names) AS named
$$;
CREATE FUNCTION public.model_registry_named_evidence_of(ids text[]) RETURNS TABLE(id text, kind text, prefix text, types text[], relation text, name text, place bigint)
    LANGUAGE sql STABLE
    AS $$
    SELECT model.id, named.kind, named.prefix, named.types, named.relation, named.name, named.place
    FROM artifacts AS model
    CROSS JOIN LATERAL model_registry_named_evidence(model_registry_read_naming(model.metadata)) AS named
    WHERE model.id = ANY (ids) AND model.artifact_type = 'model'
$$;
CREATE TABLE public.model_registry_named (
    id text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL,
    name text NOT NULL,
    relation text NOT NULL
);
ALTER TABLE ONLY public.model_registry_named REPLICA IDENTITY FULL;
CREATE FUNCTION public.model_registry_named_rows(model_id text) RETURNS SETOF public.model_registry_named
    LANGUAGE sql STABLE
    AS $$
    SELECT DISTINCT model_id, model_registry_key(named.name), named.name, named.relation
    FROM (
        SELECT registered.metadata FROM artifacts AS registered
        WHERE registered.id = model_id COLLATE "default" AND registered.artifact_type = 'model'
        OFFSET 0
    ) AS model
    CROSS JOIN LATERAL model_registry_named_evidence(model_registry_read_naming(model.metadata)) AS named
    WHERE octet_length(named.name) <= model_registry_most_id()
      AND NOT EXISTS (SELECT FROM model_registry_resolve(named.name, named.types))
$$;
CREATE FUNCTION public.model_registry_natural(title text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT left(regexp_replace(regexp_replace(
        model_registry_plain(left(title, 500)), '([0-9]+)', '000000000\1', 'g'
    ), '0*([0-9]{10,})', '\1', 'g'), 500)
$$;
CREATE FUNCTION public.model_registry_next_models(after text, most integer) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET enable_seqscan TO 'off'
    SET enable_sort TO 'off'
    AS $$
BEGIN
    RETURN (
        SELECT array_agg(following.id)
        FROM (
            SELECT artifact.id
            FROM artifacts AS artifact
            WHERE artifact.id >= coalesce(after, '') AND artifact.id IS DISTINCT FROM after  -- an id may be empty
              AND artifact.artifact_type = 'model'
            ORDER BY artifact.id
            LIMIT most
        ) AS following
    );
END
$$;
CREATE FUNCTION public.model_registry_number(value numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    SET extra_float_digits TO '1'
    AS $$
    SELECT CASE WHEN scale(value) = 0 THEN value WHEN abs(value) < 2.4704e-324 THEN 0
                ELSE value::double precision::text::numeric
           END
$$;
CREATE FUNCTION public.model_registry_only_texts(value jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $_$
    SELECT CASE jsonb_typeof(value)
        WHEN 'string' THEN value
        WHEN 'array' THEN jsonb_path_query_array(value, 'strict $[*] ? (@.type() == "string")')
    END
$_$;
CREATE FUNCTION public.model_registry_pairs(words text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
    SELECT CASE WHEN words !~ unspaced.one THEN words
    ELSE regexp_replace(
        concat(words, ' ', regexp_replace(words, format('(?<!%1$s)%1$s', unspaced.one), ' ', 'g')),
        format('(%1$s)(%1$s?)', unspaced.one), ' \1\2 ', 'g'
    ) END
    FROM (VALUES (
        '[\u0E01-\u0EFF\u1000-\u109F\u1100-\u11FF\u1780-\u17FF\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303B-\u312F'
        '\u31A0-\u31BF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\uA48C\uA960-\uA97C\uAC00-\uD7FB\U0001B000-\U0001B2FF'
        '\U00020000-\U0003FFFF]'
    )) AS unspaced (one)
$_$;
CREATE FUNCTION public.model_registry_parameter_count(metadata jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(
        model_registry_whole_number(metadata -> 'parameter_count'),
        CASE metadata ->> 'model_family'
            WHEN 'biophysical' THEN model_registry_entries(metadata -> 'parameters')
            WHEN 'statistical' THEN model_registry_entries(metadata -> 'coefficients')
        END
    )
$$;
CREATE FUNCTION public.model_registry_pin_fault(input jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE
        WHEN input ->> 4 IS NULL THEN NULL
        WHEN input ->> 6 IS NULL THEN format('version %s was pinned, and none is registered', input ->> 4)
        WHEN input ->> 4 <> input ->> 6 THEN format('version %s was pinned, version %s is registered', input ->> 4, input ->> 6)
        WHEN input ->> 5 IS NOT NULL AND input ->> 5 IS DISTINCT FROM input ->> 7
             THEN format('content %s was pinned, %s is registered', input ->> 5, coalesce(input ->> 7, 'none'))
    END
$$;
CREATE FUNCTION public.model_registry_pin_names(artifact_id text, artifact_type text) RETURNS TABLE(preference integer, name text)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT other.preference, other.name
    FROM unnest(model_registry_prefixes(artifact_type)) AS prefix
    CROSS JOIN LATERAL (
        VALUES (1, CASE WHEN starts_with(artifact_id, prefix) THEN substr(artifact_id, length(prefix) + 1) END),
               (2, prefix || artifact_id)
    ) AS other (preference, name)
$$;
CREATE FUNCTION public.model_registry_pinned(evidence public.model_registry_found[]) RETURNS TABLE(id text, artifact_id text, required_by text[], version_number numeric, content_hash text)
    LANGUAGE sql STABLE
    AS $$
    WITH input AS MATERIALIZED (
        SELECT needed.id, needed.artifact_id, needed.required_by
        FROM model_registry_inputs(evidence) AS needed
    ),
    pin AS MATERIALIZED (
        SELECT written.id, written.name, written.version_number, written.content_hash, input.artifact_id
        FROM (
            SELECT DISTINCT found.id, pinned.name, pinned.version_number, pinned.content_hash
            FROM unnest(evidence) AS found
            JOIN model_registry_pins(evidence) AS pinned ON pinned.analysis_id = found.artifact_id
            WHERE found.kind = 'analysis'
        ) AS written
        LEFT JOIN input ON input.id = written.id AND input.artifact_id = written.name
    ),
    spelled AS MATERIALIZED (
        SELECT input.id, input.artifact_id, spelling.preference, spelling.name
        FROM input
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = input.artifact_id
            OFFSET 0
        ) AS registered ON true
        CROSS JOIN LATERAL model_registry_pin_names(input.artifact_id, registered.artifact_type) AS spelling
        WHERE input.id IN (SELECT pin.id FROM pin WHERE pin.artifact_id IS NULL)
    ),
    fitted AS (
        SELECT pin.id, pin.artifact_id, pin.version_number, pin.content_hash
        FROM pin
        WHERE pin.artifact_id IS NOT NULL
        UNION ALL
        SELECT likely.id, likely.artifact_id, likely.version_number, likely.content_hash
        FROM (
            SELECT pin.id, spelled.artifact_id, pin.version_number, pin.content_hash, spelled.preference,
                   min(spelled.preference) OVER (PARTITION BY pin.id, pin.name) AS best_preference
            FROM pin
            JOIN spelled ON spelled.id = pin.id AND spelled.name = pin.name
            WHERE pin.artifact_id IS NULL
        ) AS likely
        WHERE likely.preference = likely.best_preference
    )
    SELECT input.id, input.artifact_id, input.required_by, fitted.version_number, fitted.content_hash
    FROM input
    LEFT JOIN fitted ON fitted.id = input.id AND fitted.artifact_id = input.artifact_id
$$;
CREATE FUNCTION public.model_registry_pinned_inputs(evidence public.model_registry_found[]) RETURNS TABLE(id text, artifact_id text, is_pinned boolean, fits boolean)
    LANGUAGE sql STABLE
    AS $$
    SELECT pinned.id, pinned.artifact_id, bool_or(pinned.version_number IS NOT NULL),
           coalesce(bool_or(
               pinned.version_number = registered.version_number
               AND (pinned.content_hash IS NULL OR model_registry_title(pinned.content_hash) = registered.content_hash)
           ), false)
    FROM model_registry_pinned(evidence) AS pinned
    LEFT JOIN LATERAL (
        SELECT artifact.version_number, model_registry_title(artifact.content_hash) AS content_hash
        FROM artifacts AS artifact
        WHERE pinned.version_number IS NOT NULL AND artifact.id = pinned.artifact_id
        OFFSET 0
    ) AS registered ON true
    GROUP BY pinned.id, pinned.artifact_id
$$;
CREATE FUNCTION public.model_registry_pins(evidence public.model_registry_found[]) RETURNS TABLE(analysis_id text, name text, version_number numeric, content_hash text)
    LANGUAGE sql STABLE
    AS $$
    SELECT producing.id, pin.name #>> '{}', model_registry_whole_number(pin.version_number),
           CASE jsonb_typeof(pin.content_hash) WHEN 'string' THEN nullif(pin.content_hash #>> '{}', '') END
    FROM (
        SELECT DISTINCT found.artifact_id
        FROM unnest(evidence) AS found
        WHERE found.kind = 'analysis'
    ) AS producing (id)
    CROSS JOIN LATERAL (
        SELECT read.document -> 'pinned_artifacts' AS pinned_artifacts, chain.document AS provenance_chain
        FROM artifacts AS artifact
        CROSS JOIN LATERAL model_registry_document(artifact.metadata) AS read
        CROSS JOIN LATERAL model_registry_unpacked(artifact.provenance_chain) AS chain
        WHERE artifact.id = producing.id
        OFFSET 0
    ) AS analysis
    CROSS JOIN LATERAL (VALUES (analysis.pinned_artifacts), (analysis.provenance_chain)) AS place (list)
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(place.list) WHEN 'array' THEN place.list ELSE '[]' END
    ) WITH ORDINALITY AS entry (value, place)
    CROSS JOIN LATERAL (
        SELECT entry.value -> 'artifact_id', entry.value -> 'version_number', entry.value -> 'content_hash'
        WHERE jsonb_typeof(entry.value) = 'object'
        UNION ALL
        SELECT entry.value -> 0, entry.value -> 1, NULL
        WHERE CASE jsonb_typeof(entry.value) WHEN 'array' THEN jsonb_array_length(entry.value) = 2 ELSE false END
    ) AS pin (name, version_number, content_hash)
    WHERE entry.place <= model_registry_most_entries()
      AND jsonb_typeof(pin.name) = 'string' AND model_registry_whole_number(pin.version_number) >= 1
$$;
CREATE FUNCTION public.model_registry_plain(text text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE WHEN octet_length(text) = length(text) THEN lower(text COLLATE "C")
    ELSE replace(replace(replace(translate(
        model_registry_lower(normalize(regexp_replace(
            normalize(text, NFKD),
            '[\u00AD\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670'
            '\u1AB0-\u1AFF\u1DC0-\u1DFF\u200C-\u200F\u2060-\u2064\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F\uFEFF'
            '\U000E0100-\U000E01EF]+', '', 'g'
        ), NFKC)),
        'øłđðħŧıς', 'olddhtiσ'
    ), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe') END
$$;
CREATE FUNCTION public.model_registry_prefixes(artifact_type text) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE
        WHEN artifact_type IS NULL THEN ARRAY['dataset-', 'analysis-', 'hypothesis-', 'model-']
        WHEN artifact_type IN ('dataset', 'tabular_dataset') THEN ARRAY['dataset-']
        WHEN artifact_type IN ('analysis', 'hypothesis', 'model') THEN ARRAY[artifact_type || '-']
        ELSE ARRAY[]::text[]
    END
$$;
CREATE FUNCTION public.model_registry_project(ids text[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    half integer := cardinality(ids) / 2;
BEGIN
    PERFORM model_registry_write(ids);
EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
    IF half > 0 THEN
        PERFORM model_registry_project(ids[:half]), model_registry_project(ids[half + 1:]);
    ELSE
        PERFORM model_registry_remove(ids);
        INSERT INTO model_registry_unindexed SELECT unread.* FROM model_registry_unread(ids[1]) AS unread;
        INSERT INTO model_registry_search (id, words, watches, created_at)
        SELECT unread.id, model_registry_words(unread.id, NULL, NULL), '{}', unread.created_at
        FROM model_registry_unread(ids[1]) AS unread;
        PERFORM model_registry_ask_headlines(ids);
    END IF;
END
$$;
CREATE FUNCTION public.model_registry_read_naming(metadata jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN (SELECT model_registry_evidence_keys(read.document) FROM model_registry_document(metadata) AS read);
EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
    RETURN '{}';
END
$$;
CREATE FUNCTION public.model_registry_rebuild(after text, most integer) RETURNS TABLE(number integer, last text)
    LANGUAGE plpgsql
    AS $$
DECLARE
    next_ids text[];
BEGIN
    LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE;
    next_ids := model_registry_next_models(after, most);
    IF next_ids IS NULL THEN
        PERFORM model_registry_tidy();
    ELSE
        PERFORM model_registry_project(next_ids);
        PERFORM model_registry_settle(next_ids);
    END IF;
    RETURN QUERY SELECT coalesce(cardinality(next_ids), 0), next_ids[cardinality(next_ids)];
END
$$;
CREATE FUNCTION public.model_registry_remove(ids text[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM model_registry_tally(ids, -1);
    DELETE FROM model_registry_projection AS projected WHERE projected.id = ANY (ids);
    DELETE FROM model_registry_metrics AS metric WHERE metric.id = ANY (ids);
    DELETE FROM model_registry_evidence AS evidence WHERE evidence.id = ANY (ids);
    DELETE FROM model_registry_search AS searched WHERE searched.id = ANY (ids);
    DELETE FROM model_registry_unindexed AS unindexed WHERE unindexed.id = ANY (ids);
    DELETE FROM model_registry_named AS named WHERE named.id = ANY (ids);
END
$$;
CREATE FUNCTION public.model_registry_reported_metrics(eval_metrics_json text, metadata jsonb) RETURNS TABLE(metrics jsonb)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce((
        SELECT place.numbers
        FROM unnest(ARRAY[
            model_registry_json(eval_metrics_json),
            metadata -> 'evaluation_metrics', metadata -> 'training_metrics', metadata -> 'fit_metrics'
        ]) WITH ORDINALITY AS written (document, preference)
        CROSS JOIN LATERAL (
            SELECT jsonb_object_agg(entry.key, entry.value) AS numbers
            FROM jsonb_each(CASE jsonb_typeof(written.document) WHEN 'object' THEN written.document ELSE '{}' END)
                WITH ORDINALITY AS entry (key, value, place)
            WHERE entry.place <= model_registry_most_entries()
              AND octet_length(entry.key) <= model_registry_most_title()
              AND CASE jsonb_typeof(entry.value)
                      WHEN 'number' THEN abs(entry.value::numeric) <= 1.7976931348623157e308
                      ELSE false
                  END
        ) AS place
        WHERE place.numbers IS NOT NULL
        ORDER BY written.preference
        LIMIT 1
    ), '{}')
$$;
CREATE FUNCTION public.model_registry_resolve(name text, types text[]) RETURNS TABLE(id text)
    LANGUAGE sql STABLE
    AS $$
    SELECT found.id
    FROM model_registry_spellings(name, (model_registry_prefixes(types[1]))[1]) AS spelling
    CROSS JOIN LATERAL (
        SELECT artifact.id FROM artifacts AS artifact
        WHERE artifact.id = spelling.id AND artifact.artifact_type = ANY (types)
        OFFSET 0
    ) AS found
    ORDER BY spelling.preference
    LIMIT 1
$$;
CREATE FUNCTION public.model_registry_resolve_evidence(ids text[], namings jsonb[]) RETURNS SETOF public.model_registry_found
    LANGUAGE sql STABLE
    AS $$
    SELECT found.id, found.kind, found.artifact_id, min(found.place)
    FROM (
        SELECT model.id, named.kind, resolved.id AS artifact_id, named.place
        FROM unnest(ids, namings) AS model (id, naming)
        CROSS JOIN LATERAL model_registry_named_evidence(model.naming) AS named
        CROSS JOIN LATERAL model_registry_resolve(named.name, named.types) AS resolved
        UNION ALL
        SELECT model.id, kind.kind, target.id, NULL
        FROM unnest(ids) AS model (id)
        CROSS JOIN LATERAL model_registry_links_of(model.id, model_registry_evidence_links()) AS link
        JOIN model_registry_kinds() AS kind ON link.link_type = ANY (kind.link_types)
        CROSS JOIN LATERAL (
            SELECT artifact.id FROM artifacts AS artifact
            WHERE artifact.id = link.target_artifact_id AND artifact.artifact_type = ANY (kind.types)
            OFFSET 0
        ) AS target
    ) AS found
    GROUP BY found.id, found.kind, found.artifact_id
$$;
CREATE FUNCTION public.model_registry_rests_on(source_id text) RETURNS TABLE(target_id text)
    LANGUAGE sql STABLE
    AS $$
    SELECT dependency.target_id
    FROM model_registry_dependencies(source_id) AS dependency
    WHERE dependency.target_id IS DISTINCT FROM (
        SELECT source.parent_version_id FROM artifacts AS source WHERE source.id = source_id
    )
    GROUP BY dependency.target_id
    HAVING NOT bool_or(dependency.relation IN ('tests', 'tests_hypothesis', 'supports'))
        OR (SELECT target.artifact_type = 'hypothesis' FROM artifacts AS target WHERE target.id = dependency.target_id)
           IS NOT TRUE
$$;
CREATE TABLE public.model_registry_search (
    id text NOT NULL COLLATE pg_catalog."C",
    words tsvector NOT NULL,
    watches text[] NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE FUNCTION public.model_registry_search_rows(model public.model_registry_projection, told tsvector, told_watches text[]) RETURNS SETOF public.model_registry_search
    LANGUAGE sql STABLE
    AS $$
    SELECT artifact.id,
           model_registry_words(artifact.id, model.title, read.document) || coalesce(told, ''),
           ARRAY(SELECT DISTINCT watch.id COLLATE "C" FROM unnest(watched.ids || told_watches) AS watch (id) ORDER BY 1),
           model.created_at
    FROM (
        SELECT registered.id, CASE WHEN model_registry_is_read(model) THEN registered.metadata END AS metadata
        FROM artifacts AS registered
        WHERE registered.id = model.id COLLATE "default"  -- that of the host's index
        OFFSET 0
    ) AS artifact
    CROSS JOIN LATERAL model_registry_document(artifact.metadata) AS read
    CROSS JOIN LATERAL model_registry_watched(artifact.id, read.document, model.analyses) AS watched
$$;
CREATE FUNCTION public.model_registry_settle(ids text[]) RETURNS void
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
DECLARE
    changed_ids text[];
    changed_outdated integer[];
    changed_disputed integer[];
    changed_retracted integer[];
    changed_differ boolean[];
BEGIN
    IF cardinality(ids) IS NULL OR ids = '{}' THEN
        RETURN;
    END IF;
    WITH settled AS MATERIALIZED (
        SELECT found.id, found.outdated, found.disputed, found.retracted
        FROM model_registry_settled(
            ids || ARRAY(SELECT earlier.id FROM model_registry_superseded(ids) AS earlier), '{}', false
        ) AS found
    )
    SELECT array_agg(now.id), array_agg(now.outdated), array_agg(now.disputed), array_agg(now.retracted),
           array_agg(now.pins_differ)
    INTO changed_ids, changed_outdated, changed_disputed, changed_retracted, changed_differ
    FROM (
        SELECT asked.id, settled.id IS NOT NULL AS is_settled,
               CASE WHEN settled.id IS NULL THEN held.outdated ELSE settled.outdated END AS outdated,
               CASE WHEN settled.id IS NULL THEN held.disputed ELSE settled.disputed END AS disputed,
               CASE WHEN settled.id IS NULL THEN held.retracted ELSE settled.retracted END AS retracted,
               coalesce(held.pins_differ, false) AS differed,
               coalesce(folded.pins_differ, unfolded.pins_differ, false) AS pins_differ
        FROM (
            SELECT due.id FROM unnest(ids) AS due (id)
            UNION
            SELECT settled.id FROM settled
        ) AS asked
        LEFT JOIN settled ON settled.id = asked.id
        LEFT JOIN LATERAL (
            SELECT fallen.outdated, fallen.disputed, fallen.retracted, fallen.pins_differ
            FROM model_registry_not_sound AS fallen
            WHERE fallen.id = asked.id
            OFFSET 0
        ) AS held ON true
        LEFT JOIN LATERAL (
            SELECT model.pins_differ FROM model_registry_projection AS model WHERE model.id = asked.id
            OFFSET 0
        ) AS folded ON true
        LEFT JOIN model_registry_unindexed AS unfolded ON unfolded.id = asked.id
    ) AS now
    WHERE now.is_settled OR now.pins_differ <> now.differed;
    IF changed_ids IS NULL THEN
        RETURN;
    END IF;
    DELETE FROM model_registry_not_sound AS fallen WHERE fallen.id = ANY (changed_ids);
    INSERT INTO model_registry_not_sound (id, outdated, disputed, retracted, pins_differ, status)
    SELECT now.id, now.outdated, now.disputed, now.retracted, now.pins_differ, judged.status
    FROM unnest(changed_ids, changed_outdated, changed_disputed, changed_retracted, changed_differ)
        AS now (id, outdated, disputed, retracted, pins_differ)
    CROSS JOIN LATERAL (
        SELECT model_registry_status(now.outdated, now.disputed, now.retracted, now.pins_differ) AS status
    ) AS judged
    WHERE judged.status <> 'sound';
END
$$;
CREATE FUNCTION public.model_registry_settle_anew() RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM model_registry_not_sound;
    PERFORM model_registry_settle(ARRAY(
        SELECT marked.id FROM model_registry_marked() AS marked
        UNION
        SELECT model.id COLLATE "default" FROM model_registry_projection AS model WHERE model.pins_differ
        UNION
        SELECT model.id COLLATE "default" FROM model_registry_unindexed AS model WHERE model.pins_differ
    ));
END
$$;
CREATE FUNCTION public.model_registry_settled(ids text[], changing text[], anew boolean) RETURNS TABLE(id text, outdated integer, disputed integer, retracted integer)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
DECLARE
    unfolded text[] COLLATE "default" := changing || ARRAY(SELECT unindexed.id FROM model_registry_unindexed AS unindexed);
    unfolded_sources text[] COLLATE "default";
    unfolded_targets text[] COLLATE "default";
    asked text[] COLLATE "default" := ARRAY(SELECT DISTINCT due.id FROM unnest(ids) AS due (id));
    settled_ids text[] := '{}';
    settled_outdated integer[] := '{}';
    settled_disputed integer[] := '{}';
    settled_retracted integer[] := '{}';
    fresh_ids text[] COLLATE "default";
    fresh_types text[];
    fresh_outdated integer[];
    fresh_disputed integer[];
    fresh_retracted integer[];
BEGIN
    SELECT array_agg(model.id), array_agg(step.target_id)
    INTO unfolded_sources, unfolded_targets
    FROM unnest(unfolded) AS model (id)
    CROSS JOIN LATERAL model_registry_rests_on(model.id) AS step;
    WHILE cardinality(asked) > 0 LOOP
        WITH known AS MATERIALIZED (
            SELECT settled.id, settled.outdated, settled.disputed, settled.retracted
            FROM unnest(settled_ids, settled_outdated, settled_disputed, settled_retracted)
                AS settled (id, outdated, disputed, retracted)
        ),
        step AS MATERIALIZED (
            SELECT folded.source_id, folded.target_id
            FROM model_registry_steps_of(ARRAY(
                SELECT source.id FROM unnest(asked) AS source (id)
                WHERE source.id NOT IN (SELECT model.id FROM unnest(unfolded) AS model (id))
            )) AS folded
            UNION ALL
            SELECT now.source_id, now.target_id
            FROM unnest(unfolded_sources, unfolded_targets) AS now (source_id, target_id)
            WHERE now.source_id IN (SELECT source.id FROM unnest(asked) AS source (id))
        ),
        reached AS (
            SELECT step.source_id,
                   min(CASE WHEN known.id IS NULL THEN held.outdated ELSE known.outdated END) AS outdated,
                   min(CASE WHEN known.id IS NULL THEN held.disputed ELSE known.disputed END) AS disputed,
                   min(CASE WHEN known.id IS NULL THEN held.retracted ELSE known.retracted END) AS retracted
            FROM step
            LEFT JOIN known ON known.id = step.target_id
            LEFT JOIN LATERAL (
                SELECT fallen.outdated, fallen.disputed, fallen.retracted FROM model_registry_not_sound AS fallen
                WHERE fallen.id = step.target_id AND NOT anew
                OFFSET 0
            ) AS held ON true
            GROUP BY step.source_id
        )
        SELECT array_agg(now.id), array_agg(now.type), array_agg(now.outdated), array_agg(now.disputed),
               array_agg(now.retracted)
        INTO fresh_ids, fresh_types, fresh_outdated, fresh_disputed, fresh_retracted
        FROM (
            SELECT source.id, own.type, known.id AS known_id, known.outdated AS known_outdated,
                   known.disputed AS known_disputed, known.retracted AS known_retracted,
                   CASE WHEN own.state = 'outdated' THEN 0 WHEN reached.outdated < 12 THEN reached.outdated + 1 END AS outdated,
                   CASE WHEN own.state = 'disputed' THEN 0 WHEN reached.disputed < 12 THEN reached.disputed + 1 END AS disputed,
                   CASE WHEN own.state = 'retracted' THEN 0 WHEN reached.retracted < 12 THEN reached.retracted + 1 END
                       AS retracted
            FROM unnest(asked) AS source (id)
            LEFT JOIN LATERAL (
                SELECT artifact.artifact_type AS type,
                       model_registry_state(artifact.version_tag, artifact.lifecycle_state, artifact.superseded_by) AS state
                FROM artifacts AS artifact
                WHERE artifact.id = source.id
                OFFSET 0
            ) AS own ON true
            LEFT JOIN reached ON reached.source_id = source.id
            LEFT JOIN known ON known.id = source.id
        ) AS now
        LEFT JOIN LATERAL (
            SELECT fallen.outdated, fallen.disputed, fallen.retracted FROM model_registry_not_sound AS fallen
            WHERE fallen.id = now.id AND NOT anew
            OFFSET 0
        ) AS held ON true
        WHERE (now.outdated, now.disputed, now.retracted) IS DISTINCT FROM (
            CASE WHEN now.known_id IS NULL THEN held.outdated ELSE now.known_outdated END,
            CASE WHEN now.known_id IS NULL THEN held.disputed ELSE now.known_disputed END,
            CASE WHEN now.known_id IS NULL THEN held.retracted ELSE now.known_retracted END
        );
        EXIT WHEN fresh_ids IS NULL;
        SELECT array_agg(settled.id), array_agg(settled.outdated), array_agg(settled.disputed), array_agg(settled.retracted)
        INTO settled_ids, settled_outdated, settled_disputed, settled_retracted
        FROM (
            SELECT known.id, known.outdated, known.disputed, known.retracted
            FROM unnest(settled_ids, settled_outdated, settled_disputed, settled_retracted)
                AS known (id, outdated, disputed, retracted)
            WHERE known.id NOT IN (SELECT fresh.id FROM unnest(fresh_ids) AS fresh (id))
            UNION ALL
            SELECT fresh.id, fresh.outdated, fresh.disputed, fresh.retracted
            FROM unnest(fresh_ids, fresh_outdated, fresh_disputed, fresh_retracted)
                AS fresh (id, outdated, disputed, retracted)
        ) AS settled;
        asked := ARRAY(
            SELECT dependent.source_id
            FROM model_registry_dependents(
                fresh_ids, ARRAY(SELECT nullif(fresh.type, 'hypothesis') FROM unnest(fresh_types) WITH ORDINALITY AS fresh (type, place) ORDER BY fresh.place),
                unfolded
            ) AS dependent
            UNION
            SELECT now.source_id
            FROM unnest(unfolded_sources, unfolded_targets) AS now (source_id, target_id)
            WHERE now.target_id IN (SELECT fresh.id FROM unnest(fresh_ids) AS fresh (id))
        );
    END LOOP;
    RETURN QUERY
    SELECT settled.id, settled.outdated, settled.disputed, settled.retracted
    FROM unnest(settled_ids, settled_outdated, settled_disputed, settled_retracted)
        AS settled (id, outdated, disputed, retracted);
END
$$;
CREATE FUNCTION public.model_registry_shown(value text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT model_registry_cut(value, model_registry_most_text())
$$;
CREATE FUNCTION public.model_registry_sought(words text) RETURNS TABLE(beginning text)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT DISTINCT CASE
        WHEN starts_with(word, stem.stem) THEN format('''%s'':*', stem.stem)
        ELSE format('(''%s'':* | ''%s'':*)', word, stem.stem)
    END
    FROM unnest(model_registry_lexemes(words)) AS word
    CROSS JOIN LATERAL (SELECT model_registry_stem(word)) AS stem (stem)
$$;
CREATE FUNCTION public.model_registry_spellings(name text, prefix text) RETURNS TABLE(preference bigint, id text)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT spelling.preference, spelling.id
    FROM unnest(ARRAY[
        name, prefix || name, CASE WHEN starts_with(name, prefix) THEN substr(name, length(prefix) + 1) END
    ]) WITH ORDINALITY AS spelling (id, preference)
$$;
CREATE FUNCTION public.model_registry_standings(roots text[], fault_roots text[], fault_ids text[], fault_reasons text[], most_steps integer, most_causes integer) RETURNS TABLE(root text, status text, because jsonb, truncated boolean)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
DECLARE
    node_roots text[] := roots;
    node_ids text[] := roots;
    node_depths integer[] := array_fill(0, ARRAY[cardinality(roots)]);
    node_befores text[] := array_fill(NULL::text, ARRAY[cardinality(roots)]);
    level_roots text[] := roots;
    level_ids text[] := roots;
    level_befores text[];
    cut text[] := '{}';
BEGIN
    IF cardinality(roots) = 0 THEN
        RETURN;
    END IF;
    FOR depth IN 0..most_steps LOOP
        SELECT array_agg(fresh.root), array_agg(fresh.id), array_agg(fresh.before)
        INTO level_roots, level_ids, level_befores
        FROM (
            SELECT level.root, followed.target_id AS id, min(level.id COLLATE "C") AS before
            FROM (
                SELECT source.id, step.target_id
                FROM (SELECT DISTINCT every.id FROM unnest(level_ids) AS every (id)) AS source
                CROSS JOIN LATERAL model_registry_rests_on(source.id) AS step
            ) AS followed
            JOIN unnest(level_roots, level_ids) AS level (root, id) ON level.id = followed.id
            WHERE (level.root, followed.target_id) NOT IN (
                SELECT node.root, node.id FROM unnest(node_roots, node_ids) AS node (root, id)
            )
            GROUP BY level.root, followed.target_id
        ) AS fresh;
        EXIT WHEN level_ids IS NULL;
        IF depth = most_steps OR cardinality(node_ids) > model_registry_most_rested_on() * cardinality(roots) THEN
            cut := cut || level_roots;
            EXIT;
        END IF;
        node_roots := node_roots || level_roots;
        node_ids := node_ids || level_ids;
        node_depths := node_depths || array_fill(depth + 1, ARRAY[cardinality(level_ids)]);
        node_befores := node_befores || level_befores;
    END LOOP;
    cut := cut || ARRAY(
        SELECT node.root
        FROM unnest(node_roots, node_ids) AS node (root, id)
        JOIN model_registry_with_more_links(node_ids, model_registry_graph_links()) AS unread ON unread.id = node.id
    );
    RETURN QUERY
    SELECT asked.id, coalesce(found.status, 'sound'), coalesce(found.because, '[]'),
           asked.id = ANY (cut) OR coalesce(found.number > most_causes, false)
    FROM unnest(roots) AS asked (id)
    LEFT JOIN model_registry_causes(
        node_roots, node_ids, node_depths, node_befores, fault_roots, fault_ids, fault_reasons, most_causes
    ) AS found ON found.root = asked.id;
END
$$;
CREATE FUNCTION public.model_registry_state(version_tag text, lifecycle_state text, successor text) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT CASE
        WHEN version_tag = 'retracted' OR lifecycle_state = 'rejected' THEN 'retracted'
        WHEN lifecycle_state IN ('flagged', 'challenged') THEN 'disputed'
        WHEN lifecycle_state IN ('deprecated', 'superseded')
             OR EXISTS (SELECT FROM artifacts AS later WHERE later.id = successor) THEN 'outdated'
        ELSE 'sound'
    END
$$;
CREATE FUNCTION public.model_registry_status(outdated integer, disputed integer, retracted integer, pins_differ boolean) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE
        WHEN retracted IS NOT NULL THEN 'retracted'
        WHEN disputed IS NOT NULL OR pins_differ THEN 'disputed'
        WHEN outdated IS NOT NULL THEN 'outdated'
        ELSE 'sound'
    END
$$;
CREATE FUNCTION public.model_registry_statuses(ids text[], differing text[]) RETURNS TABLE(id text, status text)
    LANGUAGE plpgsql STABLE ROWS 10
    AS $$
BEGIN
    IF model_registry_is_built() AND NOT EXISTS (SELECT FROM model_registry_changes)
       AND NOT EXISTS (SELECT FROM model_registry_state_changes) AND NOT EXISTS (SELECT FROM model_registry_due) THEN
        RETURN QUERY SELECT fallen.id, fallen.status FROM model_registry_not_sound AS fallen WHERE fallen.id = ANY (ids);
    ELSIF ids <> '{}' THEN
        RETURN QUERY
        SELECT judged.root, judged.status
        FROM model_registry_standings(ids, differing, differing, array_fill(''::text, ARRAY[cardinality(differing)]), 12, 1)
            AS judged
        WHERE judged.status <> 'sound';
    END IF;
END
$$;
CREATE FUNCTION public.model_registry_stem(word text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
            SELECT CASE WHEN stem.stem IS NULL OR length(stem.stem) < 5 THEN word ELSE stem.stem END
            FROM (SELECT CASE WHEN word ~ '^[a-z]{6,}$'
                              THEN (ts_lexize('pg_catalog.english_stem', word))[1] END) AS stem (stem)
        $_$;
CREATE FUNCTION public.model_registry_steps_of(ids text[]) RETURNS TABLE(source_id text, target_id text)
    LANGUAGE sql STABLE
    AS $$
    SELECT step.source_id, step.target_id
    FROM (
        SELECT source.id AS source_id, every.target_id, bool_or(every.is_test) AS is_test
        FROM unnest(ids) AS source (id)
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type, artifact.parent_version_id FROM artifacts AS artifact WHERE artifact.id = source.id
            OFFSET 0
        ) AS registered ON true
        CROSS JOIN LATERAL (
            SELECT link.target_artifact_id AS target_id, link.link_type IN ('tests', 'tests_hypothesis', 'supports') AS is_test
            FROM model_registry_links_of(source.id, model_registry_graph_links()) AS link
            WHERE link.link_type NOT IN ('tests', 'tests_hypothesis', 'supports') OR registered.artifact_type = 'model'
            UNION ALL
            SELECT version.base_model_id, false FROM model_versions AS version
            WHERE version.artifact_id = source.id AND version.base_model_id IS NOT NULL
            UNION ALL
            SELECT evidence.artifact_id, evidence.kind = 'hypothesis' FROM model_registry_evidence AS evidence
            WHERE evidence.id = source.id
            UNION ALL
            SELECT named.name, named.relation = 'tests' FROM model_registry_named AS named
            WHERE named.id = source.id
            OFFSET 0
        ) AS every
        WHERE every.target_id IS DISTINCT FROM registered.parent_version_id
          AND octet_length(every.target_id) <= model_registry_most_id()
        GROUP BY source.id, every.target_id
    ) AS step
    WHERE NOT step.is_test
       OR (SELECT target.artifact_type = 'hypothesis' FROM artifacts AS target WHERE target.id = step.target_id) IS NOT TRUE
$$;
CREATE FUNCTION public.model_registry_superseded(ids text[]) RETURNS TABLE(id text)
    LANGUAGE sql STABLE
    AS $$
    SELECT earlier.id
    FROM unnest(ids) AS later (id)
    CROSS JOIN LATERAL (
        SELECT artifact.id FROM artifacts AS artifact WHERE artifact.superseded_by = later.id
        OFFSET 0
    ) AS earlier
$$;
CREATE FUNCTION public.model_registry_take_turn() RETURNS boolean
    LANGUAGE plpgsql
    AS $$
BEGIN
    LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE NOWAIT;
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END
$$;
CREATE FUNCTION public.model_registry_take_up(most integer) RETURNS integer
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
DECLARE
    taken text[];
    of_state text[];
BEGIN
    WITH oldest AS (
        DELETE FROM model_registry_changes AS change
        WHERE change.ctid = ANY (ARRAY(SELECT old.ctid FROM model_registry_changes AS old LIMIT most))
        RETURNING change.artifact_id
    )
    SELECT array_agg(oldest.artifact_id) INTO taken FROM oldest;
    WITH oldest AS (
        DELETE FROM model_registry_state_changes AS change
        WHERE change.ctid = ANY (ARRAY(SELECT old.ctid FROM model_registry_state_changes AS old LIMIT most))
        RETURNING change.artifact_id
    )
    SELECT array_agg(oldest.artifact_id) INTO of_state FROM oldest;
    INSERT INTO model_registry_due (id)
    SELECT watching.id
    FROM model_registry_watching(ARRAY(SELECT DISTINCT changed.id FROM unnest(taken) AS changed (id))) AS watching
    WHERE EXISTS (SELECT FROM artifacts AS model WHERE model.id = watching.id AND model.artifact_type = 'model')
       OR EXISTS (SELECT FROM model_registry_search AS held WHERE held.id = watching.id)
    ON CONFLICT (id) DO NOTHING;
    PERFORM model_registry_settle(ARRAY(
        SELECT changed.id FROM unnest(taken) AS changed (id)
        WHERE NOT EXISTS (SELECT FROM model_registry_due AS due WHERE due.id = changed.id)
        UNION
        SELECT earlier.id FROM model_registry_superseded(taken) AS earlier
        UNION
        SELECT changed.id FROM unnest(of_state) AS changed (id)
    ));
    RETURN greatest(coalesce(cardinality(taken), 0), coalesce(cardinality(of_state), 0));
END
$$;
CREATE FUNCTION public.model_registry_tally(ids text[], sign integer) RETURNS void
    LANGUAGE sql
    AS $$
    INSERT INTO model_registry_counts AS kept (family, is_latest, complete, origin_type, promotion_state, lifecycle_state, number)
    SELECT model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state,
           model.lifecycle_state, sign * count(*)
    FROM model_registry_projection AS model
    WHERE model.id = ANY (ids)
    GROUP BY model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state,
           model.lifecycle_state
    ON CONFLICT (family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
        DO UPDATE SET number = kept.number + excluded.number;
    INSERT INTO model_registry_evidence_counts AS kept
        (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state, number)
    SELECT found.kind, found.artifact_id, found.family, found.is_latest, found.complete, found.origin_type,
           found.promotion_state, found.lifecycle_state, sign * count(*)
    FROM model_registry_evidence AS found
    WHERE found.id = ANY (ids) AND found.kind <> 'analysis'
    GROUP BY found.kind, found.artifact_id, found.family, found.is_latest, found.complete, found.origin_type,
             found.promotion_state, found.lifecycle_state
    ON CONFLICT (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
        DO UPDATE SET number = kept.number + excluded.number;
$$;
CREATE FUNCTION public.model_registry_text(document jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
    SELECT string_agg(leaf.value, ' ')
    FROM jsonb_array_elements_text(  -- a set-returning jsonb_path_query takes time by the square of its results
        jsonb_path_query_array(
            document,
            'strict $.**{0 to 40} ? (@.type() == "string" || @.type() == "number"
             && (@ > -1e20 && @ < -1e-20 || @ == 0 || @ > 1e-20 && @ < 1e20))'
        )
    ) AS leaf (value)
$_$;
CREATE FUNCTION public.model_registry_text_of(document jsonb, keys text[]) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT string_agg(model_registry_text(document -> key), ' ') FROM unnest(keys) AS key WHERE document ? key
$$;
CREATE FUNCTION public.model_registry_tidy() RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM model_registry_project(ARRAY(
        SELECT held.id
        FROM (
            SELECT projected.id FROM model_registry_projection AS projected
            UNION SELECT metric.id FROM model_registry_metrics AS metric
            UNION SELECT evidence.id FROM model_registry_evidence AS evidence
            UNION SELECT searched.id FROM model_registry_search AS searched
            UNION SELECT unindexed.id FROM model_registry_unindexed AS unindexed
            UNION SELECT headline.id FROM model_registry_headlines AS headline
            UNION SELECT named.id FROM model_registry_named AS named
        ) AS held
        WHERE NOT EXISTS (
            SELECT FROM artifacts AS artifact
            WHERE artifact.id = held.id COLLATE "default" AND artifact.artifact_type = 'model'
        )
    ));
    PERFORM model_registry_counts_anew();
    PERFORM model_registry_settle_anew();
END
$$;
CREATE FUNCTION public.model_registry_timestamp(moment timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT CASE
        WHEN moment >= '0001-01-01 00:00:00+00' AND moment < '10000-01-01 00:00:00+00'
            THEN (to_jsonb(moment AT TIME ZONE 'UTC') #>> '{}') || 'Z'
    END
$$;
CREATE FUNCTION public.model_registry_title(title text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT model_registry_cut(title, model_registry_most_title())
$$;
CREATE FUNCTION public.model_registry_told(evidence_id text) RETURNS TABLE(words text, watches text[])
    LANGUAGE sql STABLE
    AS $$
    WITH RECURSIVE source (id, step) AS (
        SELECT evidence_id, 0
        UNION
        SELECT link.target_artifact_id, source.step + 1
        FROM source
        CROSS JOIN LATERAL (
            SELECT artifact.id
            FROM artifacts AS artifact
            WHERE artifact.id = source.id
                AND (source.step = 0 OR artifact.artifact_type IN ('dataset', 'tabular_dataset', 'paper'))
            OFFSET 0
        ) AS known
        CROSS JOIN LATERAL model_registry_links_of(known.id, ARRAY['derives_from', 'cites', 'uses']) AS link
        WHERE source.step < 3
    ),
    met AS MATERIALIZED (
        SELECT source.id, min(source.step) AS step FROM (SELECT source.id, source.step FROM source LIMIT 31) AS source
        GROUP BY source.id
    )
    SELECT model_registry_weighted(left(concat_ws(' ', evidence_id, (
               SELECT string_agg(known.text, ' ' ORDER BY met.step, met.id)
               FROM met
               CROSS JOIN LATERAL (
                   SELECT model_registry_told_text(artifact.title, artifact.metadata) AS text
                   FROM artifacts AS artifact
                   WHERE artifact.id = met.id
                       AND (met.step = 0 OR artifact.artifact_type IN ('dataset', 'tabular_dataset', 'paper'))
                   OFFSET 0
               ) AS known
           )), model_registry_most_searched() / 2), 'D'),
           ARRAY(SELECT DISTINCT model_registry_key(met.id) FROM met)
$$;
CREATE FUNCTION public.model_registry_told_evidence(datasets text[], analyses text[], hypotheses text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT datasets[:20] || analyses[:20] || hypotheses[:20]
$$;
CREATE FUNCTION public.model_registry_told_keys() RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT ARRAY[
        'description', 'summary', 'abstract', 'statement', 'citation', 'keywords', 'tags', 'method', 'subjects', 'outcome',
        'disease', 'condition', 'organism', 'species', 'tissue', 'assay'
    ]
$$;
CREATE FUNCTION public.model_registry_told_of(ids text[], evidence text[]) RETURNS TABLE(id text, words tsvector, watches text[])
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
BEGIN
    RETURN QUERY
    WITH pair AS MATERIALIZED (
        SELECT DISTINCT each.id, each.evidence_id COLLATE "default" AS evidence_id  -- that of the host's index
        FROM unnest(ids, evidence) AS each (id, evidence_id)
    ),
    told AS MATERIALIZED (
        SELECT piece.evidence_id, of_piece.words, of_piece.watches
        FROM (SELECT DISTINCT pair.evidence_id FROM pair) AS piece
        CROSS JOIN LATERAL model_registry_told(piece.evidence_id) AS of_piece
    )
    SELECT pair.id, coalesce(string_agg(told.words, ' '), '')::tsvector,
           string_to_array(string_agg(array_to_string(told.watches, E'\x01'), E'\x01'), E'\x01')
    FROM pair JOIN told ON told.evidence_id = pair.evidence_id
    GROUP BY pair.id;
END
$$;
CREATE FUNCTION public.model_registry_told_text(title text, metadata jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN (
        SELECT concat_ws(' ', model_registry_title(title),
                         left(model_registry_text_of(read.document, model_registry_told_keys()), 2000))
        FROM model_registry_document(metadata) AS read
    );
EXCEPTION WHEN program_limit_exceeded OR data_exception OR internal_error THEN
    RETURN model_registry_title(title);
END
$$;
CREATE FUNCTION public.model_registry_tsquery(words text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(string_agg(sought.beginning, ' & '), ''' ''')::tsquery FROM model_registry_sought(words) AS sought
$$;
CREATE FUNCTION public.model_registry_unjudged(ids text[]) RETURNS TABLE(model public.model_registry_projection, naming jsonb)
    LANGUAGE sql STABLE
    AS $$
    SELECT ROW(
               model.id, model_registry_title(model.title),
               CASE WHEN read.document ->> 'model_family' IN ('biophysical', 'deep_learning', 'statistical')
                    THEN read.document ->> 'model_family'
               END,
               model.version_number, model_registry_label(model.version_tag), model.is_latest,
               NULL,
               CASE WHEN model.quality_score NOT IN ('NaN', 'Infinity', '-Infinity') THEN model.quality_score END,
               reported.metrics, model_registry_parameter_count(read.document),
               NULL, NULL, NULL,
               model_registry_claims_hypothesis(read.document),
               NULL, NULL,
               model_registry_label(model.origin_type), model_registry_label(model.lifecycle_state),
               version.promotion_state, model_registry_label(model.created_by), model.created_at,
               model_registry_natural(model.title),
               model_registry_unreadable(model.title, version.eval_metrics_json, read.document, read.is_read),
               CASE jsonb_typeof(read.document -> 'headline_metric')
                   WHEN 'string' THEN model_registry_label(read.document ->> 'headline_metric')
               END,
               false
           )::model_registry_projection,
           model_registry_evidence_keys(read.document)
    FROM artifacts AS model
    CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
    LEFT JOIN LATERAL (
        SELECT of_model.promotion_state, of_model.eval_metrics_json
        FROM model_versions AS of_model
        WHERE of_model.artifact_id = model.id
        OFFSET 0
    ) AS version ON true
    CROSS JOIN LATERAL model_registry_reported_metrics(version.eval_metrics_json, read.document) AS reported
    WHERE model.id = ANY (ids) AND model.artifact_type = 'model'
    OFFSET 0
$$;
CREATE FUNCTION public.model_registry_unlogged() RETURNS TABLE(host regclass, logging regproc)
    LANGUAGE sql STABLE
    AS $$
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
CREATE FUNCTION public.model_registry_unpacked(stored jsonb) RETURNS TABLE(document jsonb)
    LANGUAGE sql STABLE
    AS $$
    SELECT CASE WHEN pg_column_size(unpacked.document) <= model_registry_most_document() THEN unpacked.document END
    FROM (
        SELECT CASE
                   WHEN pg_column_size(stored) <= model_registry_most_packed()
                       OR pg_column_size(stored) <= model_registry_most_document() AND pg_column_compression(stored) IS NULL
                       THEN stored #> '{}'
               END AS document
        OFFSET 0
    ) AS unpacked
$$;
CREATE FUNCTION public.model_registry_unread(model_id text) RETURNS SETOF public.model_registry_projection
    LANGUAGE sql STABLE
    AS $$
    SELECT model.id, model_registry_title(model.id), NULL::text, model.version_number, NULL::text, model.is_latest,
           NULL::double precision, NULL::double precision, '{}'::jsonb, NULL::numeric,
           '{}'::text[], '{}'::text[], '{}'::text[], false,
           ARRAY['trained_on_dataset_id', 'produced_by_analysis_id', 'pinned_inputs'], false, NULL::text, NULL::text,
           NULL::text, NULL::text, model.created_at, model_registry_natural(model.id), ARRAY['artifacts'], NULL::text, false
    FROM artifacts AS model
    WHERE model.id = model_id AND model.artifact_type = 'model'
$$;
CREATE FUNCTION public.model_registry_unreadable(title text, eval_metrics_json text, document jsonb, is_read boolean) RETURNS text[]
    LANGUAGE sql STABLE
    AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN NOT is_read THEN 'metadata' END,
        CASE WHEN octet_length(eval_metrics_json) > model_registry_most_json() THEN 'model_versions.eval_metrics_json' END,
        CASE WHEN model_registry_is_longer(title, model_registry_most_title()) THEN 'title' END
    ] || CASE WHEN pg_column_size(document) > 4 * model_registry_most_entries() THEN ARRAY[
        CASE WHEN pg_column_size(document -> 'evaluation_metrics') > 9 * model_registry_most_entries()
             THEN CASE WHEN model_registry_entries_more(document -> 'evaluation_metrics') THEN 'metadata.evaluation_metrics' END
        END,
        CASE WHEN pg_column_size(document -> 'training_metrics') > 9 * model_registry_most_entries()
             THEN CASE WHEN model_registry_entries_more(document -> 'training_metrics') THEN 'metadata.training_metrics' END
        END,
        CASE WHEN pg_column_size(document -> 'fit_metrics') > 9 * model_registry_most_entries()
             THEN CASE WHEN model_registry_entries_more(document -> 'fit_metrics') THEN 'metadata.fit_metrics' END
        END,
        CASE WHEN model_registry_has_more_texts(document -> 'trained_on_dataset_id') THEN 'metadata.trained_on_dataset_id' END,
        CASE WHEN model_registry_has_more_texts(document -> 'produced_by_analysis_id')
             THEN 'metadata.produced_by_analysis_id'
        END
    ] END, NULL)
$$;
CREATE FUNCTION public.model_registry_unresolved(ids text[]) RETURNS TABLE(id text, kind text, dead_ends jsonb)
    LANGUAGE sql STABLE
    AS $$
    SELECT dead_end.id, dead_end.kind,
           jsonb_agg(
               jsonb_build_array(model_registry_title(dead_end.name), dead_end.found_type, dead_end.link_type)
               ORDER BY dead_end.place, dead_end.name COLLATE "C", dead_end.link_type COLLATE "C"
           )
    FROM (
        SELECT named.id, named.kind, named.name, model_registry_found_type(named.name, named.types) AS found_type,
               NULL AS link_type, min(named.place) AS place
        FROM model_registry_named_evidence_of(ids) AS named
        WHERE NOT EXISTS (SELECT FROM model_registry_resolve(named.name, named.types))
        GROUP BY named.id, named.kind, named.name, named.types
        UNION ALL
        SELECT model.id, kind.kind, link.target_artifact_id, target.artifact_type, link.link_type, NULL
        FROM unnest(ids) AS model (id)
        CROSS JOIN LATERAL model_registry_links_of(model.id, model_registry_evidence_links()) AS link
        JOIN model_registry_kinds() AS kind ON link.link_type = ANY (kind.own_link_types)
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = link.target_artifact_id
            OFFSET 0
        ) AS target ON true
        WHERE (target.artifact_type = ANY (kind.types)) IS NOT TRUE
    ) AS dead_end
    GROUP BY dead_end.id, dead_end.kind
$$;
CREATE FUNCTION public.model_registry_unsettled(affected text[]) RETURNS text[]
    LANGUAGE sql STABLE
    AS $$
    SELECT coalesce(array_agg(waiting.id), '{}')
    FROM (
        WITH change AS MATERIALIZED (SELECT DISTINCT logged.artifact_id AS id FROM model_registry_changes AS logged)
        SELECT change.id FROM change
        UNION
        SELECT earlier.id FROM model_registry_superseded(ARRAY(SELECT change.id FROM change)) AS earlier
        UNION
        SELECT logged.artifact_id FROM model_registry_state_changes AS logged
        UNION
        SELECT model.id FROM unnest(affected) AS model (id)
    ) AS waiting
$$;
CREATE FUNCTION public.model_registry_versions_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
            BEGIN
                IF TG_TABLE_SCHEMA <> 'public' OR TG_TABLE_NAME <> 'model_versions' THEN
                    RETURN NULL;
                END IF;
                CASE TG_OP
                    WHEN 'INSERT' THEN
                        INSERT INTO public.model_registry_changes (artifact_id) SELECT DISTINCT after.artifact_id FROM after;
                    WHEN 'DELETE' THEN
                        INSERT INTO public.model_registry_changes (artifact_id) SELECT DISTINCT before.artifact_id FROM before;
                    WHEN 'UPDATE' THEN
                        WITH changed AS MATERIALIZED (
                            SELECT before.artifact_id AS before_id, after.artifact_id AS after_id,
                                   (
                ROW(before.artifact_id, before.promotion_state, before.eval_metrics_json)::record
                *<> ROW(after.artifact_id, after.promotion_state, after.eval_metrics_json)::record
            ) IS TRUE AS is_read, (before.base_model_id IS DISTINCT FROM after.base_model_id) IS TRUE AS stands
                            FROM before FULL JOIN after ON after.artifact_id = before.artifact_id
                        ),
                        judged AS (
                            INSERT INTO public.model_registry_changes (artifact_id)
                            SELECT DISTINCT named.id FROM changed
                            CROSS JOIN LATERAL (VALUES (changed.before_id), (changed.after_id)) AS named (id)
                            WHERE named.id IS NOT NULL AND changed.is_read
                        )
                        INSERT INTO public.model_registry_state_changes (artifact_id)
                        SELECT DISTINCT changed.after_id FROM changed WHERE changed.stands AND NOT changed.is_read;
                    ELSE  -- a truncated table has no rows to log
                        INSERT INTO public.model_registry_builds DEFAULT VALUES;
                END CASE;
                RETURN NULL;
            END
            $$;
CREATE FUNCTION public.model_registry_waiting() RETURNS TABLE(id text)
    LANGUAGE sql STABLE
    AS $$
    SELECT due.id FROM model_registry_due AS due
    UNION
    SELECT watching.id
    FROM model_registry_watching(ARRAY(SELECT DISTINCT change.artifact_id FROM model_registry_changes AS change)) AS watching
$$;
CREATE FUNCTION public.model_registry_watched(model_id text, metadata jsonb, analyses text[]) RETURNS TABLE(ids text[])
    LANGUAGE sql STABLE
    AS $$
    SELECT coalesce(array_agg(DISTINCT model_registry_key(watched.id)), '{}')
    FROM (
        SELECT spelling.id
        FROM model_registry_kinds() AS kind
        CROSS JOIN LATERAL model_registry_listed_texts(metadata -> kind.key) AS named
        CROSS JOIN LATERAL model_registry_spellings(named.name, kind.prefix) AS spelling
        UNION ALL
        SELECT link.target_artifact_id FROM model_registry_links_of(model_id, model_registry_evidence_links()) AS link
        UNION ALL
        SELECT link.target_artifact_id
        FROM unnest(analyses) AS analysis (id)
        CROSS JOIN LATERAL model_registry_links_of(analysis.id, model_registry_input_links()) AS link
    ) AS watched
    WHERE watched.id IS NOT NULL
$$;
CREATE FUNCTION public.model_registry_watching(ids text[]) RETURNS TABLE(id text)
    LANGUAGE sql STABLE
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
    SELECT changed.id FROM unnest(ids) AS changed (id)
    UNION
    SELECT watching.id
    FROM unnest(ids) AS changed (id)
    JOIN model_registry_search AS watching ON watching.watches @> ARRAY[model_registry_key(changed.id)]
    UNION
    SELECT evaluation.model_id
    FROM unnest(ids) AS changed (id)
    CROSS JOIN LATERAL (
        SELECT link.target_artifact_id AS model_id
        FROM artifact_links AS link
        WHERE link.source_artifact_id = changed.id AND link.link_type = 'evaluates'
        OFFSET 0
    ) AS evaluation
$$;
CREATE FUNCTION public.model_registry_weighted(text text, weight text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT string_agg(concat('''', word, ''':1', weight), ' ') FROM unnest(model_registry_lexemes(text)) AS word
$$;
CREATE FUNCTION public.model_registry_whole_number(value jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE
        WHEN jsonb_typeof(value) <> 'number' THEN NULL
        WHEN value::numeric NOT BETWEEN 0 AND 1.7976931348623157e308 THEN NULL
        WHEN value::numeric <> trunc(value::numeric) THEN NULL
        ELSE trunc(value::numeric)
    END
$$;
CREATE FUNCTION public.model_registry_with_more_links(ids text[], types text[]) RETURNS TABLE(id text)
    LANGUAGE sql STABLE
    AS $$
    SELECT source.id
    FROM (SELECT DISTINCT every.id FROM unnest(ids) AS every (id)) AS source
    CROSS JOIN LATERAL (
        SELECT count(*) AS number, max(octet_length(link.target_artifact_id)) AS longest
        FROM (
            SELECT known.target_artifact_id
            FROM artifact_links AS known
            WHERE known.source_artifact_id = source.id AND known.link_type = ANY (types)
            LIMIT model_registry_most_entries() + 1
        ) AS link
    ) AS counted
    WHERE counted.number > model_registry_most_entries() OR counted.longest > model_registry_most_id()
$$;
CREATE FUNCTION public.model_registry_words(id text, title text, metadata jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT array_to_tsvector(ARRAY[' ']) || concat_ws(' ',
        model_registry_weighted(concat_ws(' ', model_registry_title(id), model_registry_title(title)), 'A'),
        model_registry_weighted(left(
            model_registry_text_of(metadata, ARRAY[
                'name', 'card', 'description', 'summary', 'abstract', 'keywords', 'tags', 'task', 'task_type',
                'model_type', 'model_family', 'architecture', 'framework'
            ]), model_registry_most_searched() / 2
        ), 'B'),
        model_registry_weighted(left(
            model_registry_text_of(metadata, ARRAY['equations', 'species', 'features']), model_registry_most_searched() / 2
        ), 'C')
    )::tsvector
$$;
CREATE FUNCTION public.model_registry_write(ids text[]) RETURNS void
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_nestloop TO 'off'
    SET enable_memoize TO 'off'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS $$
BEGIN
    PERFORM model_registry_remove(ids);
    WITH every AS MATERIALIZED (
        SELECT judge.* FROM model_registry_judge(ids) AS judge
    ),
    told AS MATERIALIZED (
        SELECT of_models.*
        FROM (
            SELECT array_agg(every.id) AS ids, array_agg(piece.id) AS evidence
            FROM every
            CROSS JOIN LATERAL unnest(
                model_registry_told_evidence(every.datasets, every.analyses, every.hypotheses)
            ) AS piece (id)
        ) AS named
        CROSS JOIN LATERAL model_registry_told_of(named.ids, named.evidence) AS of_models
    ),
    judged AS MATERIALIZED (
        SELECT every.* FROM every WHERE model_registry_fits(every::model_registry_projection)
    ),
    unindexed AS (
        INSERT INTO model_registry_unindexed
        SELECT every.* FROM every WHERE NOT model_registry_fits(every::model_registry_projection)
    ),
    searched AS (
        INSERT INTO model_registry_search
        SELECT narrow.* FROM every
        LEFT JOIN told ON told.id = every.id
        CROSS JOIN LATERAL model_registry_search_rows(every::model_registry_projection, told.words, told.watches) AS narrow
    ),
    named AS (
        INSERT INTO model_registry_named
        SELECT narrow.* FROM every
        CROSS JOIN LATERAL model_registry_named_rows(every.id) AS narrow
    ),
    metric AS (
        INSERT INTO model_registry_metrics
        SELECT narrow.* FROM judged
        CROSS JOIN LATERAL model_registry_metric_rows(judged::model_registry_projection) AS narrow
    ),
    evidence AS (
        INSERT INTO model_registry_evidence
        SELECT narrow.* FROM judged
        CROSS JOIN LATERAL model_registry_evidence_rows(judged::model_registry_projection) AS narrow
    )
    INSERT INTO model_registry_projection SELECT judged.* FROM judged;
    PERFORM model_registry_tally(ids, 1);
    PERFORM model_registry_ask_headlines(ids);
END
$$;
CREATE TABLE public.artifact_links (
    id bigint NOT NULL,
    source_artifact_id text NOT NULL,
    target_artifact_id text NOT NULL,
    link_type text NOT NULL,
    strength double precision,
    evidence jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE SEQUENCE public.artifact_links_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.artifact_links_id_seq OWNED BY public.artifact_links.id;
CREATE TABLE public.artifacts (
    id text NOT NULL,
    artifact_type text NOT NULL,
    title text NOT NULL,
    entity_ids jsonb DEFAULT '[]'::jsonb NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    content_hash text,
    provenance_chain jsonb DEFAULT '[]'::jsonb NOT NULL,
    quality_score double precision,
    created_by text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    origin_type text DEFAULT 'internal'::text,
    origin_url text,
    version_number integer DEFAULT 1 NOT NULL,
    parent_version_id text,
    version_tag text,
    changelog text,
    is_latest boolean DEFAULT true NOT NULL,
    lifecycle_state text DEFAULT 'active'::text NOT NULL,
    superseded_by text,
    version bigint DEFAULT 0 NOT NULL,
    last_mutated_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.model_registry_builds (
    built_to text
);
ALTER TABLE ONLY public.model_registry_builds REPLICA IDENTITY FULL;
CREATE TABLE public.model_registry_changes (
    artifact_id text NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');
ALTER TABLE ONLY public.model_registry_changes REPLICA IDENTITY FULL;
CREATE TABLE public.model_registry_counts (
    family text,
    is_latest boolean NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    promotion_state text,
    lifecycle_state text,
    number bigint NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');
ALTER TABLE ONLY public.model_registry_counts REPLICA IDENTITY FULL;
CREATE TABLE public.model_registry_due (
    id text NOT NULL COLLATE pg_catalog."C"
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');
CREATE TABLE public.model_registry_evidence_counts (
    kind text NOT NULL COLLATE pg_catalog."C",
    artifact_id text NOT NULL,
    family text,
    is_latest boolean NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    promotion_state text,
    lifecycle_state text,
    number bigint NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='10000');
ALTER TABLE ONLY public.model_registry_evidence_counts REPLICA IDENTITY FULL;
CREATE TABLE public.model_registry_headlines (
    id text NOT NULL COLLATE pg_catalog."C",
    due uuid,
    claimed_at timestamp with time zone,
    digest text,
    metric text,
    low double precision,
    high double precision,
    rows integer,
    units integer,
    agrees boolean,
    contradicted text[] DEFAULT '{}'::text[] NOT NULL
);
CREATE VIEW public.model_registry_models AS
 SELECT judged.id,
    judged.title,
    judged.family,
    judged.version_number,
    judged.version_tag,
    judged.is_latest,
    judged.quality_score,
    judged.quality_score_stored,
    judged.metrics,
    judged.parameter_count,
    judged.datasets,
    judged.analyses,
    judged.hypotheses,
    judged.claims_hypothesis,
    judged.missing,
    judged.complete,
    judged.origin_type,
    judged.lifecycle_state,
    judged.promotion_state,
    judged.created_by,
    judged.created_at,
    judged.title_key,
    judged.unreadable,
    judged.headline_metric,
    judged.pins_differ
   FROM public.model_registry_judge(ARRAY( SELECT DISTINCT artifact.id
           FROM public.artifacts artifact
          WHERE (artifact.artifact_type = 'model'::text))) judged(id, title, family, version_number, version_tag, is_latest, quality_score, quality_score_stored, metrics, parameter_count, datasets, analyses, hypotheses, claims_hypothesis, missing, complete, origin_type, lifecycle_state, promotion_state, created_by, created_at, title_key, unreadable, headline_metric, pins_differ);
CREATE TABLE public.model_registry_not_sound (
    id text NOT NULL COLLATE pg_catalog."C",
    outdated integer,
    disputed integer,
    retracted integer,
    pins_differ boolean NOT NULL,
    status text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.model_registry_state_changes (
    artifact_id text NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');
ALTER TABLE ONLY public.model_registry_state_changes REPLICA IDENTITY FULL;
CREATE TABLE public.model_registry_turn (
);
ALTER TABLE ONLY public.model_registry_turn REPLICA IDENTITY FULL;
CREATE TABLE public.model_registry_unindexed (
    id text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    family text,
    version_number integer NOT NULL,
    version_tag text,
    is_latest boolean NOT NULL,
    quality_score double precision,
    quality_score_stored double precision,
    metrics jsonb NOT NULL,
    parameter_count numeric,
    datasets text[] NOT NULL,
    analyses text[] NOT NULL,
    hypotheses text[] NOT NULL,
    claims_hypothesis boolean NOT NULL,
    missing text[] NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    lifecycle_state text,
    promotion_state text,
    created_by text,
    created_at timestamp with time zone NOT NULL,
    title_key text NOT NULL COLLATE pg_catalog."C",
    unreadable text[] NOT NULL,
    headline_metric text,
    pins_differ boolean NOT NULL
);
ALTER TABLE ONLY public.model_registry_unindexed REPLICA IDENTITY FULL;
CREATE TABLE public.model_versions (
    artifact_id text NOT NULL,
    is_external integer DEFAULT 0 NOT NULL,
    external_source_url text,
    external_source_version text,
    base_model_id text,
    code_repo_url text,
    code_commit_sha text,
    code_entrypoint text,
    training_started_at text,
    training_completed_at text,
    trained_by text,
    gpu_allocation_id text,
    training_params_json text,
    eval_metrics_json text,
    eval_dataset_artifact_id text,
    benchmark_id text,
    promotion_state text DEFAULT 'candidate'::text NOT NULL,
    promotion_notes text,
    created_at text,
    CONSTRAINT model_versions_is_external_check CHECK ((is_external = ANY (ARRAY[0, 1]))),
    CONSTRAINT model_versions_promotion_state_check CHECK ((promotion_state = ANY (ARRAY['candidate'::text, 'promoted'::text, 'rejected'::text, 'superseded'::text])))
);
ALTER TABLE ONLY public.artifact_links ALTER COLUMN id SET DEFAULT nextval('public.artifact_links_id_seq'::regclass);
ALTER TABLE ONLY public.artifact_links
    ADD CONSTRAINT artifact_links_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.artifact_links
    ADD CONSTRAINT artifact_links_source_artifact_id_target_artifact_id_link_t_key UNIQUE (source_artifact_id, target_artifact_id, link_type);
ALTER TABLE ONLY public.artifacts
    ADD CONSTRAINT artifacts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.model_registry_counts
    ADD CONSTRAINT model_registry_counts_family_is_latest_complete_origin_type_key UNIQUE NULLS NOT DISTINCT (family, is_latest, complete, origin_type, promotion_state, lifecycle_state);
ALTER TABLE ONLY public.model_registry_due
    ADD CONSTRAINT model_registry_due_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.model_registry_evidence_counts
    ADD CONSTRAINT model_registry_evidence_count_kind_artifact_id_family_is_la_key UNIQUE NULLS NOT DISTINCT (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state);
ALTER TABLE ONLY public.model_registry_evidence
    ADD CONSTRAINT model_registry_evidence_pkey PRIMARY KEY (id, kind, artifact_id);
ALTER TABLE ONLY public.model_registry_headlines
    ADD CONSTRAINT model_registry_headlines_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.model_registry_metrics
    ADD CONSTRAINT model_registry_metrics_pkey PRIMARY KEY (id, name);
ALTER TABLE ONLY public.model_registry_not_sound
    ADD CONSTRAINT model_registry_not_sound_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.model_registry_projection
    ADD CONSTRAINT model_registry_projection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.model_registry_search
    ADD CONSTRAINT model_registry_search_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_versions_pkey PRIMARY KEY (artifact_id);
CREATE INDEX artifacts_latest_by_type ON public.artifacts USING btree (artifact_type, is_latest) WHERE is_latest;
CREATE INDEX artifacts_parent_version_id ON public.artifacts USING btree (parent_version_id);
CREATE INDEX artifacts_version_tag ON public.artifacts USING btree (version_tag) WHERE (version_tag IS NOT NULL);
CREATE INDEX model_registry_artifacts_by_successor ON public.artifacts USING btree (superseded_by) WHERE (superseded_by IS NOT NULL);
CREATE INDEX model_registry_best ON public.model_registry_projection USING btree (quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_best_by_completeness ON public.model_registry_projection USING btree (complete, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_by_analysis ON public.model_registry_projection USING gin (analyses) WITH (fastupdate=off);
CREATE INDEX model_registry_by_complete ON public.model_registry_projection USING btree (complete);
CREATE INDEX model_registry_by_creator ON public.model_registry_projection USING btree (created_by);
CREATE INDEX model_registry_by_dataset ON public.model_registry_projection USING gin (datasets) WITH (fastupdate=off);
CREATE INDEX model_registry_by_evidence ON public.model_registry_evidence USING btree (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state, id);
CREATE INDEX model_registry_by_flags ON public.model_registry_projection USING btree (family, is_latest, complete, origin_type, promotion_state, lifecycle_state) INCLUDE (id);
CREATE INDEX model_registry_by_hypothesis ON public.model_registry_projection USING gin (hypotheses) WITH (fastupdate=off);
CREATE INDEX model_registry_by_latest ON public.model_registry_projection USING btree (is_latest);
CREATE INDEX model_registry_by_origin ON public.model_registry_projection USING btree (origin_type);
CREATE INDEX model_registry_by_promotion ON public.model_registry_projection USING btree (promotion_state);
CREATE INDEX model_registry_by_tag ON public.model_registry_projection USING btree (version_tag);
CREATE INDEX model_registry_by_watched ON public.model_registry_search USING gin (watches) WITH (fastupdate=off);
CREATE INDEX model_registry_by_word ON public.model_registry_search USING gin (words) WITH (fastupdate=off);
CREATE INDEX model_registry_first_title ON public.model_registry_projection USING btree (title_key, created_at DESC, id);
CREATE INDEX model_registry_headlines_due ON public.model_registry_headlines USING btree (id) WHERE (due IS NOT NULL);
CREATE INDEX model_registry_highest_metric ON public.model_registry_metrics USING btree (name, value DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_largest ON public.model_registry_projection USING btree (parameter_count DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_last_title ON public.model_registry_projection USING btree (title_key DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_links_by_target ON public.artifact_links USING btree (target_artifact_id);
CREATE INDEX model_registry_lowest_metric ON public.model_registry_metrics USING btree (name, value, created_at DESC, id) INCLUDE (family, is_latest, complete, origin_type, promotion_state, lifecycle_state);
CREATE INDEX model_registry_named_by_id ON public.model_registry_named USING btree (id);
CREATE INDEX model_registry_named_by_key ON public.model_registry_named USING btree (key);
CREATE INDEX model_registry_newest ON public.model_registry_projection USING btree (created_at DESC NULLS LAST, id);
CREATE INDEX model_registry_not_sound_by_status ON public.model_registry_not_sound USING btree (status);
CREATE INDEX model_registry_oldest ON public.model_registry_projection USING btree (created_at, id);
CREATE INDEX model_registry_smallest ON public.model_registry_projection USING btree (parameter_count, created_at DESC, id);
CREATE INDEX model_registry_versions_by_base ON public.model_versions USING btree (base_model_id) WHERE (base_model_id IS NOT NULL);
CREATE INDEX model_registry_worst ON public.model_registry_projection USING btree (quality_score, created_at DESC, id);
CREATE TRIGGER artifacts_count_mutation BEFORE INSERT OR UPDATE ON public.artifacts FOR EACH ROW EXECUTE FUNCTION public.artifacts_count_mutation();
CREATE TRIGGER model_registry_deleted AFTER DELETE ON public.artifact_links REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_links_changed();
CREATE TRIGGER model_registry_deleted AFTER DELETE ON public.artifacts REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_artifacts_changed();
CREATE TRIGGER model_registry_deleted AFTER DELETE ON public.model_versions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_versions_changed();
CREATE TRIGGER model_registry_inserted AFTER INSERT ON public.artifact_links REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_links_changed();
CREATE TRIGGER model_registry_inserted AFTER INSERT ON public.artifacts REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_artifacts_changed();
CREATE TRIGGER model_registry_inserted AFTER INSERT ON public.model_versions REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_versions_changed();
CREATE TRIGGER model_registry_truncated AFTER TRUNCATE ON public.artifact_links FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_links_changed();
CREATE TRIGGER model_registry_truncated AFTER TRUNCATE ON public.artifacts FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_artifacts_changed();
CREATE TRIGGER model_registry_truncated AFTER TRUNCATE ON public.model_versions FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_versions_changed();
CREATE TRIGGER model_registry_updated AFTER UPDATE ON public.artifact_links REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_links_changed();
CREATE TRIGGER model_registry_updated AFTER UPDATE ON public.artifacts REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_artifacts_changed();
CREATE TRIGGER model_registry_updated AFTER UPDATE ON public.model_versions REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_versions_changed();
ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_versions_artifact_id_fkey FOREIGN KEY (artifact_id) REFERENCES public.artifacts(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_versions_base_model_id_fkey FOREIGN KEY (base_model_id) REFERENCES public.artifacts(id);
ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_versions_eval_dataset_artifact_id_fkey FOREIGN KEY (eval_dataset_artifact_id) REFERENCES public.artifacts(id);
