"""What a list says of a metric that models report by another name, or not at all."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.entries.hints import doubtful_metrics
from scidex.atlas._model_registry.metrics.alike import read_alike
from tests.registry import rows
from tests.registry.requests import listed

REPORTED = ["aic", "test_roc_auc", "train_roc_auc", "val_rmse", "my_zorp"]


@pytest.fixture(autouse=True)
def _models(conn: psycopg.Connection) -> None:
    for number, name in enumerate(REPORTED):
        rows.model(conn, f"model-{number}", {"evaluation_metrics": {name: 0.5}})


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"metric": "roc_auc>0.92"},
            "No model reports roc_auc; models report test_roc_auc and train_roc_auc.",
        ),
        ({"metric": "AUROC>0.1"}, "models report test_roc_auc and train_roc_auc"),
        ({"metric": ["aic<9", "RMSE<1"]}, "No model reports RMSE; models report val_rmse."),
        ({"sort": "metric:zorp"}, "No model reports zorp; models report my_zorp."),
        ({"metric": "blorp>1"}, "No model reports blorp, nor a metric that reads like it."),
    ],
)
def test_a_metric_that_no_model_reports_gets_a_hint(
    client: TestClient, asked: dict[str, Any], said: str
) -> None:
    found = listed(client, asked)
    assert found["total"] == 0
    assert said in found["hint"]
    assert said.partition(";")[0].split()[-1] in client.get("/models", params=asked).text


@pytest.mark.parametrize(
    ("where", "total"),
    [
        ("not (roc_auc > 0.9)", 5),
        ("aic < 1 or roc_auc > 0.1", 1),
        ("aic < 1 and (aic > 0 or roc_auc > 0.1)", 1),
        ("lacks roc_auc", 5),
        ("has roc_auc", 0),
    ],
)
def test_the_hint_comes_whatever_else_matches(client: TestClient, where: str, total: int) -> None:
    found = listed(client, where=where)
    assert found["total"] == total
    assert "No model reports roc_auc; models report test_roc_auc and train_roc_auc." in found["hint"]
    assert "No model reports roc_auc;" in client.get("/models", params={"where": where}).text


def test_a_list_that_proves_its_metrics_reported_looks_none_up() -> None:
    proven = model_query(metric="aic<1", where="has my_zorp and (val_rmse < 1 and quality_score > 0)")
    assert doubtful_metrics(proven, 1) == []
    assert doubtful_metrics(proven, 0) == ["aic", "val_rmse", "my_zorp"]


@pytest.mark.parametrize("where", ["not (aic > 0.9)", "aic < 1 or val_rmse > 9", "lacks my_zorp"])
def test_no_hint_where_conditions_name_reported_metrics(client: TestClient, where: str) -> None:
    assert "hint" not in listed(client, where=where)


@pytest.mark.parametrize("asked", [{}, {"metric": "aic<1"}, {"metric": "aic>100"}, {"q": "zorp"}])
def test_no_hint_where_names_are_right(client: TestClient, asked: dict[str, Any]) -> None:
    assert "hint" not in listed(client, asked)


def test_a_name_too_long_to_be_looked_up_is_not_said_to_be_unreported(
    conn: psycopg.Connection, client: TestClient
) -> None:
    long = "x" * 101
    rows.model(conn, "model-long", {"evaluation_metrics": {long: 0.5}})
    assert "hint" not in listed(client, where=f"lacks {long}")


def test_it_is_read_through_the_log(conn: psycopg.Connection, client: TestClient) -> None:
    conn.execute("SELECT model_registry_fold(1000)")
    assert "test_roc_auc and train_roc_auc" in listed(client, metric="roc_auc>0.9")["hint"]
    conn.execute("DELETE FROM artifacts WHERE id = 'model-1'")
    rows.model(conn, "model-new", {"evaluation_metrics": {"val_roc_auc": 0.5}})
    assert "models report val_roc_auc and train_roc_auc" in listed(client, metric="roc_auc>0.9")["hint"]


def test_the_same_metric_comes_before_names_that_hold_the_words() -> None:
    assert read_alike("auc", ["pr_auc", "roc_auc", "auc_ratio_x"])[0] == "roc_auc"
    assert read_alike("", ["rmse"]) == []
