"""The plugin alone, copied into a monolith of which it knows only the tables, templates and connections."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.registry import rows

CHECKOUT = Path(__file__).resolve().parents[2]
PLUGIN = ["scidex/atlas/model_registry.py", "scidex/atlas/_model_registry", "templates/model_registry"]
SECONDS = 120

BASE = """<!doctype html><html lang="en"><head><title>{% block title %}{% endblock %}</title>
{% block head %}{% endblock %}</head><body><p>another host's frame</p>{% block content %}{% endblock %}</body></html>"""

HOST = """
import json, sys
from contextlib import contextmanager

import psycopg
from fastapi import FastAPI
from starlette.templating import Jinja2Templates
from starlette.testclient import TestClient

from scidex.atlas.model_registry import install, register_routes

dsn = sys.argv[1]
with psycopg.connect(dsn) as conn:
    install(conn)


@contextmanager
def get_db_ro():
    with psycopg.connect(dsn, options="-c default_transaction_read_only=on") as conn:
        yield conn


app = FastAPI()


def host_route(artifact_id: str):
    return {"host": artifact_id}


def host_feed():
    return {"host": "feed"}


if sys.argv[2] == "before":
    app.add_api_route("/api/artifacts/{artifact_id:path}", host_route)
    app.add_api_route("/models.atom", host_feed)
register_routes(app, templates=Jinja2Templates("templates"), get_connection=get_db_ro)
if sys.argv[2] == "after":
    app.add_api_route("/api/artifacts/{artifact_id:path}", host_route)
    app.add_api_route("/models.atom", host_feed)
client = TestClient(app)
answers = {}
for address in sys.argv[3:]:
    answer = client.get(address)
    answers[address] = [answer.status_code, answer.headers["content-type"], answer.text]
loaded = sorted(name for name in sys.modules if name.startswith("scidex") and "registry" not in name)
print(json.dumps([answers, loaded]))
"""


@pytest.fixture(scope="module")
def bare_host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of a host and the plugin; what the first program in it compiles serves the others."""
    folder = tmp_path_factory.mktemp("host")
    for part in PLUGIN:
        source, target = CHECKOUT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for package in ("scidex", "scidex/atlas"):
        (folder / package / "__init__.py").touch()
    (folder / "templates" / "base.html").write_text(BASE)
    (folder / "host.py").write_text(HOST)
    return folder


def _only_the_hosts_tables(dsn: str) -> None:
    with psycopg.connect(dsn) as conn:
        conn.execute("DROP SCHEMA public CASCADE")
        conn.execute("CREATE SCHEMA public")
        conn.execute((CHECKOUT / "scidex/core/schema.sql").read_bytes())
        rows.traceable_model(conn, "model-a", {"evaluation_metrics": {"rmse": 0.5}})
        rows.model(conn, "model-b", {"evaluation_metrics": {"rmse": 0.25}})


def _ask(folder: Path, dsn: str, host_route: str, addresses: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Ask the host, which registers a route for artifacts ``before`` the plugin or ``after`` it, or ``none``."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "host.py", dsn, host_route, *addresses],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    answers, loaded = json.loads(ran.stdout)
    return answers, loaded


@pytest.mark.parametrize("registered", ["before", "after", "none"])
def test_any_artifact_is_left_to_a_route_of_the_hosts(bare_host: Path, dsn: str, registered: str) -> None:
    _only_the_hosts_tables(dsn)
    known, unknown = "/api/artifacts/dataset-of-model-a", "/api/artifacts/nowhere"
    answers, _ = _ask(bare_host, dsn, registered, [known, unknown, f"{known}/impact", "/models.atom"])
    if registered == "none":
        assert json.loads(answers[f"{known}/impact"][2])["total_models"] == 1
        assert answers["/models.atom"][1].startswith("application/atom+xml")
        assert json.loads(answers[known][2])["artifact_type"] == "dataset"
        assert (answers[unknown][0], json.loads(answers[unknown][2])["code"]) == (404, "artifact_not_found")
    else:
        assert json.loads(answers[known][2]) == {"host": "dataset-of-model-a"}
        assert json.loads(answers[f"{known}/impact"][2]) == {"host": "dataset-of-model-a/impact"}
        assert json.loads(answers["/models.atom"][2]) == {"host": "feed"}
        assert answers[unknown][0] == 200


def test_the_four_routes_answer_in_a_host_of_its_own(bare_host: Path, dsn: str) -> None:
    _only_the_hosts_tables(dsn)
    addresses = [
        "/api/models",
        "/api/models/model-a",
        "/api/models/compare?ids=a,b",
        "/models/compare?ids=a,b",
        "/api/models/model-x",
        "/models/compare?ids=a,x",
        "/",
    ]
    answers, loaded = _ask(bare_host, dsn, "none", addresses)
    assert loaded == ["scidex", "scidex.atlas"], "the plugin imports nothing of this checkout's host"
    assert [answers[address][0] for address in addresses] == [200, 200, 200, 200, 404, 404, 404]
    assert json.loads(answers["/api/models"][2])["total"] == 2
    assert json.loads(answers["/api/models/model-a"][2])["provenance"]["complete"] is True
    assert json.loads(answers["/api/models/compare?ids=a,b"][2])["baseline"] == "model-a"
    for address in ("/models/compare?ids=a,b", "/models/compare?ids=a,x"):
        status, media_type, page = answers[address]
        assert media_type.startswith("text/html"), status
        assert "another host's frame" in page
