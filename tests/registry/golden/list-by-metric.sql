WITH affected AS MATERIALIZED (SELECT waiting.id FROM model_registry_affected() AS waiting),
moved AS MATERIALIZED (
    SELECT standing.id, standing.status
    FROM model_registry_moved(ARRAY(SELECT affected.id FROM affected), ARRAY[]::text[]) AS standing
)
SELECT coalesce(sum(model.times), 0) AS total
FROM (
SELECT  count(*) AS times
FROM model_registry_metrics AS "metric_0"
WHERE "metric_0"."family" = ANY ('{statistical}')
    AND "metric_0".name = model_registry_key('rmse')

UNION ALL
SELECT  -count(*)
FROM model_registry_metrics AS "metric_0"
WHERE "metric_0".id IN (SELECT affected.id FROM affected)
    AND "metric_0"."family" = ANY ('{statistical}')
    AND "metric_0".name = model_registry_key('rmse')

) AS model;

WITH affected AS MATERIALIZED (SELECT waiting.id FROM model_registry_affected() AS waiting),
now AS MATERIALIZED (
    SELECT judged.* FROM model_registry_judge(ARRAY(SELECT affected.id FROM affected)) AS judged
    UNION ALL
    SELECT unindexed.* FROM model_registry_unindexed AS unindexed
    WHERE unindexed.id NOT IN (SELECT affected.id FROM affected)
),
moved AS MATERIALIZED (
    SELECT standing.id, standing.status
    FROM model_registry_moved(
        ARRAY(SELECT affected.id FROM affected), ARRAY(SELECT now.id COLLATE "default" FROM now WHERE now.pins_differ)
    ) AS standing
),
waiting AS MATERIALIZED (
    SELECT "metric_0".id, metric_0.value AS sort_key, "metric_0".created_at
    FROM now AS model
CROSS JOIN LATERAL (
    SELECT model.id, model_registry_key(metric.key) AS name,
           model_registry_number((metric.value #>> '{}')::numeric) AS value, model.created_at
    FROM jsonb_each(model.metrics) AS metric
) AS "metric_0"
    WHERE "model"."family" = ANY ('{statistical}')
    AND "metric_0".name = model_registry_key('rmse')
),
page AS MATERIALIZED (
    SELECT place.id, place.sort_key, place.created_at
    FROM (
(SELECT "metric_0".id, metric_0.value AS sort_key, "metric_0".created_at
 FROM model_registry_metrics AS "metric_0"
 WHERE "metric_0".id NOT IN (SELECT affected.id FROM affected)
    AND "metric_0"."family" = ANY ('{statistical}')
    AND "metric_0".name = model_registry_key('rmse')
    AND true
 ORDER BY metric_0.value ASC NULLS LAST, "metric_0".created_at DESC, "metric_0".id COLLATE "C"
 LIMIT 0::bigint + 21::bigint)
UNION ALL
(SELECT waiting.id, waiting.sort_key, waiting.created_at
 FROM waiting
 WHERE true)
    ) AS place
    ORDER BY place.sort_key ASC NULLS LAST, "place".created_at DESC, "place".id COLLATE "C"
    LIMIT 21 OFFSET 0
),
shown AS MATERIALIZED (
    SELECT projected.* FROM model_registry_projection AS projected
    WHERE projected.id = ANY (ARRAY(SELECT page.id FROM page)) AND projected.id NOT IN (SELECT affected.id FROM affected)
    UNION ALL
    SELECT now.* FROM now WHERE now.id IN (SELECT page.id FROM page)
)
SELECT model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
model.datasets, model.analyses, model.hypotheses, model.missing,
model.origin_type, model.lifecycle_state, model.promotion_state, model.unreadable, model.headline_metric, model_registry_timestamp(model.created_at) AS created_at, to_jsonb(place.sort_key) #>> '{}' AS sort_key, to_jsonb(place.created_at) #>> '{}' AS created_at_key,
       counted.waiting, coalesce(standing.status, 'sound') AS standing,
       headline.metric AS found_metric, headline.low, headline.high, headline.rows, headline.units, headline.units_are,
headline.agrees, coalesce(headline.contradicted, '{}') AS contradicted,
headline.due IS NULL AND model.id NOT IN (SELECT affected.id FROM affected)
    AND model.id NOT IN (SELECT evaluated.id FROM model_registry_to_be_evaluated() AS evaluated) AS is_computed
FROM (SELECT count(*) AS waiting FROM waiting) AS counted
LEFT JOIN (
    page AS place
    JOIN shown AS model ON model.id = place.id
    LEFT JOIN model_registry_headlines AS headline ON headline.id = model.id
    LEFT JOIN model_registry_statuses(
        ARRAY(SELECT shown.id COLLATE "default" FROM shown),
        ARRAY(SELECT shown.id COLLATE "default" FROM shown WHERE shown.pins_differ)
    ) AS standing ON standing.id = model.id
) ON true
ORDER BY place.sort_key ASC NULLS LAST, "place".created_at DESC, "place".id COLLATE "C";
