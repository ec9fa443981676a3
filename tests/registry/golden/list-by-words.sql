WITH affected AS MATERIALIZED (SELECT waiting.id FROM model_registry_affected() AS waiting),
moved AS MATERIALIZED (
    SELECT standing.id, standing.status
    FROM model_registry_moved(ARRAY(SELECT affected.id FROM affected), ARRAY[]::text[]) AS standing
),
reworded AS MATERIALIZED (
    SELECT changed.id, changed.matched, changed.matches, changed.words
    FROM model_registry_reworded('apoe logistic', false, ARRAY(SELECT affected.id FROM affected)) AS changed
),
replaced AS MATERIALIZED (
    SELECT affected.id FROM affected UNION ALL SELECT reworded.id FROM reworded WHERE reworded.matched
    UNION ALL SELECT unindexed.id FROM model_registry_unindexed AS unindexed
)
SELECT coalesce(sum(model.times), 0) AS total
FROM (
SELECT  count(*) AS times
FROM model_registry_projection AS model
JOIN model_registry_metrics AS "metric_0" ON "metric_0".id = "model".id
JOIN model_registry_search AS "searched" ON "searched".id = "model".id
WHERE "model"."created_at" >= '2026-04-05 00:00:00+00:00'::timestamptz
    AND "metric_0".name = model_registry_key('auc')
    AND "metric_0".value >= 0.9::numeric
    AND searched.words @@ model_registry_tsquery('apoe logistic')

UNION ALL
SELECT  -count(*)
FROM model_registry_projection AS model
JOIN model_registry_metrics AS "metric_0" ON "metric_0".id = "model".id
JOIN model_registry_search AS "searched" ON "searched".id = "model".id
WHERE "model".id IN (SELECT replaced.id FROM replaced)
    AND "model"."created_at" >= '2026-04-05 00:00:00+00:00'::timestamptz
    AND "metric_0".name = model_registry_key('auc')
    AND "metric_0".value >= 0.9::numeric
    AND searched.words @@ model_registry_tsquery('apoe logistic')

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
reworded AS MATERIALIZED (
    SELECT changed.id, changed.matched, changed.matches, changed.words
    FROM model_registry_reworded('apoe logistic', false, ARRAY(SELECT affected.id FROM affected)) AS changed
),
replaced AS MATERIALIZED (
    SELECT affected.id FROM affected UNION ALL SELECT reworded.id FROM reworded WHERE reworded.matched
    UNION ALL SELECT unindexed.id FROM model_registry_unindexed AS unindexed
),
waiting AS MATERIALIZED (
    SELECT "model".id, model.quality_score AS sort_key, "model".created_at
    FROM (
    SELECT now.*, of_now.words
    FROM now
    JOIN (
        SELECT kept.id, kept.words FROM model_registry_search AS kept
        WHERE EXISTS (SELECT FROM model_registry_unindexed) AND kept.id NOT IN (SELECT affected.id FROM affected)
            AND kept.id NOT IN (SELECT reworded.id FROM reworded)
        UNION ALL
        SELECT judged.id,
               model_registry_words(artifact.id, judged.title, read.document)
                   || model_registry_kind_words(judged.title, read.document, judged.metrics) || coalesce(told.words, '') AS words
        FROM now AS judged
        LEFT JOIN (
            SELECT of_models.*
            FROM (
                SELECT array_agg(judged.id) AS ids, array_agg(piece.id) AS evidence
                FROM now AS judged
                CROSS JOIN LATERAL unnest(
                    model_registry_told_evidence(judged.datasets, judged.analyses, judged.hypotheses)
                ) AS piece (id)
                WHERE judged.id IN (SELECT affected.id FROM affected)
            ) AS named
            CROSS JOIN LATERAL model_registry_told_of(named.ids, named.evidence) AS of_models
        ) AS told ON told.id = judged.id
        JOIN artifacts AS artifact ON artifact.id = judged.id COLLATE "default"  -- that of the host's index
        CROSS JOIN LATERAL model_registry_document(
            CASE WHEN judged.unreadable <> ARRAY['artifacts'] THEN artifact.metadata END
        ) AS read
        WHERE judged.id IN (SELECT affected.id FROM affected)
    ) AS of_now ON of_now.id = now.id
    WHERE of_now.words @@ model_registry_tsquery('apoe logistic')
    UNION ALL
    SELECT unindexed.*, reworded.words
    FROM reworded JOIN model_registry_unindexed AS unindexed ON unindexed.id = reworded.id
    WHERE reworded.matches
    UNION ALL
    SELECT projected.*, reworded.words
    FROM reworded JOIN model_registry_projection AS projected ON projected.id = reworded.id
    WHERE reworded.matches
) AS model
CROSS JOIN LATERAL (SELECT model.words, model.quality_score) AS "searched"
CROSS JOIN LATERAL (
    SELECT model.id, model_registry_key(metric.key) AS name,
           model_registry_number((metric.value #>> '{}')::numeric) AS value, model.created_at
    FROM jsonb_each(model.metrics) AS metric
) AS "metric_0"
    WHERE "model"."created_at" >= '2026-04-05 00:00:00+00:00'::timestamptz
    AND "metric_0".name = model_registry_key('auc')
    AND "metric_0".value >= 0.9::numeric
),
page AS MATERIALIZED (
    SELECT place.id, place.sort_key, place.created_at
    FROM (
(SELECT "model".id, model.quality_score AS sort_key, "model".created_at
 FROM model_registry_projection AS model
JOIN model_registry_search AS "searched" ON "searched".id = "model".id
 WHERE "model".id NOT IN (SELECT replaced.id FROM replaced)
    AND searched.words @@ model_registry_tsquery('apoe logistic')
    AND "model".id = ANY (ARRAY(
    SELECT "model".id
    FROM model_registry_projection AS model
JOIN model_registry_metrics AS "metric_0" ON "metric_0".id = "model".id
JOIN model_registry_search AS "searched" ON "searched".id = "model".id
    WHERE "model"."created_at" >= '2026-04-05 00:00:00+00:00'::timestamptz
    AND "metric_0".name = model_registry_key('auc')
    AND "metric_0".value >= 0.9::numeric
    AND searched.words @@ model_registry_tsquery('apoe logistic')
))
    AND true
 ORDER BY model.quality_score DESC NULLS LAST, "model".created_at DESC, "model".id COLLATE "C"
 LIMIT 0::bigint + 21::bigint)
UNION ALL
(SELECT waiting.id, waiting.sort_key, waiting.created_at
 FROM waiting
 WHERE true)
    ) AS place
    ORDER BY place.sort_key DESC NULLS LAST, "place".created_at DESC, "place".id COLLATE "C"
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
ORDER BY place.sort_key DESC NULLS LAST, "place".created_at DESC, "place".id COLLATE "C";
