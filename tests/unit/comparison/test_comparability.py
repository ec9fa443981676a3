"""Whether a metric's values may be set against each other, and the sentence that says why not."""

import pytest

from tests.unit.builders import an_input, traced
from tests.unit.comparison.judged_metrics import evaluated, fitted, verdict


def test_same_evaluation_data() -> None:
    assert verdict(evaluated("model-a", "dataset-a"), evaluated("model-b", "dataset-a")) == (True, None)


def test_different_evaluation_data() -> None:
    assert verdict(evaluated("model-b", "dataset-b"), evaluated("model-a", "dataset-a")) == (
        False,
        "rmse was measured on dataset-a v2 by model-a and on dataset-b v1 by model-b",
    )


def test_evaluation_data_declared_by_none() -> None:
    comparable, reason = verdict(evaluated("model-a", None), evaluated("model-b", None))
    assert (comparable, reason) == (
        None,
        "the data on which model-a and model-b measured rmse are not declared",
    )


def test_evaluation_data_declared_by_one() -> None:
    comparable, reason = verdict(evaluated("model-a", None), evaluated("model-b", "dataset-a"))
    assert comparable is None
    assert (
        reason
        == "rmse was measured on dataset-a v2 by model-b; the data on which model-a measured rmse are not declared"
    )


@pytest.mark.parametrize("spelling", ["dataset-b", "b"])
def test_dataset_of_the_metric_comes_before_that_of_the_model(spelling: str) -> None:
    own = evaluated("model-a", "dataset-a", declared={"dataset": spelling})
    assert verdict(own, evaluated("model-b", "dataset-a"))[0] is False
    assert verdict(own, evaluated("model-b", "dataset-b")) == (True, None)


def test_pins_tell_versions_of_one_dataset_apart() -> None:
    first, second, unpinned = (
        traced(
            name,
            metrics={"rmse": 1.0},
            evaluated_on="dataset-a",
            inputs=(an_input("dataset-a", pinned_version=version),),
        )
        for name, version in (("model-a", 1), ("model-b", 2), ("model-c", None))
    )
    assert verdict(first, second) == (
        False,
        "rmse was measured on dataset-a v1 by model-a and on dataset-a v2 by model-b",
    )
    assert verdict(first, unpinned) == (True, None)


def test_any_pair_that_does_not_compare_decides() -> None:
    models = [
        evaluated("model-a", None),
        evaluated("model-b", "dataset-a"),
        evaluated("model-c", "dataset-b"),
    ]
    comparable, reason = verdict(*models)
    assert comparable is False
    assert reason == "rmse was measured on dataset-a v2 by model-b and on dataset-b v1 by model-c"


def test_any_undecided_pair_leaves_the_metric_undecided() -> None:
    models = [
        evaluated("model-a", "dataset-a"),
        evaluated("model-b", "dataset-a"),
        evaluated("model-c", None),
    ]
    assert verdict(*models)[0] is None


def test_train_never_against_test() -> None:
    models = (
        evaluated(f"model-{split}", "dataset-a", declared={"split": split}) for split in ("train", "test")
    )
    comparable, reason = verdict(*models)
    assert comparable is False
    assert reason == "rmse was measured on the test split by model-test and on the train split by model-train"


def test_a_split_that_only_one_names_says_nothing() -> None:
    named = evaluated("model-a", "dataset-a", declared={"split": "test"})
    assert verdict(named, evaluated("model-b", "dataset-a")) == (True, None)
    assert verdict(evaluated("model-c", "dataset-a"), named) == (True, None)


@pytest.mark.parametrize(
    ("other", "words"), [("higher", "better when higher"), ("neutral", "neither better nor worse")]
)
def test_declared_directions_that_disagree(other: str, words: str) -> None:
    models = (
        evaluated(name, "dataset-a", "zorp", {"direction": direction})
        for name, direction in (("model-a", "lower"), ("model-b", other))
    )
    assert verdict(*models) == (
        False,
        f"zorp is declared better when lower by model-a and {words} by model-b",
    )


def test_targets_that_disagree() -> None:
    models = (
        evaluated(f"model-{target}", "dataset-a", "zorp", {"direction": "target", "target": target})
        for target in (1, 2)
    )
    assert verdict(*models) == (False, "zorp is declared best near 1 by model-1 and best near 2 by model-2")


def test_scales_of_waic() -> None:
    log, deviance, silent = (
        traced(
            f"model-{scale}",
            metrics={"waic": 1.0},
            trained_on={"dataset-a": 1},
            metadata={"software": "R", "metric_metadata": {"waic": {"scale": scale}}},
        )
        for scale in ("log", "deviance", None)
    )
    assert verdict(log, deviance)[0] is False
    assert verdict(log, silent) == (
        None,
        "waic is on the log scale for model-log; no scale is declared for model-None",
    )
    assert verdict(silent, fitted("model-x", "waic", a=1)) == (
        True,
        None,
    )


def test_sizes_need_no_common_data() -> None:
    assert verdict(evaluated("model-a", None, "epochs"), evaluated("model-b", "dataset-a", "epochs")) == (
        True,
        None,
    )
