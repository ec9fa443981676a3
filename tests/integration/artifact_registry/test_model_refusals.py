"""Refused models: each is refused by its field and leaves nothing behind."""

from typing import Any

import psycopg
import pytest

from scidex.atlas.artifact_registry import ArtifactNotFound, ArtifactRegistryError, InvalidArtifact, Link
from tests.integration.artifact_registry.drafts import METADATA, artifact, model, written


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"model_family": "bayesian"}, "model_family"),
        ({"model_family": None}, "model_family"),
        ({"metadata": {**METADATA["statistical"], "model_family": "biophysical"}}, "metadata.model_family"),
        ({"metadata": METADATA["biophysical"]}, "metadata.model_type"),
        ({"metadata": {**METADATA["statistical"], "evaluation_metrics": {"rmse": float("nan")}}},
         "metadata.evaluation_metrics.rmse"),
        ({"metadata": {**METADATA["statistical"], "evaluation_metrics": {"rmse": "0.1"}}},
         "metadata.evaluation_metrics.rmse"),
        ({"metadata": {**METADATA["statistical"], "trained_on_dataset_id": 7}}, "metadata.trained_on_dataset_id"),
        ({"metadata": {**METADATA["statistical"], "trained_on_dataset_id": "a"}, "trained_on": "b"},
         "metadata.trained_on_dataset_id"),
        ({"metadata": None}, "metadata.model_type"),
        ({"trained_on": ""}, "trained_on"),
        ({"trained_on": ["a", 1]}, "trained_on[1]"),
        ({"produced_by": {"id": "a"}}, "produced_by"),
        ({"tests": ["h\0"]}, "tests[0]"),
        ({"model_version": "v1"}, "model_version"),
        ({"model_version": {"eval_metric": {}}}, "model_version.eval_metric"),
        ({"model_version": {"is_external": 1}}, "model_version.is_external"),
        ({"model_version": {"eval_metrics": {"rmse": float("inf")}}}, "model_version.eval_metrics.rmse"),
        ({"model_version": {"eval_metrics": [1]}}, "model_version.eval_metrics"),
        ({"model_version": {"training_params": "adam"}}, "model_version.training_params"),
        ({"model_version": {"training_started_at": "2026"}}, "model_version.training_started_at"),
        ({"model_version": {"training_started_at": "2026-01-02T00:00:00Z",
                            "training_completed_at": "2026-01-01T00:00:00Z"}}, "model_version.training_completed_at"),
        ({"model_version": {"promotion_state": "shipped"}}, "model_version.promotion_state"),
        ({"model_version": {"promotion_state": None}}, "model_version.promotion_state"),
        ({"model_version": {"trained_by": " "}}, "model_version.trained_by"),
        ({"model_version": {"base_model_id": "nowhere"}}, "model_version.base_model_id"),
        ({"model_version": {"eval_dataset_artifact_id": "nowhere"}}, "model_version.eval_dataset_artifact_id"),
        ({"quality_score": 2}, "quality_score"),
        ({"links": [Link("nowhere", "fine_tuned_from")]}, "links[0].target"),
    ],
)  # fmt: skip
def test_a_model_that_cannot_be_registered_is_refused_by_its_field(
    conn: psycopg.Connection, arguments: dict[str, Any], field: str
) -> None:
    with pytest.raises(ArtifactRegistryError) as refusal:
        model(conn, **arguments)
    assert refusal.value.field == field
    assert written(conn) == ([], [], [])


def test_all_faults_of_a_call_are_named_at_once(conn: psycopg.Connection) -> None:
    with pytest.raises(InvalidArtifact) as refusal:
        model(
            conn,
            title=" ",
            quality_score=2,
            tests=7,
            metadata={"evaluation_metrics": {"loss": float("nan"), "auc": "0.9"}},
            model_version={"eval_metric": {}, "promotion_state": "shipped"},
            links=[Link("", "cites")],
        )
    assert [fault.field for fault in refusal.value.faults] == [
        "title",
        "metadata.evaluation_metrics.loss",
        "quality_score",
        "metadata.model_type",
        "metadata.evaluation_metrics.auc",
        "metadata.formula",
        "tests",
        "model_version.eval_metric",
        "model_version.promotion_state",
        "links[0].target",
    ]
    assert "loss is nan" in str(refusal.value)
    assert written(conn) == ([], [], [])


def test_all_that_is_not_registered_is_named_at_once(conn: psycopg.Connection) -> None:
    with pytest.raises(ArtifactNotFound) as refusal:
        model(conn, trained_on=artifact(conn, "dataset"), links=[Link("x", "cites"), Link("y", "cites")])
    assert [fault.field for fault in refusal.value.faults] == ["links[0].target", "links[1].target"]


def test_an_unknown_field_of_a_model_version_is_told_its_nearest(conn: psycopg.Connection) -> None:
    with pytest.raises(InvalidArtifact, match="the nearest is eval_metrics"):
        model(conn, model_version={"eval_metrics_json": "{}"})


def test_base_model_and_evaluation_dataset_have_their_type(conn: psycopg.Connection) -> None:
    paper = artifact(conn, "paper")
    with pytest.raises(InvalidArtifact, match="this is a paper; name a model"):
        model(conn, model_version={"base_model_id": paper})
    with pytest.raises(InvalidArtifact, match="this is a paper; name a dataset or tabular_dataset"):
        model(conn, model_version={"eval_dataset_artifact_id": paper})


def test_a_failure_while_writing_leaves_nothing(conn: psycopg.Connection) -> None:
    conn.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'disk full'; END$$"
    )
    conn.execute("CREATE TRIGGER refuse BEFORE INSERT ON model_versions EXECUTE FUNCTION refuse()")
    table = artifact(conn, "dataset")
    before = written(conn)
    with pytest.raises(psycopg.errors.RaiseException):
        model(conn, trained_on=table)
    assert written(conn) == before


def test_the_callers_mapping_is_not_changed(conn: psycopg.Connection) -> None:
    metadata = dict(METADATA["statistical"])
    model(conn, metadata=metadata, trained_on="dataset-x")
    assert metadata == METADATA["statistical"]


def test_a_link_to_nowhere_takes_the_model_with_it(conn: psycopg.Connection) -> None:
    table = artifact(conn, "dataset")
    before = written(conn)
    with pytest.raises(ArtifactNotFound):
        model(conn, trained_on=table, links=[Link("nowhere", "mentions")])
    assert written(conn) == before
