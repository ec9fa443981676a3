"""What holds for every filter that is declared, and the filters that are declared and nothing more."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas._model_registry.contract.filters import FILTERS, Filters
from scidex.atlas._model_registry.contract.query import model_query
from tests.registry import rows
from tests.registry.requests import ids, listed, refusal

EXAMPLES: dict[str, Any] = {name: declared.examples[0] for name, declared in FILTERS.items()}


def test_callers_from_python_may_give_every_filter() -> None:
    assert Filters.__optional_keys__ == set(FILTERS)
    assert set(model_query(**EXAMPLES).filters) == set(FILTERS)


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_is_asked_of_json_and_of_the_page(client: TestClient, name: str) -> None:
    asked = {name: str(EXAMPLES[name]).lower() if isinstance(EXAMPLES[name], bool) else EXAMPLES[name]}
    assert listed(client, asked)["total"] == 0
    page = client.get("/models", params=asked)
    assert page.status_code == 200
    assert "Remove the filter" in page.text
    # Each is part of what a cursor belongs to, and may be given once unless it is repeatable.
    assert refusal(client, f"/api/models?{name}={'x' * 2000}")[0] in {name, 0}
    again = client.get("/api/models", params=[(name, "a"), (name, "b")]).json().get("detail", [])
    assert FILTERS[name].repeatable is not any(one["type"] == "repeated_parameter" for one in again)


def test_a_tag(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "tagged", version_tag="best")
    rows.model(conn, "other", version_tag="v1.0")
    rows.model(conn, "none")
    assert ids(client, tag="best") == ["tagged"]
    assert ids(client, tag="Best") == []
    assert listed(client, tag="best", facets="true")["facets"]["latest"] == [{"value": True, "count": 1}]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"created_after": "2026-04-05"}, ["noon", "midnight"]),
        ({"created_after": "2026-04-05T00:00:01Z"}, ["noon"]),
        ({"created_before": "2026-04-05"}, ["eve"]),
        ({"created_before": "2026-04-05T14:00:00+02:00"}, ["midnight", "eve"]),
        ({"created_after": "2026-04-04T22:00", "created_before": "2026-04-05T12:00"}, ["midnight", "eve"]),
        ({"created_after": "2026-04-06"}, []),
    ],
)
def test_when_it_was_registered(
    conn: psycopg.Connection, client: TestClient, asked: dict[str, str], kept: list[str]
) -> None:
    conn.execute("SET LOCAL timezone = 'Pacific/Kiritimati'")
    rows.model(conn, "eve", created_at="2026-04-04T23:59:59Z")
    rows.model(conn, "midnight", created_at="2026-04-05T00:00:00Z")
    rows.model(conn, "noon", created_at="2026-04-05T12:00:00Z")
    assert ids(client, asked | {"sort": "created_at"}) == kept
    assert listed(client, asked)["total"] == len(kept)


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2026-13-01", "2026-04-05T12:00:00 02:00", "1775390400", "0001-01-01T00:00+14:00", ""],
)
def test_a_malformed_time_is_refused(client: TestClient, value: str) -> None:
    name, sentence = refusal(client, f"/api/models?created_after={value}")
    assert name == "created_after"
    assert "neither a date nor a time" in sentence


def test_who_registered_it(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "ours", created_by="agent-forge")
    rows.model(conn, "theirs", created_by="ada")
    rows.model(conn, "nobodys")
    assert ids(client, created_by="agent-forge") == ["ours"]
    conn.execute("UPDATE artifacts SET created_by = 'agent-forge' WHERE id = 'theirs'")
    assert listed(client, created_by="agent-forge")["total"] == 2


def test_states_of_life(conn: psycopg.Connection, client: TestClient) -> None:
    for state in ("active", "flagged", "cold", "Withdrawn"):
        rows.model(conn, f"model-{state}", {"evaluation_metrics": {"rmse": 1}}, lifecycle_state=state)
    assert ids(client, lifecycle="cold") == ["model-cold"]
    assert sorted(ids(client, lifecycle=["cold", "flagged"])) == ["model-cold", "model-flagged"]
    assert ids(client, lifecycle="cold", sort="metric:rmse") == ["model-cold"]
    assert ids(client, lifecycle="Withdrawn") == ["model-Withdrawn"]
    counted = listed(client, lifecycle="cold", facets="true")["facets"]["lifecycle"]
    assert {one["value"]: one["count"] for one in counted} == dict.fromkeys(
        ("active", "flagged", "cold", "Withdrawn"), 1
    )
    assert ids(client, lifecycle="Cold") == []
    assert "lifecycle: Withdrawn" in client.get("/models?lifecycle=Withdrawn").text


@pytest.mark.parametrize("state", ["Promoted", "promoted ", "approved", ""])
def test_an_unknown_state_is_refused_with_the_known_ones(client: TestClient, state: str) -> None:
    name, sentence = refusal(client, f"/api/models?promotion_state={state}")
    assert name == "promotion_state"
    assert all(known in sentence for known in ("candidate", "promoted", "rejected", "superseded"))
