"""Ids that an index holds compressed: lists show their beginning and stay small, the table has them whole."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import fold
from tests.registry import rows
from tests.registry.requests import listed, opened

MOST, LONG, MANY = 1_000, 150_000, 20


@pytest.mark.parametrize("letter", ["a", "é"])
def test_many_models_of_long_ids_make_no_large_list(
    conn: psycopg.Connection[Any], client: TestClient, letter: str
) -> None:
    conn.execute(
        "INSERT INTO artifacts (id, artifact_type, title, metadata)"
        " SELECT 'model-' || i || repeat(%s, %s), 'model', 'L', '{\"evaluation_metrics\": {\"rmse\": 1}}'"
        " FROM generate_series(100, 99 + %s) AS i",
        [letter, LONG // len(letter.encode()), MANY],
    )
    for _ in range(2):
        for path in ("/api/models?limit=20", "/api/models?sort=metric:rmse", "/models", "/models.atom"):
            answer = client.get(path)
            assert (answer.status_code, len(answer.content) < MANY * LONG // 3) == (200, True), path
        first = listed(client, sort="title", limit=1)["models"][0]
        assert first["id"].startswith("model-100")
        assert first["id"].endswith(letter + "…")
        assert MOST - 2 <= len(first["id"].encode()) - len("…".encode()) <= MOST
        assert first["unreadable"] == ["id"]
        while fold(conn=conn):
            pass
    assert len(client.get("/api/models?format=csv").content) > MANY * LONG


def test_an_id_of_the_bound_is_listed_whole_and_a_longer_one_opened(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    for number in (MOST, MOST + 1):
        rows.model(conn, "model-" + "a" * (number - 6), title=str(number))
    whole, cut = listed(client, sort="title")["models"]
    assert (whole["id"], whole["unreadable"]) == ("model-" + "a" * (MOST - 6), [])
    assert cut["unreadable"] == ["id"]
    assert opened(client, "model-" + "a" * (MOST - 5))["title"] == str(MOST + 1)


def test_links_to_ids_longer_than_are_followed_leave_the_page_small(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    conn.execute(
        "INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-m', 'model', 'M');"
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " SELECT 'model-m', i || (SELECT string_agg(md5(i || '.' || part), '') FROM generate_series(1, 80) AS part),"
        " 'trained_on' FROM generate_series(1, 300) AS i"
    )
    for path in ("/models/model-m", "/api/models/model-m"):
        answer = client.get(path)
        assert (answer.status_code, len(answer.content) < 1_000_000) == (200, True), path
    assert "links" in opened(client, "model-m")["unreadable"]
