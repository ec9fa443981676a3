-- The host's three tables. Safe to repeat: missing tables are created; existing ones belong to the host and stay unchanged.

DO $do$
BEGIN
    IF to_regclass('artifacts') IS NOT NULL THEN
        RETURN;
    END IF;

    CREATE TABLE artifacts (
        id                text PRIMARY KEY,
        artifact_type     text NOT NULL,
        title             text NOT NULL,
        entity_ids        jsonb NOT NULL DEFAULT '[]',
        metadata          jsonb NOT NULL DEFAULT '{}',
        content_hash      text,
        provenance_chain  jsonb NOT NULL DEFAULT '[]',
        quality_score     double precision,
        created_by        text,
        created_at        timestamptz NOT NULL DEFAULT now(),
        origin_type       text DEFAULT 'internal',
        origin_url        text,
        version_number    integer NOT NULL DEFAULT 1,
        parent_version_id text,
        version_tag       text,
        changelog         text,
        is_latest         boolean NOT NULL DEFAULT true,
        lifecycle_state   text NOT NULL DEFAULT 'active',
        superseded_by     text,
        version           bigint NOT NULL DEFAULT 0,
        last_mutated_at   timestamptz NOT NULL DEFAULT now()
    );

    CREATE INDEX artifacts_parent_version_id ON artifacts (parent_version_id);
    CREATE INDEX artifacts_latest_by_type ON artifacts (artifact_type, is_latest) WHERE is_latest;
    CREATE INDEX artifacts_version_tag ON artifacts (version_tag) WHERE version_tag IS NOT NULL;

    -- A counter of writes to the row, for ETags; it is unrelated to the artifact's version.
    CREATE OR REPLACE FUNCTION artifacts_count_mutation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.version := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.version + 1 END;
        NEW.last_mutated_at := clock_timestamp();
        RETURN NEW;
    END
    $$;

    CREATE OR REPLACE TRIGGER artifacts_count_mutation BEFORE INSERT OR UPDATE ON artifacts
        FOR EACH ROW EXECUTE FUNCTION artifacts_count_mutation();
END
$do$;

-- The ends are not foreign keys, as a link may outlive the artifacts at its ends.
DO $do$
BEGIN
    IF to_regclass('artifact_links') IS NOT NULL THEN
        RETURN;
    END IF;

    CREATE TABLE artifact_links (
        id                 bigserial PRIMARY KEY,
        source_artifact_id text NOT NULL,
        target_artifact_id text NOT NULL,
        link_type          text NOT NULL,
        strength           double precision,
        evidence           jsonb,
        created_at         timestamptz NOT NULL DEFAULT now(),
        UNIQUE (source_artifact_id, target_artifact_id, link_type)
    );
END
$do$;

-- The JSON columns are text, as in the host, so readers must accept text that is not JSON.
DO $do$
BEGIN
    IF to_regclass('model_versions') IS NOT NULL THEN
        RETURN;
    END IF;

    CREATE TABLE model_versions (
        artifact_id              text PRIMARY KEY REFERENCES artifacts (id) ON DELETE CASCADE,
        is_external              integer NOT NULL DEFAULT 0 CHECK (is_external IN (0, 1)),
        external_source_url      text,
        external_source_version  text,
        base_model_id            text REFERENCES artifacts (id),
        code_repo_url            text,
        code_commit_sha          text,
        code_entrypoint          text,
        training_started_at      text,
        training_completed_at    text,
        trained_by               text,
        gpu_allocation_id        text,
        training_params_json     text,
        eval_metrics_json        text,
        eval_dataset_artifact_id text REFERENCES artifacts (id),
        benchmark_id             text,
        promotion_state          text NOT NULL DEFAULT 'candidate'
            CHECK (promotion_state IN ('candidate', 'promoted', 'rejected', 'superseded')),
        promotion_notes          text,
        created_at               text
    );
END
$do$;
