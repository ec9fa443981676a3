"""The whole application: errors as JSON and as pages, health, the id of each request."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psycopg
import pytest
from starlette.testclient import TestClient

import api
from scidex.core import turns
from scidex.core.database import close_database, open_database
from scidex.core.settings import Settings
from tests.serving import http, serve


@pytest.fixture(scope="module")
def served(shared_dsn: str) -> Iterator[str]:
    """Serve an empty registry."""
    with serve(shared_dsn) as address:
        yield address


def test_health_tells_the_pools(served: str) -> None:
    answer = http.get(f"{served}/health")
    assert answer.status_code == 200
    body = answer.json()
    assert body["status"] == "ok"
    assert set(body["pools"]) == {"primary", "read"}
    assert body["pools"]["read"]["max"] == 20


def test_every_answer_carries_a_request_id(served: str) -> None:
    own = http.get(f"{served}/api/models", headers={"X-Request-ID": "mine-1"})
    made = http.get(f"{served}/nowhere")
    refused = http.get(f"{served}/health", headers={"X-Request-ID": "not usable!"})
    assert own.headers["X-Request-ID"] == "mine-1"
    assert len(made.headers["X-Request-ID"]) == 32
    assert len(refused.headers["X-Request-ID"]) == 32


def test_an_unknown_address_is_a_page_and_under_api_json(served: str) -> None:
    page = http.get(f"{served}/nowhere")
    json = http.get(f"{served}/api/nowhere")
    assert (page.status_code, json.status_code) == (404, 404)
    assert page.headers["content-type"].startswith("text/html")
    assert json.json() == {"detail": "Not Found", "code": "not_found"}


def test_an_empty_registry_lists_nothing(served: str) -> None:
    body = http.get(f"{served}/api/models").json()
    assert body == {"models": [], "total": 0, "limit": 20, "offset": 0, "next_cursor": None}


def test_errors_of_the_compare_page_are_pages(served: str) -> None:
    unknown = http.get(f"{served}/models/compare", params={"ids": "model-a,model-b"})
    too_few = http.get(f"{served}/models/compare", params={"ids": "model-a"})
    assert (unknown.status_code, too_few.status_code) == (404, 422)
    assert unknown.headers["content-type"].startswith("text/html")
    assert "model-a" in unknown.text
    assert "2 to 10" in too_few.text


@contextmanager
def _application(dsn: str, pool_seconds: float = 0.1) -> Iterator[TestClient]:
    """Lend a client of the application in this process; it waits for at most the given time."""
    close_database()
    environment = {"SCIDEX_PG_DSN": dsn, "SCIDEX_PG_POOL_TIMEOUT": str(pool_seconds)}
    open_database(Settings.from_environment(environment))
    try:
        yield TestClient(api.app.build_middleware_stack())
    finally:
        close_database()


def test_a_database_without_the_tables_says_what_to_do(own_database: psycopg.Connection, dsn: str) -> None:
    own_database.execute("DROP FUNCTION model_registry_affected")
    own_database.commit()
    with _application(dsn, pool_seconds=10) as client:
        answer = client.get("/api/models")
    assert answer.status_code == 503
    assert "init-db" in answer.json()["detail"]


def test_a_database_that_is_away_is_503_with_retry_after(tmp_path: Path) -> None:
    with _application(f"host={tmp_path}") as client:
        json, health, page = _refusals(client)
    assert json.json()["code"] == "database_unavailable"
    assert health.json()["status"] == "database unavailable"
    assert str(tmp_path) not in json.text + page.text + health.text


def test_a_request_whose_turn_does_not_come_is_refused_in_its_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "AT_ONCE", 0)
    monkeypatch.setattr(turns, "PROBES_AT_ONCE", 0)
    with _application(f"host={tmp_path}") as client:
        json, health, page = _refusals(client)
    assert json.json()["code"] == "service_unavailable"
    assert health.json()["pools"]["read"]["max"] == 20
    assert "too many requests" in page.text
    assert "too many requests" in json.json()["detail"]


def _refusals(client: TestClient) -> list[httpx2.Response]:
    """Ask for JSON, health and a page, none of which can be had now."""
    answers = [client.get(path) for path in ("/api/models", "/health", "/models/compare?ids=a,b")]
    for answer, form in zip(answers, ("application/json", "application/json", "text/html"), strict=True):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "2"
        assert answer.headers["Content-Type"].startswith(form)
        assert len(answer.headers["X-Request-ID"]) == 32
    return answers
