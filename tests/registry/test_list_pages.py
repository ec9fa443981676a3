"""How a list is cut into pages, by offset and by cursor, and that the total is exact wherever a page stands."""

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import ids, listed, refusal

SORTS = [
    "quality_score",
    "created_at",
    "parameter_count",
    "title",
    "metric:rmse",
    "metric:auc",
    "metric:r_hat",
]
ORDERS = ["asc", "desc", None]


def _register(conn: psycopg.Connection) -> None:
    """Register models of every sort key, with many ties and models that lack one."""
    for number in range(23):
        metadata: dict[str, object] = {}
        if number % 4:
            metadata["evaluation_metrics"] = {
                "rmse": number % 3,
                "auc": number % 2 / 7,
                "r_hat": 0.9 + number % 5 / 10,
            }
        if number % 5:
            metadata["parameter_count"] = number % 3 * 10**18
        rows.model(
            conn,
            f"model {number:02}/ä",
            metadata,
            title=f"{'tT'[number % 2]}itle {number % 4}",
            quality_score=None if number % 6 == 0 else number % 4 / 13,
            created_at=f"2026-01-0{number % 2 + 1}T00:00:00.{number % 3}00001Z",
        )


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("order", ORDERS)
def test_cursor_and_offset_cut_the_same_list(
    conn: psycopg.Connection, client: TestClient, sort: str, order: str | None
) -> None:
    _register(conn)
    asked: dict[str, object] = {"sort": sort, "q": "model", **({"order": order} if order else {})}
    whole = listed(client, asked | {"limit": 200})
    expected = [model["id"] for model in whole["models"]]
    assert whole["total"] == len(expected) == len(set(expected)) >= 17

    by_offset: list[str] = []
    for start in range(0, 28, 4):
        by_offset += ids(client, asked | {"limit": 4, "offset": start})
    assert by_offset == expected

    by_cursor: list[str] = []
    more: dict[str, object] = {}
    while True:
        page = listed(client, asked | {"limit": 4} | more)
        by_cursor += [model["id"] for model in page["models"]]
        assert page["total"] == len(expected)
        if page["next_cursor"] is None:
            break
        more = {"cursor": page["next_cursor"]}
    assert by_cursor == expected


def test_the_total_is_exact_beyond_the_end(conn: psycopg.Connection, client: TestClient) -> None:
    _register(conn)
    for offset in (22, 23, 24, 2_147_483_647):
        page = listed(client, offset=offset)
        assert (page["total"], page["offset"], len(page["models"])) == (23, offset, max(0, 23 - offset))
        assert page["next_cursor"] is None


@pytest.mark.parametrize(
    ("limit", "count", "more"), [(1, 1, True), (22, 22, True), (23, 23, False), (200, 23, False)]
)
def test_the_limit(conn: psycopg.Connection, client: TestClient, limit: int, count: int, more: bool) -> None:
    _register(conn)
    page = listed(client, limit=limit)
    assert (len(page["models"]), page["limit"], page["next_cursor"] is not None) == (count, limit, more)


def test_twenty_models_unless_asked_otherwise(conn: psycopg.Connection, client: TestClient) -> None:
    _register(conn)
    assert (len(ids(client)), listed(client)["limit"]) == (20, 20)


def test_a_cursor_may_be_walked_with_pages_of_any_size(conn: psycopg.Connection, client: TestClient) -> None:
    _register(conn)
    whole = ids(client, limit=200)
    begun = listed(client, limit=3)
    assert ids(client, limit=200, cursor=begun["next_cursor"], facets="true") == whole[3:]


@pytest.mark.parametrize(
    "other",
    [
        {"family": "statistical"},
        {"dataset": "a"},
        {"hypothesis": "h"},
        {"analysis": "a"},
        {"q": "title"},
        {"latest": "true"},
        {"provenance": "incomplete"},
        {"metric": "rmse<2"},
        {"sort": "title"},
        {"sort": "metric:rmse"},
        {"order": "asc"},
    ],
)
def test_a_cursor_is_refused_with_other_filters(
    conn: psycopg.Connection, client: TestClient, other: dict[str, str]
) -> None:
    _register(conn)
    cursor = listed(client, limit=3)["next_cursor"]
    answer = client.get("/api/models", params={"cursor": cursor} | other)
    assert answer.status_code == 422
    assert "other filters" in answer.json()["detail"][0]["msg"]


def test_a_cursor_is_accepted_with_the_same_filters_in_another_order(
    conn: psycopg.Connection, client: TestClient
) -> None:
    _register(conn)
    metrics = ["rmse<2", "auc>=0"]
    begun = listed(client, metric=metrics, limit=2)
    rest = listed(client, metric=[*reversed(metrics), metrics[0]], limit=200, cursor=begun["next_cursor"])
    assert len(begun["models"]) + len(rest["models"]) == rest["total"]


def test_a_cursor_and_an_offset_exclude_each_other(conn: psycopg.Connection, client: TestClient) -> None:
    _register(conn)
    cursor = listed(client, limit=3)["next_cursor"]
    parameter, sentence = refusal(client, f"/api/models?cursor={cursor}&offset=3")
    assert parameter == "cursor"
    assert "offset" in sentence


def test_the_models_a_cursor_stands_on_may_be_gone(conn: psycopg.Connection, client: TestClient) -> None:
    _register(conn)
    whole = ids(client, limit=200)
    begun = listed(client, limit=3)
    conn.execute("DELETE FROM artifacts WHERE id = ANY (%s)", [whole[:3]])
    assert ids(client, limit=200, cursor=begun["next_cursor"]) == whole[3:]


def test_a_title_of_any_length_makes_a_cursor_that_an_address_holds(
    conn: psycopg.Connection, client: TestClient
) -> None:
    for name in ("a", "b"):
        rows.model(conn, name, title="ß𝒜" * 100_000 + name)
    cursor = listed(client, sort="title", limit=1)["next_cursor"]
    assert len(cursor) < 16_000
    assert ids(client, sort="title", cursor=cursor) == ["b"]
