"""The next version of an artifact: what it takes over, what it must hold, and what is refused."""

from typing import Any

import psycopg
import pytest

from scidex.atlas.artifact_registry import (
    ArtifactNotFound,
    ArtifactRegistryError,
    InvalidArtifact,
    Link,
    create_version,
)
from scidex.atlas.model_registry import get_model_detail
from tests.integration.artifact_registry.drafts import (
    METADATA,
    artifact,
    latest,
    model,
    row,
    rows,
    version,
    written,
)


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
        ({"metadata": METADATA["statistical"], "links": [Link("nowhere", "cites")]}, "links[0].target"),
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


def test_all_faults_of_a_version_are_named_at_once(conn: psycopg.Connection) -> None:
    arguments: dict[str, Any] = {"changelog": "", "candidate": "no", "title": " ", "metadata": {}}
    with pytest.raises(InvalidArtifact) as refusal:
        version(conn, model(conn), **arguments)
    faults = [fault.field for fault in refusal.value.faults]
    assert faults == ["changelog", "candidate", "title", "metadata.model_type", "metadata.formula"]


def test_an_unknown_parent_is_named(conn: psycopg.Connection) -> None:
    with pytest.raises(ArtifactNotFound) as refusal:
        version(conn, "dataset-nowhere")
    assert (refusal.value.field, refusal.value.artifact_id) == ("parent_id", "dataset-nowhere")


def test_the_last_number_a_version_can_have_has_no_next(conn: psycopg.Connection) -> None:
    first = artifact(conn, "dataset")
    conn.execute("UPDATE artifacts SET version_number = 2147483647 WHERE id = %s", [first])
    with pytest.raises(InvalidArtifact, match="2147483647 is the last"):
        version(conn, first)
