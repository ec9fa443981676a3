-- Pages of the list: where each order begins and goes on. `model` is a row of the projection, or the same as judged now.

-- name: model_columns
-- The columns of ModelRecord.
{entry}, model_registry_timestamp(model.created_at) AS created_at

-- name: entry_columns
-- What a list entry has but its time, whose value orders need. Where words are sought, `model.*` would have them too.
model.id, model.title, model.family, model.version_number, model.version_tag, model.is_latest,
model.quality_score, model.quality_score_stored, model.metrics, model.parameter_count,
model.datasets, model.analyses, model.hypotheses, model.missing,
model.origin_type, model.lifecycle_state, model.promotion_state, model.unreadable, model.headline_metric

-- name: headline_columns
-- The headline that was found; meaningless where `is_computed` is false.
headline.metric AS found_metric, headline.low, headline.high, headline.rows, headline.units, headline.units_are,
headline.agrees, coalesce(headline.contradicted, '{}') AS contradicted,
headline.due IS NULL AND model.id NOT IN (SELECT affected.id FROM affected)
    AND model.id NOT IN (SELECT evaluated.id FROM model_registry_to_be_evaluated() AS evaluated) AS is_computed

-- name: list_models
-- One page of models, or one row without a model. `waiting` is the number of matching models that are judged anew, which
-- the number of projected ones leaves out. The columns before it hold a model's place for the cursor, as text that is the
-- same in every session, whatever its time zone and style of dates. The models of the page are found first, so that those
-- before it are not read.
{waiting_first},
waiting AS MATERIALIZED (
    SELECT {row}.id, {key} AS sort_key, {row}.created_at
    FROM {judged}
    WHERE {conditions}
),
page AS MATERIALIZED (
    SELECT place.id, place.sort_key, place.created_at
    FROM (
{parts}
    ) AS place
    ORDER BY {order}
    LIMIT %(limit)s OFFSET %(offset)s
),
shown AS MATERIALIZED (
    SELECT projected.* FROM model_registry_projection AS projected
    WHERE projected.id = ANY (ARRAY(SELECT page.id FROM page)) AND projected.id NOT IN (SELECT affected.id FROM affected)
    UNION ALL
    SELECT now.* FROM now WHERE now.id IN (SELECT page.id FROM page)
)
SELECT {columns}, to_jsonb(place.sort_key) #>> '{{}}' AS sort_key, to_jsonb(place.created_at) #>> '{{}}' AS created_at_key,
       counted.waiting, coalesce(standing.status, 'sound') AS standing,
       {headline_columns}
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
ORDER BY {order}

-- name: every_model
-- All of them in order; the reader fetches a part at a time.
{waiting_first}
SELECT {columns}, coalesce(standing.status, 'sound') AS standing, {headline_columns}
FROM (
    SELECT {entry}, model.created_at, {key} AS sort_key
    FROM {models}
    WHERE model.id NOT IN (SELECT {replaced}.id FROM {replaced})
        AND {conditions}
    UNION ALL
    SELECT {entry}, model.created_at, {key}
    FROM {judged}
    WHERE {judged_conditions}
) AS model
LEFT JOIN model_registry_headlines AS headline ON headline.id = model.id
LEFT JOIN ({not_sound}) AS standing ON standing.id = model.id
ORDER BY {order}

-- name: projected_page
-- The first models without a waiting change, as many as the page can reach; an index yields them in order.
(SELECT {row}.id, {key} AS sort_key, {row}.created_at
 FROM {models}
 WHERE {row}.id NOT IN (SELECT {replaced}.id FROM {replaced})
    AND {conditions}
 ORDER BY {order}
 LIMIT %(offset)s::bigint + %(limit)s::bigint)

-- name: waiting_page
-- The models that wait.
(SELECT waiting.id, waiting.sort_key, waiting.created_at
 FROM waiting
 WHERE {conditions})

-- name: key_quality_score
model.quality_score

-- name: key_created_at
model.created_at

-- name: key_parameter_count
model.parameter_count

-- name: key_title
model.title_key

-- name: key_relevance
-- Neighbouring float4 ranks differ by more than the billionth of a quality, which orders equally good matches.
ts_rank(searched.words, model_registry_any_word(%(words)s))::float8 + coalesce(searched.quality_score, 0) * 1e-9

-- name: key_metric
metric_0.value

-- name: key_distance
abs(metric_0.value - %(sort_target)s::numeric)

-- name: order_ascending
{key} ASC NULLS LAST, {row}.created_at DESC, {row}.id COLLATE "C"

-- name: order_descending
{key} DESC NULLS LAST, {row}.created_at DESC, {row}.id COLLATE "C"

-- name: after_same
-- Each part of what follows a place is a range of the index that yields the order.
({key} = %(after_key)s::{type} AND {row}.created_at <= %(after_created_at)s::timestamptz AND {tie})

-- name: after_ascending
({key} > %(after_key)s::{type})

-- name: after_descending
({key} < %(after_key)s::{type})

-- name: all_unknown
({key} IS NULL)

-- name: after_unknown
({key} IS NULL AND {row}.created_at <= %(after_created_at)s::timestamptz AND {tie})

-- name: after_tie
({row}.created_at < %(after_created_at)s::timestamptz OR {row}.id COLLATE "C" > %(after_id)s)

-- name: reported_metrics
-- Names of metrics that models report now; longer names stand cut in the index. From one name to the next is one look
-- into the index, however many models report it.
WITH affected AS MATERIALIZED (SELECT waiting.id FROM model_registry_affected() AS waiting)
SELECT folded.name
FROM (
    WITH RECURSIVE each (name) AS (
        (SELECT metric.name FROM model_registry_metrics AS metric ORDER BY metric.name LIMIT 1)
        UNION ALL
        SELECT (SELECT metric.name FROM model_registry_metrics AS metric
                WHERE metric.name > each.name ORDER BY metric.name LIMIT 1)
        FROM each WHERE each.name IS NOT NULL
    )
    SELECT each.name FROM each WHERE octet_length(each.name) <= 100 LIMIT %(most)s
) AS folded
WHERE EXISTS (
    SELECT FROM model_registry_metrics AS metric
    WHERE metric.name = folded.name AND metric.id NOT IN (SELECT affected.id FROM affected)
)
UNION
SELECT metric.key
FROM model_registry_judge(ARRAY(SELECT affected.id FROM affected)) AS judged
CROSS JOIN LATERAL jsonb_each(judged.metrics) AS metric
WHERE octet_length(metric.key) <= 100
ORDER BY 1
LIMIT %(most)s
