"""Which models each filter of the list keeps, alone and together."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import fold
from tests.registry import rows
from tests.registry.requests import ids, listed

SPELLINGS = [("dataset-a", "dataset-a"), ("dataset-a", "a"), ("a", "dataset-a"), ("a", "a")]


def test_an_empty_registry_lists_nothing(client: TestClient) -> None:
    assert listed(client) == {"models": [], "total": 0, "limit": 20, "offset": 0, "next_cursor": None}


def test_lists_hold_models_and_leave_other_artifacts_out(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.traceable_model(conn, "model-a")
    assert ids(client) == ["model-a"]


@pytest.mark.parametrize(
    ("families", "kept"),
    [
        ([], ["deep", "none", "odd", "ode", "regression"]),
        (["biophysical"], ["ode"]),
        (["biophysical", "statistical"], ["ode", "regression"]),
        (["statistical", "statistical"], ["regression"]),
    ],
)
def test_any_of_the_families(
    conn: psycopg.Connection, client: TestClient, families: list[str], kept: list[str]
) -> None:
    rows.model(conn, "ode", {"model_family": "biophysical"})
    rows.model(conn, "deep", {"model_family": "deep_learning"})
    rows.model(conn, "regression", {"model_family": "statistical"})
    rows.model(conn, "odd", {"model_family": "Statistical"})
    rows.model(conn, "none")
    answer = listed(client, family=families, sort="title")
    assert [model["id"] for model in answer["models"]] == kept
    assert answer["total"] == len(kept)


def test_a_family_outside_the_three_is_null(conn: psycopg.Connection, client: TestClient) -> None:
    for place, family in enumerate(["Statistical", "", 3, None, ["statistical"], {"statistical": 1}]):
        rows.model(conn, f"model-{place}", {"model_family": family})
    assert {model["model_family"] for model in listed(client)["models"]} == {None}


@pytest.mark.parametrize(("registered", "asked"), SPELLINGS)
def test_a_dataset_in_any_spelling(
    conn: psycopg.Connection, client: TestClient, registered: str, asked: str
) -> None:
    rows.dataset(conn, registered)
    rows.dataset(conn, "other")
    rows.model(conn, "named", {"trained_on_dataset_id": registered})
    rows.model(conn, "linked")
    rows.link(conn, "linked", registered, "trained_on")
    rows.model(conn, "elsewhere", {"trained_on_dataset_id": "other"})
    assert ids(client, dataset=asked) == ["linked", "named"]
    assert sorted(ids(client, dataset=[asked, "other"])) == ["elsewhere", "linked", "named"]


@pytest.mark.parametrize(
    ("artifact_type", "key", "link_type"),
    [
        ("analysis", "produced_by_analysis_id", "produced_by"),
        ("hypothesis", "tests_hypothesis_id", "tests"),
    ],
)
def test_an_origin_in_any_spelling(
    conn: psycopg.Connection, client: TestClient, artifact_type: str, key: str, link_type: str
) -> None:
    rows.artifact(conn, "other", artifact_type)
    rows.model(conn, "elsewhere", {key: "other"})
    for origin in ("bare", f"{artifact_type}-prefixed"):
        rows.artifact(conn, origin, artifact_type)
        rows.model(conn, f"named-{origin}", {key: ["nowhere", origin]})
        rows.model(conn, f"linked-{origin}")
        rows.link(conn, f"linked-{origin}", origin, link_type)
        bare = origin.removeprefix(f"{artifact_type}-")
        for asked in (bare, f"{artifact_type}-{bare}"):
            answer = listed(client, {artifact_type: asked})
            assert [model["id"] for model in answer["models"]] == [f"linked-{origin}", f"named-{origin}"]
            assert answer["total"] == 2


@pytest.mark.parametrize("parameter", ["dataset", "analysis", "hypothesis"])
@pytest.mark.parametrize("name", ["nowhere", "model-a", "", "%", "'; DROP TABLE artifacts; --"])
def test_an_origin_that_leads_nowhere_keeps_no_model(
    conn: psycopg.Connection, client: TestClient, parameter: str, name: str
) -> None:
    rows.traceable_model(conn, "model-a")
    assert listed(client, {parameter: name})["total"] == 0


def test_an_origin_as_written_goes_before_one_with_a_prefix(
    conn: psycopg.Connection, client: TestClient
) -> None:
    for dataset_id in ("a", "dataset-a"):
        rows.dataset(conn, dataset_id)
        rows.model(conn, f"model-of-{dataset_id}")
        rows.link(conn, f"model-of-{dataset_id}", dataset_id, "trained_on")
    assert ids(client, dataset="a") == ["model-of-a"]
    assert ids(client, dataset="dataset-a") == ["model-of-dataset-a"]


@pytest.mark.parametrize(("latest", "kept"), [(None, ["new", "old"]), ("true", ["new"]), ("false", ["old"])])
def test_latest(conn: psycopg.Connection, client: TestClient, latest: str | None, kept: list[str]) -> None:
    rows.model(conn, "old", is_latest=False)
    rows.model(conn, "new")
    assert ids(client, {} if latest is None else {"latest": latest}) == kept


def test_provenance(conn: psycopg.Connection, client: TestClient) -> None:
    rows.traceable_model(conn, "traceable")
    rows.model(conn, "untraceable")
    assert ids(client, provenance="complete") == ["traceable"]
    assert ids(client, provenance="incomplete") == ["untraceable"]


def test_filters_hold_together(conn: psycopg.Connection, client: TestClient) -> None:
    rows.dataset(conn, "dataset-a")
    rows.analysis(conn, "SDA-1", pins=("dataset-a",))
    rows.hypothesis(conn, "h-1")
    origin = {"trained_on_dataset_id": "a", "produced_by_analysis_id": "SDA-1", "tests_hypothesis_id": "h-1"}
    whole: dict[str, Any] = {"model_family": "statistical", "fit_metrics": {"auc": 0.9}} | origin
    rows.model(conn, "whole", whole, title="Microglia")
    for key in whole:
        rows.model(
            conn, f"without-{key}", {name: whole[name] for name in whole if name != key}, title="Microglia"
        )
    rows.model(conn, "old", whole, title="Microglia", is_latest=False)
    rows.model(conn, "renamed", whole, title="Astrocyte")
    asked = {
        "family": "statistical",
        "dataset": "dataset-a",
        "analysis": "analysis-SDA-1",
        "hypothesis": "hypothesis-h-1",
        "q": "microgl",
        "latest": "true",
        "provenance": "complete",
        "metric": "auc>=0.9",
        "sort": "metric:auc",
        "order": "asc",
        "limit": 5,
        "offset": 0,
    }
    answer = listed(client, asked)
    assert [model["id"] for model in answer["models"]] == ["whole"]
    assert answer["total"] == 1


@pytest.mark.parametrize(
    ("parameter", "value", "kept"),
    [
        ("origin_type", "external", ["taken-over"]),
        ("origin_type", "internal", ["built", "plain"]),
        ("promotion_state", "promoted", ["built"]),
        ("promotion_state", "rejected", []),
    ],
)
def test_origin_and_promotion(
    conn: psycopg.Connection, client: TestClient, parameter: str, value: str, kept: list[str]
) -> None:
    for name in ("built", "plain", "taken-over"):
        rows.model(conn, name)
    conn.execute("UPDATE artifacts SET origin_type = 'external' WHERE id = 'taken-over'")
    conn.execute("INSERT INTO model_versions (artifact_id, promotion_state) VALUES ('built', 'promoted')")
    answer = listed(client, {parameter: value, "sort": "title"})
    assert [model["id"] for model in answer["models"]] == kept
    assert answer["total"] == len(kept)


_LARGE = 2**53  # from here on doubles skip whole numbers


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (f"n>{_LARGE}", ["next", "vast"]),
        (f"n>={_LARGE + 1}", ["next", "vast"]),
        (f"n={_LARGE}", ["large"]),
        (f"n={_LARGE + 1}", ["next"]),
        (f"n<{_LARGE + 1}", ["large", "least", "small"]),
        ("n=0.05", ["small"]),
        ("n=0.0500000000000000001", ["small"]),
        ("n=5e-324", ["least"]),
        ("n>0", ["large", "least", "next", "small", "vast"]),
        ("n=1e308", ["vast"]),
        (f"n<{10**308}", ["large", "least", "next", "small"]),
        (f"n>={10**308 - 1}", ["vast"]),
    ],
)
def test_whole_numbers_compare_exactly_and_others_as_doubles(
    conn: psycopg.Connection, client: TestClient, condition: str, found: list[str]
) -> None:
    values = {"large": _LARGE, "next": _LARGE + 1, "vast": 10**308, "small": 0.05, "least": 5e-324}
    for name, value in values.items():
        rows.model(conn, name, {"evaluation_metrics": {"n": value}})
    for _ in range(2):
        assert sorted(ids(client, metric=condition)) == found
        fold(conn=conn)


def test_whole_numbers_are_listed_exactly_page_after_page(
    conn: psycopg.Connection, client: TestClient
) -> None:
    values: dict[str, float] = {str(place): _LARGE + place for place in range(6)} | {
        "vast": 10**308,
        "least": 5e-324,
        "0.1": 0.1,
    }
    for name, value in values.items():
        rows.model(conn, name, {"evaluation_metrics": {"n": value}})
    upwards = sorted(values, key=values.__getitem__)
    assert walked(client, "asc") == upwards
    assert walked(client, "desc") == upwards[::-1]
    fold(conn=conn)
    assert walked(client, "asc") == upwards
    assert walked(client, "desc") == upwards[::-1]


def walked(client: TestClient, order: str) -> list[str]:
    """Name all models by the metric n, two on a page."""
    asked, found = {"sort": "metric:n", "order": order, "limit": "2"}, []
    while True:
        answer = listed(client, asked)
        found += [model["id"] for model in answer["models"]]
        if answer["next_cursor"] is None:
            return found
        asked["cursor"] = answer["next_cursor"]
