"""The model card: metrics by the dataset they were measured on, the others named."""

from typing import Any

import psycopg
import yaml

from scidex.atlas.model_registry import export_model
from tests.registry import rows


def _card(conn: psycopg.Connection, metadata: dict[str, Any], **version: Any) -> tuple[dict[str, Any], str]:
    rows.dataset(conn, "dataset-test", title="Held-out people", content_hash="sha256:2")
    rows.model(conn, "model-a", metadata, title="A | model")
    if version:
        rows.model_version(conn, "model-a", **version)
    _, front, body = export_model("model-a", "card", conn=conn).content.decode().split("---\n", 2)
    return yaml.safe_load(front), body


def test_metrics_stand_under_the_declared_dataset_and_the_others_are_named(conn: psycopg.Connection) -> None:
    metrics = {"test_roc_auc": 0.91, "aic": 215.2}
    declared = {"test_roc_auc": {"dataset": "dataset-test"}}
    front, body = _card(conn, {"evaluation_metrics": metrics, "metric_metadata": declared})
    (model,) = front["model-index"]
    assert model["name"] == "A | model"
    (result,) = model["results"]
    # The test dataset is known to the registry only where something links to it.
    assert result["dataset"] == {"type": "dataset-test", "name": "dataset-test", "split": "test"}
    assert result["metrics"] == [{"type": "test_roc_auc", "value": 0.91, "name": "ROC AUC (test)"}]
    assert "no dataset is declared for them: aic." in body
    assert "A \\| model" in body


def test_metrics_of_the_recorded_evaluation_stand_under_its_dataset(conn: psycopg.Connection) -> None:
    recorded = {
        "eval_metrics_json": '{"rmse": 0.5, "train_r2": 0.9}',
        "eval_dataset_artifact_id": "dataset-test",
    }
    front, body = _card(conn, {}, **recorded)
    (result,) = front["model-index"][0]["results"]
    assert result["dataset"] == {"type": "dataset-test", "name": "Held-out people", "revision": "sha256:2"}
    assert [metric["type"] for metric in result["metrics"]] == ["rmse"]
    assert "train\\_r2" in body


def test_a_model_without_metrics_has_no_index_and_no_invented_licence(conn: psycopg.Connection) -> None:
    front, body = _card(conn, {})
    assert "model-index" not in front
    assert "license" not in front
    assert "No metric is registered." in body
