-- The parts of a query: relations that hold models, and conditions on them.

-- name: among
{of}.id = ANY (ARRAY(
    SELECT {row}.id
    FROM {models}
    WHERE {conditions}
))

-- name: projected_models
model_registry_projection AS model

-- name: waiting_first
-- The models that wait to be folded, found and judged once for a statement, with those that no index holds.
WITH affected AS MATERIALIZED (SELECT waiting.id FROM model_registry_affected() AS waiting),
now AS MATERIALIZED (
    SELECT judged.* FROM model_registry_judge(ARRAY(SELECT affected.id FROM affected)) AS judged
    UNION ALL
    SELECT unindexed.* FROM model_registry_unindexed AS unindexed
    WHERE unindexed.id NOT IN (SELECT affected.id FROM affected)
),
{moved}

-- name: reworded
-- In a search: the models whose words changed, and all that their kept rows do not answer for. Words of models that no index
-- holds are kept too, but their other values stand among those that wait.
reworded AS MATERIALIZED (
    SELECT changed.id, changed.matched, changed.matches, changed.words
    FROM model_registry_reworded(%(words)s, {is_ranked}, ARRAY(SELECT affected.id FROM affected)) AS changed
),
replaced AS MATERIALIZED (
    SELECT affected.id FROM affected UNION ALL SELECT reworded.id FROM reworded WHERE reworded.matched
    UNION ALL SELECT unindexed.id FROM model_registry_unindexed AS unindexed
)

-- name: moved
-- The standing of models with a waiting change, however far up; it costs nothing where it is not used.
moved AS MATERIALIZED (
    SELECT standing.id, standing.status
    FROM model_registry_moved(
        ARRAY(SELECT affected.id FROM affected), ARRAY(SELECT now.id COLLATE "default" FROM now WHERE now.pins_differ)
    ) AS standing
)

-- name: moved_of_folded
-- The same where the models that wait are counted elsewhere.
moved AS MATERIALIZED (
    SELECT standing.id, standing.status
    FROM model_registry_moved(ARRAY(SELECT affected.id FROM affected), ARRAY[]::text[]) AS standing
)

-- name: not_sound
-- All artifacts that are not sound, now.
SELECT fallen.id, fallen.status FROM model_registry_not_sound AS fallen
WHERE fallen.id NOT IN (SELECT moved.id FROM moved)
UNION ALL
SELECT moved.id, moved.status FROM moved WHERE moved.status <> 'sound'

-- name: judged_models
now AS model

-- name: projected_metric
model_registry_metrics AS {alias}

-- name: joined_metric
JOIN model_registry_metrics AS {alias} ON {alias}.id = {row}.id

-- name: searched_models
model_registry_search AS {alias}

-- name: joined_words
JOIN model_registry_search AS {alias} ON {alias}.id = {row}.id

-- name: worded_models
-- The models that wait, with their words. Words of models that no index holds are kept beside those of the others. Of models
-- whose words alone changed it is known already whether they match.
(
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
    WHERE of_now.words @@ model_registry_tsquery(%(words)s)
    UNION ALL
    SELECT unindexed.*, reworded.words
    FROM reworded JOIN model_registry_unindexed AS unindexed ON unindexed.id = reworded.id
    WHERE reworded.matches
    UNION ALL
    SELECT projected.*, reworded.words
    FROM reworded JOIN model_registry_projection AS projected ON projected.id = reworded.id
    WHERE reworded.matches
) AS model
CROSS JOIN LATERAL (SELECT model.words, model.quality_score) AS {alias}

-- name: judged_metric
CROSS JOIN LATERAL (
    SELECT model.id, model_registry_key(metric.key) AS name,
           model_registry_number((metric.value #>> '{{}}')::numeric) AS value, model.created_at
    FROM jsonb_each(model.metrics) AS metric
) AS {alias}

-- name: filter_one
{column} {operator} {value}

-- name: filter_any
{column} = ANY ({value})

-- name: filter_evidence
-- The planner can estimate the first condition; the second ensures that a name means the same artifact as elsewhere. As a
-- CASE it does not count in the estimate.
{column} && {spellings}::text[]
AND CASE WHEN {column} && (
    SELECT array_agg(resolved.id)
    FROM unnest({names}::text[]) AS name
    CROSS JOIN LATERAL model_registry_resolve(name, {types}) AS resolved
) THEN true ELSE false END

-- name: evaluated_on
-- Read from the host's tables, not from the projection, so it is never stale.
{row}.id = ANY (ARRAY(
    SELECT version.artifact_id COLLATE "C"
    FROM model_registry_resolve({value}, ARRAY['dataset', 'tabular_dataset']) AS asked
    JOIN model_versions AS version ON version.eval_dataset_artifact_id = asked.id
    UNION
    SELECT evaluated.target_artifact_id COLLATE "C"
    FROM model_registry_resolve({value}, ARRAY['dataset', 'tabular_dataset']) AS asked
    JOIN artifact_links AS used ON used.target_artifact_id = asked.id AND used.link_type = 'uses'
    JOIN artifacts AS evaluation ON evaluation.id = used.source_artifact_id AND evaluation.artifact_type = 'evaluation'
    JOIN artifact_links AS evaluated
        ON evaluated.source_artifact_id = evaluation.id AND evaluated.link_type = 'evaluates'
))

-- name: filter_standing
{row}.id IN (SELECT standing.id FROM ({not_sound}) AS standing WHERE standing.status = ANY ({value}))

-- name: filter_standing_or_sound
NOT EXISTS (
    SELECT FROM ({not_sound}) AS standing WHERE standing.id = {row}.id AND standing.status <> ALL ({value})
)

-- name: filter_standing_alone
-- All ids at once: the planner expects few to be distinct, and would look up each of thousands by itself.
{row}.id = ANY (ARRAY(SELECT standing.id FROM ({not_sound}) AS standing WHERE standing.status = ANY ({value})))

-- name: filter_standing_walked
-- Looked up model by model along an order, of which a page needs the first few. What moved is little, or read once.
CASE
    WHEN {row}.id IN (SELECT moved.id FROM moved WHERE moved.status = ANY ({value})) THEN true
    WHEN {row}.id IN (SELECT moved.id FROM moved) THEN false
    ELSE coalesce(
        (SELECT fallen.status FROM model_registry_not_sound AS fallen WHERE fallen.id = {row}.id), 'sound'
    ) = ANY ({value})
END

-- name: filter_words
searched.words @@ model_registry_tsquery(%(words)s)

-- name: unmatched_words
-- The words of a search, and which of them no model has.
SELECT word, NOT EXISTS (
    SELECT FROM model_registry_search AS searched WHERE searched.words @@ model_registry_tsquery(word)
) AS is_unmatched
FROM unnest(model_registry_asked(%(words)s)) AS word

-- name: words_beginning
-- Words of some models with this beginning; every model has the lexeme of one space, so that none is any word.
SELECT DISTINCT word
FROM (
    SELECT searched.words
    FROM model_registry_search AS searched
    WHERE searched.words @@ format('''%%s'':*', coalesce(nullif(%(beginning)s::text, ''), ' '))::tsquery
    LIMIT %(most)s
) AS found
CROSS JOIN LATERAL unnest(tsvector_to_array(found.words)) AS word
WHERE starts_with(word, %(beginning)s)

-- name: trigram_similarity
-- Where the similarity of pg_trgm is, if the role may use it.
SELECT space.nspname
FROM pg_extension AS extension
JOIN pg_namespace AS space ON space.oid = extension.extnamespace
WHERE extension.extname = 'pg_trgm' AND has_schema_privilege(space.oid, 'USAGE')
  AND has_function_privilege(to_regprocedure(quote_ident(space.nspname) || '.similarity(text, text)'), 'EXECUTE')

-- name: words_by_trigrams
-- The words most similar to one, of those that share a beginning with it.
SELECT known.word
FROM ({words_beginning}) AS known
CROSS JOIN LATERAL (SELECT {similarity}(known.word, %(word)s) AS share) AS likeness
WHERE likeness.share >= %(near)s
ORDER BY likeness.share DESC, known.word
LIMIT %(suggested)s

-- name: where_metric
-- A comparison is false for a model that does not report the metric, and its negation is true.
coalesce(model_registry_number(({number} ->> {name}::text)::numeric) {operator} {value}::numeric, false)

-- name: where_no_metric
NOT ({number} ? {name}::text)

-- name: where_number
coalesce({number}::numeric {operator} {value}::numeric, false)

-- name: where_no_number
({number} IS NULL)

-- name: where_value
coalesce({column} = {value}, false)

-- name: reports
{alias}.name = model_registry_key({name})

-- name: is_below
{alias}.value < {value}::numeric

-- name: is_at_most
{alias}.value <= {value}::numeric

-- name: is_above
{alias}.value > {value}::numeric

-- name: is_at_least
{alias}.value >= {value}::numeric

-- name: is_equal
{alias}.value = {value}::numeric
