-- The counts beside the projection. Folding sessions write one at a time, so nobody waits for a count; those that build side by
-- side wait for each other, and lock them in one order. A count of 0 stays
-- until all are counted anew. Analyses are left out, as each has few models.

-- Adds those of these models that are not sound to their counts (`sign` 1) or subtracts them (-1): as their rows and standings
-- are kept, whichever of the two is about to change or has changed.
CREATE OR REPLACE FUNCTION model_registry_tally_fallen(ids text[], sign integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO model_registry_fallen_counts AS kept
        (status, family, is_latest, complete, origin_type, promotion_state, lifecycle_state, number)
    SELECT fallen.status, model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state,
           model.lifecycle_state, sign * count(*)
    FROM model_registry_not_sound AS fallen
    CROSS JOIN LATERAL (
        SELECT projected.family, projected.is_latest, projected.complete, projected.origin_type, projected.promotion_state,
               projected.lifecycle_state
        FROM model_registry_projection AS projected
        WHERE projected.id = fallen.id
        OFFSET 0  -- planned by keys, as the judge is (judge.sql)
    ) AS model
    WHERE fallen.id = ANY (ids)
    GROUP BY fallen.status, model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state,
             model.lifecycle_state
    ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (status, family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
        DO UPDATE SET number = kept.number + excluded.number;
$$;

-- Adds the models of these ids to the counts (`sign` 1) or subtracts them (-1). A trigger would count twice in a restored
-- dump, which has both the rows and the counts.
CREATE OR REPLACE FUNCTION model_registry_tally(ids text[], sign integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO model_registry_counts AS kept (family, is_latest, complete, origin_type, promotion_state, lifecycle_state, number)
    SELECT model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state,
           model.lifecycle_state, sign * count(*)
    FROM model_registry_projection AS model
    WHERE model.id = ANY (ids)
    GROUP BY model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state,
           model.lifecycle_state
    ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
        DO UPDATE SET number = kept.number + excluded.number;

    WITH piece AS MATERIALIZED (
        SELECT found.kind, found.artifact_id, found.family, found.is_latest, found.complete, found.origin_type,
               found.promotion_state, found.lifecycle_state, sign * count(*) AS number
        FROM model_registry_evidence AS found
        WHERE found.id = ANY (ids) AND found.kind <> 'analysis'
        GROUP BY found.kind, found.artifact_id, found.family, found.is_latest, found.complete, found.origin_type,
                 found.promotion_state, found.lifecycle_state
    ),
    total AS (
        INSERT INTO model_registry_evidence_totals AS kept (kind, artifact_id, number)
        SELECT piece.kind, piece.artifact_id, sum(piece.number) FROM piece GROUP BY piece.kind, piece.artifact_id
        ORDER BY 1, 2
        ON CONFLICT (kind, artifact_id) DO UPDATE SET number = kept.number + excluded.number
    )
    INSERT INTO model_registry_evidence_counts AS kept
        (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state, number)
    SELECT piece.kind, piece.artifact_id, piece.family, piece.is_latest, piece.complete, piece.origin_type,
           piece.promotion_state, piece.lifecycle_state, piece.number
    FROM piece
    ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
    ON CONFLICT (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
        DO UPDATE SET number = kept.number + excluded.number;

    SELECT model_registry_tally_fallen(ids, sign);
$$;

CREATE OR REPLACE FUNCTION model_registry_counts_anew() RETURNS void LANGUAGE sql AS $$
    DELETE FROM model_registry_counts;
    DELETE FROM model_registry_evidence_counts;
    DELETE FROM model_registry_evidence_totals;
    DELETE FROM model_registry_fallen_counts;
    SELECT model_registry_tally(ARRAY(SELECT model.id FROM model_registry_projection AS model), 1);
$$;
