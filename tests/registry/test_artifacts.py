"""Any artifact as JSON: what its row says, with its links."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows


def opened(client: TestClient, path: str) -> dict[str, Any]:
    answer = client.get(f"/api/artifacts/{path}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_an_artifact_with_its_links(conn: psycopg.Connection, client: TestClient) -> None:
    rows.traceable_model(conn, "model-a")
    rows.dataset(conn, "dataset/b é", metadata={"rows": 3, "big": 1.5e-9}, changelog="c", quality_score=0.9)
    rows.link(conn, "model-a", "dataset/b é", "trained_on", strength=0.5)
    rows.link(conn, "dataset/b é", "gone", "cites")
    found = opened(client, "dataset%2Fb%20%C3%A9")
    assert found["metadata"] == {"rows": 3, "big": 1.5e-9}
    assert (found["artifact_type"], found["quality_score"], found["changelog"]) == ("dataset", 0.9, "c")
    assert [link["artifact"]["id"] for link in found["links"]["incoming"]] == ["model-a"]
    assert found["links"]["outgoing"][0]["artifact"] == {"id": "gone", "missing": True}
    assert found["unreadable"] == []
    assert opened(client, "model-a")["artifact_type"] == "model"


def test_strange_rows_are_answered_with_what_can_be_read(
    conn: psycopg.Connection, client: TestClient
) -> None:
    strange = {"title": "t" * 5000, "quality_score": float("nan"), "created_at": "infinity", "metadata": [1]}
    rows.artifact(conn, "..", "odd", **strange)
    found = opened(client, "?id=..")
    assert found["metadata"] == [1]
    assert found["quality_score"] is None
    assert set(found["unreadable"]) == {"title", "quality_score", "created_at"}


@pytest.mark.parametrize("path", ["x", "", "%00", "dataset-a/..%2F", "?id=x", "a", "😀"])
def test_ids_that_lead_nowhere(conn: psycopg.Connection, client: TestClient, path: str) -> None:
    rows.dataset(conn, "dataset-a")
    answer = client.get(f"/api/artifacts/{path}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "artifact_not_found"


def test_unknown_parameters_are_refused(conn: psycopg.Connection, client: TestClient) -> None:
    rows.dataset(conn, "dataset-a")
    assert client.get("/api/artifacts/dataset-a?format=csv").status_code == 422
