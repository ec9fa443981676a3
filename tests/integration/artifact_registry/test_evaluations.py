"""Evaluations as they are written, and what is refused, with nothing written."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import psycopg
import pytest

from scidex.atlas.artifact_registry import (
    ArtifactNotFound,
    Fault,
    InvalidArtifact,
    create_version,
    register_evaluation,
)
from tests.integration.artifact_registry.drafts import artifact, model, row, rows, version, written

COLUMNS: Mapping[str, Any] = {
    "split": "test",
    "task": "regression",
    "observed": [1, 2.5, 3],
    "predicted": [1.5, 2, 3],
}


@pytest.fixture
def subjects(conn: psycopg.Connection) -> dict[str, str]:
    """Register a model and a dataset to evaluate it on."""
    return {"model": model(conn), "dataset": artifact(conn, "dataset")}


def _evaluate(conn: psycopg.Connection, subjects: Mapping[str, Any], **columns: object) -> str:
    return register_evaluation(title="On a test set", metadata={**COLUMNS, **columns}, conn=conn, **subjects)


def _refusal(conn: psycopg.Connection, subjects: Mapping[str, Any], **columns: object) -> list[str]:
    before = written(conn)
    faults: tuple[Fault, ...] = ()
    try:
        _evaluate(conn, subjects, **columns)
    except (InvalidArtifact, ArtifactNotFound) as refused:
        faults = refused.faults
    assert written(conn) == before
    return [fault.field for fault in faults]


def test_an_evaluation_says_what_it_is_of_and_links_to_it(
    conn: psycopg.Connection, subjects: dict[str, str]
) -> None:
    analysis = artifact(conn, "analysis")
    written_id = _evaluate(conn, {**subjects, "produced_by": analysis})
    said = row(
        conn,
        "SELECT artifact_type, metadata ->> 'model_id', metadata ->> 'dataset_id', metadata -> 'dataset_version'"
        " FROM artifacts WHERE id = %s",
        written_id,
    )
    assert said == ("evaluation", subjects["model"], subjects["dataset"], 1)
    links = rows(
        conn,
        "SELECT link_type, target_artifact_id FROM artifact_links WHERE source_artifact_id = %s",
        written_id,
    )
    assert sorted(links) == [
        ("evaluates", subjects["model"]),
        ("produced_by", analysis),
        ("uses", subjects["dataset"]),
    ]


def test_arrays_are_taken_by_value_and_hashed_as_lists_are(
    conn: psycopg.Connection, subjects: dict[str, str]
) -> None:
    x = {"name": "time", "unit": "hr", "values": [0, 1, 2]}
    arrays = {**x, "values": np.arange(3)}
    plain = _evaluate(conn, subjects, x=x)
    by_value = _evaluate(conn, subjects, observed=np.array([1, 2.5, 3], dtype=np.float32), x=arrays)
    hashes = rows(conn, "SELECT content_hash FROM artifacts WHERE id = ANY (%s)", [plain, by_value])
    assert len(set(hashes)) == 1
    assert str(hashes[0][0]).startswith("sha256:")


def test_every_fault_of_a_call_is_named(conn: psycopg.Connection, subjects: dict[str, str]) -> None:
    before = written(conn)
    with pytest.raises(InvalidArtifact) as refused:
        register_evaluation(
            title="",
            metadata={**COLUMNS, "observed": [1, float("nan"), 3], "sample": ["a", "b"]},
            quality_score=2,
            conn=conn,
            model=subjects["model"],
            dataset=subjects["dataset"],
        )
    assert {fault.field for fault in refused.value.faults} == {
        "title",
        "quality_score",
        "metadata.observed[1]",
        "metadata.sample",
    }
    assert written(conn) == before


def test_what_it_is_of_must_be_registered(conn: psycopg.Connection, subjects: dict[str, str]) -> None:
    nowhere = {"model": "model-x", "dataset": "dataset-x", "produced_by": "x"}
    assert _refusal(conn, nowhere) == ["metadata.model_id", "metadata.dataset_id", "produced_by"]
    swapped = {"model": subjects["dataset"], "dataset": subjects["model"]}
    assert _refusal(conn, swapped) == ["metadata.model_id", "metadata.dataset_id"]
    assert _refusal(conn, {**subjects, "dataset_version": 2}) == ["metadata.dataset_version"]
    assert _refusal(conn, subjects, model_id="model-other") == ["metadata.model_id"]


def test_a_hash_of_the_callers_own_is_refused(conn: psycopg.Connection, subjects: dict[str, str]) -> None:
    assert _refusal(conn, {**subjects, "content_hash": "sha256:00"}) == ["content_hash"]


def test_an_evaluation_is_versioned_and_each_version_checked(
    conn: psycopg.Connection, subjects: dict[str, str]
) -> None:
    first = _evaluate(conn, subjects)
    metadata = {**COLUMNS, "model_id": subjects["model"], "dataset_id": subjects["dataset"]}
    second = version(conn, first, metadata={**metadata, "predicted": [1, 2, 3]})
    hashes = rows(conn, "SELECT content_hash FROM artifacts WHERE id = ANY (%s)", [first, second])
    assert len(set(hashes)) == 2
    links = rows(conn, "SELECT link_type FROM artifact_links WHERE source_artifact_id = %s", second)
    assert sorted(links) == [("derives_from",), ("evaluates",), ("uses",)]
    before = written(conn)
    with pytest.raises(InvalidArtifact, match=r"metadata.predicted is '2 values': give 3"):
        create_version(second, changelog="shorter", metadata={**metadata, "predicted": [1, 2]}, conn=conn)
    assert written(conn) == before


def test_sample_ids_of_a_dataset_are_checked(conn: psycopg.Connection) -> None:
    known = artifact(conn, "dataset", metadata={"sample_ids": ["a", "b"]})
    with pytest.raises(InvalidArtifact, match=r"metadata.sample_ids\[1\] is 'a': row 0 has this id"):
        artifact(conn, "tabular_dataset", metadata={"sample_ids": ["a", "a"]})
    with pytest.raises(InvalidArtifact, match=r"metadata\.sample_ids"):
        version(conn, known, metadata={"sample_ids": "a"})
    artifact(conn, "figure", metadata={"sample_ids": "whatever a figure means by it"})
