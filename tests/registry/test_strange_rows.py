"""A registry of the strangest rows that the host's tables accept: every route still answers about each of them."""

from urllib.parse import quote

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import listed, opened

SHAPES: list[object] = [None, True, 3, -1.5, "", "text", [], [[]], {}, {"": {}}, [{"value": "x", "units": 3}]]
KEYS = [
    "model_family",
    "trained_on_dataset_id",
    "produced_by_analysis_id",
    "tests_hypothesis_id",
    "parameter_count",
    "evaluation_metrics",
    "metric_metadata",
    "equations",
    "species",
    "parameters",
    "coefficients",
    "architecture",
    "layer_config",
    "training_config",
    "features",
]


def _register(conn: psycopg.Connection) -> list[str]:
    names: list[str] = []
    for number, shape in enumerate(SHAPES):
        parent = f"model {(number + 1) % len(SHAPES)}/<é>"
        columns = {"parent_version_id": parent, "version_number": -number, "title": "<script>" * (number % 3)}
        moment = ["infinity", "-infinity", "0044-03-15Z BC", "2026-01-01Z"][number % 4]
        metadata = dict.fromkeys(KEYS, shape) if number % 4 else shape
        name = f"model {number}/<é>"
        rows.artifact(
            conn, name, "model", metadata=metadata, created_at=moment, quality_score=float("nan"), **columns
        )
        rows.link(conn, name, parent, "derives_from", strength=float("inf"))
        rows.link(conn, name, f"gone {number}", "trained_on")
        document = ["", "{", "[NaN]", '{"rmse": 1e999}', '{"rmse": "\\u0000"}'][number % 5]
        rows.model_version(conn, name, training_params_json=document, eval_metrics_json=document)
        names.append(name)
    conn.execute("UPDATE model_versions SET base_model_id = artifact_id")
    return names


@pytest.mark.parametrize("sort", ["quality_score", "created_at", "parameter_count", "title", "metric:rmse"])
def test_lists(conn: psycopg.Connection, client: TestClient, sort: str) -> None:
    names = _register(conn)
    found = listed(client, sort=sort, facets="true", q="model")
    assert found["total"] == (0 if sort == "metric:rmse" else len(names))


def test_details(conn: psycopg.Connection, client: TestClient) -> None:
    names = _register(conn)
    for name in names:
        detail = opened(client, quote(name, safe=""))
        assert len(detail["versions"]) == len(names)
        assert "quality_score" in detail["unreadable"]
        assert "links.outgoing[0].strength" in detail["unreadable"]


@pytest.mark.parametrize(
    "form", ["/api/models/compare?", "/models/compare?", "/api/models/compare?format=csv&"]
)
def test_comparisons(conn: psycopg.Connection, client: TestClient, form: str) -> None:
    names = _register(conn)
    for asked in (names[:10], names[-10:], names[::-1][:2]):
        answer = client.get(form + "&".join(f"ids={quote(name, safe='')}" for name in asked))
        assert answer.status_code == 200, answer.text
        assert "<script>" not in answer.text or form.startswith("/api")
