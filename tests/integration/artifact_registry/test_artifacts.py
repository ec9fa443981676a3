"""Artifacts and links: what is written, what is refused, and whose transaction it is."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from scidex.atlas import artifact_registry
from scidex.atlas.artifact_registry import (
    ArtifactExists,
    ArtifactNotFound,
    ArtifactRegistryError,
    InvalidArtifact,
    Link,
    create_link,
    register_artifact,
)
from tests.integration.artifact_registry.drafts import artifact, row, rows, written


def test_everything_said_of_an_artifact_is_in_its_row(conn: psycopg.Connection) -> None:
    paper = artifact(conn, "paper", artifact_id="PMID:1/x y")
    figure = register_artifact(
        artifact_type="figure",
        title="Loss by epoch",
        metadata={"pixels": (640, 480)},
        entity_ids=["gene-APP"],
        content_hash="sha256:ab",
        provenance_chain=[[paper, 1]],
        quality_score=0.5,
        created_by="agent-7",
        origin_type="external",
        origin_url="https://example.org/f",
        lifecycle_state="draft",
        links=[Link(paper, "cites", 0.9, {"page": 3}), Link(paper, "mentions")],
        created_at="2026-04-05T14:00:00+02:00",
        conn=conn,
    )
    found = row(
        conn,
        """SELECT artifact_type, title, metadata, entity_ids, content_hash, provenance_chain, quality_score, created_by,
               origin_type, origin_url, lifecycle_state, created_at, version_number, is_latest, parent_version_id
           FROM artifacts WHERE id = %s""",
        figure,
    )
    assert found[:8] == (
        "figure", "Loss by epoch", {"pixels": [640, 480]}, ["gene-APP"], "sha256:ab", [[paper, 1]], 0.5, "agent-7",
    )  # fmt: skip
    assert found[8:] == (
        "external", "https://example.org/f", "draft", datetime(2026, 4, 5, 12, tzinfo=UTC), 1, True, None,
    )  # fmt: skip
    links = "SELECT target_artifact_id, link_type, strength, evidence FROM artifact_links WHERE source_artifact_id = %s"
    assert rows(conn, links + " ORDER BY id", figure) == [
        (paper, "cites", 0.9, {"page": 3}),
        (paper, "mentions", None, None),
    ]


@pytest.mark.parametrize(
    ("artifact_type", "prefix"),
    [
        ("dataset", "dataset-"),
        ("tabular_dataset", "dataset-"),
        ("analysis", "analysis-"),
        ("wiki_page", "wiki_page-"),
    ],
)
def test_ids_begin_with_the_type(conn: psycopg.Connection, artifact_type: str, prefix: str) -> None:
    first, second = artifact(conn, artifact_type), artifact(conn, artifact_type)
    assert first.startswith(prefix)
    assert first != second


def test_an_id_that_is_taken_is_refused_and_the_first_stays(conn: psycopg.Connection) -> None:
    artifact(conn, "paper", artifact_id="paper-1", title="First")
    with pytest.raises(ArtifactExists) as refusal:
        artifact(conn, "dataset", artifact_id="paper-1", title="Second")
    assert (refusal.value.field, refusal.value.artifact_id) == ("artifact_id", "paper-1")
    assert row(conn, "SELECT title FROM artifacts") == ("First",)


@pytest.mark.parametrize(
    ("argument", "value", "field"),
    [
        ("artifact_type", "", "artifact_type"),
        ("artifact_type", "Knowledge Edge", "artifact_type"),
        ("title", " \n", "title"),
        ("title", None, "title"),
        ("title", "a\0b", "title"),
        ("title", "\udcff", "title"),
        ("artifact_id", "", "artifact_id"),
        ("artifact_id", 7, "artifact_id"),
        ("artifact_id", "x" * 801, "artifact_id"),
        ("metadata", [], "metadata"),
        ("metadata", {"a": [float("inf")]}, "metadata.a[0]"),
        ("entity_ids", "gene-APP", "entity_ids"),
        ("entity_ids", ["gene-APP", None], "entity_ids[1]"),
        ("content_hash", "", "content_hash"),
        ("provenance_chain", {"a": 1}, "provenance_chain"),
        ("provenance_chain", [object()], "provenance_chain[0]"),
        ("quality_score", 1.01, "quality_score"),
        ("quality_score", -0.01, "quality_score"),
        ("quality_score", float("nan"), "quality_score"),
        ("quality_score", True, "quality_score"),
        ("quality_score", "0.5", "quality_score"),
        ("created_by", 1, "created_by"),
        ("origin_type", "foreign", "origin_type"),
        ("origin_url", "", "origin_url"),
        ("lifecycle_state", "alive", "lifecycle_state"),
        ("created_at", datetime(2026, 4, 5), "created_at"),
        ("created_at", "yesterday", "created_at"),
        ("created_at", 0, "created_at"),
        ("links", Link("a", "cites"), "links"),
        ("links", [("a", "cites")], "links[0]"),
        ("links", [Link("", "cites")], "links[0].target"),
        ("links", [Link("a", "derives from")], "links[0].link_type"),
        ("links", [Link("a", "cites", float("inf"))], "links[0].strength"),
        ("links", [Link("a", "cites", None, {"a": float("nan")})], "links[0].evidence.a"),
        ("links", [Link("nowhere", "cites")], "links[0].target"),
    ],
)
def test_what_cannot_be_registered_is_refused_by_its_field(
    conn: psycopg.Connection, argument: str, value: Any, field: str
) -> None:
    with pytest.raises(ArtifactRegistryError) as refusal:
        artifact(conn, "paper", **{argument: value})
    assert refusal.value.field == field
    assert str(refusal.value).startswith(f"{field} is ")
    assert written(conn) == ([], [], [])


def test_an_unknown_argument_is_a_type_error(conn: psycopg.Connection) -> None:
    with pytest.raises(TypeError, match=r"no argument qualty_score; attributes are .*quality_score"):
        artifact(conn, "paper", qualty_score=0.5)
    with pytest.raises(TypeError, match=r"no argument id \(it is called artifact_id\)"):
        artifact(conn, "paper", id="PMID:1")


def test_a_link_that_leads_nowhere_takes_the_artifact_with_it(conn: psycopg.Connection) -> None:
    paper = artifact(conn, "paper")
    before = written(conn)
    with pytest.raises(ArtifactNotFound) as refusal:
        artifact(conn, "figure", links=[Link(paper, "cites"), Link("nowhere", "cites")])
    assert (refusal.value.field, refusal.value.artifact_id) == ("links[1].target", "nowhere")
    assert written(conn) == before


def test_repeating_a_link_answers_the_same_row_and_completes_it(conn: psycopg.Connection) -> None:
    source, target = artifact(conn, "analysis"), artifact(conn, "paper")
    first = create_link(source, target, "cites", strength=0.5, conn=conn)
    assert create_link(source, target, "cites", conn=conn) == first
    assert create_link(source, target, "cites", evidence=["p. 3"], conn=conn) == first
    assert create_link(source, target, "uses", conn=conn) != first
    assert row(conn, "SELECT strength, evidence FROM artifact_links WHERE id = %s", first) == (0.5, ["p. 3"])


def test_links_join_two_different_registered_artifacts(conn: psycopg.Connection) -> None:
    known = artifact(conn, "paper")
    with pytest.raises(ArtifactNotFound) as refusal:
        create_link("nowhere", known, "cites", conn=conn)
    assert refusal.value.field == "source"
    with pytest.raises(ArtifactNotFound) as refusal:
        create_link(known, "nowhere", "cites", conn=conn)
    assert refusal.value.field == "target"
    with pytest.raises(InvalidArtifact, match="does not depend on itself"):
        create_link(known, known, "cites", conn=conn)
    assert rows(conn, "SELECT id FROM artifact_links") == []


def test_on_an_idle_connection_a_transaction_is_begun_and_left_open(dsn: str) -> None:
    with psycopg.connect(dsn) as mine, psycopg.connect(dsn, autocommit=True) as other:
        artifact(mine, "paper")
        assert rows(other, "SELECT id FROM artifacts") == []
        mine.rollback()
        assert rows(other, "SELECT id FROM artifacts") == []


def test_in_autocommit_mode_the_work_is_committed(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as mine, psycopg.connect(dsn, autocommit=True) as other:
        paper = artifact(mine, "paper")
        assert rows(other, "SELECT id FROM artifacts") == [(paper,)]


def test_a_refusal_leaves_the_callers_transaction_as_it_was(conn: psycopg.Connection) -> None:
    paper = artifact(conn, "paper")
    conn.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'disk full'; END$$"
    )
    conn.execute("CREATE TRIGGER refuse BEFORE INSERT ON artifact_links EXECUTE FUNCTION refuse()")
    with pytest.raises(psycopg.errors.RaiseException):
        artifact(conn, "figure", links=[Link(paper, "cites")])
    assert rows(conn, "SELECT id FROM artifacts") == [(paper,)]


def test_the_row_factory_of_the_callers_connection_does_not_matter(conn: psycopg.Connection) -> None:
    conn.row_factory = dict_row  # type: ignore[assignment]  # what a caller may have done
    paper = artifact(conn, "paper")
    figure = artifact(conn, "figure", links=[Link(paper, "cites")])
    assert create_link(figure, paper, "mentions", conn=conn) > 0
    assert artifact_registry.get_latest_version(figure, conn=conn).id == figure


@pytest.mark.usefixtures("host")
def test_without_a_connection_the_hosts_primary_is_written_and_committed(
    observer: psycopg.Connection,
) -> None:
    paper = register_artifact(artifact_type="paper", title="A paper")
    assert rows(observer, "SELECT id FROM artifacts") == [(paper,)]
    assert artifact_registry.get_version_history(paper)[0].id == paper


@pytest.mark.usefixtures("host")
def test_without_a_connection_a_refusal_leaves_nothing(observer: psycopg.Connection) -> None:
    with pytest.raises(ArtifactNotFound):
        register_artifact(artifact_type="paper", title="A paper", links=[Link("nowhere", "cites")])
    assert written(observer) == ([], [], [])
