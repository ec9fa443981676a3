"""In which order models are listed, in either direction, with ties and with models that have no value."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import ids, listed

EARLIER, LATER = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"


def both_orders(client: TestClient, sort: str) -> tuple[list[str], list[str]]:
    return ids(client, sort=sort, order="asc"), ids(client, sort=sort, order="desc")


def test_by_effective_score_best_first(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "capped", quality_score=0.99)
    rows.model(conn, "low", quality_score=0.1)
    rows.model(conn, "zero", quality_score=0)
    rows.model(conn, "unscored")
    rows.model(conn, "not-a-number", quality_score=float("nan"))
    rows.traceable_model(conn, "good", quality_score=0.5)
    assert ids(client) == ["good", "capped", "low", "zero", "not-a-number", "unscored"]
    assert both_orders(client, "quality_score") == (
        ["zero", "low", "capped", "good", "not-a-number", "unscored"],
        ["good", "capped", "low", "zero", "not-a-number", "unscored"],
    )


def test_by_time_newest_first(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "b-later", created_at=LATER)
    rows.model(conn, "earlier", created_at=EARLIER)
    rows.model(conn, "a-later", created_at=LATER)
    newest_first = ["a-later", "b-later", "earlier"]
    assert ids(client, sort="created_at") == newest_first
    assert both_orders(client, "created_at") == (["earlier", "a-later", "b-later"], newest_first)


def test_by_number_of_parameters_largest_first(conn: psycopg.Connection, client: TestClient) -> None:
    for name, count in (("nine", 9), ("ten", 10), ("million", 1_000_000), ("none", None), ("zero", 0)):
        rows.model(conn, name, {"parameter_count": count})
    assert ids(client, sort="parameter_count") == ["million", "ten", "nine", "zero", "none"]
    assert ids(client, sort="parameter_count", order="asc") == ["zero", "nine", "ten", "million", "none"]


def test_titles_are_ordered_as_people_do(conn: psycopg.Connection, client: TestClient) -> None:
    titles = [
        *("Äpfel v2", "Apfel v10", "Apfel v10.5", "Apfel v100", "eclair", "Éclair 2", "Eclair 0003", "été"),
        *(
            "model 1",
            "model 01 b",
            "model 2",
            "Model 99999999999",
            "R² of 3",
            "ß",
            "zwei",
            "Ωmega",
            "яблоко 2",
        ),
        *("яблоко 10", "模型 2", "模型 10"),
    ]
    for place, title in enumerate(titles):
        rows.model(conn, f"{len(titles) - place:02}", title=title)
    expected = [f"{len(titles) - place:02}" for place in range(len(titles))]
    assert ids(client, sort="title") == expected
    assert ids(client, sort="title", order="desc") == expected[::-1]
    walked: list[str] = []
    cursor: dict[str, str] = {}
    for _ in titles:
        page = listed(client, {"sort": "title", "limit": 1} | cursor)
        walked += [model["id"] for model in page["models"]]
        cursor = {"cursor": page["next_cursor"] or ""}
    assert walked == expected


@pytest.mark.parametrize(
    "title",
    [
        "1 " * 250,
        "9" * 500,
        "0" * 500,
        "\N{MATHEMATICAL DOUBLE-STRUCK DIGIT ONE}2\N{ARABIC-INDIC DIGIT THREE}" * 100,
        "é1" * 250,
    ],
)
def test_keys_of_any_title_stay_short(conn: psycopg.Connection, client: TestClient, title: str) -> None:
    rows.model(conn, "a", title=title)
    rows.model(conn, "b", title=title + "x")
    first = listed(client, sort="title", limit=1)
    again = listed(client, sort="title", limit=1, cursor=first["next_cursor"])
    assert {first["models"][0]["id"], again["models"][0]["id"]} == {"a", "b"}
    assert conn.execute("SELECT model_registry_fold(10)").fetchone() != (0,)
    assert listed(client, sort="title")["total"] == 2


def test_by_title_from_a_on_whatever_the_case(conn: psycopg.Connection, client: TestClient) -> None:
    for model_id, title in (("1", "beta"), ("2", "Alpha"), ("3", "alpha two"), ("4", "BETA")):
        rows.model(conn, model_id, title=title)
    assert ids(client, sort="title") == ["2", "3", "1", "4"]
    assert ids(client, sort="title", order="desc") == ["1", "4", "3", "2"]


@pytest.mark.parametrize(
    ("metric", "best_first"),
    [
        ("rmse", ["least", "middle", "most"]),
        ("auc", ["most", "middle", "least"]),
        ("-LL", ["least", "middle", "most"]),
        ("valid_0-binary_logloss", ["least", "middle", "most"]),
        ("r_hat", ["middle", "least", "most"]),  # the target is 1
        ("weight_of_evidence", ["most", "middle", "least"]),  # unknown
        ("parameter_count", ["most", "middle", "least"]),  # neutral
        ("a metric: with 'quotes', %s and {braces}", ["most", "middle", "least"]),
    ],
)
def test_by_metric_best_first(
    conn: psycopg.Connection, client: TestClient, metric: str, best_first: list[str]
) -> None:
    for model_id, value in (("middle", 1.02), ("most", 1.5), ("least", 0.9)):
        rows.model(conn, model_id, {"evaluation_metrics": {metric: value}})
    rows.model(conn, "reports-another", {"evaluation_metrics": {f"{metric}2": 1}})
    rows.model(conn, "no-number", {"evaluation_metrics": {metric: "1"}})
    answer = listed(client, sort=f"metric:{metric}")
    assert [model["id"] for model in answer["models"]] == best_first
    assert answer["total"] == 3
    has_a_best_end = metric in {"rmse", "auc", "-LL", "valid_0-binary_logloss", "r_hat"}
    assert (answer.get("sort_note") is None) == has_a_best_end
    assert both_orders(client, f"metric:{metric}") == (
        ["least", "middle", "most"],
        ["most", "middle", "least"],
    )


def test_a_metric_without_reports_lists_nothing(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a", {"evaluation_metrics": {"rmse": 1}})
    for sort in ("metric:auc", "metric:RMSE"):
        found = listed(client, sort=sort)
        assert found.pop("hint").startswith(f"No model reports {sort.removeprefix('metric:')}")
        assert found == {
            "models": [],
            "total": 0,
            "limit": 20,
            "offset": 0,
            "next_cursor": None,
        }


@pytest.mark.parametrize("sort", ["quality_score", "parameter_count", "title", "metric:auc", "metric:r_hat"])
@pytest.mark.parametrize("order", ["asc", "desc", None])
def test_ties_go_newest_first_then_by_id(
    conn: psycopg.Connection, client: TestClient, sort: str, order: str | None
) -> None:
    same: Any = {"parameter_count": 5, "evaluation_metrics": {"auc": 0.5, "r_hat": 1.5}}
    for model_id, created_at in (("Z", EARLIER), ("b", LATER), ("a", LATER), ("B", LATER), ("y", EARLIER)):
        rows.model(conn, model_id, same, title="Same", quality_score=0.2, created_at=created_at)
    asked = {"sort": sort} | ({"order": order} if order else {})
    assert ids(client, asked) == ["B", "a", "b", "Z", "y"]


def test_without_a_value_ties_hold_too(conn: psycopg.Connection, client: TestClient) -> None:
    for model_id, created_at in (("y", EARLIER), ("b", LATER), ("a", LATER)):
        rows.model(conn, model_id, created_at=created_at)
    for sort in ("quality_score", "parameter_count"):
        assert both_orders(client, sort) == (["a", "b", "y"], ["a", "b", "y"])
