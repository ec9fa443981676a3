"""The server as it should be deployed: with a role that may only read, its log in a file, and once with a fault."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx2
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from pytest_postgresql.executors import NoopExecutor

from scidex.atlas.model_registry import SECURITY_HEADERS
from tests.browser.hostile_rows import HOSTILE, LONG
from tests.conftest import database
from tests.integration.running import served_at
from tests.raw_http import converse
from tests.registry import rows
from tests.security.test_hostile_text import Elements
from tests.serving import http

ROLE = "scidex_reader"
HIDDEN = "a-title-nobody-may-log"
CHECKOUT = Path(__file__).resolve().parents[2]
GRANTS = CHECKOUT / "docs" / "reader.sql"
PERCENT = ["model-/", "model-%2F", "model-%252F"]


class Served(NamedTuple):
    """A server, its log, and its database as the owner sees it."""

    address: str
    log: Path
    dsn: str

    def lines(self, request_id: str, number: int = 1) -> list[dict[str, Any]]:
        """Return the log's lines under an id, once there are that many; a line may follow its answer."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            whole, _, _ = self.log.read_text().rpartition("\n")
            mine = [line for line in map(json.loads, whole.splitlines()) if line.get("id") == request_id]
            if len(mine) >= number:
                return mine
            time.sleep(0.01)
        raise TimeoutError(request_id)

    def get(self, address: str, request_id: str = "", **options: Any) -> httpx2.Response:
        """Ask the server."""
        headers = {"X-Request-ID": request_id} if request_id else {}
        return http.get(f"{self.address}{address}", headers=headers, timeout=30, **options)


@contextmanager
def _command(dsn: str, log: Path) -> Iterator[str]:
    """Serve by the command that a deployment uses; returns its base address."""
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "scidex", "serve", "--port", "0", "--no-demo"],
            cwd=CHECKOUT,
            env=os.environ | {"SCIDEX_PG_DSN": dsn},
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
        )
        try:
            yield served_at(process)
        finally:
            process.terminate()
            process.communicate(timeout=30)


@pytest.fixture(scope="module")
def served(registry_server: NoopExecutor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve two models to a role that has the documented grants and no others."""
    log = tmp_path_factory.mktemp("log") / "server.log"
    with database(registry_server, "guarded") as dsn:
        with psycopg.connect(dsn, autocommit=True) as conn:
            rows.traceable_model(conn, "model-a", {"evaluation_metrics": {"rmse": 0.5}}, title=HIDDEN)
            rows.model(conn, "model-b", {"evaluation_metrics": {"rmse": 0.25}})
            where = {"origin_url": "javascript:window.hacked=1", "created_by": HOSTILE, "changelog": LONG}
            rows.artifact(conn, f"a-{HOSTILE}", HOSTILE, title=LONG, metadata={HOSTILE: LONG}, **where)
            rows.link(conn, f"a-{HOSTILE}", f"gone-{HOSTILE}", HOSTILE)
            for name in PERCENT:
                rows.dataset(conn, name.replace("model", "dataset"))
                rows.link(conn, name.replace("model", "dataset"), "model-a", HOSTILE)
            conn.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(ROLE)))
            conn.execute(GRANTS.read_bytes())
        try:
            with _command(make_conninfo(dsn, user=ROLE), log) as address:
                yield Served(address, log, dsn)
        finally:
            with psycopg.connect(dsn, autocommit=True) as conn:
                conn.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(ROLE)))


def test_the_role_may_read_and_nothing_else(served: Served) -> None:
    with psycopg.connect(make_conninfo(served.dsn, user=ROLE), autocommit=True) as conn:
        for statement in (
            "INSERT INTO artifacts (id, artifact_type, title) VALUES ('x', 'model', 'x')",
            "UPDATE artifacts SET title = ''",
            "DELETE FROM model_registry_changes",
            "TRUNCATE model_versions",
            "CREATE TABLE own (id text)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(statement)


@pytest.mark.parametrize(
    "address",
    [
        "/health",
        "/api/models?facets=true&metric=rmse%3C1&sort=metric:rmse&q=model",
        "/api/models/model-a",
        "/api/models/compare?ids=model-a,model-b",
        "/models",
        "/models/model-a",
        "/models/compare?ids=model-a,model-b",
        "/artifact/dataset-of-model-a",
    ],
)
def test_reading_is_enough_to_serve(served: Served, address: str) -> None:
    answer = served.get(address)
    assert answer.status_code == 200, answer.text
    assert HIDDEN in answer.text or "health" in address or "artifact" in address


def test_lists_stay_right_without_folding_and_the_log_says_so(served: Served) -> None:
    with psycopg.connect(served.dsn, autocommit=True) as conn:
        for number in range(3):
            conn.execute("UPDATE artifacts SET title = %s WHERE id = 'model-b'", [f"{number} is new"])
            (_, second) = served.get("/api/models?sort=title&order=desc").json()["models"]
            assert second["title"] == f"{number} is new"
    assert served.get("/health").json()["waiting_changes"] >= 3
    (warning,) = (line for line in served.log.read_text().splitlines() if "folding" in line)
    assert "InsufficientPrivilege" in warning


@pytest.mark.parametrize(
    "address", [f"/artifact/{quote('a-' + HOSTILE, safe='')}", f"/{quote(HOSTILE)}", "/docs"]
)
def test_hostile_text_is_text_on_the_hosts_pages_too(served: Served, address: str) -> None:
    answer = served.get(address)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert Elements(answer.text).dangerous == []
    assert ("&lt;script&gt;" in answer.text) == ("artifact" in address)


def test_an_id_with_percent_signs_leads_to_its_own_page(served: Served) -> None:
    for name in (one.replace("model", "dataset") for one in PERCENT):
        answer = served.get(f"/artifact/{quote(name, safe='')}")
        assert f"<h1><bdi>{name}</bdi></h1>" in answer.text


def test_no_answer_names_the_server(served: Served) -> None:
    for address in ("/models", "/api/models", "/nowhere", "/health", "/openapi.json"):
        headers = served.get(address).headers
        assert not {"server", "x-powered-by", "via"} & set(headers)


def test_a_request_is_one_line_under_the_id_of_its_answer(served: Served) -> None:
    answer = served.get("/api/models?q=tell-nobody&limit=5&limit=6&tell-nobody%20either&x%0a=1")
    (line,) = served.lines(answer.headers["X-Request-ID"])
    assert 0 < line.pop("ms") < 30_000
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "id": answer.headers["X-Request-ID"],
        "method": "GET",
        "path": "/api/models",
        "parameters": ["q", "limit", "?"],
        "status": 422,
        "bytes": len(answer.content),
    }


def test_a_refusal_is_one_line_too_without_what_was_sent(served: Served) -> None:
    head = f"GET /api/models?q={HIDDEN} HTTP/1.1\r\nX-Request-ID: refused-1\r\nA: b\r\n{HIDDEN} x\r\n\r\n"
    (answer,) = converse(served.address, [head.encode()]).answers
    (line,) = served.lines("refused-1")
    assert (line["method"], line["path"], line["parameters"]) == ("?", "/api/models", [])
    assert (line["status"], line["bytes"]) == (400, len(answer.body))
    assert HIDDEN not in served.log.read_text()


def test_the_line_of_a_head_request_counts_what_was_sent(served: Served) -> None:
    answer = http.head(f"{served.address}/models", timeout=30)
    (line,) = served.lines(answer.headers["X-Request-ID"])
    assert (line["method"], line["status"], line["bytes"]) == ("HEAD", 200, 0)


def test_no_line_has_what_rows_or_parameters_hold(served: Served) -> None:
    served.get(f"/api/models?{HIDDEN}", "last-1")
    served.get("/models/model-a", "last-2")
    served.get(f"/models?q={HIDDEN}", "last-3")
    served.lines("last-3")
    assert HIDDEN not in served.log.read_text()


@pytest.mark.parametrize(
    ("path", "shown"),
    [("/api/models/%0a%7b%22id%22", '/api/models/\n{"id"'), ("/models/%1b%5b2J", "/models/\x1b[2J")],
)
def test_a_hostile_path_stays_inside_its_line(served: Served, path: str, shown: str) -> None:
    (line,) = served.lines(served.get(path).headers["X-Request-ID"])
    assert line["path"] == shown
    assert "\x1b" not in served.log.read_text()


def test_a_very_long_path_makes_no_long_line(served: Served) -> None:
    served.get("/api/models/" + "%c3%a9" * 8000 + "?" + "&".join(f"n{n}={n}" for n in range(1000)), "long")
    (line,) = served.lines("long")
    assert len(json.dumps(line)) < 3000


def test_a_failure_is_logged_by_type_and_place_and_tells_nothing(served: Served) -> None:
    with psycopg.connect(served.dsn, autocommit=True) as conn:
        # The driver's complaint quotes what the function raised, and where.
        ((whole,),) = conn.execute(
            "SELECT pg_get_functiondef('model_registry_timestamp(timestamptz)'::regprocedure)"
        )
        conn.execute(
            "CREATE OR REPLACE FUNCTION model_registry_timestamp(moment timestamptz) RETURNS text "
            "LANGUAGE plpgsql STABLE AS $$BEGIN RAISE 'the column changelog of SELECT'; END$$"
        )
        try:
            answers = [served.get(f"{folder}/model-a", "fails") for folder in ("/api/models", "/models")]
        finally:
            conn.execute(whole)
    for answer in answers:
        assert answer.status_code == 500
        assert answer.headers["X-Request-ID"] == "fails"
        assert (
            answer.headers.items()
            >= {name.lower(): value for name, value in SECURITY_HEADERS.items()}.items()
        )
        for word in ("psycopg", "column", "changelog", "SELECT", "Traceback", ".py", "Error:"):
            assert word not in answer.text
    line, _ = served.lines("fails", 2)
    assert (line["level"], line["status"], line["failure"]) == ("error", 500, ["RaiseException"])
    assert any(place.startswith("scidex/atlas/_model_registry/store/models.py:") for place in line["places"])
    log = served.log.read_text()
    assert "SELECT" not in log
    assert "Traceback" not in log
    assert "column" not in log


def test_every_line_is_json_with_time_and_level(served: Served) -> None:
    lines = [json.loads(line) for line in served.log.read_text().splitlines()]
    assert lines
    assert all({"time", "level"} <= set(line) for line in lines)
