"""A list as a table (CSV): all that match, in the order of the list, whatever their number."""

import csv
import io
import json
import time
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.reads.lists import table_of_models
from tests.registry import rows
from tests.registry.requests import ids, listed, refusal
from tests.serving import http

_HEADLINE_SECONDS = 120.0

ORDERS: list[dict[str, Any]] = [
    {},
    {"sort": "title", "order": "desc"},
    {"sort": "created_at", "order": "asc"},
    {"sort": "parameter_count"},
    {"sort": "metric:rmse"},
    {"sort": "metric:coverage"},
    {"metric": ["rmse<8", "rmse>2"], "q": "model"},
    {"provenance": "complete"},
    {"dataset": "of-model-03"},
    {"latest": "true", "sort": "metric:rmse", "dataset": ["of-model-03", "of-model-05"]},
]


def table(client: TestClient, **asked: Any) -> list[dict[str, str]]:
    """Ask for a table that must be answered; returns its lines by the names of the columns."""
    answer = client.get("/api/models", params=asked | {"format": "csv"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.content)
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


@pytest.fixture
def _models(conn: psycopg.Connection) -> None:
    for number in range(12):
        metrics = {"rmse": number, "coverage": number / 10} if number % 3 else {"auc": 0.5}
        columns = {"quality_score": number / 20, "is_latest": number % 2 == 0}
        rows.traceable_model(conn, f"model-{number:02}", {"evaluation_metrics": metrics}, **columns)
    rows.model(conn, "model-=1+1", {"evaluation_metrics": {"-x": 1}}, title='=cmd|"/c calc"\n')


@pytest.mark.usefixtures("_models")
@pytest.mark.parametrize("asked", ORDERS, ids=str)
def test_it_holds_the_models_of_the_list_in_its_order(client: TestClient, asked: dict[str, Any]) -> None:
    found = listed(client, asked | {"limit": 200})["models"]
    lines = table(client, **asked)
    assert [line["id"] for line in lines] == [model["id"] for model in found]
    for line, model in zip(lines, found, strict=True):
        assert json.loads(line["evaluation_metrics"]) == model["evaluation_metrics"]
        assert json.loads(line["training_datasets"]) == model["training_datasets"]
        assert line["produced_by"] == (model["produced_by"] or "")
        assert (line["quality_score"] or "null") == json.dumps(model["quality_score"])


@pytest.mark.usefixtures("_models")
def test_a_metric_that_is_asked_for_has_a_column(client: TestClient) -> None:
    lines = table(client, sort="metric:rmse", metric="coverage>0.5")
    assert [line["evaluation_metrics.rmse"] for line in lines] == ["7", "8", "10", "11"]
    assert lines[0]["evaluation_metrics.coverage"] == "0.7"


def _wait_for_headlines(address: str) -> None:
    """Wait until the server has looked for every headline, which it begins after it answers."""
    deadline = time.monotonic() + _HEADLINE_SECONDS
    while not all(one["computed"] for one in http.get(f"{address}/api/models?limit=200").json()["models"]):
        assert time.monotonic() < deadline, "not every headline was looked for"
        time.sleep(0.2)


def test_the_headline_has_a_column_for_each_part(live_server: str) -> None:
    _wait_for_headlines(live_server)
    lines = csv.DictReader(io.StringIO(http.get(f"{live_server}/api/models?format=csv", timeout=60).text))
    found = http.get(f"{live_server}/api/models?limit=200", timeout=60).json()["models"]
    told = {line["id"]: line for line in lines}
    assert any(model["headline"]["interval"] for model in found if model["headline"])
    assert "participants" in {line["headline.units_are"] for line in told.values()}
    for model in found:
        line, headline = told[model["id"]], model["headline"] or {}
        low, high = headline.get("interval") or (None, None)
        parts = {**headline, "low": low, "high": high}
        for part in ("metric", "value", "low", "high", "rows", "units", "units_are"):
            assert line[f"headline.{part}"] == ("" if parts.get(part) is None else str(parts[part])), part
        assert (line["headline.agrees"] or "null") == json.dumps(headline.get("agrees"))


@pytest.mark.usefixtures("_models")
def test_no_cell_is_a_formula_and_lines_end_as_the_standard_says(client: TestClient) -> None:
    (line,) = table(client, q="cmd")
    assert line["title"] == '\'=cmd|"/c calc"\n'
    whole = client.get("/api/models", params={"format": "csv", "bom": "true", "q": "nothing-of-it"}).content
    assert whole.startswith(b"\xef\xbb\xbfid,title,")
    assert whole.endswith(b"\r\n")
    assert whole.count(b"\r\n") == 1


@pytest.mark.usefixtures("_models")
def test_it_is_read_through_the_log(conn: psycopg.Connection, client: TestClient) -> None:
    conn.execute("UPDATE artifacts SET title = 'Changed' WHERE id = 'model-04'")
    conn.execute("DELETE FROM artifacts WHERE id = 'model-05'")
    lines = {line["id"]: line["title"] for line in table(client)}
    assert lines["model-04"] == "Changed"
    assert "model-05" not in lines
    assert len(lines) == 12


@pytest.mark.parametrize("name", ["limit=5", "offset=1", "cursor=x", "facets=true"])
def test_parts_of_a_list_are_refused(client: TestClient, name: str) -> None:
    parameter, sentence = refusal(client, f"/api/models?format=csv&{name}")
    assert parameter == name.partition("=")[0]
    assert "sends all that match" in sentence
    assert refusal(client, "/api/models?bom=true")[0] == "bom"


def test_few_rows_are_held_at_a_time(generated_dsn: str) -> None:
    with psycopg.connect(generated_dsn) as conn:
        lines = table_of_models(conn, model_query(), bom=False)
        assert next(lines).startswith("id,")
        assert next(lines).startswith("model-")
        held = conn.execute("SELECT name FROM pg_cursors WHERE name = 'model_registry_every'").fetchall()
        assert held, "read through a cursor of the server's"
        assert 1 + sum(1 for _ in lines) == listed_total(conn)


def listed_total(conn: psycopg.Connection) -> int:
    (total,) = conn.execute("SELECT count(*) FROM artifacts WHERE artifact_type = 'model'").fetchone() or (0,)
    return int(total)


def test_the_page_leads_to_the_table_of_its_filters(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a", {"model_family": "statistical"})
    page = client.get("/models?family=statistical&sort=title&limit=1").text
    assert 'href="/api/models?family=statistical&amp;sort=title&amp;format=csv&amp;bom=true"' in page
    assert 'href="/api/models?family=statistical&amp;sort=title&amp;limit=1"' in page
    assert ids(client, family="statistical") == ["model-a"]
