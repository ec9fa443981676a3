-- What `init-db` of 24 November 2026 left in an empty database: layout 5 of the projection, with the host's tables.
-- Written by it and read back by pg_dump 15 (--schema-only --no-owner --no-acl), without comments and blank lines.
SET check_function_bodies = false;
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
    IF NOT EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN QUERY SELECT model.id FROM artifacts AS model WHERE model.artifact_type = 'model'
        UNION
        SELECT projected.id FROM model_registry_projection AS projected;
    ELSIF EXISTS (SELECT FROM model_registry_changes) OR EXISTS (SELECT FROM model_registry_unprojected) THEN
        RETURN QUERY
        SELECT unprojected.id FROM model_registry_unprojected AS unprojected
        UNION
        SELECT watching.id
        FROM model_registry_watching(ARRAY(SELECT DISTINCT change.artifact_id FROM model_registry_changes AS change)) AS watching;
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
    IF NOT EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN ARRAY(SELECT DISTINCT asked.id FROM unnest(ids) AS asked (id));
    ELSIF NOT EXISTS (SELECT FROM model_registry_changes) AND NOT EXISTS (SELECT FROM model_registry_unprojected) THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT watched.model_id
        FROM (
            SELECT asked.id, asked.id FROM unnest(ids) AS asked (id)
            UNION ALL
            SELECT asked.id, watch.id
            FROM unnest(ids) AS asked (id)
            CROSS JOIN LATERAL (
                SELECT searched.watches FROM model_registry_search AS searched WHERE searched.id = asked.id OFFSET 0
            ) AS watching
            CROSS JOIN LATERAL unnest(watching.watches) AS watch (id)
        ) AS watched (model_id, id)
        JOIN model_registry_changes AS change ON change.artifact_id = watched.id
        UNION
        SELECT unprojected.id FROM model_registry_unprojected AS unprojected
        JOIN unnest(ids) AS asked (id) ON asked.id = unprojected.id
    );
END
$$;
CREATE FUNCTION public.model_registry_build(most integer) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    next_ids text[];
BEGIN
    PERFORM pg_advisory_xact_lock(7305115);
    IF EXISTS (SELECT FROM model_registry_state AS state WHERE state.complete) THEN
        RETURN 0;
    END IF;
    SELECT model_registry_next_models(state.built_to, most) INTO next_ids FROM model_registry_state AS state;
    IF next_ids IS NULL THEN
        UPDATE model_registry_state SET complete = true;
        RETURN 0;
    END IF;
    PERFORM model_registry_project(next_ids);
    UPDATE model_registry_state SET built_to = next_ids[cardinality(next_ids)];
    RETURN cardinality(next_ids);
END
$$;
CREATE FUNCTION public.model_registry_claims_hypothesis(metadata jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(
        metadata -> 'tests_hypothesis' = 'true'
        OR model_registry_names_any(metadata -> 'tests_hypothesis_id')
        OR model_registry_names_any(metadata -> 'hypothesis_id'),
        false
    )
$$;
CREATE FUNCTION public.model_registry_count(value jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE
        WHEN jsonb_typeof(value) <> 'number' THEN NULL
        WHEN value::numeric NOT BETWEEN 0 AND 1.7976931348623157e308 THEN NULL
        WHEN value::numeric <> trunc(value::numeric) THEN NULL
        ELSE trunc(value::numeric)
    END
$$;
CREATE FUNCTION public.model_registry_counts_anew() RETURNS void
    LANGUAGE plpgsql
    AS $$
            BEGIN
                DELETE FROM model_registry_counts;
                INSERT INTO model_registry_counts (family, is_latest, complete, origin_type, promotion_state, number) SELECT family, is_latest, complete, origin_type, promotion_state, count(*) FROM model_registry_projection WHERE true GROUP BY family, is_latest, complete, origin_type, promotion_state;
            END
            $$;
CREATE FUNCTION public.model_registry_counts_follow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            DECLARE
                sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
            BEGIN
                INSERT INTO model_registry_counts AS kept (family, is_latest, complete, origin_type, promotion_state, number)
                SELECT family, is_latest, complete, origin_type, promotion_state, sign * count(*) FROM changed WHERE true GROUP BY family, is_latest, complete, origin_type, promotion_state
                ON CONFLICT (family, is_latest, complete, origin_type, promotion_state) DO UPDATE SET number = kept.number + excluded.number;
                RETURN NULL;
            END
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
    created_at timestamp with time zone NOT NULL,
    title_key text NOT NULL COLLATE pg_catalog."C"
);
COMMENT ON TABLE public.model_registry_projection IS 'layout 5';
CREATE FUNCTION public.model_registry_current(ids text[]) RETURNS SETOF public.model_registry_projection
    LANGUAGE plpgsql STABLE ROWS 10
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
    waiting text[] := model_registry_affected_of(ids);
BEGIN
    RETURN QUERY
    SELECT model.* FROM model_registry_projection AS model WHERE model.id = ANY (ids) AND model.id <> ALL (waiting);
    RETURN QUERY SELECT judged.* FROM model_registry_judge(waiting) AS judged;
END
$$;
CREATE FUNCTION public.model_registry_dependencies(source_id text) RETURNS TABLE(target_id text, relation text, origin text)
    LANGUAGE sql STABLE
    AS $$
    SELECT dependency.target_id, dependency.relation, min(dependency.origin)  -- 'link' before 'metadata'
    FROM (
        SELECT link.target_artifact_id AS target_id, link.link_type AS relation, 'link' AS origin
        FROM artifact_links AS link
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = source_id
            OFFSET 0
        ) AS source ON true
        WHERE link.source_artifact_id = source_id
          AND (link.link_type IN ('trained_on', 'derives_from', 'produced_by', 'cites', 'uses', 'fine_tuned_from')
               OR source.artifact_type = 'model' AND link.link_type IN ('tests', 'tests_hypothesis', 'supports'))
        UNION ALL
        SELECT source.parent_version_id, 'derives_from', 'metadata'
        FROM artifacts AS source
        WHERE source.id = source_id AND source.parent_version_id IS NOT NULL
        UNION ALL
        SELECT version.base_model_id, 'fine_tuned_from', 'metadata'
        FROM model_versions AS version
        WHERE version.artifact_id = source_id AND version.base_model_id IS NOT NULL
        UNION ALL
        SELECT coalesce(resolved.id, named.name), named.relation, 'metadata'
        FROM model_registry_named_by(ARRAY[source_id]) AS named
        LEFT JOIN LATERAL model_registry_resolve(named.name, named.types) AS resolved ON true
    ) AS dependency
    GROUP BY dependency.target_id, dependency.relation
$$;
CREATE FUNCTION public.model_registry_document(metadata jsonb) RETURNS TABLE(document jsonb)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE jsonb_typeof(unpacked.metadata) WHEN 'object' THEN unpacked.metadata ELSE '{}' END
    FROM (SELECT metadata || '{}' AS metadata OFFSET 0) AS unpacked
$$;
CREATE FUNCTION public.model_registry_double(value numeric) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE WHEN abs(value) < 5e-324 THEN 0 ELSE value::double precision END
$$;
CREATE FUNCTION public.model_registry_drawn(node_roots text[], node_ids text[], node_depths integer[], edge_roots text[], edge_contents jsonb[]) RETURNS TABLE(root text, nodes jsonb, edges jsonb, truncated boolean)
    LANGUAGE sql STABLE
    AS $$
    WITH node AS MATERIALIZED (
        SELECT known.root, known.id, known.depth FROM unnest(node_roots, node_ids, node_depths) AS known (root, id, depth)
    ),
    edge AS (
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
    SELECT named.root, named.nodes, coalesce(drawn.edges, '[]'), coalesce(drawn.truncated, false)
    FROM (
        SELECT node.root,
               jsonb_agg(jsonb_build_array(
                   node.id, registered.artifact_type, registered.title, registered.version_number, node.depth
               ) ORDER BY node.depth, node.id COLLATE "C") AS nodes
        FROM node
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type, artifact.title, artifact.version_number
            FROM artifacts AS artifact
            WHERE artifact.id = node.id
            OFFSET 0
        ) AS registered ON true
        GROUP BY node.root
    ) AS named
    LEFT JOIN drawn ON drawn.root = named.root
$$;
CREATE FUNCTION public.model_registry_entries(document jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE WHEN jsonb_typeof(document) = 'object' THEN (SELECT count(*) FROM jsonb_object_keys(document)) END
$$;
CREATE FUNCTION public.model_registry_evidence(ids text[], namings jsonb[]) RETURNS TABLE(id text, kind text, artifact_id text, place bigint)
    LANGUAGE sql STABLE
    AS $$
    SELECT found.id, found.kind, found.artifact_id, min(found.place)
    FROM (
        SELECT model.id, named.kind, resolved.id AS artifact_id, named.place
        FROM unnest(ids, namings) AS model (id, naming)
        CROSS JOIN LATERAL model_registry_named(model.naming) AS named
        CROSS JOIN LATERAL model_registry_resolve(named.name, named.types) AS resolved
        UNION ALL
        SELECT link.source_artifact_id, kind.kind, target.id, NULL
        FROM artifact_links AS link
        JOIN model_registry_kinds() AS kind ON link.link_type = ANY (kind.link_types)
        CROSS JOIN LATERAL (
            SELECT artifact.id FROM artifacts AS artifact
            WHERE artifact.id = link.target_artifact_id AND artifact.artifact_type = ANY (kind.types)
            OFFSET 0
        ) AS target
        WHERE link.source_artifact_id = ANY (ids)
    ) AS found
    GROUP BY found.id, found.kind, found.artifact_id
$$;
CREATE FUNCTION public.model_registry_evidence_counts_anew() RETURNS void
    LANGUAGE plpgsql
    AS $$
            BEGIN
                DELETE FROM model_registry_evidence_counts;
                INSERT INTO model_registry_evidence_counts (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, number) SELECT kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, count(*) FROM model_registry_evidence WHERE kind <> 'analysis' GROUP BY kind, artifact_id, family, is_latest, complete, origin_type, promotion_state;
            END
            $$;
CREATE FUNCTION public.model_registry_evidence_counts_follow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            DECLARE
                sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
            BEGIN
                INSERT INTO model_registry_evidence_counts AS kept (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, number)
                SELECT kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, sign * count(*) FROM changed WHERE kind <> 'analysis' GROUP BY kind, artifact_id, family, is_latest, complete, origin_type, promotion_state
                ON CONFLICT (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state) DO UPDATE SET number = kept.number + excluded.number;
                RETURN NULL;
            END
            $$;
CREATE TABLE public.model_registry_evidence (
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    artifact_id text NOT NULL,
    family text,
    is_latest boolean NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    promotion_state text
);
CREATE FUNCTION public.model_registry_evidence_rows(model public.model_registry_projection) RETURNS SETOF public.model_registry_evidence
    LANGUAGE sql STABLE
    AS $$
    SELECT model.id, found.kind, found.artifact_id, model.family, model.is_latest, model.complete, model.origin_type,
           model.promotion_state
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
    models text[];
    kinds text[];
    evidence text[];
    places bigint[];
BEGIN
    SELECT array_agg(current) INTO verdicts FROM model_registry_current(ids) AS current;
    SELECT array_agg(verdict.id), array_agg(found.kind), array_agg(found.artifact_id), array_agg(found.place)
    INTO models, kinds, evidence, places
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
    LEFT JOIN model_registry_listed_inputs(models, kinds, evidence, places) AS needed ON needed.id = verdict.id;
END
$$;
CREATE FUNCTION public.model_registry_fold(most integer) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
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
    SELECT array_agg(watching.id) INTO affected FROM model_registry_watching(taken) AS watching;
    PERFORM model_registry_project(affected);
    RETURN cardinality(taken);
END
$$;
CREATE FUNCTION public.model_registry_forget(lost text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM model_registry_projection AS projected WHERE projected.id = lost;
    DELETE FROM model_registry_metrics AS metric WHERE metric.id = lost;
    DELETE FROM model_registry_evidence AS evidence WHERE evidence.id = lost;
    DELETE FROM model_registry_search AS searched WHERE searched.id = lost;
    DELETE FROM model_registry_unprojected AS unprojected WHERE unprojected.id = lost;
    INSERT INTO model_registry_unprojected (id) VALUES (lost);
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
CREATE FUNCTION public.model_registry_gathered(models text[], kinds text[], evidence text[], places bigint[]) RETURNS TABLE(id text, datasets text[], analyses text[], hypotheses text[])
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT part.id,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'dataset') AS datasets,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'analysis') AS analyses,
           array_agg(part.artifact_id ORDER BY part.place, part.artifact_id COLLATE "C")
               FILTER (WHERE part.kind = 'hypothesis') AS hypotheses
    FROM unnest(models, kinds, evidence, places) AS part (id, kind, artifact_id, place)
    GROUP BY part.id
$$;
CREATE FUNCTION public.model_registry_graphs(roots text[], most_steps integer, most_nodes integer) RETURNS TABLE(root text, nodes jsonb, edges jsonb, truncated boolean)
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
BEGIN
    FOR depth IN 0..most_steps LOOP
        SELECT array_agg(level.root),
               array_agg(jsonb_build_array(source.id, dependency.target_id, dependency.relation, dependency.origin))
        INTO followed_roots, followed
        FROM (SELECT DISTINCT every.id FROM unnest(level_ids) AS every (id)) AS source
        CROSS JOIN LATERAL model_registry_dependencies(source.id) AS dependency
        JOIN unnest(level_roots, level_ids) AS level (root, id) ON level.id = source.id;
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
    RETURN QUERY
    SELECT drawn.root, drawn.nodes, drawn.edges, drawn.truncated
    FROM model_registry_drawn(node_roots, node_ids, node_depths, edge_roots, edges) AS drawn;
END
$$;
CREATE FUNCTION public.model_registry_inputs(models text[], kinds text[], evidence text[]) RETURNS TABLE(id text, artifact_id text, required_by text[])
    LANGUAGE sql STABLE
    AS $$
    SELECT need.id, need.artifact_id,
           coalesce(array_agg(DISTINCT need.analysis_id) FILTER (WHERE need.analysis_id IS NOT NULL), '{}')
    FROM (
        SELECT found.id, found.artifact_id, NULL AS analysis_id
        FROM unnest(models, kinds, evidence) AS found (id, kind, artifact_id)
        WHERE found.kind = 'dataset'
        UNION ALL
        SELECT found.id, input.artifact_id, found.artifact_id
        FROM unnest(models, kinds, evidence) AS found (id, kind, artifact_id)
        CROSS JOIN LATERAL (
            SELECT artifact.parent_version_id FROM artifacts AS artifact WHERE artifact.id = found.artifact_id
            OFFSET 0
        ) AS analysis
        CROSS JOIN LATERAL (
            SELECT link.target_artifact_id AS artifact_id
            FROM artifact_links AS link
            WHERE link.source_artifact_id = found.artifact_id
              AND link.link_type IN ('cites', 'uses', 'derives_from')
              AND link.target_artifact_id IS DISTINCT FROM analysis.parent_version_id
            OFFSET 0
        ) AS input
        WHERE found.kind = 'analysis'
    ) AS need
    GROUP BY need.id, need.artifact_id
$$;
CREATE FUNCTION public.model_registry_json(document text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$
BEGIN
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
BEGIN
    FOR start IN 1..cardinality(ids) BY 5000 LOOP
        RETURN QUERY SELECT judged.* FROM model_registry_judge_part(ids[start:start + 4999]) AS judged;
    END LOOP;
END
$$;
CREATE FUNCTION public.model_registry_judge_part(ids text[]) RETURNS SETOF public.model_registry_projection
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    unjudged model_registry_projection[];
    namings jsonb[];
    models text[];
    kinds text[];
    evidence text[];
    places bigint[];
BEGIN
    SELECT array_agg(read.model), array_agg((read.model).id), array_agg(read.naming)
    INTO unjudged, models, namings
    FROM model_registry_unjudged(ids) AS read;
    SELECT array_agg(found.id), array_agg(found.kind), array_agg(found.artifact_id), array_agg(found.place)
    INTO models, kinds, evidence, places
    FROM model_registry_evidence(models, namings) AS found;
    RETURN QUERY
    WITH input AS (
        SELECT pinned.id, bool_and(pinned.version_number IS NOT NULL) AS are_pinned
        FROM model_registry_pinned(models, kinds, evidence) AS pinned
        GROUP BY pinned.id
    )
    SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
           CASE WHEN verdict.missing <> '{}' AND model.quality_score_stored > 0.3 THEN 0.3  -- the cap of provenance.md
                ELSE model.quality_score_stored
           END,
           model.quality_score_stored, model.metrics, model.parameter_count,
           coalesce(found.datasets, '{}'), coalesce(found.analyses, '{}'), coalesce(found.hypotheses, '{}'),
           model.claims_hypothesis, verdict.missing, verdict.missing = '{}', model.origin_type, model.lifecycle_state,
           model.promotion_state, model.created_at, model.title_key
    FROM unnest(unjudged) AS model
    LEFT JOIN model_registry_gathered(models, kinds, evidence, places) AS found ON found.id = model.id
    LEFT JOIN input ON input.id = model.id
    CROSS JOIN LATERAL (
        SELECT array_remove(ARRAY[
            CASE WHEN found.datasets IS NULL THEN 'trained_on_dataset_id' END,
            CASE WHEN found.analyses IS NULL THEN 'produced_by_analysis_id' END,
            CASE WHEN input.are_pinned IS NOT TRUE THEN 'pinned_inputs' END,
            CASE WHEN model.claims_hypothesis AND found.hypotheses IS NULL THEN 'tests_hypothesis_id' END
        ], NULL) AS missing
        OFFSET 0
    ) AS verdict;
END
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
CREATE FUNCTION public.model_registry_listed_inputs(models text[], kinds text[], evidence text[], places bigint[]) RETURNS TABLE(id text, inputs jsonb)
    LANGUAGE sql STABLE
    AS $$
    SELECT input.id, jsonb_agg(input.entry ORDER BY dataset.place, input.artifact_id COLLATE "C")
    FROM (
        SELECT DISTINCT ON (needed.id, needed.artifact_id)
               needed.id, needed.artifact_id,
               jsonb_build_array(
                   needed.artifact_id, registered.artifact_type, registered.title, needed.required_by,
                   needed.version_number, needed.content_hash, registered.version_number, registered.content_hash,
                   EXISTS (
                       SELECT FROM artifacts AS newer
                       WHERE newer.parent_version_id = needed.artifact_id
                         AND newer.artifact_type = registered.artifact_type
                         AND newer.version_number > registered.version_number
                   )
               ) AS entry
        FROM model_registry_pinned(models, kinds, evidence) AS needed
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
    LEFT JOIN unnest(models, kinds, evidence, places) AS dataset (id, kind, artifact_id, place)
        ON dataset.id = input.id AND dataset.artifact_id = input.artifact_id AND dataset.kind = 'dataset'
    GROUP BY input.id
$$;
CREATE FUNCTION public.model_registry_log_artifacts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            BEGIN
                INSERT INTO model_registry_changes (artifact_id) SELECT DISTINCT changed.id FROM changed;
                RETURN NULL;
            END
            $$;
CREATE FUNCTION public.model_registry_log_everything() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        BEGIN
            INSERT INTO model_registry_changes (artifact_id)
            SELECT projected.id FROM model_registry_projection AS projected;
            RETURN NULL;
        END
        $$;
CREATE FUNCTION public.model_registry_log_links() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            BEGIN
                INSERT INTO model_registry_changes (artifact_id) SELECT DISTINCT changed.source_artifact_id FROM changed;
                RETURN NULL;
            END
            $$;
CREATE FUNCTION public.model_registry_log_updated_artifacts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            BEGIN
                INSERT INTO model_registry_changes (artifact_id)
                SELECT before.id FROM before UNION SELECT after.id FROM after;
                RETURN NULL;
            END
            $$;
CREATE FUNCTION public.model_registry_log_updated_links() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            BEGIN
                INSERT INTO model_registry_changes (artifact_id)
                SELECT before.source_artifact_id FROM before UNION SELECT after.source_artifact_id FROM after;
                RETURN NULL;
            END
            $$;
CREATE FUNCTION public.model_registry_log_updated_versions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            BEGIN
                INSERT INTO model_registry_changes (artifact_id)
                SELECT before.artifact_id FROM before UNION SELECT after.artifact_id FROM after;
                RETURN NULL;
            END
            $$;
CREATE FUNCTION public.model_registry_log_versions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            BEGIN
                INSERT INTO model_registry_changes (artifact_id) SELECT DISTINCT changed.artifact_id FROM changed;
                RETURN NULL;
            END
            $$;
CREATE FUNCTION public.model_registry_metric_name(name text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE WHEN octet_length(name) <= 100 THEN name ELSE left(name, 100) || md5(name) END
$$;
CREATE TABLE public.model_registry_metrics (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    value double precision NOT NULL,
    created_at timestamp with time zone NOT NULL,
    family text,
    is_latest boolean NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    promotion_state text
);
CREATE FUNCTION public.model_registry_metric_rows(model public.model_registry_projection) RETURNS SETOF public.model_registry_metrics
    LANGUAGE sql STABLE
    AS $$
    SELECT model.id, model_registry_metric_name(reported.key), model_registry_double(reported.value::numeric),
           model.created_at, model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state
    FROM jsonb_each(model.metrics) AS reported
$$;
CREATE FUNCTION public.model_registry_metrics(eval_metrics_json text, metadata jsonb) RETURNS TABLE(metrics jsonb)
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
            FROM jsonb_each(CASE jsonb_typeof(written.document) WHEN 'object' THEN written.document ELSE '{}' END) AS entry
            WHERE CASE jsonb_typeof(entry.value)
                      WHEN 'number' THEN abs(entry.value::numeric) <= 1.7976931348623157e308
                      ELSE false
                  END
        ) AS place
        WHERE place.numbers IS NOT NULL
        ORDER BY written.preference
        LIMIT 1
    ), '{}')
$$;
CREATE FUNCTION public.model_registry_named(document jsonb) RETURNS TABLE(kind text, prefix text, types text[], relation text, name text, place bigint)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT written.kind, written.prefix, written.types, written.own_link_types[1], named.name, named.place
    FROM (
        SELECT kind.kind, kind.prefix, kind.types, kind.own_link_types, document -> kind.key AS names
        FROM model_registry_kinds() AS kind
        OFFSET 0
    ) AS written
    CROSS JOIN LATERAL model_registry_names(written.names) AS named
$$;
CREATE FUNCTION public.model_registry_named_by(ids text[]) RETURNS TABLE(id text, kind text, prefix text, types text[], relation text, name text, place bigint)
    LANGUAGE sql STABLE
    AS $$
    SELECT model.id, named.kind, named.prefix, named.types, named.relation, named.name, named.place
    FROM artifacts AS model
    CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
    CROSS JOIN LATERAL model_registry_named(read.document) AS named
    WHERE model.id = ANY (ids) AND model.artifact_type = 'model'
$$;
CREATE FUNCTION public.model_registry_names(value jsonb) RETURNS TABLE(name text, place bigint)
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
    WHERE jsonb_typeof(item.value) = 'string' AND item.value #>> '{}' <> ''
$$;
CREATE FUNCTION public.model_registry_names_any(value jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE jsonb_typeof(value) WHEN 'string' THEN value <> '""' WHEN 'array' THEN value <> '[]' ELSE false END
$$;
CREATE FUNCTION public.model_registry_naming(document jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT jsonb_build_object(
        'trained_on_dataset_id', document -> 'trained_on_dataset_id',
        'produced_by_analysis_id', document -> 'produced_by_analysis_id',
        'tests_hypothesis_id', document -> 'tests_hypothesis_id'
    )
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
CREATE FUNCTION public.model_registry_parameter_count(metadata jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(
        model_registry_count(metadata -> 'parameter_count'),
        CASE metadata ->> 'model_family'
            WHEN 'biophysical' THEN model_registry_entries(metadata -> 'parameters')
            WHEN 'statistical' THEN model_registry_entries(metadata -> 'coefficients')
        END
    )
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
CREATE FUNCTION public.model_registry_pinned(models text[], kinds text[], evidence text[]) RETURNS TABLE(id text, artifact_id text, required_by text[], version_number numeric, content_hash text)
    LANGUAGE sql STABLE
    AS $$
    WITH input AS MATERIALIZED (
        SELECT needed.id, needed.artifact_id, needed.required_by
        FROM model_registry_inputs(models, kinds, evidence) AS needed
    ),
    pin AS MATERIALIZED (
        SELECT written.id, written.name, written.version_number, written.content_hash, input.artifact_id
        FROM (
            SELECT DISTINCT found.id, pinned.name, pinned.version_number, pinned.content_hash
            FROM unnest(models, kinds, evidence) AS found (id, kind, artifact_id)
            JOIN model_registry_pins(kinds, evidence) AS pinned ON pinned.analysis_id = found.artifact_id
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
CREATE FUNCTION public.model_registry_pins(kinds text[], evidence text[]) RETURNS TABLE(analysis_id text, name text, version_number numeric, content_hash text)
    LANGUAGE sql STABLE
    AS $$
    SELECT producing.id, pin.name #>> '{}', model_registry_count(pin.version_number),
           CASE jsonb_typeof(pin.content_hash) WHEN 'string' THEN nullif(pin.content_hash #>> '{}', '') END
    FROM (
        SELECT DISTINCT found.artifact_id
        FROM unnest(kinds, evidence) AS found (kind, artifact_id)
        WHERE found.kind = 'analysis'
    ) AS producing (id)
    CROSS JOIN LATERAL (
        SELECT artifact.metadata -> 'pinned_artifacts' AS pinned_artifacts, artifact.provenance_chain
        FROM artifacts AS artifact
        WHERE artifact.id = producing.id
        OFFSET 0
    ) AS analysis
    CROSS JOIN LATERAL (VALUES (analysis.pinned_artifacts), (analysis.provenance_chain)) AS place (list)
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(place.list) WHEN 'array' THEN place.list ELSE '[]' END
    ) AS entry (value)
    CROSS JOIN LATERAL (
        SELECT entry.value -> 'artifact_id', entry.value -> 'version_number', entry.value -> 'content_hash'
        WHERE jsonb_typeof(entry.value) = 'object'
        UNION ALL
        SELECT entry.value -> 0, entry.value -> 1, NULL
        WHERE CASE jsonb_typeof(entry.value) WHEN 'array' THEN jsonb_array_length(entry.value) = 2 ELSE false END
    ) AS pin (name, version_number, content_hash)
    WHERE jsonb_typeof(pin.name) = 'string' AND model_registry_count(pin.version_number) >= 1
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
    one text;
BEGIN
    PERFORM model_registry_write(ids);
EXCEPTION WHEN program_limit_exceeded THEN
    FOREACH one IN ARRAY ids LOOP
        BEGIN
            PERFORM model_registry_write(ARRAY[one]);
        EXCEPTION WHEN program_limit_exceeded THEN
            PERFORM model_registry_forget(one);
        END;
    END LOOP;
END
$$;
CREATE FUNCTION public.model_registry_rebuild(after text, most integer) RETURNS TABLE(number integer, last text)
    LANGUAGE plpgsql
    AS $$
DECLARE
    next_ids text[];
BEGIN
    PERFORM pg_advisory_xact_lock(7305115);
    next_ids := model_registry_next_models(after, most);
    IF next_ids IS NULL THEN
        PERFORM model_registry_project(ARRAY(
            SELECT held.id
            FROM (
                SELECT projected.id FROM model_registry_projection AS projected
                UNION SELECT metric.id FROM model_registry_metrics AS metric
                UNION SELECT evidence.id FROM model_registry_evidence AS evidence
                UNION SELECT searched.id FROM model_registry_search AS searched
                UNION SELECT unprojected.id FROM model_registry_unprojected AS unprojected
            ) AS held
            WHERE NOT EXISTS (
                SELECT FROM artifacts AS artifact
                WHERE artifact.id = held.id COLLATE "default" AND artifact.artifact_type = 'model'
            )
        ));
        PERFORM model_registry_counts_anew(), model_registry_evidence_counts_anew();
    ELSE
        PERFORM model_registry_project(next_ids);
    END IF;
    RETURN QUERY SELECT coalesce(cardinality(next_ids), 0), next_ids[cardinality(next_ids)];
END
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
CREATE TABLE public.model_registry_search (
    id text NOT NULL COLLATE pg_catalog."C",
    words tsvector NOT NULL,
    watches text[] NOT NULL
);
CREATE FUNCTION public.model_registry_search_rows(model public.model_registry_projection) RETURNS SETOF public.model_registry_search
    LANGUAGE sql STABLE
    AS $$
    SELECT artifact.id, model_registry_words(artifact.id, artifact.title, read.document), watched.ids
    FROM (
        SELECT registered.id, registered.title, registered.metadata
        FROM artifacts AS registered
        WHERE registered.id = model.id COLLATE "default"  -- that of the host's index
        OFFSET 0
    ) AS artifact
    CROSS JOIN LATERAL model_registry_document(artifact.metadata) AS read
    CROSS JOIN LATERAL model_registry_watched(artifact.id, read.document, model.analyses) AS watched
$$;
CREATE FUNCTION public.model_registry_spellings(name text, prefix text) RETURNS TABLE(preference bigint, id text)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT spelling.preference, spelling.id
    FROM unnest(ARRAY[
        name, prefix || name, CASE WHEN starts_with(name, prefix) THEN substr(name, length(prefix) + 1) END
    ]) WITH ORDINALITY AS spelling (id, preference)
$$;
CREATE FUNCTION public.model_registry_text(document jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
    SELECT string_agg(leaf.value, ' ')
    FROM jsonb_array_elements_text(  -- a set-returning jsonb_path_query takes time by the square of its results
        jsonb_path_query_array(document, 'strict $.**{0 to 41} ? (@.type() == "string" || @.type() == "number")')
    ) AS leaf (value)
$_$;
CREATE FUNCTION public.model_registry_timestamp(moment timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT CASE
        WHEN moment >= '0001-01-01 00:00:00+00' AND moment < '10000-01-01 00:00:00+00'
            THEN (to_jsonb(moment AT TIME ZONE 'UTC') #>> '{}') || 'Z'
    END
$$;
CREATE FUNCTION public.model_registry_tsquery(words text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE numnode(to_tsquery('simple', words))
        WHEN 0 THEN E'\' \''::tsquery
        ELSE to_tsquery('simple', words)
    END
$$;
CREATE FUNCTION public.model_registry_unjudged(ids text[]) RETURNS TABLE(model public.model_registry_projection, naming jsonb)
    LANGUAGE sql STABLE
    AS $$
    SELECT ROW(
               model.id, model.title,
               CASE WHEN read.document ->> 'model_family' IN ('biophysical', 'deep_learning', 'statistical')
                    THEN read.document ->> 'model_family'
               END,
               model.version_number, model.version_tag, model.is_latest,
               NULL,
               CASE WHEN model.quality_score NOT IN ('NaN', 'Infinity', '-Infinity') THEN model.quality_score END,
               reported.metrics, model_registry_parameter_count(read.document),
               NULL, NULL, NULL,
               model_registry_claims_hypothesis(read.document),
               NULL, NULL,
               model.origin_type, model.lifecycle_state, version.promotion_state, model.created_at,
               -- A cursor carries the key, so a title is ordered by as much of it as an address can hold.
               lower(left(model.title, 500))
           )::model_registry_projection,
           model_registry_naming(read.document)
    FROM artifacts AS model
    CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
    LEFT JOIN LATERAL (
        SELECT of_model.promotion_state, of_model.eval_metrics_json
        FROM model_versions AS of_model
        WHERE of_model.artifact_id = model.id
        OFFSET 0
    ) AS version ON true
    CROSS JOIN LATERAL model_registry_metrics(version.eval_metrics_json, read.document) AS reported
    WHERE model.id = ANY (ids) AND model.artifact_type = 'model'
    OFFSET 0
$$;
CREATE FUNCTION public.model_registry_unresolved(ids text[]) RETURNS TABLE(id text, kind text, dead_ends jsonb)
    LANGUAGE sql STABLE
    AS $$
    SELECT dead_end.id, dead_end.kind,
           jsonb_agg(
               jsonb_build_array(dead_end.name, dead_end.found_type, dead_end.link_type)
               ORDER BY dead_end.place, dead_end.name COLLATE "C", dead_end.link_type COLLATE "C"
           )
    FROM (
        SELECT named.id, named.kind, named.name, model_registry_found_type(named.name, named.types) AS found_type,
               NULL AS link_type, min(named.place) AS place
        FROM model_registry_named_by(ids) AS named
        WHERE NOT EXISTS (SELECT FROM model_registry_resolve(named.name, named.types))
        GROUP BY named.id, named.kind, named.name, named.types
        UNION ALL
        SELECT link.source_artifact_id, kind.kind, link.target_artifact_id, target.artifact_type, link.link_type, NULL
        FROM artifact_links AS link
        JOIN model_registry_kinds() AS kind ON link.link_type = ANY (kind.own_link_types)
        LEFT JOIN LATERAL (
            SELECT artifact.artifact_type FROM artifacts AS artifact WHERE artifact.id = link.target_artifact_id
            OFFSET 0
        ) AS target ON true
        WHERE link.source_artifact_id = ANY (ids) AND (target.artifact_type = ANY (kind.types)) IS NOT TRUE
    ) AS dead_end
    GROUP BY dead_end.id, dead_end.kind
$$;
CREATE FUNCTION public.model_registry_watched(model_id text, metadata jsonb, analyses text[]) RETURNS TABLE(ids text[])
    LANGUAGE sql STABLE
    AS $$
    SELECT coalesce(array_agg(DISTINCT watched.id), '{}')
    FROM (
        SELECT spelling.id
        FROM model_registry_kinds() AS kind
        CROSS JOIN LATERAL model_registry_names(metadata -> kind.key) AS named
        CROSS JOIN LATERAL model_registry_spellings(named.name, kind.prefix) AS spelling
        UNION ALL
        SELECT link.target_artifact_id FROM artifact_links AS link WHERE link.source_artifact_id = model_id
        UNION ALL
        SELECT link.target_artifact_id FROM artifact_links AS link WHERE link.source_artifact_id = ANY (analyses)
    ) AS watched
    WHERE watched.id IS NOT NULL
$$;
CREATE FUNCTION public.model_registry_watching(ids text[]) RETURNS TABLE(id text)
    LANGUAGE sql STABLE
    AS $$
    SELECT changed.id FROM unnest(ids) AS changed (id)
    UNION
    SELECT watching.id
    FROM unnest(ids) AS changed (id)
    JOIN model_registry_search AS watching ON watching.watches @> ARRAY[changed.id]
$$;
CREATE FUNCTION public.model_registry_words(id text, title text, metadata jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT array_to_tsvector(ARRAY[' ']) || to_tsvector('simple', regexp_replace(
        left(concat_ws(' ', id, title,
            model_registry_text(jsonb_build_array(
                metadata -> 'architecture', metadata -> 'equations', metadata -> 'species', metadata -> 'features'
            ))), 200000),
        '[!-/:-@\[-`{-~\u00A0-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7\u2000-\u206F\u20A0-\u20CF'
        '\u2190-\u2BFF\u3000-\u3004\u3008-\u3020\u3030\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65'
        '\U0001F000-\U0001FAFF]+', ' ', 'g'
    ))
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
    DELETE FROM model_registry_projection AS projected WHERE projected.id = ANY (ids);
    DELETE FROM model_registry_metrics AS metric WHERE metric.id = ANY (ids);
    DELETE FROM model_registry_evidence AS evidence WHERE evidence.id = ANY (ids);
    DELETE FROM model_registry_search AS searched WHERE searched.id = ANY (ids);
    DELETE FROM model_registry_unprojected AS unprojected WHERE unprojected.id = ANY (ids);
    WITH judged AS MATERIALIZED (
        SELECT judge.* FROM model_registry_judge(ids) AS judge
    ),
    searched AS (
        INSERT INTO model_registry_search
        SELECT narrow.* FROM judged
        CROSS JOIN LATERAL model_registry_search_rows(judged::model_registry_projection) AS narrow
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
CREATE TABLE public.model_registry_changes (
    entry bigint NOT NULL,
    artifact_id text NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');
ALTER TABLE public.model_registry_changes ALTER COLUMN entry ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.model_registry_changes_entry_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.model_registry_counts (
    family text,
    is_latest boolean NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    promotion_state text,
    number bigint NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');
CREATE TABLE public.model_registry_evidence_counts (
    kind text NOT NULL COLLATE pg_catalog."C",
    artifact_id text NOT NULL,
    family text,
    is_latest boolean NOT NULL,
    complete boolean NOT NULL,
    origin_type text,
    promotion_state text,
    number bigint NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='10000');
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
    judged.created_at,
    judged.title_key
   FROM public.model_registry_judge(ARRAY( SELECT DISTINCT artifact.id
           FROM public.artifacts artifact
          WHERE (artifact.artifact_type = 'model'::text))) judged(id, title, family, version_number, version_tag, is_latest, quality_score, quality_score_stored, metrics, parameter_count, datasets, analyses, hypotheses, claims_hypothesis, missing, complete, origin_type, lifecycle_state, promotion_state, created_at, title_key);
CREATE TABLE public.model_registry_state (
    only_row boolean DEFAULT true NOT NULL,
    complete boolean NOT NULL,
    built_to text,
    CONSTRAINT model_registry_state_only_row_check CHECK (only_row)
);
CREATE TABLE public.model_registry_unprojected (
    id text NOT NULL COLLATE pg_catalog."C"
);
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
ALTER TABLE ONLY public.model_registry_changes
    ADD CONSTRAINT model_registry_changes_pkey PRIMARY KEY (entry);
ALTER TABLE ONLY public.model_registry_counts
    ADD CONSTRAINT model_registry_counts_family_is_latest_complete_origin_type_key UNIQUE NULLS NOT DISTINCT (family, is_latest, complete, origin_type, promotion_state);
ALTER TABLE ONLY public.model_registry_evidence_counts
    ADD CONSTRAINT model_registry_evidence_count_kind_artifact_id_family_is_la_key UNIQUE NULLS NOT DISTINCT (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state);
ALTER TABLE ONLY public.model_registry_evidence
    ADD CONSTRAINT model_registry_evidence_pkey PRIMARY KEY (id, kind, artifact_id);
ALTER TABLE ONLY public.model_registry_metrics
    ADD CONSTRAINT model_registry_metrics_pkey PRIMARY KEY (id, name);
ALTER TABLE ONLY public.model_registry_projection
    ADD CONSTRAINT model_registry_projection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.model_registry_search
    ADD CONSTRAINT model_registry_search_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.model_registry_state
    ADD CONSTRAINT model_registry_state_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_versions_pkey PRIMARY KEY (artifact_id);
CREATE INDEX artifacts_latest_by_type ON public.artifacts USING btree (artifact_type, is_latest) WHERE is_latest;
CREATE INDEX artifacts_parent_version_id ON public.artifacts USING btree (parent_version_id);
CREATE INDEX artifacts_version_tag ON public.artifacts USING btree (version_tag) WHERE (version_tag IS NOT NULL);
CREATE INDEX model_registry_best ON public.model_registry_projection USING btree (quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_best_by_completeness ON public.model_registry_projection USING btree (complete, quality_score DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_by_analysis ON public.model_registry_projection USING gin (analyses) WITH (fastupdate=off);
CREATE INDEX model_registry_by_complete ON public.model_registry_projection USING btree (complete);
CREATE INDEX model_registry_by_dataset ON public.model_registry_projection USING gin (datasets) WITH (fastupdate=off);
CREATE INDEX model_registry_by_evidence ON public.model_registry_evidence USING btree (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, id);
CREATE INDEX model_registry_by_flags ON public.model_registry_projection USING btree (family, is_latest, complete, origin_type, promotion_state) INCLUDE (id);
CREATE INDEX model_registry_by_hypothesis ON public.model_registry_projection USING gin (hypotheses) WITH (fastupdate=off);
CREATE INDEX model_registry_by_latest ON public.model_registry_projection USING btree (is_latest);
CREATE INDEX model_registry_by_origin ON public.model_registry_projection USING btree (origin_type);
CREATE INDEX model_registry_by_promotion ON public.model_registry_projection USING btree (promotion_state);
CREATE INDEX model_registry_by_watched ON public.model_registry_search USING gin (watches) WITH (fastupdate=off);
CREATE INDEX model_registry_by_word ON public.model_registry_search USING gin (words) WITH (fastupdate=off);
CREATE INDEX model_registry_first_title ON public.model_registry_projection USING btree (title_key, created_at DESC, id);
CREATE INDEX model_registry_highest_metric ON public.model_registry_metrics USING btree (name, value DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_largest ON public.model_registry_projection USING btree (parameter_count DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_last_title ON public.model_registry_projection USING btree (title_key DESC NULLS LAST, created_at DESC, id);
CREATE INDEX model_registry_links_by_target ON public.artifact_links USING btree (target_artifact_id);
CREATE INDEX model_registry_lowest_metric ON public.model_registry_metrics USING btree (name, value, created_at DESC, id) INCLUDE (family, is_latest, complete, origin_type, promotion_state);
CREATE INDEX model_registry_newest ON public.model_registry_projection USING btree (created_at DESC NULLS LAST, id);
CREATE INDEX model_registry_oldest ON public.model_registry_projection USING btree (created_at, id);
CREATE INDEX model_registry_smallest ON public.model_registry_projection USING btree (parameter_count, created_at DESC, id);
CREATE INDEX model_registry_worst ON public.model_registry_projection USING btree (quality_score, created_at DESC, id);
CREATE TRIGGER artifacts_count_mutation BEFORE INSERT OR UPDATE ON public.artifacts FOR EACH ROW EXECUTE FUNCTION public.artifacts_count_mutation();
CREATE TRIGGER model_registry_deleted AFTER DELETE ON public.artifact_links REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_links();
CREATE TRIGGER model_registry_deleted AFTER DELETE ON public.artifacts REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_artifacts();
CREATE TRIGGER model_registry_deleted AFTER DELETE ON public.model_registry_evidence REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_evidence_counts_follow();
CREATE TRIGGER model_registry_deleted AFTER DELETE ON public.model_registry_projection REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_counts_follow();
CREATE TRIGGER model_registry_deleted AFTER DELETE ON public.model_versions REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_versions();
CREATE TRIGGER model_registry_inserted AFTER INSERT ON public.artifact_links REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_links();
CREATE TRIGGER model_registry_inserted AFTER INSERT ON public.artifacts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_artifacts();
CREATE TRIGGER model_registry_inserted AFTER INSERT ON public.model_registry_evidence REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_evidence_counts_follow();
CREATE TRIGGER model_registry_inserted AFTER INSERT ON public.model_registry_projection REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_counts_follow();
CREATE TRIGGER model_registry_inserted AFTER INSERT ON public.model_versions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_versions();
CREATE TRIGGER model_registry_truncated AFTER TRUNCATE ON public.artifact_links FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_everything();
CREATE TRIGGER model_registry_truncated AFTER TRUNCATE ON public.artifacts FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_everything();
CREATE TRIGGER model_registry_truncated AFTER TRUNCATE ON public.model_versions FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_everything();
CREATE TRIGGER model_registry_updated AFTER UPDATE ON public.artifact_links REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_updated_links();
CREATE TRIGGER model_registry_updated AFTER UPDATE ON public.artifacts REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_updated_artifacts();
CREATE TRIGGER model_registry_updated AFTER UPDATE ON public.model_versions REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.model_registry_log_updated_versions();
ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_versions_artifact_id_fkey FOREIGN KEY (artifact_id) REFERENCES public.artifacts(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_versions_base_model_id_fkey FOREIGN KEY (base_model_id) REFERENCES public.artifacts(id);
ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_versions_eval_dataset_artifact_id_fkey FOREIGN KEY (eval_dataset_artifact_id) REFERENCES public.artifacts(id);
