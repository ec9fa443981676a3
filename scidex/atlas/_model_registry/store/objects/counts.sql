-- The counts beside the projection. Folding sessions write one at a time, so nobody waits for a count. A count of 0 stays
-- until all are counted anew. Analyses are left out, as each has few models.

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
    ON CONFLICT (family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
        DO UPDATE SET number = kept.number + excluded.number;

    INSERT INTO model_registry_evidence_counts AS kept
        (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state, number)
    SELECT found.kind, found.artifact_id, found.family, found.is_latest, found.complete, found.origin_type,
           found.promotion_state, found.lifecycle_state, sign * count(*)
    FROM model_registry_evidence AS found
    WHERE found.id = ANY (ids) AND found.kind <> 'analysis'
    GROUP BY found.kind, found.artifact_id, found.family, found.is_latest, found.complete, found.origin_type,
             found.promotion_state, found.lifecycle_state
    ON CONFLICT (kind, artifact_id, family, is_latest, complete, origin_type, promotion_state, lifecycle_state)
        DO UPDATE SET number = kept.number + excluded.number;
$$;

CREATE OR REPLACE FUNCTION model_registry_counts_anew() RETURNS void LANGUAGE sql AS $$
    DELETE FROM model_registry_counts;
    DELETE FROM model_registry_evidence_counts;
    SELECT model_registry_tally(ARRAY(SELECT model.id FROM model_registry_projection AS model), 1);
$$;
