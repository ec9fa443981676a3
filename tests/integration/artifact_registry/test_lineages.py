"""Lineages: candidates and branches, which version is latest, tags, and parents that are lost or go round."""

from typing import Any

import psycopg
import pytest

from scidex.atlas.artifact_registry import (
    ArtifactNotFound,
    InvalidArtifact,
    VersionTagTaken,
    create_version,
    get_latest_version,
    get_version_history,
    pin_version,
)
from tests.integration.artifact_registry.drafts import artifact, latest, row, rows, version


def test_a_candidate_leaves_the_latest_where_it_is(conn: psycopg.Connection) -> None:
    first = artifact(conn, "dataset")
    candidate = create_version(first, changelog="trial", candidate=True, conn=conn)
    assert (candidate.version_number, candidate.is_latest) == (2, False)
    assert latest(conn) == [first]
    assert row(conn, "SELECT lifecycle_state FROM artifacts WHERE id = %s", candidate.id) == ("candidate",)
    assert get_latest_version(candidate.id, conn=conn).id == first


def test_branches_may_share_a_number_and_only_the_last_written_is_latest(conn: psycopg.Connection) -> None:
    first = artifact(conn, "dataset")
    left, right = version(conn, first), version(conn, first)
    assert latest(conn) == [right]
    assert [(one.id, one.version_number) for one in get_version_history(left, conn=conn)] == [
        (first, 1), (left, 2), (right, 2),
    ]  # fmt: skip
    onwards = version(conn, left)
    assert latest(conn) == [onwards]


def test_only_rows_that_change_are_written(conn: psycopg.Connection) -> None:
    first = artifact(conn, "dataset")
    second = version(conn, first)
    version(conn, second)
    assert rows(conn, "SELECT version FROM artifacts ORDER BY version_number") == [(2,), (2,), (1,)]


@pytest.mark.parametrize("marked", [True, False])
def test_a_lineage_with_no_or_several_latest_has_one_again(conn: psycopg.Connection, marked: bool) -> None:
    first = artifact(conn, "dataset")
    second = version(conn, first)
    conn.execute("UPDATE artifacts SET is_latest = %s", [marked])
    candidate = version(conn, first, candidate=True)
    assert latest(conn) == [second]
    assert [one.id for one in get_version_history(second, conn=conn)] == [first, second, candidate]


def test_other_lineages_are_left_alone(conn: psycopg.Connection) -> None:
    first, other = artifact(conn, "dataset"), artifact(conn, "dataset")
    second = version(conn, first)
    assert latest(conn) == sorted([other, second])
    assert rows(conn, "SELECT version FROM artifacts WHERE id = %s", other) == [(1,)]


def test_the_history_is_whole_from_any_version(conn: psycopg.Connection) -> None:
    first = artifact(conn, "dataset")
    second = version(conn, first)
    third, branch = version(conn, second), version(conn, first)
    expected = [first, second, branch, third]
    for member in expected:
        assert sorted(one.id for one in get_version_history(member, conn=conn)) == sorted(expected)
    assert [one.version_number for one in get_version_history(third, conn=conn)] == [1, 2, 2, 3]


@pytest.mark.parametrize("parents", [{"a": "c"}, {"a": "a"}, {"a": "nowhere"}, {"a": "b"}])
def test_broken_and_cyclic_lineages_end(conn: psycopg.Connection, parents: dict[str, str]) -> None:
    artifact(conn, "dataset", artifact_id="a")
    version(conn, "a", artifact_id="b")
    version(conn, "b", artifact_id="c")
    for child, parent in parents.items():
        conn.execute("UPDATE artifacts SET parent_version_id = %s WHERE id = %s", [parent, child])
    assert {one.id for one in get_version_history("a", conn=conn)} == {"a", "b", "c"}
    version(conn, "c", artifact_id="d")
    assert latest(conn) == ["d"]
    assert pin_version("a", "v1", conn=conn).version_tag == "v1"


def test_siblings_of_a_lost_parent_are_one_lineage(conn: psycopg.Connection) -> None:
    first = artifact(conn, "dataset")
    left, right = version(conn, first), version(conn, first)
    conn.execute("DELETE FROM artifacts WHERE id = %s", [first])
    third = version(conn, left)
    assert [one.id for one in get_version_history(right, conn=conn)] == [left, right, third]
    assert latest(conn) == [third]


def test_a_parent_of_another_type_stays_outside_the_lineage(conn: psycopg.Connection) -> None:
    paper, dataset = artifact(conn, "paper"), artifact(conn, "dataset")
    conn.execute("UPDATE artifacts SET parent_version_id = %s WHERE id = %s", [paper, dataset])
    created = version(conn, dataset)
    assert latest(conn) == sorted([paper, created])


def test_the_history_of_an_unknown_id_is_not_found(conn: psycopg.Connection) -> None:
    for ask in (get_version_history, get_latest_version):
        with pytest.raises(ArtifactNotFound, match="dataset-nowhere"):
            ask("dataset-nowhere", conn=conn)
        with pytest.raises(InvalidArtifact):
            ask("\0", conn=conn)


def test_a_tag_belongs_to_one_version_of_a_lineage(conn: psycopg.Connection) -> None:
    first = artifact(conn, "dataset")
    second = version(conn, first)
    assert pin_version(first, "v1.0", conn=conn).version_tag == "v1.0"
    assert pin_version(first, "v1.0", conn=conn).id == first
    with pytest.raises(VersionTagTaken) as refusal:
        pin_version(second, "v1.0", conn=conn)
    assert (refusal.value.holder, refusal.value.tag, refusal.value.field) == (first, "v1.0", "tag")
    assert first in str(refusal.value)
    pin_version(artifact(conn, "dataset"), "v1.0", conn=conn)
    pin_version(first, "final", conn=conn)
    assert pin_version(second, "v1.0", conn=conn).version_tag == "v1.0"


@pytest.mark.parametrize("tag", ["", " ", " v1", "v1\n", "v\0", "\ud800", "v" * 101, None, 1])
def test_a_tag_is_text_that_can_be_read(conn: psycopg.Connection, tag: Any) -> None:
    first = artifact(conn, "dataset")
    with pytest.raises(InvalidArtifact) as refusal:
        pin_version(first, tag, conn=conn)
    assert refusal.value.field == "tag"
    assert row(conn, "SELECT version_tag FROM artifacts") == (None,)
