-- The floor of each case: the same ids, total and counts by the plainest statement that could fetch them, as one JSON
-- text that the bare route sends as it is. Parameters are those of its address.

-- name: best
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: worst
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY quality_score ASC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: newest
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: oldest
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY created_at ASC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: largest
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY parameter_count DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: smallest
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY parameter_count ASC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: first_title
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY title_key ASC, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: last_title
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY title_key DESC, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: family
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE family = %(family)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE family = %(family)s))::text

-- name: latest
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE is_latest = %(latest)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE is_latest = %(latest)s))::text

-- name: complete
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE complete = %(complete)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE complete = %(complete)s))::text

-- name: origin_type
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE origin_type = %(origin_type)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE origin_type = %(origin_type)s))::text

-- name: promotion_state
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE promotion_state = %(promotion_state)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE promotion_state = %(promotion_state)s))::text

-- name: lifecycle
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE lifecycle_state = %(lifecycle)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE lifecycle_state = %(lifecycle)s))::text

-- name: standing
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE standing = %(standing)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE standing = %(standing)s))::text

-- name: tag
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE version_tag = %(tag)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE version_tag = %(tag)s))::text

-- name: created_by
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE created_by = %(created_by)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE created_by = %(created_by)s))::text

-- name: created_after
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models WHERE created_at >= %(created_after)s::timestamptz
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models WHERE created_at >= %(created_after)s::timestamptz))::text

-- name: dataset
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.datasets WHERE dataset_id = %(dataset)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.datasets WHERE dataset_id = %(dataset)s))::text

-- name: hypothesis
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.hypotheses WHERE hypothesis_id = %(hypothesis)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.hypotheses WHERE hypothesis_id = %(hypothesis)s))::text

-- name: analysis
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.analyses WHERE analysis_id = %(analysis)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.analyses WHERE analysis_id = %(analysis)s))::text

-- name: words
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.words WHERE words @@ to_tsquery('simple', %(words)s)
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.words WHERE words @@ to_tsquery('simple', %(words)s)))::text

-- name: metric_at_least
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.metrics WHERE name = %(name)s AND value >= %(value)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.metrics WHERE name = %(name)s AND value >= %(value)s))::text

-- name: metric_below
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.metrics WHERE name = %(name)s AND value < %(value)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.metrics WHERE name = %(name)s AND value < %(value)s))::text

-- name: two_metrics
WITH found AS MATERIALIZED (
    SELECT one.id, one.quality_score, one.created_at
    FROM floor.metrics AS one JOIN floor.metrics AS other USING (id)
    WHERE one.name = %(name)s AND one.value >= %(value)s AND other.name = %(other)s AND other.value < %(less)s
)
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM found ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM found))::text

-- name: metric_highest
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.metrics WHERE name = %(name)s ORDER BY value DESC, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.metrics WHERE name = %(name)s))::text

-- name: metric_lowest
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.metrics WHERE name = %(name)s ORDER BY value ASC, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.metrics WHERE name = %(name)s))::text

-- name: metric_condition_sort_family
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.metrics
                 WHERE name = %(name)s AND value >= %(value)s AND family = %(family)s
                 ORDER BY value DESC, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.metrics
              WHERE name = %(name)s AND value >= %(value)s AND family = %(family)s))::text

-- name: metric_highest_of_dataset
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.dataset_metrics
                 WHERE dataset_id = %(dataset)s AND name = %(name)s
                 ORDER BY value DESC, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.dataset_metrics
              WHERE dataset_id = %(dataset)s AND name = %(name)s))::text

-- name: family_latest_complete
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models
                 WHERE family = %(family)s AND is_latest = %(latest)s AND complete = %(complete)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models
              WHERE family = %(family)s AND is_latest = %(latest)s AND complete = %(complete)s))::text

-- name: dataset_family_latest
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.datasets
                 WHERE dataset_id = %(dataset)s AND family = %(family)s AND is_latest = %(latest)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.datasets
              WHERE dataset_id = %(dataset)s AND family = %(family)s AND is_latest = %(latest)s))::text

-- name: hypothesis_family_state
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.hypotheses
                 WHERE hypothesis_id = %(hypothesis)s AND family = %(family)s AND promotion_state = %(promotion_state)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.hypotheses
              WHERE hypothesis_id = %(hypothesis)s AND family = %(family)s
                AND promotion_state = %(promotion_state)s))::text

-- name: words_family_complete
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.words
                 WHERE words @@ to_tsquery('simple', %(words)s) AND family = %(family)s AND complete = %(complete)s
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.words
              WHERE words @@ to_tsquery('simple', %(words)s) AND family = %(family)s AND complete = %(complete)s))::text

-- name: best_from
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY quality_score DESC NULLS LAST, created_at DESC, id
                 LIMIT 20 OFFSET %(offset)s),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: best_after
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models
                 WHERE quality_score <= %(score)s::float8
                   AND (quality_score < %(score)s::float8 OR created_at < %(created_at)s::timestamptz
                        OR created_at = %(created_at)s::timestamptz AND id > %(id)s)
                 ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models))::text

-- name: facets
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.models ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM floor.models),
    'facets', json_build_object(
        'family', (SELECT json_object_agg(coalesce(family, 'null'), n)
                   FROM (SELECT family, count(*) AS n FROM floor.models GROUP BY family) AS counted),
        'provenance', (SELECT json_object_agg(CASE WHEN complete THEN 'complete' ELSE 'incomplete' END, n)
                       FROM (SELECT complete, count(*) AS n FROM floor.models GROUP BY complete) AS counted),
        'latest', (SELECT json_object_agg(is_latest, n)
                   FROM (SELECT is_latest, count(*) AS n FROM floor.models GROUP BY is_latest) AS counted),
        'origin_type', (SELECT json_object_agg(coalesce(origin_type, 'null'), n)
                        FROM (SELECT origin_type, count(*) AS n FROM floor.models GROUP BY origin_type) AS counted),
        'promotion_state', (SELECT json_object_agg(coalesce(promotion_state, 'null'), n)
                            FROM (SELECT promotion_state, count(*) AS n FROM floor.models
                                  GROUP BY promotion_state) AS counted),
        'lifecycle', (SELECT json_object_agg(lifecycle_state, n)
                      FROM (SELECT lifecycle_state, count(*) AS n FROM floor.models GROUP BY lifecycle_state) AS counted),
        'standing', (SELECT json_object_agg(standing, n)
                     FROM (SELECT standing, count(*) AS n FROM floor.models GROUP BY standing) AS counted),
        'dataset', (SELECT json_object_agg(dataset_id, n)
                    FROM (SELECT dataset_id, count(*) AS n FROM floor.datasets
                          GROUP BY dataset_id ORDER BY n DESC, dataset_id LIMIT 20) AS counted),
        'hypothesis', (SELECT json_object_agg(hypothesis_id, n)
                       FROM (SELECT hypothesis_id, count(*) AS n FROM floor.hypotheses
                             GROUP BY hypothesis_id ORDER BY n DESC, hypothesis_id LIMIT 20) AS counted)))::text

-- name: facets_of_hypothesis
WITH found AS MATERIALIZED (
    SELECT model.id, model.family, model.complete, model.is_latest, model.origin_type, model.promotion_state,
           model.lifecycle_state, model.standing, model.quality_score, model.created_at
    FROM floor.hypotheses AS hypothesis JOIN floor.models AS model USING (id)
    WHERE hypothesis.hypothesis_id = %(hypothesis)s
)
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM found ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM found),
    'facets', json_build_object(
        'family', (SELECT json_object_agg(coalesce(family, 'null'), n)
                   FROM (SELECT family, count(*) AS n FROM found GROUP BY family) AS counted),
        'provenance', (SELECT json_object_agg(CASE WHEN complete THEN 'complete' ELSE 'incomplete' END, n)
                       FROM (SELECT complete, count(*) AS n FROM found GROUP BY complete) AS counted),
        'latest', (SELECT json_object_agg(is_latest, n)
                   FROM (SELECT is_latest, count(*) AS n FROM found GROUP BY is_latest) AS counted),
        'origin_type', (SELECT json_object_agg(coalesce(origin_type, 'null'), n)
                        FROM (SELECT origin_type, count(*) AS n FROM found GROUP BY origin_type) AS counted),
        'promotion_state', (SELECT json_object_agg(coalesce(promotion_state, 'null'), n)
                            FROM (SELECT promotion_state, count(*) AS n FROM found GROUP BY promotion_state) AS counted),
        'lifecycle', (SELECT json_object_agg(lifecycle_state, n)
                      FROM (SELECT lifecycle_state, count(*) AS n FROM found GROUP BY lifecycle_state) AS counted),
        'standing', (SELECT json_object_agg(standing, n)
                     FROM (SELECT standing, count(*) AS n FROM found GROUP BY standing) AS counted),
        'dataset', (SELECT json_object_agg(dataset_id, n)
                    FROM (SELECT dataset.dataset_id, count(*) AS n FROM found JOIN floor.datasets AS dataset USING (id)
                          GROUP BY dataset_id ORDER BY n DESC, dataset_id LIMIT 20) AS counted),
        'hypothesis', (SELECT json_object_agg(hypothesis_id, n)
                       FROM (SELECT hypothesis_id, count(*) AS n FROM floor.hypotheses
                             GROUP BY hypothesis_id ORDER BY n DESC, hypothesis_id LIMIT 20) AS counted)))::text

-- name: facets_of_dataset
WITH found AS MATERIALIZED (
    SELECT model.id, model.family, model.complete, model.is_latest, model.origin_type, model.promotion_state,
           model.lifecycle_state, model.standing, model.quality_score, model.created_at
    FROM floor.datasets AS dataset JOIN floor.models AS model USING (id)
    WHERE dataset.dataset_id = %(dataset)s
)
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM found ORDER BY quality_score DESC NULLS LAST, created_at DESC, id LIMIT 20),
    'total', (SELECT count(*) FROM found),
    'facets', json_build_object(
        'family', (SELECT json_object_agg(coalesce(family, 'null'), n)
                   FROM (SELECT family, count(*) AS n FROM found GROUP BY family) AS counted),
        'provenance', (SELECT json_object_agg(CASE WHEN complete THEN 'complete' ELSE 'incomplete' END, n)
                       FROM (SELECT complete, count(*) AS n FROM found GROUP BY complete) AS counted),
        'latest', (SELECT json_object_agg(is_latest, n)
                   FROM (SELECT is_latest, count(*) AS n FROM found GROUP BY is_latest) AS counted),
        'origin_type', (SELECT json_object_agg(coalesce(origin_type, 'null'), n)
                        FROM (SELECT origin_type, count(*) AS n FROM found GROUP BY origin_type) AS counted),
        'promotion_state', (SELECT json_object_agg(coalesce(promotion_state, 'null'), n)
                            FROM (SELECT promotion_state, count(*) AS n FROM found GROUP BY promotion_state) AS counted),
        'lifecycle', (SELECT json_object_agg(lifecycle_state, n)
                      FROM (SELECT lifecycle_state, count(*) AS n FROM found GROUP BY lifecycle_state) AS counted),
        'standing', (SELECT json_object_agg(standing, n)
                     FROM (SELECT standing, count(*) AS n FROM found GROUP BY standing) AS counted),
        'dataset', (SELECT json_object_agg(dataset_id, n)
                    FROM (SELECT dataset_id, count(*) AS n FROM floor.datasets
                          GROUP BY dataset_id ORDER BY n DESC, dataset_id LIMIT 20) AS counted),
        'hypothesis', (SELECT json_object_agg(hypothesis_id, n)
                       FROM (SELECT hypothesis.hypothesis_id, count(*) AS n
                             FROM found JOIN floor.hypotheses AS hypothesis USING (id)
                             GROUP BY hypothesis_id ORDER BY n DESC, hypothesis_id LIMIT 20) AS counted)))::text

-- name: detail
-- The versions of the lineage with what the answer shows of them, the model's own row with its document, its links.
SELECT json_build_object(
    'ids', (SELECT json_agg(id ORDER BY version_number) FROM floor.versions WHERE lineage = %(lineage)s),
    'total', (SELECT count(*) FROM floor.versions WHERE lineage = %(lineage)s),
    'versions', (SELECT json_agg(version) FROM floor.versions AS version WHERE lineage = %(lineage)s),
    'artifact', (SELECT row_to_json(artifact) FROM artifacts AS artifact WHERE artifact.id = %(id)s),
    'model_version', (SELECT row_to_json(version) FROM model_versions AS version WHERE version.artifact_id = %(id)s),
    'links', (SELECT json_agg(link) FROM artifact_links AS link
              WHERE link.source_artifact_id = %(id)s OR link.target_artifact_id = %(id)s))::text

-- name: touched
SELECT json_build_object(
    'ids', ARRAY(SELECT id FROM floor.touched ORDER BY steps, id COLLATE "C" LIMIT 20),
    'total', (SELECT count(*) FROM floor.touched))::text

-- name: compared
-- The rows of the models with their documents, from which a comparison takes what differs.
SELECT json_build_object(
    'ids', json_agg(artifact.id ORDER BY array_position(string_to_array(%(ids)s, ','), artifact.id)),
    'total', count(*),
    'models', json_agg(artifact), 'versions', json_agg(version))::text
FROM artifacts AS artifact LEFT JOIN model_versions AS version ON version.artifact_id = artifact.id
WHERE artifact.id = ANY (string_to_array(%(ids)s, ','))

-- name: chosen
-- Popular and rare values to ask for: of each kind the most and the least frequent.
SELECT json_build_object(
    'dataset', (SELECT json_build_array((array_agg(dataset_id ORDER BY n DESC, dataset_id))[1],
                                        (array_agg(dataset_id ORDER BY n, dataset_id))[1])
                FROM (SELECT dataset_id, count(*) AS n FROM floor.datasets WHERE dataset_id NOT LIKE '%%deep%%'
                      GROUP BY dataset_id) AS counted),
    'hypothesis', (SELECT json_build_array((array_agg(hypothesis_id ORDER BY n DESC, hypothesis_id))[1],
                                           (array_agg(hypothesis_id ORDER BY n, hypothesis_id))[1])
                   FROM (SELECT hypothesis_id, count(*) AS n FROM floor.hypotheses GROUP BY hypothesis_id) AS counted),
    'analysis', (SELECT json_build_array((array_agg(analysis_id ORDER BY n DESC, analysis_id))[1],
                                         (array_agg(analysis_id ORDER BY n, analysis_id))[1])
                 FROM (SELECT analysis_id, count(*) AS n FROM floor.analyses WHERE analysis_id NOT LIKE '%%deep%%'
                       GROUP BY analysis_id) AS counted),
    'single', (SELECT min(id) FROM (SELECT min(id) AS id FROM floor.versions WHERE lineage LIKE 'model-0%%'
                                    GROUP BY lineage HAVING count(*) = 1) AS alone),
    'ordinary', ARRAY(SELECT id FROM floor.models WHERE id LIKE 'model-0%%' AND complete
                      ORDER BY md5(id) LIMIT 10),
    'total', (SELECT count(*) FROM floor.models))::text
