"""Whether held-out samples were trained on, according to their ids."""

from typing import Any

import pytest

from scidex.atlas._model_registry.entries.leakage import Training, leakage, shared_samples
from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation

IDS = {"dataset-train": frozenset({"p1", "p2"}), "dataset-both": frozenset({"p1", "q1", "q2"})}


def evaluation(*samples: str, **fields: Any) -> Evaluation:
    plain: dict[str, Any] = {"dataset_id": "dataset-test", "split": "test", **fields}
    rows = max(1, len(samples))
    columns = Columns(
        task="regression", observed=(1.0,) * rows, predicted=(1.0,) * rows, sample=samples or None
    )
    return Evaluation(
        id="e",
        title="e",
        version_number=1,
        model_id="model-a",
        dataset_version=1,
        columns=columns,
        digest="0",
        **plain,
    )


def verdict(*evaluations: Evaluation, trained_on: tuple[str, ...] = ("dataset-train",)) -> tuple[Any, str]:
    found = leakage(evaluations, Training(trained_on, IDS, evaluations))
    return found["found"], found["reason"]


def test_found_checked_and_none_or_not_told() -> None:
    assert verdict(evaluation("p1", "q1")) == (
        True,
        "1 of the 2 test samples of dataset-test was trained on",
    )
    assert verdict(evaluation("q1", "q2")) == (
        False,
        "none of the 2 test samples of dataset-test was trained on",
    )
    assert verdict(evaluation()) == (None, "the test samples of dataset-test have no ids")
    assert verdict(evaluation("q1"), trained_on=("dataset-train", "dataset-x")) == (
        None,
        "the test samples of dataset-test have ids, and dataset-x has none",
    )


def test_what_was_found_stands_though_another_dataset_has_no_ids() -> None:
    assert verdict(evaluation("p1", "p2"), trained_on=("dataset-x", "dataset-train")) == (
        True,
        "2 of the 2 test samples of dataset-test were trained on",
    )


@pytest.mark.parametrize("split", ["train", "cross_validation"])
def test_without_held_out_data_nothing_can_leak(split: str) -> None:
    assert verdict(evaluation("p1", split=split)) == (None, "there is no evaluation on held-out data")


def test_a_model_without_training_data_cannot_be_told() -> None:
    assert verdict(evaluation("p1"), trained_on=()) == (None, "no training dataset is registered")


def test_a_split_of_the_training_dataset_is_told_by_the_samples_of_the_training_split_alone() -> None:
    validation = evaluation("p2", split="validation", dataset_id="dataset-train")
    assert verdict(validation) == (
        None,
        "the validation samples of dataset-train are a split of the training dataset, and which of them were "
        "trained on is not recorded",
    )
    train = evaluation("p1", split="train", dataset_id="dataset-train")
    assert verdict(validation, train)[0] is False
    leaking = evaluation("p1", "p2", split="train", dataset_id="dataset-train")
    assert verdict(validation, leaking)[0] is True


def test_shared_samples_are_counted_once_and_the_dataset_with_most_comes_first() -> None:
    count, through = shared_samples(
        evaluation("p1", "q1", "z"), Training(("dataset-train", "dataset-both"), IDS, ())
    )
    assert count == {"shared_samples": 2, "of": 3}
    assert through == ["dataset-both", "dataset-train"]
