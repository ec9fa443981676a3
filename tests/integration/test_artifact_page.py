"""The host's page of an artifact with many links."""

from typing import LiteralString

import psycopg
import pytest

import api
from scidex.core.artifacts import MOST_LINKS, find_artifact
from tests.registry import rows

CUT = f"Only the first {MOST_LINKS} are shown."


@pytest.mark.parametrize(("links", "said"), [(MOST_LINKS, 0), (MOST_LINKS + 1, 1)])
def test_links_are_said_to_be_cut_when_they_are(conn: psycopg.Connection, links: int, said: int) -> None:
    dataset = rows.dataset(conn, "dataset-a")
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " SELECT %(from)s, 'gone-' || n, 'cites' FROM generate_series(1, %(links)s) AS n",
        {"from": dataset, "links": links},
    )
    page = api.templates.env.get_template("artifact.html").render(artifact=find_artifact(conn, dataset))
    assert page.count("<bdi>gone-") == MOST_LINKS
    assert page.count(CUT) == said


def test_what_stands_at_the_other_end_of_a_link_is_shown_up_to_a_bound(conn: psycopg.Connection) -> None:
    dataset = rows.dataset(conn, "dataset-a")
    conn.execute(
        "INSERT INTO artifacts (id, artifact_type, title) SELECT 'model-' || n, 'model', repeat('t', 100000)"
        " FROM generate_series(1, 20) AS n"
    )
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " SELECT 'model-' || n, %(dataset)s, 'trained_on' FROM generate_series(1, 20) AS n"
        " UNION ALL SELECT %(dataset)s, 'gone-' || n || repeat('i', 100000), 'cites' FROM generate_series(1, 20) AS n",
        {"dataset": dataset},
    )
    page = api.templates.env.get_template("artifact.html").render(artifact=find_artifact(conn, dataset))
    assert len(page) < 500_000


LARGE: dict[str, LiteralString] = {
    "texts": "title = repeat('é', 2000000), changelog = repeat('c', 2000000), created_by = repeat('b', 5000),"
    " origin_url = 'https://x/' || repeat('u', 2000000), lifecycle_state = repeat('s', 5000),"
    " version_tag = repeat('t', 5000), origin_type = repeat('o', 5000), content_hash = repeat('h', 5000)",
    "document": "metadata = jsonb_build_object('x', repeat('x', 20000000))",
    "digits": "metadata = ('[' || repeat('1e130000,', 2000) || '1]')::jsonb",
    "deep digits": "metadata = (repeat('[', 900) || repeat('1e130000,', 2000) || '1' || repeat(']', 900))::jsonb",
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_large_artifact_has_a_small_page(conn: psycopg.Connection, kind: str) -> None:
    dataset = rows.dataset(conn, "dataset-a")
    conn.execute("UPDATE artifacts SET " + LARGE[kind])  # noqa: S608  columns of this file
    conn.execute("SET LOCAL statement_timeout = 5000")
    page = api.templates.env.get_template("artifact.html").render(artifact=find_artifact(conn, dataset))
    assert len(page) < 80_000
    assert ("Not shown: " in page) == (kind != "texts")
    if kind == "texts":
        assert ("é" * 1_000 + "…</bdi></h1>") in page
        assert page.count("…") == 9
