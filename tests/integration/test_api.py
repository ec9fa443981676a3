"""The whole application over real HTTP: errors as JSON and as pages, health, the id of each request."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import psycopg
import pytest

from tests.serving import serve


@pytest.fixture(scope="module")
def served(shared_dsn: str) -> Iterator[str]:
    """Serve an empty registry."""
    with serve(shared_dsn) as address:
        yield address


def test_health_tells_the_pools(served: str) -> None:
    answer = httpx2.get(f"{served}/health")
    assert answer.status_code == 200
    body = answer.json()
    assert body["status"] == "ok"
    assert set(body["pools"]) == {"primary", "read"}
    assert body["pools"]["read"]["max"] == 20


def test_every_answer_carries_a_request_id(served: str) -> None:
    own = httpx2.get(f"{served}/api/models", headers={"X-Request-ID": "mine-1"})
    made = httpx2.get(f"{served}/nowhere")
    refused = httpx2.get(f"{served}/health", headers={"X-Request-ID": "not usable!"})
    assert own.headers["X-Request-ID"] == "mine-1"
    assert len(made.headers["X-Request-ID"]) == 32
    assert len(refused.headers["X-Request-ID"]) == 32


def test_an_unknown_address_is_a_page_and_under_api_json(served: str) -> None:
    page = httpx2.get(f"{served}/nowhere")
    json = httpx2.get(f"{served}/api/nowhere")
    assert (page.status_code, json.status_code) == (404, 404)
    assert page.headers["content-type"].startswith("text/html")
    assert json.json() == {"detail": "Not Found", "code": "not_found"}


def test_an_empty_registry_lists_nothing(served: str) -> None:
    body = httpx2.get(f"{served}/api/models").json()
    assert body == {"models": [], "total": 0, "limit": 20, "offset": 0, "next_cursor": None}


def test_errors_of_the_compare_page_are_pages(served: str) -> None:
    unknown = httpx2.get(f"{served}/models/compare", params={"ids": "model-a,model-b"})
    too_few = httpx2.get(f"{served}/models/compare", params={"ids": "model-a"})
    assert (unknown.status_code, too_few.status_code) == (404, 422)
    assert unknown.headers["content-type"].startswith("text/html")
    assert "model-a" in unknown.text
    assert "2 to 10" in too_few.text


def test_a_database_without_the_tables_says_what_to_do(own_database: psycopg.Connection, dsn: str) -> None:
    own_database.execute("DROP FUNCTION model_registry_affected")
    own_database.commit()
    with serve(dsn) as address:
        answer = httpx2.get(f"{address}/api/models")
    assert answer.status_code == 503
    assert "init-db" in answer.json()["detail"]


def test_a_database_that_is_away_is_503_with_retry_after(tmp_path: Path) -> None:
    with serve(f"host={tmp_path}", SCIDEX_PG_POOL_TIMEOUT="0.3") as address:
        json = httpx2.get(f"{address}/api/models")
        health = httpx2.get(f"{address}/health")
        page = httpx2.get(f"{address}/models/compare?ids=a,b")
    assert (json.status_code, health.status_code, page.status_code) == (503, 503, 503)
    assert json.headers["Retry-After"] == page.headers["Retry-After"] == "2"
    assert json.json()["code"] == "database_unavailable"
    assert health.json()["status"] == "database unavailable"
    assert str(tmp_path) not in json.text + page.text + health.text
