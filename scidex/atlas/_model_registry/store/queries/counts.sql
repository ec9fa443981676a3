-- How many models match, in all and for each value of a facet.

-- name: count_models
-- How many folded models match the filters.
WITH affected AS MATERIALIZED (SELECT waiting.id FROM model_registry_affected() AS waiting),
{moved}
SELECT coalesce(sum(model.times), 0) AS total
FROM (
{folded}
) AS model

-- name: folded
-- How many matching models have no waiting change: all projected ones less the others. Subtracting the few is faster than
-- testing each of the many; counting each part by itself is faster than adding up rows.
SELECT {columns} {number} AS times
FROM {all}
WHERE {conditions}
{grouped}
UNION ALL
SELECT {columns} -count(*)
FROM {models}
WHERE {row}.id IN (SELECT {replaced}.id FROM {replaced})
    AND {conditions}
{grouped}

-- name: fallen
-- How many folded models are not sound: as kept, without those whose standing a change may move, and with these as they
-- are now. What moved includes all models with a waiting change, which are counted elsewhere.
SELECT {columns} {plus}coalesce(sum(model.number), 0) AS times
FROM model_registry_fallen_counts AS model
CROSS JOIN LATERAL (SELECT model.status) AS fallen
WHERE true{conditions}
{grouped}
UNION ALL
SELECT {columns} {minus}count(*)
FROM model_registry_projection AS model
JOIN model_registry_not_sound AS fallen ON fallen.id = model.id
WHERE fallen.id IN (SELECT moved.id FROM moved){conditions}
{grouped}
UNION ALL
SELECT {columns} {plus}count(*)
FROM model_registry_projection AS model
JOIN moved AS fallen ON fallen.id = model.id
WHERE fallen.status <> 'sound' AND fallen.id NOT IN (SELECT affected.id FROM affected){conditions}
{grouped}

-- name: is_any_standing
fallen.status = ANY (%(standing)s)

-- name: is_no_standing
fallen.status <> ALL (%(standing)s)

-- name: number_of_rows
count(*)

-- name: number_kept
coalesce(sum(model.number), 0)

-- name: kept_counts
model_registry_counts AS model

-- name: kept_evidence_counts
model_registry_evidence_counts AS model

-- name: kept_evidence_totals
model_registry_evidence_totals AS model

-- name: counted
-- How many match now: the folded ones, and the waiting ones as they are now.
{folded}
UNION ALL
SELECT {columns} count(*)
FROM {models}
WHERE {conditions}
{grouped}

-- name: grouped
GROUP BY {columns}

-- name: models_by_evidence
-- The rows of one kind of evidence have the flags of their models.
model_registry_evidence AS model

-- name: joined_evidence
JOIN model_registry_evidence AS {alias} ON {alias}.id = model.id

-- name: joined_projection
JOIN model_registry_projection AS wide ON wide.id = model.id

-- name: evidence_is
-- Two conditions, for the reason given at filter_dataset.
{alias}.kind = {kind}
AND {alias}.artifact_id = ANY ({spellings}::text[])
AND CASE WHEN {alias}.artifact_id = (SELECT resolved.id FROM model_registry_resolve(({names}::text[])[1], {types}) AS resolved)
         THEN true ELSE false END

-- name: has_any_dataset
EXISTS (
    SELECT
    FROM unnest(%(dataset)s::text[]) AS name
    CROSS JOIN LATERAL model_registry_resolve(name, ARRAY['dataset', 'tabular_dataset']) AS resolved
    JOIN model_registry_evidence AS evidence
        ON evidence.id = model.id AND evidence.kind = 'dataset' AND evidence.artifact_id = resolved.id
)

-- name: evidence_of_kind
model.kind = {kind}

-- name: judged_evidence
CROSS JOIN LATERAL unnest({column}) AS found (artifact_id)

-- name: all_facets
{waiting_first}
SELECT facet.name, facet.value, facet.number, facet.title
FROM ({parts}) AS facet
ORDER BY facet.number DESC, facet.value

-- name: facets
-- How often matching models have each value of some facets, all under the same filters. Facets of few values are counted
-- together, then each from the combinations.
SELECT facet.name, facet.value, facet.number, NULL::text AS title
FROM (
    SELECT each.name, each.value, sum(combination.number) AS number,
           row_number() OVER (PARTITION BY each.name ORDER BY sum(combination.number) DESC, each.value) AS place
    FROM (
        SELECT {flags}, sum(model.times) AS number
        FROM (
{counted}
        ) AS model
        GROUP BY {flags}
    ) AS combination
    CROSS JOIN LATERAL (
        VALUES ('total', NULL), ('of all standings', NULL), {values}
    ) AS each (name, value)
    WHERE each.name = ANY ({facets})
    GROUP BY each.name, each.value
    HAVING sum(combination.number) > 0
) AS facet
WHERE facet.place <= %(facet_limit)s

-- name: facet_of_flag
({facet}, to_jsonb(combination.{column}))

-- name: evidence_facet
-- How often matching models have each artifact as evidence, with its title.
SELECT {facet} AS name, to_jsonb(frequent.artifact_id) AS value, frequent.number, model_registry_title(artifact.title)
FROM (
    SELECT model.artifact_id, sum(model.times) AS number
    FROM ({counted}) AS model
    GROUP BY model.artifact_id
    HAVING sum(model.times) > 0
    ORDER BY sum(model.times) DESC, model.artifact_id COLLATE "C"
    LIMIT %(facet_limit)s
) AS frequent
LEFT JOIN artifacts AS artifact ON artifact.id = frequent.artifact_id

-- name: fallen_models
JOIN ({not_sound}) AS fallen ON fallen.id = {row}.id

-- name: judged_fallen
-- The waiting models that are not sound; of the few that no index holds standings are kept.
LEFT JOIN moved ON moved.id = model.id
JOIN LATERAL (
    SELECT CASE WHEN moved.id IS NOT NULL THEN moved.status
                ELSE (SELECT kept.status FROM model_registry_not_sound AS kept WHERE kept.id = model.id)
           END AS status
    OFFSET 0
) AS fallen ON fallen.status <> 'sound'

-- name: standing_facet
-- How many matching models have each state other than sound; all others are sound.
SELECT {facet} AS name, to_jsonb(model.status) AS value, sum(model.times) AS number, NULL::text AS title
FROM ({counted}) AS model
GROUP BY model.status
HAVING sum(model.times) > 0
