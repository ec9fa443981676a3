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
)
SELECT facet.name, facet.value, facet.number, facet.title
FROM ((SELECT facet.name, facet.value, facet.number, NULL::text AS title
FROM (
    SELECT each.name, each.value, sum(combination.number) AS number,
           row_number() OVER (PARTITION BY each.name ORDER BY sum(combination.number) DESC, each.value) AS place
    FROM (
        SELECT "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state", sum(model.times) AS number
        FROM (
SELECT "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state", coalesce(sum(model.number), 0) AS times
FROM model_registry_counts AS model
WHERE "model"."family" = ANY ('{statistical}')
GROUP BY "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state"
UNION ALL
SELECT "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state", -count(*)
FROM model_registry_projection AS model
WHERE "model".id IN (SELECT affected.id FROM affected)
    AND "model"."family" = ANY ('{statistical}')
GROUP BY "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state"
UNION ALL
SELECT "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state", count(*)
FROM now AS model

WHERE "model"."family" = ANY ('{statistical}')
GROUP BY "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state"
        ) AS model
        GROUP BY "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state"
    ) AS combination
    CROSS JOIN LATERAL (
        VALUES ('total', NULL), ('of all standings', NULL), ('family', to_jsonb(combination."family")), ('provenance', to_jsonb(combination."complete")), ('latest', to_jsonb(combination."is_latest")), ('origin_type', to_jsonb(combination."origin_type")), ('promotion_state', to_jsonb(combination."promotion_state")), ('lifecycle', to_jsonb(combination."lifecycle_state"))
    ) AS each (name, value)
    WHERE each.name = ANY ('{total,provenance,latest,origin_type,promotion_state,lifecycle}')
    GROUP BY each.name, each.value
    HAVING sum(combination.number) > 0
) AS facet
WHERE facet.place <= 20)
UNION ALL
(SELECT facet.name, facet.value, facet.number, NULL::text AS title
FROM (
    SELECT each.name, each.value, sum(combination.number) AS number,
           row_number() OVER (PARTITION BY each.name ORDER BY sum(combination.number) DESC, each.value) AS place
    FROM (
        SELECT "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state", sum(model.times) AS number
        FROM (
SELECT "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state", coalesce(sum(model.number), 0) AS times
FROM model_registry_counts AS model
WHERE true
GROUP BY "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state"
UNION ALL
SELECT "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state", -count(*)
FROM model_registry_projection AS model
WHERE "model".id IN (SELECT affected.id FROM affected)
    AND true
GROUP BY "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state"
UNION ALL
SELECT "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state", count(*)
FROM now AS model

WHERE true
GROUP BY "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state"
        ) AS model
        GROUP BY "model"."family", "model"."complete", "model"."is_latest", "model"."origin_type", "model"."promotion_state", "model"."lifecycle_state"
    ) AS combination
    CROSS JOIN LATERAL (
        VALUES ('total', NULL), ('of all standings', NULL), ('family', to_jsonb(combination."family")), ('provenance', to_jsonb(combination."complete")), ('latest', to_jsonb(combination."is_latest")), ('origin_type', to_jsonb(combination."origin_type")), ('promotion_state', to_jsonb(combination."promotion_state")), ('lifecycle', to_jsonb(combination."lifecycle_state"))
    ) AS each (name, value)
    WHERE each.name = ANY ('{family}')
    GROUP BY each.name, each.value
    HAVING sum(combination.number) > 0
) AS facet
WHERE facet.place <= 20)
UNION ALL
(SELECT 'dataset' AS name, to_jsonb(frequent.artifact_id) AS value, frequent.number, model_registry_title(artifact.title)
FROM (
    SELECT model.artifact_id, sum(model.times) AS number
    FROM (SELECT model.artifact_id, coalesce(sum(model.number), 0) AS times
FROM model_registry_evidence_counts AS model
WHERE model.kind = 'dataset'
    AND "model"."family" = ANY ('{statistical}')
GROUP BY model.artifact_id
UNION ALL
SELECT model.artifact_id, -count(*)
FROM model_registry_evidence AS model
WHERE "model".id IN (SELECT affected.id FROM affected)
    AND model.kind = 'dataset'
    AND "model"."family" = ANY ('{statistical}')
GROUP BY model.artifact_id
UNION ALL
SELECT found.artifact_id, count(*)
FROM now AS model
CROSS JOIN LATERAL unnest("model"."datasets") AS found (artifact_id)
WHERE "model"."family" = ANY ('{statistical}')
GROUP BY found.artifact_id) AS model
    GROUP BY model.artifact_id
    HAVING sum(model.times) > 0
    ORDER BY sum(model.times) DESC, model.artifact_id COLLATE "C"
    LIMIT 20
) AS frequent
LEFT JOIN artifacts AS artifact ON artifact.id = frequent.artifact_id)
UNION ALL
(SELECT 'hypothesis' AS name, to_jsonb(frequent.artifact_id) AS value, frequent.number, model_registry_title(artifact.title)
FROM (
    SELECT model.artifact_id, sum(model.times) AS number
    FROM (SELECT model.artifact_id, coalesce(sum(model.number), 0) AS times
FROM model_registry_evidence_counts AS model
WHERE model.kind = 'hypothesis'
    AND "model"."family" = ANY ('{statistical}')
GROUP BY model.artifact_id
UNION ALL
SELECT model.artifact_id, -count(*)
FROM model_registry_evidence AS model
WHERE "model".id IN (SELECT affected.id FROM affected)
    AND model.kind = 'hypothesis'
    AND "model"."family" = ANY ('{statistical}')
GROUP BY model.artifact_id
UNION ALL
SELECT found.artifact_id, count(*)
FROM now AS model
CROSS JOIN LATERAL unnest("model"."hypotheses") AS found (artifact_id)
WHERE "model"."family" = ANY ('{statistical}')
GROUP BY found.artifact_id) AS model
    GROUP BY model.artifact_id
    HAVING sum(model.times) > 0
    ORDER BY sum(model.times) DESC, model.artifact_id COLLATE "C"
    LIMIT 20
) AS frequent
LEFT JOIN artifacts AS artifact ON artifact.id = frequent.artifact_id)
UNION ALL
(SELECT 'standing' AS name, to_jsonb(model.status) AS value, sum(model.times) AS number, NULL::text AS title
FROM (SELECT fallen.status, +coalesce(sum(model.number), 0) AS times
FROM model_registry_fallen_counts AS model
CROSS JOIN LATERAL (SELECT model.status) AS fallen
WHERE true
    AND "model"."family" = ANY ('{statistical}')
GROUP BY fallen.status
UNION ALL
SELECT fallen.status, -count(*)
FROM model_registry_projection AS model
JOIN model_registry_not_sound AS fallen ON fallen.id = model.id
WHERE fallen.id IN (SELECT moved.id FROM moved)
    AND "model"."family" = ANY ('{statistical}')
GROUP BY fallen.status
UNION ALL
SELECT fallen.status, +count(*)
FROM model_registry_projection AS model
JOIN moved AS fallen ON fallen.id = model.id
WHERE fallen.status <> 'sound' AND fallen.id NOT IN (SELECT affected.id FROM affected)
    AND "model"."family" = ANY ('{statistical}')
GROUP BY fallen.status
UNION ALL
SELECT fallen.status, count(*)
FROM now AS model
LEFT JOIN moved ON moved.id = model.id
JOIN LATERAL (
    SELECT CASE WHEN moved.id IS NOT NULL THEN moved.status
                ELSE (SELECT kept.status FROM model_registry_not_sound AS kept WHERE kept.id = model.id)
           END AS status
    OFFSET 0
) AS fallen ON fallen.status <> 'sound'
WHERE "model"."family" = ANY ('{statistical}')
GROUP BY fallen.status) AS model
GROUP BY model.status
HAVING sum(model.times) > 0)) AS facet
ORDER BY facet.number DESC, facet.value;

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
    SELECT "model".id, model.quality_score AS sort_key, "model".created_at
    FROM now AS model
    WHERE "model"."family" = ANY ('{statistical}')
),
page AS MATERIALIZED (
    SELECT place.id, place.sort_key, place.created_at
    FROM (
(SELECT "model".id, model.quality_score AS sort_key, "model".created_at
 FROM model_registry_projection AS model
 WHERE "model".id NOT IN (SELECT affected.id FROM affected)
    AND "model"."family" = ANY ('{statistical}')
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
