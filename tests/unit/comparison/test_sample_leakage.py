"""Leakage between compared models by the ids of samples, which go before lineages."""

from typing import Any

from scidex.atlas._model_registry.comparison.training_data import training_data
from scidex.atlas._model_registry.contract.answers import TrainingData
from scidex.atlas._model_registry.records.evaluations import Evaluation
from tests.unit.builders import a_dataset, traced
from tests.unit.entries.test_leakage import evaluation

RAW = a_dataset("raw") | a_dataset("test", ancestors=("raw",)) | a_dataset("train", ancestors=("raw",))
LEAK = {"model": "a", "evaluated_on": "test", "in_training_of": "b", "via": "train"}


def told(
    evaluations: dict[str, list[Evaluation]], ids: dict[str, frozenset[str]], **trained_on: str
) -> TrainingData:
    models = [
        traced(name, trained_on={data: 1}, evaluated_on="test" if name == "a" else None)
        for name, data in trained_on.items()
    ]
    return training_data(models, RAW, ids, evaluations)


def on_test(*samples: str, **fields: Any) -> Evaluation:
    return evaluation(*samples, **{"dataset_id": "test", **fields})


def test_samples_in_the_training_data_of_another_model_are_counted() -> None:
    found = told({"a": [on_test("p1", "q")]}, {"train": frozenset({"p1"})}, a="other", b="train")
    assert found["leakage"] == [{**LEAK, "shared_samples": 1, "of": 2}]
    assert found["possible_leakage"] == []


def test_a_leak_that_a_lineage_suggests_too_is_told_once_with_its_samples() -> None:
    datasets = RAW | a_dataset("part", ancestors=("test",))
    models = [traced("a", evaluated_on="test"), traced("b", trained_on={"part": 1})]
    evaluations, ids = {"a": [on_test("p1", "q")]}, {"part": frozenset({"p1", "z"})}
    assert training_data(models, datasets)["leakage"] == [{**LEAK, "via": "part"}]
    found = training_data(models, datasets, ids, evaluations)["leakage"]
    assert found == [{**LEAK, "via": "part", "shared_samples": 1, "of": 2}]


def test_ids_refute_what_a_lineage_leaves_open() -> None:
    evaluations = {"a": [on_test("p1", "q")]}
    open_to_doubt = told(evaluations, {}, a="raw", b="other")
    assert [leak["via"] for leak in open_to_doubt["possible_leakage"]] == ["raw"]
    settled = told(evaluations, {"raw": frozenset({"z"})}, a="raw", b="other")
    assert (settled["leakage"], settled["possible_leakage"]) == ([], [])


def test_one_held_out_evaluation_without_ids_leaves_it_open() -> None:
    evaluations = {"a": [on_test("p1", "q"), on_test(split="validation")]}
    found = told(evaluations, {"raw": frozenset({"z"})}, a="raw", b="other")
    assert len(found["possible_leakage"]) == 1


def test_a_declared_split_of_a_training_dataset_cannot_be_told_without_the_samples_trained_on() -> None:
    validation = on_test("p1", "q", split="validation")
    found = told({"a": [validation]}, {"test": frozenset({"p1", "q", "r"})}, a="test", b="other")
    assert found["leakage"] == []
    assert [leak["via"] for leak in found["possible_leakage"]] == ["test"]
    trained = on_test("r", split="train")
    found = told({"a": [validation, trained]}, {}, a="test", b="other")
    assert (found["leakage"], found["possible_leakage"]) == ([], [])
