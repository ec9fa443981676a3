"""Versions of a model: branches and candidates, and chains that are broken, cyclic or lead astray."""

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import opened


def versions(client: TestClient, model_id: str) -> list[str]:
    return [version["id"] for version in opened(client, model_id)["versions"]]


def version(
    conn: psycopg.Connection, model_id: str, parent: str | None, number: int, **columns: object
) -> None:
    rows.model(conn, model_id, parent_version_id=parent, version_number=number, **columns)


def test_a_model_without_versions_is_its_own_lineage(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    rows.model(conn, "model-b")
    assert versions(client, "model-a") == ["model-a"]


def test_branches_and_candidates_seen_from_any_version(conn: psycopg.Connection, client: TestClient) -> None:
    version(conn, "v1", None, 1, is_latest=False, created_at="2026-01-01Z", version_tag="stable")
    version(conn, "v2", "v1", 2, is_latest=True, created_at="2026-01-02Z", quality_score=0.2)
    version(conn, "v2-branch", "v1", 2, is_latest=False, created_at="2026-01-01Z", changelog="another way")
    version(conn, "v3-candidate", "v2", 3, is_latest=False, created_at="2026-01-03Z")
    conn.execute(
        """UPDATE artifacts SET metadata = '{"fit_metrics": {"auc": 1}}', content_hash = 'h' WHERE id = 'v2'"""
    )
    for model_id in ("v1", "v2", "v2-branch", "v3-candidate"):
        assert versions(client, model_id) == ["v1", "v2-branch", "v2", "v3-candidate"]
    entries = {entry["id"]: entry for entry in opened(client, "v1")["versions"]}
    assert [name for name, entry in entries.items() if entry["is_latest"]] == ["v2"], "newest is not latest"
    assert entries["v2"] == {
        "id": "v2",
        "version_number": 2,
        "version_tag": None,
        "changelog": None,
        "created_at": "2026-01-02T00:00:00Z",
        "content_hash": "h",
        "is_latest": True,
        "quality_score": 0.2,
        "evaluation_metrics": {"auc": 1},
    }
    assert (entries["v1"]["version_tag"], entries["v2-branch"]["changelog"]) == ("stable", "another way")


def test_the_score_of_a_version_is_capped_too(conn: psycopg.Connection, client: TestClient) -> None:
    version(conn, "v1", None, 1, quality_score=0.9)
    assert opened(client, "v1")["versions"][0]["quality_score"] == 0.3


def test_a_missing_parent_joins_its_children(conn: psycopg.Connection, client: TestClient) -> None:
    version(conn, "v2", "gone", 2)
    version(conn, "v2b", "gone", 2)
    version(conn, "v3", "v2b", 3)
    assert versions(client, "v2") == ["v2", "v2b", "v3"]
    assert opened(client, "v2")["parent_version_id"] == "gone"


@pytest.mark.parametrize("length", [1, 2, 3, 50])
def test_a_cycle_ends(conn: psycopg.Connection, client: TestClient, length: int) -> None:
    for number in range(length):
        version(conn, f"v{number:02}", f"v{(number + 1) % length:02}", 1)
    version(conn, "w", "v00", 1)
    assert versions(client, "v00") == [*(f"v{number:02}" for number in range(length)), "w"]


def test_a_parent_of_another_type_joins_nothing(conn: psycopg.Connection, client: TestClient) -> None:
    rows.dataset(conn, "dataset-a")
    version(conn, "v1", "dataset-a", 1)
    version(conn, "other", "dataset-a", 1)
    assert versions(client, "v1") == ["v1"]


def test_equal_and_strange_numbers_keep_an_order(conn: psycopg.Connection, client: TestClient) -> None:
    version(conn, "root", None, -1)
    for model_id in ("b", "a", "C"):
        version(conn, model_id, "root", 2_147_483_647)
    assert versions(client, "a") == ["root", "C", "a", "b"]


def test_a_long_chain_is_whole(conn: psycopg.Connection, client: TestClient) -> None:
    for number in range(300):
        version(conn, f"v{number:03}", f"v{number - 1:03}" if number else None, number)
    assert versions(client, "v150") == [f"v{number:03}" for number in range(300)]
