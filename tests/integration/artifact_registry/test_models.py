"""Registering models: the row, its model_versions row, its links, and the verdict that comes back."""

import json
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from scidex.atlas.artifact_registry import (
    Link,
    ModelVersion,
    create_version,
    register_model,
)
from scidex.atlas.model_registry import get_model_detail, list_models
from tests.integration.artifact_registry.drafts import (
    METADATA,
    artifact,
    model,
    model_arguments,
    row,
    rows,
)

LINKS = "SELECT target_artifact_id, link_type FROM artifact_links WHERE source_artifact_id = %s ORDER BY id"


@pytest.mark.parametrize("family", METADATA)
def test_a_model_is_an_artifact_and_a_model_version(conn: psycopg.Connection, family: str) -> None:
    registered = register_model(
        **model_arguments(
            model_family=family, metadata=METADATA[family], quality_score=0.7, created_by="forge"
        ),
        conn=conn,
    )
    assert registered.id.startswith("model-")
    assert row(conn, "SELECT artifact_type, metadata, quality_score, created_by FROM artifacts") == (
        "model", METADATA[family] | {"model_family": family}, 0.7, "forge",
    )  # fmt: skip
    found = row(
        conn, "SELECT artifact_id, promotion_state, is_external, eval_metrics_json FROM model_versions"
    )
    assert found == (registered.id, "candidate", 0, None)


def test_what_a_model_comes_from_stands_in_metadata_and_links(conn: psycopg.Connection) -> None:
    table, raw = artifact(conn, "tabular_dataset"), artifact(conn, "dataset")
    analysis, hypothesis = artifact(conn, "analysis"), artifact(conn, "hypothesis")
    registered = model(
        conn,
        trained_on=[table, raw, table],
        produced_by=analysis,
        tests=hypothesis,
        links=[Link(table, "mentions")],
    )
    (metadata,) = row(conn, "SELECT metadata FROM artifacts WHERE id = %s", registered)
    assert metadata["trained_on_dataset_id"] == [table, raw]
    assert metadata["produced_by_analysis_id"] == analysis
    assert metadata["tests_hypothesis_id"] == hypothesis
    assert rows(conn, LINKS, registered) == [
        (table, "trained_on"),
        (raw, "trained_on"),
        (analysis, "produced_by"),
        (hypothesis, "tests"),
        (table, "mentions"),
    ]


def test_names_lead_to_ids_with_the_prefix_added_or_removed(conn: psycopg.Connection) -> None:
    artifact(conn, "dataset", artifact_id="dataset-ad")
    artifact(conn, "analysis", artifact_id="SDA-1")
    registered = register_model(**model_arguments(trained_on="ad", produced_by="analysis-SDA-1"), conn=conn)
    assert rows(conn, LINKS, registered.id) == [("dataset-ad", "trained_on"), ("SDA-1", "produced_by")]
    detail = get_model_detail(registered.id, conn=conn)
    assert (detail["trained_on"], detail["produced_by"]) == ("dataset-ad", "SDA-1")
    assert isinstance(detail["metadata"], dict)
    assert detail["metadata"]["trained_on_dataset_id"] == "dataset-ad"


def test_origins_named_in_metadata_alone_are_linked_too(conn: psycopg.Connection) -> None:
    table = artifact(conn, "dataset")
    registered = model(conn, metadata={**METADATA["statistical"], "trained_on_dataset_id": [table]})
    assert rows(conn, LINKS, registered) == [(table, "trained_on")]


def test_the_verdict_says_at_once_what_is_missing(conn: psycopg.Connection) -> None:
    artifact(conn, "paper", artifact_id="paper-1")
    registered = register_model(
        **model_arguments(trained_on="paper-1", produced_by="analysis-x", tests="h-1", quality_score=0.9),
        conn=conn,
    )
    assert rows(conn, LINKS, registered.id) == []
    verdict = registered.provenance
    assert verdict == get_model_detail(registered.id, conn=conn)["provenance"]
    assert (verdict["complete"], verdict["capped"]) == (False, True)
    messages = {rule["rule"]: rule["message"] for rule in verdict["rules"]}
    assert "paper-1" in messages["trained_on_dataset_id"]
    assert "analysis-x" in messages["produced_by_analysis_id"]
    assert "h-1" in messages["tests_hypothesis_id"]
    assert list_models(conn=conn)["models"][0]["quality_score"] == 0.3


def test_what_cannot_be_used_is_registered_and_named(conn: psycopg.Connection) -> None:
    parameters = {"k": {"value": 0.1, "units": "furlongz"}}
    arguments = model_arguments(
        model_family="biophysical", metadata=METADATA["biophysical"] | {"parameters": parameters}
    )
    registered = register_model(**arguments, conn=conn)
    assert [warning["path"] for warning in registered.warnings] == ["metadata.parameters.k.units"]
    assert list(registered.warnings) == get_model_detail(registered.id, conn=conn)["warnings"]
    following = create_version(registered.id, changelog="again", metadata=arguments["metadata"], conn=conn)
    assert following.warnings == registered.warnings


def test_a_model_that_lacks_nothing_is_told_so(conn: psycopg.Connection) -> None:
    table = artifact(conn, "dataset")
    pins = {"pinned_artifacts": [{"artifact_id": table, "version_number": 1, "content_hash": None}]}
    analysis = artifact(conn, "analysis", metadata=pins, links=[Link(table, "cites")])
    registered = register_model(**model_arguments(trained_on=table, produced_by=analysis), conn=conn)
    assert registered.provenance["complete"]


def test_everything_said_of_a_model_version_is_in_its_row(conn: psycopg.Connection) -> None:
    said: dict[str, Any] = {
        "is_external": True,
        "external_source_url": "https://example.org/m",
        "external_source_version": "2.1",
        "base_model_id": model(conn),
        "code_repo_url": "https://example.org/code",
        "code_commit_sha": "abc1234",
        "code_entrypoint": "fit.py:main",
        "training_started_at": "2026-04-05T12:00:00.000000Z",
        "training_completed_at": "2026-04-05T12:30:00.000000Z",
        "trained_by": "forge",
        "gpu_allocation_id": "gpu-1",
        "training_params": {"epochs": 3, "layers": [1, 2]},
        "eval_metrics": {"test_auc": 0.9},
        "eval_dataset_artifact_id": artifact(conn, "dataset"),
        "benchmark_id": "benchmark-1",
        "promotion_state": "promoted",
        "promotion_notes": "better",
    }
    spelled_otherwise: dict[str, Any] = {
        "training_started_at": datetime(2026, 4, 5, 12, tzinfo=UTC),
        "training_completed_at": "2026-04-05T14:30:00+02:00",
        "training_params": {"epochs": 3, "layers": (1, 2)},
    }
    registered = model(conn, model_version=ModelVersion(**{**said, **spelled_otherwise}))
    kept = get_model_detail(registered, conn=conn)["model_version"]
    assert kept is not None
    assert kept.pop("created_at") is not None  # type: ignore[misc]  # the moment itself is not this test's
    assert kept == said


def test_a_model_version_may_be_a_mapping(conn: psycopg.Connection) -> None:
    registered = model(conn, model_version={"eval_metrics": {"rmse": 1}, "promotion_state": "rejected"})
    (metrics, state) = row(
        conn,
        "SELECT eval_metrics_json, promotion_state FROM model_versions WHERE artifact_id = %s",
        registered,
    )
    assert (json.loads(metrics), state) == ({"rmse": 1}, "rejected")
