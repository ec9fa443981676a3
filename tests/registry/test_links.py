"""Links of a model in both directions, also where the other end is gone or the link itself cannot be read."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import opened


def test_links_in_both_directions(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    rows.artifact(conn, "figure-1", "figure", title="Curve", version_number=3, is_latest=False)
    rows.dataset(conn, "dataset-a")
    created_at = "2026-04-05T12:00:00Z"
    why: dict[str, Any] = {"strength": 0.5, "evidence": {"why": ["é"]}}
    rows.link(conn, "model-a", "dataset-a", "trained_on", created_at=created_at, **why)
    rows.link(conn, "figure-1", "model-a", "derives_from", created_at=created_at)
    links = opened(client, "model-a")["links"]
    assert links["outgoing"] == [
        {
            "link_type": "trained_on",
            "created_at": created_at,
            **why,
            "artifact": {
                "id": "dataset-a",
                "artifact_type": "dataset",
                "title": "dataset-a",
                "version_number": 1,
                "is_latest": True,
            },
        }
    ]
    assert links["incoming"] == [
        {
            "link_type": "derives_from",
            "strength": None,
            "evidence": None,
            "created_at": created_at,
            "artifact": {
                "id": "figure-1",
                "artifact_type": "figure",
                "title": "Curve",
                "version_number": 3,
                "is_latest": False,
            },
        }
    ]


def test_an_end_that_is_gone_is_missing(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    rows.link(conn, "model-a", "gone/%s", "derives_from")
    rows.link(conn, "gone-too", "model-a", "mentions")
    links = opened(client, "model-a")["links"]
    assert [link["artifact"] for link in links["outgoing"]] == [{"id": "gone/%s", "missing": True}]
    assert [link["artifact"] for link in links["incoming"]] == [{"id": "gone-too", "missing": True}]


def test_a_link_to_itself_is_seen_from_both_ends(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    rows.link(conn, "model-a", "model-a", "derives_from")
    links = opened(client, "model-a")["links"]
    assert [[link["artifact"]["id"] for link in links[way]] for way in ("outgoing", "incoming")] == [
        ["model-a"]
    ] * 2


@pytest.mark.parametrize("strength", ["NaN", "Infinity", "-Infinity"])
def test_a_malformed_strength_is_left_out_and_named(
    conn: psycopg.Connection, client: TestClient, strength: str
) -> None:
    rows.model(conn, "model-a")
    rows.link(conn, "model-a", "a", "mentions", strength=1)
    rows.link(conn, "model-a", "b", "mentions", strength=float(strength))
    rows.link(conn, "c", "model-a", "mentions", strength=float(strength))
    detail = opened(client, "model-a")
    assert [link["strength"] for link in detail["links"]["outgoing"]] == [1, None]
    assert detail["unreadable"] == ["links.outgoing[1].strength", "links.incoming[0].strength"]


def test_evidence_of_any_shape(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    rows.link(conn, "model-a", "a", "mentions")
    for evidence in ("[]", '"text"', "3", "null", "true"):
        conn.execute("UPDATE artifact_links SET evidence = %s::jsonb", [evidence])
        assert opened(client, "model-a")["unreadable"] == []
    conn.execute("""UPDATE artifact_links SET evidence = '{"n": 1e400, "kept": 1}'""")
    detail = opened(client, "model-a")
    assert detail["links"]["outgoing"][0]["evidence"] == {"n": None, "kept": 1}
    assert detail["unreadable"] == ["links.outgoing[0].evidence.n"]
