"""The models evaluated on a dataset, by any metric."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import get_model_detail, list_models
from scidex.core.artifacts import find_artifact
from tests.registry import rows
from tests.registry.requests import ids, listed


@pytest.fixture
def registry(conn: psycopg.Connection) -> psycopg.Connection:
    rows.dataset(conn, "dataset-held-out")
    rows.dataset(conn, "dataset-other")
    for name, auc in (
        ("model-named", 0.7),
        ("model-predicted", 0.9),
        ("model-both", 0.8),
        ("model-else", 1.0),
    ):
        rows.model(conn, name, {"evaluation_metrics": {"auc": auc}, "trained_on_dataset_id": "other"})
    for name in ("model-named", "model-both"):
        rows.model_version(conn, name, eval_dataset_artifact_id="dataset-held-out")
    for name in ("model-predicted", "model-both"):
        rows.artifact(conn, f"evaluation-of-{name}", "evaluation")
        rows.link(conn, f"evaluation-of-{name}", name, "evaluates")
        rows.link(conn, f"evaluation-of-{name}", "dataset-held-out", "uses")
    # Neither an analysis that uses the dataset nor an evaluation on another one counts.
    rows.analysis(conn, "analysis-of-else")
    rows.link(conn, "analysis-of-else", "dataset-held-out", "uses")
    rows.link(conn, "analysis-of-else", "model-else", "evaluates")
    rows.artifact(conn, "evaluation-of-else", "evaluation")
    rows.link(conn, "evaluation-of-else", "model-else", "evaluates")
    rows.link(conn, "evaluation-of-else", "dataset-other", "uses")
    return conn


BEST_FIRST = ["model-predicted", "model-both", "model-named"]


@pytest.mark.parametrize("folded", [True, False])
@pytest.mark.parametrize("name", ["dataset-held-out", "held-out"])
@pytest.mark.parametrize(
    "more",
    [{}, {"facets": "true"}, {"dataset": "other"}, {"dataset": "other", "facets": "true"}, {"q": "model"}],
)
def test_those_that_were_evaluated_on_it_best_first(
    registry: psycopg.Connection, client: TestClient, folded: bool, name: str, more: dict[str, Any]
) -> None:
    while folded and registry.execute("SELECT model_registry_fold(1000)").fetchone() != (0,):
        pass
    found = listed(client, {"evaluated_on": name, "sort": "metric:auc"} | more)
    assert [model["id"] for model in found["models"]] == BEST_FIRST
    assert found["total"] == 3


def test_a_change_is_seen_at_once(registry: psycopg.Connection, client: TestClient) -> None:
    registry.execute("SELECT model_registry_fold(1000)")
    registry.execute("DELETE FROM artifact_links WHERE source_artifact_id = 'evaluation-of-model-predicted'")
    assert ids(client, evaluated_on="held-out", sort="metric:auc") == BEST_FIRST[1:]
    assert ids(client, evaluated_on="nowhere") == []


@pytest.mark.parametrize("folded", [True, False])
def test_it_says_how_many_do_not_report_the_metric(
    registry: psycopg.Connection, client: TestClient, folded: bool
) -> None:
    asked: dict[str, Any] = {"evaluated_on": "held-out", "sort": "metric:auc", "limit": 2}
    while folded and registry.execute("SELECT model_registry_fold(1000)").fetchone() != (0,):
        pass
    found = listed(client, asked)
    assert "hint" not in found
    registry.execute("UPDATE artifacts SET metadata = '{}' WHERE id IN ('model-both', 'model-else')")
    said = "Not in this list: 1 model that was evaluated there and does not report auc."
    assert listed(client, asked)["hint"] == said
    assert listed(client, asked | {"offset": 1})["hint"] == said
    second = listed(client, {**asked, "limit": 1})["next_cursor"]
    assert listed(client, {**asked, "cursor": second})["hint"] == said
    assert said in client.get("/models", params=asked).text


def test_the_datasets_page_and_its_models_lead_there(
    registry: psycopg.Connection, client: TestClient
) -> None:
    dataset = find_artifact(registry, "dataset-held-out")
    assert dataset is not None
    assert dataset.models_href == {
        "trained": "/models?dataset=dataset-held-out",
        "evaluated": "/models?evaluated_on=dataset-held-out",
    }
    page = client.get("/models?dataset=dataset-other&sort=metric:auc").text
    assert 'href="/models?evaluated_on=dataset-other&amp;sort=metric%3Aauc"' in page
    assert "evaluated on: held-out" in client.get("/models?evaluated_on=held-out").text
    analysis = find_artifact(registry, "analysis-of-else")
    assert analysis is not None
    assert analysis.models_href is None


@pytest.mark.parametrize("metric", ["test_roc_auc", "test_accuracy", "test_brier"])
def test_the_metric_it_is_sorted_by_stands_with_its_interval(demo_dsn: str, metric: str) -> None:
    with psycopg.connect(demo_dsn) as conn:
        board = list_models(evaluated_on="dataset-ad-test", sort=f"metric:{metric}", conn=conn)["models"]
        assert len(board) == 10
        for model in board:
            headline = model["headline"]
            assert headline is not None
            assert (headline["metric"], headline["rows"]) == (metric, 100)
            assert headline["value"] == model["evaluation_metrics"][metric]
            low, high = headline["interval"] or (1, 0)
            assert low <= headline["value"] <= high
            (of_test,) = (
                one
                for one in get_model_detail(model["id"], conn=conn)["evaluations"]
                if one["split"] == "test"
            )
            assert headline["interval"] in [one["interval"] for one in of_test["metrics"]]
