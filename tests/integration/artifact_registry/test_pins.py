"""Pinning the inputs of an analysis."""

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from scidex.atlas.artifact_registry import (
    ArtifactNotFound,
    InvalidArtifact,
    Link,
    Pin,
    create_link,
    create_version,
    pin_inputs,
    register_model,
)
from scidex.atlas.model_registry import get_model_detail
from tests.integration.artifact_registry.drafts import artifact, model, model_arguments, row, written


def kept(conn: psycopg.Connection, analysis: str) -> Any:
    (metadata,) = row(conn, "SELECT metadata FROM artifacts WHERE id = %s", analysis)
    return metadata["pinned_artifacts"]


def test_every_registered_input_is_pinned_as_it_is_now(conn: psycopg.Connection) -> None:
    raw = artifact(conn, "dataset", artifact_id="dataset-b", content_hash="sha256:b")
    paper = artifact(conn, "paper", artifact_id="paper-c")
    table = create_version(
        raw, changelog="cleaned", artifact_id="dataset-a", content_hash="sha256:a", conn=conn
    ).id
    links = [Link(table, "cites"), Link(raw, "uses"), Link(paper, "derives_from"), Link(paper, "cites")]
    analysis = artifact(conn, "analysis", metadata={"tool": "forge", "seed": 1}, links=links)
    assert pin_inputs(analysis, conn=conn) == (
        Pin(artifact_id="dataset-a", version_number=2, content_hash="sha256:a"),
        Pin(artifact_id="dataset-b", version_number=1, content_hash="sha256:b"),
        Pin(artifact_id="paper-c", version_number=1, content_hash=None),
    )
    (metadata,) = row(conn, "SELECT metadata FROM artifacts WHERE id = %s", analysis)
    assert metadata == {
        "tool": "forge",
        "seed": 1,
        "pinned_artifacts": [
            {"artifact_id": "dataset-a", "version_number": 2, "content_hash": "sha256:a"},
            {"artifact_id": "dataset-b", "version_number": 1, "content_hash": "sha256:b"},
            {"artifact_id": "paper-c", "version_number": 1, "content_hash": None},
        ],
    }


def test_only_registered_inputs_are_pinned(conn: psycopg.Connection) -> None:
    first = artifact(conn, "analysis")
    second = create_version(first, changelog="again", conn=conn).id
    other = artifact(conn, "dataset")
    create_link(second, other, "mentions", conn=conn)
    create_link(other, second, "derives_from", conn=conn)
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type) VALUES (%s, 'lost', 'cites')",
        [second],
    )
    before = written(conn)
    assert pin_inputs(second, conn=conn) == ()
    assert written(conn) == before


def test_the_datasets_of_the_models_it_produced_are_inputs(conn: psycopg.Connection) -> None:
    cited, linked, named = (artifact(conn, "dataset", artifact_id=f"dataset-{name}") for name in "abc")
    analysis = artifact(conn, "analysis", links=[Link(cited, "cites")])
    registered = register_model(
        **model_arguments(trained_on=[linked, named], produced_by=analysis), conn=conn
    ).id
    conn.execute("DELETE FROM artifact_links WHERE target_artifact_id = %s", [named])
    model(conn, trained_on=artifact(conn, "dataset"), produced_by=artifact(conn, "analysis"))
    assert [pin.artifact_id for pin in pin_inputs(analysis, conn=conn)] == [cited, linked, named]
    assert get_model_detail(registered, conn=conn)["provenance"]["complete"]


def test_more_models_than_one_page_lists_are_all_asked(conn: psycopg.Connection) -> None:
    analysis = artifact(conn, "analysis", artifact_id="analysis-1")
    datasets = sorted(artifact(conn, "dataset") for _ in range(201))
    conn.execute(
        """INSERT INTO artifacts (id, artifact_type, title, metadata)
           SELECT 'model-' || dataset, 'model', 'A model', jsonb_build_object(
               'trained_on_dataset_id', dataset, 'produced_by_analysis_id', '1')
           FROM unnest(%s::text[]) AS dataset""",
        [datasets],
    )
    assert [pin.artifact_id for pin in pin_inputs(analysis, conn=conn)] == datasets


def test_older_pins_of_the_same_artifacts_are_replaced_and_others_stay(conn: psycopg.Connection) -> None:
    table = artifact(conn, "dataset", artifact_id="dataset-a", content_hash="sha256:now")
    artifact(conn, "dataset", artifact_id="dataset-b")
    artifact(conn, "paper", artifact_id="b")
    links = [Link(table, "cites"), Link("dataset-b", "cites")]
    others = [
        {"artifact_id": "dataset-elsewhere", "version_number": 4, "note": 1.50},
        ["model-x", 2],
        {"artifact_id": "b", "version_number": 9},
        "unreadable",
        None,
        [],
    ]
    older = [
        {"artifact_id": "dataset-a", "version_number": 7},
        ["dataset-a", 8],
        {"artifact_id": "a", "version_number": 6},
    ]
    analysis = artifact(conn, "analysis", links=links, metadata={"pinned_artifacts": [*older, *others]})
    pin_inputs(analysis, conn=conn)
    fresh = [
        {"artifact_id": "dataset-a", "version_number": 1, "content_hash": "sha256:now"},
        {"artifact_id": "dataset-b", "version_number": 1, "content_hash": None},
    ]
    assert kept(conn, analysis) == [*others, *fresh]


def test_pinning_again_changes_nothing(conn: psycopg.Connection) -> None:
    analysis = artifact(conn, "analysis", links=[Link(artifact(conn, "dataset"), "cites")])
    first = pin_inputs(analysis, conn=conn)
    before = written(conn)
    assert pin_inputs(analysis, conn=conn) == first
    assert written(conn) == before


@pytest.mark.parametrize(
    ("metadata", "field"),
    [
        ([], "metadata"),
        (None, "metadata"),
        ("text", "metadata"),
        ({"pinned_artifacts": {"artifact_id": "dataset-a"}}, "metadata.pinned_artifacts"),
        ({"pinned_artifacts": "dataset-a"}, "metadata.pinned_artifacts"),
    ],
)
def test_metadata_that_cannot_take_pins_is_refused(
    conn: psycopg.Connection, metadata: Any, field: str
) -> None:
    analysis = artifact(conn, "analysis", links=[Link(artifact(conn, "dataset"), "cites")])
    conn.execute("UPDATE artifacts SET metadata = %s WHERE id = %s", [Jsonb(metadata), analysis])
    before = written(conn)
    with pytest.raises(InvalidArtifact, match="repair it first") as refusal:
        pin_inputs(analysis, conn=conn)
    assert refusal.value.field == field
    assert written(conn) == before


def test_pins_that_are_null_pin_nothing(conn: psycopg.Connection) -> None:
    table = artifact(conn, "dataset")
    analysis = artifact(conn, "analysis", links=[Link(table, "cites")], metadata={"pinned_artifacts": None})
    pin_inputs(analysis, conn=conn)
    assert kept(conn, analysis) == [{"artifact_id": table, "version_number": 1, "content_hash": None}]


def test_only_registered_analyses_are_pinned(conn: psycopg.Connection) -> None:
    with pytest.raises(InvalidArtifact, match="this is a dataset; only analyses have inputs"):
        pin_inputs(artifact(conn, "dataset"), conn=conn)
    with pytest.raises(ArtifactNotFound, match="analysis_id is 'analysis-nowhere'"):
        pin_inputs("analysis-nowhere", conn=conn)
