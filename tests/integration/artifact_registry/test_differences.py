"""What changed from one version to another."""

import psycopg
import pytest

from scidex.atlas.artifact_registry import (
    ArtifactNotFound,
    InvalidArtifact,
    diff_versions,
)
from tests.integration.artifact_registry.drafts import artifact, version


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


def test_documents_of_the_host_of_any_json_type_can_be_compared(conn: psycopg.Connection) -> None:
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
