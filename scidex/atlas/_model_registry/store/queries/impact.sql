-- What rests on an artifact: the artifact itself, everything downstream, a page of the models, and the nearest as a graph.

-- name: touched
-- What rests on the artifact, nearest first.
SELECT touched.id, touched.artifact_type, touched.depth, touched.before, touched.goes_on
FROM model_registry_impact(%(id)s, %(most_steps)s, NULL) AS touched
ORDER BY touched.depth, touched.id COLLATE "C"

-- name: touched_page
-- The counts by type, a page of the models with their paths, and the nearest artifacts of all. The artifact itself, of depth 0,
-- says whether the walk ended at a bound.
WITH RECURSIVE touched AS MATERIALIZED (
    SELECT reached.id, reached.artifact_type, reached.depth, reached.before, reached.goes_on, reached.at_least
    FROM model_registry_impact(%(id)s, %(most_steps)s, %(most_edges)s) AS reached
),
path (id, next, ids) AS (
    (SELECT touched.id, touched.before, ARRAY[touched.id]
     FROM touched
     WHERE touched.artifact_type = 'model' AND touched.depth > 0
     ORDER BY touched.depth, touched.id COLLATE "C"
     LIMIT %(limit)s OFFSET %(offset)s)
    UNION ALL
    SELECT path.id, touched.before, path.ids || touched.id
    FROM path
    JOIN touched ON touched.id = path.next AND touched.depth > 0
),
counted AS (
    SELECT touched.artifact_type, count(*) AS number
    FROM touched
    WHERE touched.depth > 0
    GROUP BY touched.artifact_type
)
SELECT coalesce((SELECT jsonb_agg(jsonb_build_array(counted.artifact_type, counted.number)) FROM counted), '[]') AS counts,
       walked.goes_on, walked.at_least,
       coalesce((
           SELECT jsonb_agg(to_jsonb(path.ids || path.next) ORDER BY cardinality(path.ids), path.id COLLATE "C")
           FROM path WHERE path.next = %(id)s
       ), '[]') AS paths,
       coalesce((
           SELECT jsonb_agg(jsonb_build_array(near.id, near.artifact_type, near.depth, near.before)
                            ORDER BY near.depth, near.id COLLATE "C")
           FROM (
               SELECT touched.id, touched.artifact_type, touched.depth, touched.before
               FROM touched
               WHERE touched.depth > 0
               ORDER BY touched.depth, touched.id COLLATE "C"
               LIMIT %(most_nodes)s - 1
           ) AS near
       ), '[]') AS nearest
FROM touched AS walked
WHERE walked.depth = 0

-- name: touched_models
-- The columns of models in a list of impact.
SELECT model.id, model.title, model.version_number, model.is_latest, model.family, model.quality_score
FROM model_registry_current(%(ids)s::text[]) AS model

-- name: touched_others
-- What is told of artifacts of other types that rest on something.
SELECT artifact.id, model_registry_title(artifact.title) AS title, artifact.version_number, artifact.is_latest
FROM artifacts AS artifact
WHERE artifact.id = ANY (%(ids)s::text[])

-- name: impact_source
-- The artifact itself, and its state.
SELECT model_registry_title(artifact.artifact_type) AS artifact_type, model_registry_title(artifact.title) AS title,
       artifact.version_number, artifact.is_latest,
       model_registry_state(artifact.version_tag, artifact.lifecycle_state, artifact.superseded_by) AS state
FROM artifacts AS artifact
WHERE artifact.id = %(id)s

-- name: judged_impact_source
-- The same with its standing; the pins of a model count.
SELECT model_registry_title(artifact.artifact_type) AS artifact_type, model_registry_title(artifact.title) AS title,
       artifact.version_number, artifact.is_latest,
       model_registry_state(artifact.version_tag, artifact.lifecycle_state, artifact.superseded_by) AS state,
       judged.status, judged.because, judged.truncated AS standing_truncated
FROM artifacts AS artifact
CROSS JOIN LATERAL (
    SELECT array_agg(faulty.model_id) AS models, array_agg(faulty.input_id) AS ids, array_agg(faulty.reason) AS reasons
    FROM (
        SELECT fact.model_id, input.entry ->> 0 AS input_id, model_registry_pin_fault(input.entry) AS reason
        FROM model_registry_facts(ARRAY(SELECT artifact.id WHERE artifact.artifact_type = 'model')) AS fact
        CROSS JOIN LATERAL jsonb_array_elements(fact.inputs) AS input (entry)
    ) AS faulty
    WHERE faulty.reason IS NOT NULL
) AS fault
CROSS JOIN LATERAL model_registry_standings(
    ARRAY[artifact.id], fault.models, fault.ids, fault.reasons, %(most_steps)s, %(most_causes)s
) AS judged
WHERE artifact.id = %(id)s

-- name: edges_among
SELECT edge.source_id, edge.target_id, edge.relation, edge.origin
FROM model_registry_edges_among(%(ids)s::text[]) AS edge
ORDER BY edge.source_id COLLATE "C", edge.target_id COLLATE "C", edge.relation COLLATE "C"

-- name: titles
SELECT artifact.id, model_registry_title(artifact.title) AS title, artifact.version_number
FROM artifacts AS artifact
WHERE artifact.id = ANY (%(ids)s::text[])
