"""Totals and facets by standing together with flags: exact from kept counts, whatever changes and whatever waits."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import check, fold, list_models, rebuild
from tests.registry import rows
from tests.registry.requests import listed

_STATES = ("sound", "outdated", "disputed", "retracted")
_SOME = [some for number in (1, 2, 4) for some in combinations(_STATES, number)]
_FLAGS: Sequence[dict[str, Any]] = (
    {},
    {"latest": True},
    {"family": "statistical"},
    {"family": "biophysical", "latest": False, "provenance": "incomplete"},
)


def _fold(conn: psycopg.Connection) -> None:
    while fold(conn=conn):
        pass


@pytest.fixture(autouse=True)
def _two_datasets_with_models(conn: psycopg.Connection) -> None:
    """Register models of two datasets, of which one is retracted, and one of no dataset."""
    for name in ("one", "two"):
        rows.dataset(conn, f"dataset-{name}")
    for number, dataset in enumerate(("one", "one", "one", "two", "two", None)):
        metadata = {"model_family": "statistical" if number % 2 else "biophysical"}
        if dataset is not None:
            metadata["trained_on_dataset_id"] = dataset
        rows.model(conn, f"model-{number}", metadata, is_latest=number != 2)
    conn.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-one'")
    _fold(conn)


# What is written, and what it changes: standings, flags of models that are not sound, or which of them there are.
_CHANGES = (
    "UPDATE artifacts SET version_tag = NULL WHERE id = 'dataset-one'",
    "UPDATE artifacts SET version_tag = NULL, lifecycle_state = 'deprecated' WHERE id = 'dataset-one'",
    "UPDATE artifacts SET lifecycle_state = 'flagged' WHERE id IN ('dataset-two', 'model-5')",
    "UPDATE artifacts SET is_latest = NOT is_latest WHERE artifact_type = 'model'",
    "UPDATE artifacts SET metadata = '{\"trained_on_dataset_id\": \"two\"}' WHERE id = 'model-0'",
    "DELETE FROM artifacts WHERE id IN ('model-0', 'model-4')",
    "UPDATE artifacts SET artifact_type = 'figure' WHERE id = 'model-1'",
    "INSERT INTO artifacts (id, artifact_type, title, version_tag) VALUES ('model-9', 'model', 'M', 'retracted')",
    "TRUNCATE artifact_links",
)


def _agree(client: TestClient) -> None:
    """Compare totals and facets with the entries that the list shows."""
    for flags in _FLAGS:
        every = listed(client, flags | {"limit": 100, "facets": "true"})
        counted = Counter(model["standing"]["status"] for model in every["models"])
        told = {one["value"]: one["count"] for one in every["facets"]["standing"]}
        assert told == counted
        for some in _SOME:
            found = listed(client, flags | {"standing": list(some), "facets": "true"})
            assert found["total"] == sum(counted[state] for state in some)
            latest = Counter(model["is_latest"] for model in found["models"])
            if "latest" not in flags:
                assert {one["value"]: one["count"] for one in found["facets"]["latest"]} == latest


@pytest.mark.parametrize("before", [lambda _: None, _fold], ids=["unfolded", "folded"])
@pytest.mark.parametrize("change", _CHANGES)
def test_they_are_those_of_the_entries(
    conn: psycopg.Connection, client: TestClient, change: str, before: Callable[[Any], None]
) -> None:
    conn.execute(change.encode())
    before(conn)
    _agree(client)
    _fold(conn)
    assert check(conn=conn) == []


def test_two_changes_of_which_one_is_folded(conn: psycopg.Connection, client: TestClient) -> None:
    for change in _CHANGES:
        conn.execute(change.encode())
        _agree(client)
        _fold(conn)
        assert check(conn=conn) == []


def test_totals_and_facets_are_read_from_the_kept_counts(conn: psycopg.Connection) -> None:
    conn.execute("UPDATE model_registry_fallen_counts SET number = number + 10 WHERE is_latest")
    found = list_models(standing=["retracted", "outdated"], facets=True, conn=conn)
    assert found["total"] == list_models(standing=["retracted"], latest=True, conn=conn)["total"] + 1
    assert found["total"] > 10
    assert found["facets"]["standing"][0]["count"] == found["total"]
    for _ in rebuild(conn=conn):
        pass
    assert check(conn=conn) == []
    assert list_models(standing=["retracted"], conn=conn)["total"] == 3
