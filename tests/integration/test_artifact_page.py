"""The host's page of an artifact with many links."""

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
