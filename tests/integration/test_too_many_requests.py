"""A request whose turn does not come is told when to try again, in the form of what it asked for."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

import api
from scidex.core import turns
from scidex.core.database import close_database, open_database
from scidex.core.settings import Settings


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Lend a client of the application, all of whose turns are taken."""
    monkeypatch.setattr(turns, "AT_ONCE", 0)
    monkeypatch.setattr(turns, "PROBES_AT_ONCE", 0)
    environment = {"SCIDEX_PG_DSN": "host=/nowhere", "SCIDEX_PG_POOL_TIMEOUT": "0.01"}
    close_database()
    open_database(Settings.from_environment(environment))
    yield TestClient(api.app.build_middleware_stack())
    close_database()


def test_each_is_refused_in_its_own_form(busy: TestClient) -> None:
    page, json, probe = (busy.get(path) for path in ("/models", "/api/models?limit=1", "/health"))
    for answer in (page, json, probe):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "2"
        assert len(answer.headers["X-Request-ID"]) == 32
    assert page.headers["Content-Type"].startswith("text/html")
    assert "too many requests" in page.text
    assert json.json()["code"] == "service_unavailable"
    assert "too many requests" in json.json()["detail"]
    assert probe.json()["status"] == "database unavailable"
    assert probe.json()["pools"]["read"]["max"] == 20
