"""One model opened: every field of the contract, by any id, with whatever many hands left in its rows."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import httpx2
import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas import model_registry
from tests.registry import rows
from tests.registry.requests import listed, opened

ADDED = {
    "evaluations",
    "leakage",
    "metadata",
    "card",
    "content_hash",
    "created_by",
    "changelog",
    "parent_version_id",
    "superseded_by",
    "origin_url",
    "model_version",
    "versions",
    "links",
    "provenance",
    "standing",
    "warnings",
}


def test_a_detail_is_the_list_entry_and_more(conn: psycopg.Connection, client: TestClient) -> None:
    columns = {
        "content_hash": "sha256:1",
        "created_by": "forge",
        "changelog": "first",
        "superseded_by": "model-b",
        "origin_url": "https://example.org/model",
        "origin_type": "external",
        "version_tag": "best",
        "lifecycle_state": "frozen",
        "created_at": "2026-04-05T14:00:00.25+02:00",
        "quality_score": 0.75,
    }
    rows.traceable_model(
        conn, "model-a", {"evaluation_metrics": {"rmse": 1}, "notes": ["é", None, 1.5]}, **columns
    )
    while model_registry.fold(conn=conn):
        pass
    detail = opened(client, "model-a")
    (entry,) = listed(client)["models"]
    assert {field: detail[field] for field in entry} | {"standing": {"status": "sound"}} == entry
    assert detail["standing"] == {"status": "sound", "because": [], "truncated": False}
    assert set(detail) - set(entry) == ADDED - {"standing"}
    expected: dict[str, Any] = columns | {"created_at": "2026-04-05T12:00:00.25Z"}
    assert {field: detail[field] for field in columns} == expected
    assert detail["metadata"]["notes"] == ["é", None, 1.5]
    assert detail["parent_version_id"] is detail["model_version"] is None
    assert detail["unreadable"] == []
    assert detail["provenance"]["complete"] is True
    assert detail["training_datasets"] == ["dataset-of-model-a"] == [detail["trained_on"]]
    assert detail["produced_by"] == "analysis-of-model-a"


@pytest.mark.parametrize(
    "model_id",
    [
        "model-a/b",
        "a b",
        "'quoted\"",
        "模型-1",
        "a?b#c&d=e",
        "a,b",
        "model-a+b",
        "é\u0301",
        "%",
        "a\\b",
        "\x01",
    ],
)
def test_any_id_percent_encoded(conn: psycopg.Connection, client: TestClient, model_id: str) -> None:
    rows.model(conn, model_id)
    assert opened(client, quote(model_id, safe=""))["id"] == model_id
    assert [one["id"] for one in listed(client)["models"]] == [model_id]


@pytest.mark.parametrize("model_id", ["a%20b", "a%2Fb", "100%", "%25"])
def test_an_id_with_percent_signs(conn: psycopg.Connection, client: TestClient, model_id: str) -> None:
    rows.model(conn, model_id)

    async def ask() -> httpx2.Response:
        # Starlette's test client decodes paths twice, servers once.
        transport = httpx2.ASGITransport(app=client.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://registry") as asking:
            return await asking.get(f"/api/models/{quote(model_id, safe='')}")

    # In a thread of its own: a browser's tests leave an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, ask()).result().json()["id"] == model_id


def test_a_path_may_hold_the_ids_slashes_as_they_are(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-org/name/v1")
    assert opened(client, "org/name/v1")["id"] == "model-org/name/v1"


def test_the_prefix_may_be_left_out(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    assert opened(client, "a")["id"] == "model-a"
    rows.model(conn, "a")
    assert opened(client, "a")["id"] == "a", "as written goes first"
    rows.dataset(conn, "b")
    rows.model(conn, "model-b")
    assert opened(client, "b")["id"] == "model-b", "a model goes before another artifact"


def test_an_unknown_id_is_not_found(client: TestClient) -> None:
    answer = client.get("/api/models/model-x")
    assert answer.status_code == 404
    body = answer.json()
    assert (body["code"], body["missing"]) == ("model_not_found", ["model-x"])
    assert "model-x" in body["detail"]


def test_an_artifact_of_another_type_is_not_found_and_says_so(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.dataset(conn, "dataset-a")
    answer = client.get("/api/models/dataset-a")
    assert answer.status_code == 404
    body = answer.json()
    assert (body["code"], body["missing"], body["artifact_type"]) == ("not_a_model", ["dataset-a"], "dataset")
    assert "not a model" in body["detail"]
    assert "dataset" in body["detail"]


def test_the_model_version_with_its_documents_parsed(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    rows.model(conn, "model-base")
    rows.dataset(conn, "dataset-held-out")
    columns = {
        "external_source_url": "https://example.org",
        "external_source_version": "2",
        "base_model_id": "model-base",
        "code_repo_url": "https://example.org/code",
        "code_commit_sha": "abc",
        "code_entrypoint": "train.py",
        "training_started_at": "yesterday",
        "training_completed_at": "2026-01-01",
        "trained_by": "forge",
        "gpu_allocation_id": "g-1",
        "eval_dataset_artifact_id": "dataset-held-out",
        "benchmark_id": "b-1",
        "promotion_state": "rejected",
        "promotion_notes": "too slow",
        "created_at": "long ago",
    }
    documents = {
        "training_params_json": '{"epochs": 3}',
        "eval_metrics_json": '{"auc": 0.5, "by_class": {"a": 1}}',
    }
    rows.model_version(conn, "model-a", is_external=1, **columns, **documents)
    detail = opened(client, "model-a")
    parsed = {"training_params": {"epochs": 3}, "eval_metrics": {"auc": 0.5, "by_class": {"a": 1}}}
    assert detail["model_version"] == {"is_external": True} | columns | parsed
    assert detail["promotion_state"] == "rejected"
    assert detail["unreadable"] == ["model_versions.eval_metrics_json.by_class"]


@pytest.mark.parametrize(
    "document", ["{", "{'a': 1}", "[1, 2", "NaN", "nan", "yes", '{"a": 1} {}', "[" * 20_000, "\ufeff{}"]
)
def test_a_broken_document_is_named_and_nothing_else_is_lost(
    conn: psycopg.Connection, client: TestClient, document: str
) -> None:
    rows.model(conn, "model-a", {"fit_metrics": {"auc": 0.5}})
    rows.model_version(
        conn, "model-a", training_params_json=document, eval_metrics_json=document, code_commit_sha="abc"
    )
    detail = opened(client, "model-a")
    assert detail["unreadable"] == ["model_versions.training_params_json", "model_versions.eval_metrics_json"]
    version = detail["model_version"]
    assert (version["training_params"], version["eval_metrics"], version["code_commit_sha"]) == (
        None,
        None,
        "abc",
    )
    assert detail["evaluation_metrics"] == {"auc": 0.5}


@pytest.mark.parametrize("document", [None, "", "  \n"])
def test_an_absent_document_is_nothing_unreadable(
    conn: psycopg.Connection, client: TestClient, document: str | None
) -> None:
    rows.model(conn, "model-a")
    rows.model_version(conn, "model-a", training_params_json=document, eval_metrics_json=document)
    assert opened(client, "model-a")["unreadable"] == []


@pytest.mark.parametrize("metadata", [None, [], "text", 3, True, [{"model_family": "statistical"}]])
def test_metadata_of_another_json_type_is_sent_and_named(
    conn: psycopg.Connection, client: TestClient, metadata: object
) -> None:
    rows.artifact(conn, "model-a", "model", metadata=metadata, quality_score=0.1)
    detail = opened(client, "model-a")
    assert (detail["metadata"], detail["unreadable"]) == (metadata, ["metadata"])
    assert (detail["quality_score"], detail["evaluation_metrics"]) == (0.1, {})


def test_metadata_too_deep_to_read_is_named_and_nothing_else_is_lost(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.model(conn, "model-a", title="Kept")
    document = '{"fit_metrics": {"auc": 1}, "deep": ' + "[" * 4_000 + "]" * 4_000 + "}"
    conn.execute("UPDATE artifacts SET metadata = %s::jsonb", [document])
    detail = opened(client, "model-a")
    assert (detail["title"], detail["metadata"], detail["unreadable"]) == ("Kept", None, ["metadata"])
    assert detail["evaluation_metrics"] == {"auc": 1}


@pytest.mark.parametrize("score", ["NaN", "Infinity", "-Infinity"])
def test_a_malformed_score_is_left_out_and_named(
    conn: psycopg.Connection, client: TestClient, score: str
) -> None:
    rows.model(conn, "model-a", quality_score=float(score))
    detail = opened(client, "model-a")
    assert detail["quality_score"] is detail["quality_score_stored"] is None
    assert detail["unreadable"] == ["quality_score"]
