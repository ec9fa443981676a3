"""Facets count the matching models by each value, every facet under the other filters only."""

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import listed

NAMES = [
    "family",
    "provenance",
    "latest",
    "origin_type",
    "promotion_state",
    "lifecycle",
    "dataset",
    "hypothesis",
    "standing",
]


def counts(client: TestClient, facet: str, **parameters: object) -> dict[object, int]:
    values = listed(client, {"facets": "true"} | parameters)["facets"][facet]
    return {value["value"]: value["count"] for value in values}


@pytest.fixture(autouse=True)
def _models(conn: psycopg.Connection) -> None:
    for name in ("dataset-a", "dataset-b"):
        rows.dataset(conn, name)
    rows.hypothesis(conn, "h-1")
    rows.analysis(conn, "SDA-1", pins=("dataset-a", "dataset-b"))
    origin = {"produced_by_analysis_id": "SDA-1"}
    of_a = origin | {"model_family": "statistical", "trained_on_dataset_id": "a", "fit_metrics": {"auc": 0.9}}
    of_both = origin | {"model_family": "biophysical", "trained_on_dataset_id": ["b", "a"]}
    rows.model(conn, "model-1", of_a, title="Tau")
    rows.model(conn, "model-2", of_both | {"tests_hypothesis_id": "h-1"}, origin_type="external")
    rows.model(conn, "model-3", of_both, is_latest=False)
    rows.model(conn, "model-4", {"model_family": "odd"}, origin_type=None)
    rows.model_version(conn, "model-1", promotion_state="promoted")


def test_only_when_asked_for(client: TestClient) -> None:
    assert "facets" not in listed(client)
    assert "facets" not in listed(client, facets="false")
    assert list(listed(client, facets="true")["facets"]) == NAMES


def test_every_facet_without_filters(client: TestClient) -> None:
    assert counts(client, "family") == {"biophysical": 2, "statistical": 1, None: 1}
    assert counts(client, "provenance") == {"complete": 3, "incomplete": 1}
    assert counts(client, "latest") == {True: 3, False: 1}
    assert counts(client, "origin_type") == {"internal": 2, "external": 1, None: 1}
    assert counts(client, "promotion_state") == {None: 3, "promoted": 1}
    assert counts(client, "dataset") == {"dataset-a": 3, "dataset-b": 2}
    assert counts(client, "hypothesis") == {"h-1": 1}


@pytest.mark.parametrize(
    ("parameters", "own", "other"),
    [
        ({"family": "statistical"}, {"biophysical": 2, "statistical": 1, None: 1}, {"dataset-a": 1}),
        ({"provenance": "incomplete"}, {"complete": 3, "incomplete": 1}, {}),
        ({"latest": "false"}, {True: 3, False: 1}, {"dataset-a": 1, "dataset-b": 1}),
        ({"hypothesis": "h-1"}, {"h-1": 1}, {"dataset-a": 1, "dataset-b": 1}),
    ],
)
def test_a_facet_is_counted_under_the_other_filters(
    client: TestClient, parameters: dict[str, object], own: dict[object, int], other: dict[object, int]
) -> None:
    assert counts(client, next(iter(parameters)), **parameters) == own
    assert counts(client, "dataset", **parameters) == other


@pytest.mark.parametrize(
    ("parameters", "families"),
    [
        ({"dataset": "b"}, {"biophysical": 2}),
        ({"analysis": "SDA-1"}, {"biophysical": 2, "statistical": 1}),
        ({"q": "tau"}, {"statistical": 1}),
        ({"metric": "auc>0.5"}, {"statistical": 1}),
        ({"sort": "metric:auc"}, {"statistical": 1}),
        ({"dataset": "b", "family": "statistical"}, {"biophysical": 2}),
        ({"limit": 1, "offset": 3}, {"biophysical": 2, "statistical": 1, None: 1}),
        ({"dataset": "nowhere"}, {}),
    ],
)
def test_what_counts_beside_the_facets_own_filter(
    client: TestClient, parameters: dict[str, object], families: dict[object, int]
) -> None:
    assert counts(client, "family", **parameters) == families


def test_a_dataset_facet_ignores_the_dataset_filter_alone(client: TestClient) -> None:
    assert counts(client, "dataset", dataset="b") == {"dataset-a": 3, "dataset-b": 2}


def test_facets_are_the_same_on_every_page(client: TestClient) -> None:
    first = listed(client, facets="true", limit=2)
    second = listed(client, facets="true", limit=2, cursor=first["next_cursor"])
    assert second["facets"] == first["facets"]


def test_the_twenty_most_frequent_datasets_most_frequent_first(
    conn: psycopg.Connection, client: TestClient
) -> None:
    for number in range(25):
        rows.dataset(conn, f"dataset-{number:02}")
    for number in range(30):
        rows.model(
            conn,
            f"many-{number:02}",
            {"trained_on_dataset_id": [f"{24 - one:02}" for one in range(min(number, 25))]},
        )
    values = listed(client, facets="true")["facets"]["dataset"]
    assert [value["value"] for value in values] == [f"dataset-{number:02}" for number in range(24, 4, -1)]
    assert [value["count"] for value in values] == list(range(29, 9, -1))
