"""Lineages: the next version, candidates and branches, tags, and what changed."""

from typing import Any

import psycopg
import pytest

from scidex.atlas.artifact_registry import (
    ArtifactNotFound,
    ArtifactRegistryError,
    InvalidArtifact,
    Link,
    VersionTagTaken,
    create_version,
    diff_versions,
    get_latest_version,
    get_version_history,
    pin_version,
)
from scidex.atlas.model_registry import get_model_detail
from tests.integration.artifact_registry.drafts import METADATA, artifact, model, row, rows, written


def version(conn: psycopg.Connection, parent: str, **arguments: Any) -> str:
    return create_version(parent, **{"changelog": "more data", "conn": conn, **arguments}).id


def latest(conn: psycopg.Connection) -> list[str]:
    return [
        artifact_id for (artifact_id,) in rows(conn, "SELECT id FROM artifacts WHERE is_latest ORDER BY id")
    ]


def test_a_version_follows_its_parent(conn: psycopg.Connection) -> None:
    first = artifact(
        conn, "dataset", title="Counts", metadata={"rows": 1}, quality_score=0.5, entity_ids=["gene-APP"]
    )
    created = create_version(first, changelog="one more year", content_hash="sha256:b", conn=conn)
    assert (created.version_number, created.is_latest, created.provenance) == (2, True, None)
    assert created.id.startswith("dataset-")
    found = row(
        conn,
        """SELECT artifact_type, title, parent_version_id, version_number, changelog, metadata, quality_score,
               entity_ids, lifecycle_state, version_tag FROM artifacts WHERE id = %s""",
        created.id,
    )
    assert found == ("dataset", "Counts", first, 2, "one more year", {}, None, [], "active", None)
    links = "SELECT source_artifact_id, target_artifact_id, link_type FROM artifact_links"
    assert rows(conn, links) == [(created.id, first, "derives_from")]
    assert latest(conn) == [created.id]


def test_a_version_of_a_model_is_checked_linked_and_judged_as_a_model(conn: psycopg.Connection) -> None:
    table = artifact(conn, "dataset")
    first = model(conn, trained_on=table)
    created = create_version(
        first,
        changelog="ridge instead of least squares",
        metadata={"model_type": "ridge", "features": ["x"]},
        trained_on=table,
        model_version={"training_params": {"alpha": 1}},
        links=[Link(first, "fine_tuned_from")],
        conn=conn,
    )
    detail = get_model_detail(created.id, conn=conn)
    assert created.provenance == detail["provenance"]
    assert detail["model_family"] == "statistical"
    assert detail["model_version"] is not None
    assert detail["model_version"]["training_params"] == {"alpha": 1}
    outgoing = {(link["link_type"], link["artifact"]["id"]) for link in detail["links"]["outgoing"]}
    assert outgoing == {("trained_on", table), ("derives_from", first), ("fine_tuned_from", first)}
    assert [entry["id"] for entry in detail["versions"]] == [first, created.id]


def test_a_version_of_a_model_may_be_of_another_family(conn: psycopg.Connection) -> None:
    created = version(conn, model(conn), model_family="deep_learning", metadata=METADATA["deep_learning"])
    assert get_model_detail(created, conn=conn)["model_family"] == "deep_learning"


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"changelog": " "}, "changelog"),
        ({"changelog": None}, "changelog"),
        ({"candidate": 1}, "candidate"),
        ({}, "metadata.model_type"),
        ({"metadata": METADATA["biophysical"]}, "metadata.model_type"),
        ({"metadata": METADATA["statistical"], "model_family": "unknown"}, "model_family"),
        ({"metadata": METADATA["statistical"], "title": ""}, "title"),
        ({"metadata": METADATA["statistical"], "quality_score": 9}, "quality_score"),
        ({"metadata": METADATA["statistical"], "lifecycle_state": "gone"}, "lifecycle_state"),
        ({"metadata": METADATA["statistical"], "artifact_id": "model-first"}, "artifact_id"),
        ({"metadata": METADATA["statistical"], "links": [Link("nowhere", "cites")]}, "links[1].target"),
        (
            {"metadata": METADATA["statistical"], "model_version": {"base_model_id": "x"}},
            "model_version.base_model_id",
        ),
    ],
)
def test_a_version_that_cannot_be_created_changes_nothing(
    conn: psycopg.Connection, arguments: dict[str, Any], field: str
) -> None:
    first = model(conn, artifact_id="model-first")
    before = written(conn)
    with pytest.raises(ArtifactRegistryError) as refusal:
        version(conn, first, **arguments)
    assert refusal.value.field == field
    assert written(conn) == before


@pytest.mark.parametrize(
    "arguments",
    [{"trained_on": "d"}, {"produced_by": "a"}, {"tests": "h"}, {"model_version": {}}, {"model_family": "x"}],
)
def test_what_only_models_have_is_refused_for_others(
    conn: psycopg.Connection, arguments: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArtifact, match="only models have it, and the parent is a dataset"):
        version(conn, artifact(conn, "dataset"), **arguments)


def test_an_unknown_parent_is_named(conn: psycopg.Connection) -> None:
    with pytest.raises(ArtifactNotFound) as refusal:
        version(conn, "dataset-nowhere")
    assert (refusal.value.field, refusal.value.artifact_id) == ("parent_id", "dataset-nowhere")


def test_the_last_number_a_version_can_have_has_no_next(conn: psycopg.Connection) -> None:
    first = artifact(conn, "dataset")
    conn.execute("UPDATE artifacts SET version_number = 2147483647 WHERE id = %s", [first])
    with pytest.raises(InvalidArtifact, match="2147483647 is the last"):
        version(conn, first)


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


def test_a_parent_of_another_type_is_no_version(conn: psycopg.Connection) -> None:
    paper, dataset = artifact(conn, "paper"), artifact(conn, "dataset")
    conn.execute("UPDATE artifacts SET parent_version_id = %s WHERE id = %s", [paper, dataset])
    created = version(conn, dataset)
    assert latest(conn) == sorted([paper, created])


def test_of_an_unknown_id_there_is_no_history(conn: psycopg.Connection) -> None:
    for ask in (get_version_history, get_latest_version):
        with pytest.raises(ArtifactNotFound, match="dataset-nowhere"):
            ask("dataset-nowhere", conn=conn)
        with pytest.raises(InvalidArtifact):
            ask("\0", conn=conn)


def test_a_difference_names_what_changed(conn: psycopg.Connection) -> None:
    first = artifact(
        conn, "dataset", title="Counts", metadata={"rows": 1, "columns": ["a"]}, content_hash="sha256:a"
    )
    second = version(conn, first, metadata={"rows": 2, "columns": ["a"]}, title="Count", quality_score=0.5)
    found = diff_versions(first, second, conn=conn)
    assert found
    assert [(change.kind, change.path, change.before, change.after) for change in found.attributes] == [
        ("changed", "$.title", "Counts", "Count"),
        ("removed", "$.content_hash", "sha256:a", None),
        ("added", "$.quality_score", None, 0.5),
    ]
    assert [(change.kind, change.path, change.before, change.after) for change in found.metadata] == [
        ("changed", "$.rows", 1, 2)
    ]
    assert not diff_versions(first, first, conn=conn)


def test_documents_of_the_host_that_are_no_objects_can_be_compared(conn: psycopg.Connection) -> None:
    first, second = artifact(conn, "dataset"), artifact(conn, "dataset")
    conn.execute(
        "UPDATE artifacts SET metadata = ('[1e400, ' || repeat('9', 5000) || ']')::jsonb WHERE id = %s",
        [first],
    )
    (change,) = diff_versions(first, second, conn=conn).metadata
    assert (change.path, change.after) == ("$", {})


def test_only_artifacts_of_one_type_are_compared(conn: psycopg.Connection) -> None:
    dataset, paper = artifact(conn, "dataset"), artifact(conn, "paper")
    with pytest.raises(InvalidArtifact, match=r"^b is .*this is a paper and a is a dataset"):
        diff_versions(dataset, paper, conn=conn)
    with pytest.raises(ArtifactNotFound, match=r"^b is 'nowhere'"):
        diff_versions(dataset, "nowhere", conn=conn)


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
