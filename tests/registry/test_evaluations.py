"""Evaluations as they are read: the newest sound one counts, and what is wrong with others is named."""

import random
from typing import Any

import psycopg
import pytest

from scidex.atlas._model_registry.reads.comparisons import documents
from scidex.atlas._model_registry.reads.evaluations import evaluations_of
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas.model_registry import get_model_detail
from tests.registry.rows import artifact, dataset, link, model
from tests.unit.evaluations.columns import binary, regression


@pytest.fixture(autouse=True)
def _subject(conn: psycopg.Connection) -> None:
    """Write a model and a dataset straight into the tables."""
    dataset(conn, "dataset-a")
    model(conn, "model-a")


def _evaluation(conn: psycopg.Connection, name: str, metadata: object, **columns: Any) -> None:
    artifact(conn, name, "evaluation", metadata=metadata, **columns)
    link(conn, name, "model-a", "evaluates")


def _read(conn: psycopg.Connection) -> tuple[list[Evaluation], list[str]]:
    found = evaluations_of(conn, documents(conn, ["model-a"]))
    return found.evaluations["model-a"], found.unreadable["model-a"]


def test_the_newest_sound_evaluation_of_a_dataset_version_and_split_counts(conn: psycopg.Connection) -> None:
    days = (f"2026-04-0{day}T00:00:00Z" for day in range(1, 7))
    for name, metadata in (
        ("old", regression()),
        ("sound", regression(predicted=[1, 2, 3])),
        ("broken", regression(observed=[1, None, 3])),
        ("train", regression(split="train")),
        ("other version", regression(dataset_version=2)),
        ("other model", regression(model_id="model-b")),
    ):
        _evaluation(conn, name, metadata, created_at=next(days))
    evaluations, unreadable = _read(conn)
    assert [one.id for one in evaluations] == ["other version", "train", "sound"]
    assert unreadable == [
        "evaluations.other model.metadata.model_id",
        "evaluations.broken.metadata.observed[1]",
    ]
    assert evaluations[2].columns.predicted == (1, 2, 3)
    assert evaluations[2].dataset_version == 1


@pytest.mark.parametrize("metadata", [None, [], "text", {}, {"observed": [1]}])
def test_whatever_an_evaluation_holds_it_is_read_or_named(conn: psycopg.Connection, metadata: object) -> None:
    _evaluation(conn, "e", metadata)
    evaluations, unreadable = _read(conn)
    assert evaluations == []
    assert unreadable
    assert all(path.startswith("evaluations.e") for path in unreadable)


@pytest.mark.parametrize("number", ["1e-5000", "1e5000"])
def test_numbers_of_thousands_of_digits_are_not_written_out(conn: psycopg.Connection, number: str) -> None:
    _evaluation(conn, "e", binary())
    conn.execute(
        "UPDATE artifacts SET metadata = jsonb_set(metadata, '{note}', %s::jsonb) WHERE id = 'e'", [number]
    )
    assert _read(conn)[1] == ["evaluations.e"]


def test_the_largest_evaluation_is_read(conn: psycopg.Connection) -> None:
    draw = random.Random(15).random  # noqa: S311  no secret
    rows, classes = 20_000, 18
    labels = [str(row % classes) for row in range(rows)]
    scores = {str(label): [draw() for _ in range(rows)] for label in range(classes)}
    columns = {"task": "multiclass", "observed": labels, "predicted": labels, "scores": scores}
    _evaluation(conn, "e", {**regression(), **columns})
    evaluations, unreadable = _read(conn)
    assert unreadable == []
    assert len(evaluations[0].columns.observed) == rows


def test_what_is_too_large_is_named_and_not_read(conn: psycopg.Connection) -> None:
    _evaluation(conn, "bytes", binary(note="x" * 8_100_000))
    _evaluation(conn, "packed", binary(note=random.Random(1).randbytes(4_300_000).hex()))  # noqa: S311
    assert sorted(_read(conn)[1]) == ["evaluations.bytes", "evaluations.packed"]


def test_of_many_large_evaluations_the_newest_are_read(conn: psycopg.Connection) -> None:
    text = f"1e{random.Random(1).randbytes(3_000_000).hex()}"  # noqa: S311  nothing to pack
    for number in range(6):
        day = f"2026-04-0{number + 1}T00:00:00Z"
        _evaluation(conn, f"e{number}", binary(note=text, dataset_version=number), created_at=day)
    evaluations, unreadable = _read(conn)
    assert [one.id for one in evaluations] == ["e5", "e4", "e3", "e2"]
    assert unreadable == ["evaluations.e1", "evaluations.e0"]


def test_a_detail_says_what_its_numbers_rest_on_and_what_of_it_was_trained_on(
    conn: psycopg.Connection,
) -> None:
    dataset(conn, "dataset-train", metadata={"sample_ids": ["p1", "p2", 3]})
    model(conn, "model-b", {"trained_on_dataset_id": "dataset-train"})
    leaking = regression(model_id="model-b", sample=["p1", 3, "p4"], group=["s", "s", "t"])
    artifact(conn, "e", "evaluation", metadata=leaking)
    link(conn, "e", "model-b", "evaluates")
    detail = get_model_detail("model-b", conn=conn)
    (entry,) = detail["evaluations"]
    assert {**entry, "metrics": []} == {
        "id": "e", "title": "e", "dataset": "dataset-a", "dataset_version": 1, "split": "test",
        "task": "regression", "rows": 3, "units": 2, "units_are": None, "resamples": 2000,
        "training_overlap": {"shared_samples": 2, "of": 3}, "caveat": None, "metrics": [], "state": "sound",
    }  # fmt: skip
    assert detail["leakage"] == {
        "found": True,
        "reason": "2 of the 3 test samples of dataset-a were trained on",
    }
    _evaluation(conn, "not known", regression(sample=["a", "b", "c"]))
    detail = get_model_detail("model-a", conn=conn)
    assert [one["training_overlap"] for one in detail["evaluations"]] == [None]
    assert detail["unreadable"] == []


def test_a_detail_recomputes_every_metric_and_warns_of_what_it_contradicts(conn: psycopg.Connection) -> None:
    model(
        conn,
        "model-b",
        {"evaluation_metrics": {"test_mae": 0.67, "test_rmse": 0.2}},
    )
    artifact(conn, "e", "evaluation", metadata=regression(model_id="model-b"))
    link(conn, "e", "model-b", "evaluates")
    detail = get_model_detail("model-b", conn=conn)
    metrics = {one["metric"]: one for one in detail["evaluations"][0]["metrics"]}
    assert metrics["mae"]["value"] == pytest.approx(2 / 3)
    assert (metrics["mae"]["agrees"], metrics["rmse"]["agrees"], metrics["r2"]["agrees"]) == (
        True,
        False,
        None,
    )
    assert {one["no_interval"] for one in metrics.values()} >= {"too few to say"}
    assert detail["warnings"] == [
        {
            "path": "evaluation_metrics.test_rmse",
            "message": "test_rmse is reported as 0.2, but e gives 0.707107.",
        }
    ]
    assert detail["leakage"]["found"] is None


def test_a_model_without_evaluations_cannot_be_told_to_leak(conn: psycopg.Connection) -> None:
    detail = get_model_detail("model-a", conn=conn)
    assert detail["leakage"] == {"found": None, "reason": "there is no evaluation on held-out data"}
