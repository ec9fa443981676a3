-- Requests for headlines, and headlines that were found.

-- name: claim_headlines
-- Others leave a claimed request alone for a minute; a session that takes longer or ends loses only its time.
UPDATE model_registry_headlines AS headline
SET claimed_at = clock_timestamp()
WHERE headline.id = ANY (ARRAY(
    SELECT waiting.id
    FROM model_registry_headlines AS waiting
    WHERE waiting.due IS NOT NULL
        AND (waiting.claimed_at IS NULL OR waiting.claimed_at < clock_timestamp() - interval '1 minute')
    ORDER BY waiting.id
    LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
))
RETURNING headline.id, headline.due, headline.digest

-- name: keep_headline
-- A headline that was requested again meanwhile is not kept.
UPDATE model_registry_headlines AS headline
SET due = NULL, claimed_at = NULL, digest = %(digest)s, metric = %(metric)s, low = %(low)s, high = %(high)s,
    rows = %(rows)s, units = %(units)s, units_are = %(units_are)s, agrees = %(agrees)s, contradicted = %(contradicted)s
WHERE headline.id = %(id)s AND headline.due = %(due)s

-- name: keep_same_headline
UPDATE model_registry_headlines AS headline SET due = NULL, claimed_at = NULL
WHERE headline.id = %(id)s AND headline.due = %(due)s

-- name: kept_headlines
-- The headlines in lists: those of models without a waiting change.
SELECT headline.id, headline.digest, headline.metric AS found_metric, headline.low, headline.high, headline.rows,
       headline.units, headline.units_are, headline.agrees, headline.contradicted
FROM model_registry_headlines AS headline
WHERE headline.due IS NULL AND headline.id NOT IN (SELECT affected.id FROM model_registry_affected() AS affected)
    AND headline.id NOT IN (SELECT evaluated.id FROM model_registry_to_be_evaluated() AS evaluated)
ORDER BY headline.id
