-- The counts beside the projection. Folders write one at a time, so nobody waits for a count.

CREATE OR REPLACE FUNCTION model_registry_keep_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
    INSERT INTO model_registry_counts AS kept (family, is_latest, complete, origin_type, promotion_state, number)
    SELECT model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state, sign * count(*)
    FROM changed AS model
    GROUP BY model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state
    ON CONFLICT (family, is_latest, complete, origin_type, promotion_state)
    DO UPDATE SET number = kept.number + excluded.number;
    DELETE FROM model_registry_counts AS kept WHERE kept.number = 0;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER model_registry_inserted AFTER INSERT ON model_registry_projection
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_keep_counts();
CREATE OR REPLACE TRIGGER model_registry_deleted AFTER DELETE ON model_registry_projection
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION model_registry_keep_counts();

-- Counts anew.
CREATE OR REPLACE FUNCTION model_registry_recount() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM model_registry_counts;
    INSERT INTO model_registry_counts (family, is_latest, complete, origin_type, promotion_state, number)
    SELECT model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state, count(*)
    FROM model_registry_projection AS model
    GROUP BY model.family, model.is_latest, model.complete, model.origin_type, model.promotion_state;
END
$$;
