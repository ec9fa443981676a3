"""Whether a metric's values may be set against each other, and the sentence that says why not."""

import pytest

from scidex.atlas._model_registry.comparison.metric_rows import metric_rows
from scidex.atlas._model_registry.records import Json, ModelEvidence
from tests.unit.builders import a_dataset, an_input, evidence

DATASETS = a_dataset("dataset-a", version=2) | a_dataset("dataset-b") | a_dataset("dataset-c")


def verdict(*models: ModelEvidence) -> tuple[bool | None, str | None]:
    (row,) = metric_rows(models, baseline=models[0].document.model.id, datasets=DATASETS)
    if row["comparable"] is False:
        assert row["best"] == []
    return row["comparable"], row["reason"]


def evaluated(name: str, on: str | None, metric: str = "rmse", declared: Json = None) -> ModelEvidence:
    metadata: Json = {"metric_metadata": {metric: declared}}
    return evidence(name, metrics={metric: 1.0}, evaluated_on=on, metadata=metadata)


def fitted(name: str, metric: str, **trained_on: int | None) -> ModelEvidence:
    pins = {f"dataset-{letter}": pin for letter, pin in trained_on.items()}
    return evidence(name, metrics={metric: 1.0}, trained_on=pins)


def test_same_evaluation_data() -> None:
    assert verdict(evaluated("model-a", "dataset-a"), evaluated("model-b", "dataset-a")) == (True, None)


def test_different_evaluation_data() -> None:
    assert verdict(evaluated("model-b", "dataset-b"), evaluated("model-a", "dataset-a")) == (
        False,
        "rmse was measured on dataset-a v2 by model-a and on dataset-b v1 by model-b",
    )


def test_evaluation_data_declared_by_none() -> None:
    comparable, reason = verdict(evaluated("model-a", None), evaluated("model-b", None))
    assert (comparable, reason) == (None, "neither model-a nor model-b declares what rmse was measured on")


def test_evaluation_data_declared_by_one() -> None:
    comparable, reason = verdict(evaluated("model-a", None), evaluated("model-b", "dataset-a"))
    assert comparable is None
    assert reason == "model-b measured rmse on dataset-a v2; model-a does not declare what it measured it on"


@pytest.mark.parametrize("spelling", ["dataset-b", "b"])
def test_dataset_of_the_metric_comes_before_that_of_the_model(spelling: str) -> None:
    own = evaluated("model-a", "dataset-a", declared={"dataset": spelling})
    assert verdict(own, evaluated("model-b", "dataset-a"))[0] is False
    assert verdict(own, evaluated("model-b", "dataset-b")) == (True, None)


def test_pins_tell_versions_of_one_dataset_apart() -> None:
    first, second, unpinned = (
        evidence(
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


def test_any_pair_that_cannot_be_told_leaves_it_open() -> None:
    models = [
        evaluated("model-a", "dataset-a"),
        evaluated("model-b", "dataset-a"),
        evaluated("model-c", None),
    ]
    assert verdict(*models)[0] is None


@pytest.mark.parametrize(
    "metric",
    [
        "aic",
        "aicc",
        "bic",
        "dic",
        "waic",
        "loo",
        "log_likelihood",
        "elbo",
        "log_evidence",
        "train_log_evidence",
    ],
)
def test_likelihoods_need_the_same_pinned_training_data(metric: str) -> None:
    assert verdict(fitted("model-a", metric, a=1, b=1), fitted("model-b", metric, b=1, a=1)) == (True, None)
    assert verdict(fitted("model-a", metric, a=1), fitted("model-b", metric, a=1, b=1))[0] is False
    assert verdict(fitted("model-a", metric, a=1), fitted("model-b", metric, a=2))[0] is False
    assert verdict(fitted("model-a", metric, a=None), fitted("model-b", metric, a=None))[0] is False
    assert verdict(fitted("model-a", metric), fitted("model-b", metric))[0] is False


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ({"a": 1}, {"b": 1}, "model-a was fitted to dataset-a v1 and model-b to dataset-b v1"),
        ({"a": 1}, {"a": 2}, "model-a was fitted to dataset-a v1 and model-b to dataset-a v2"),
        (
            {"a": 1},
            {"a": None},
            "model-b does not pin dataset-a to a version, so it may have changed between them",
        ),
        ({"a": 1}, {}, "what model-b was fitted to is not known"),
        ({}, {}, "what model-a and model-b was fitted to is not known"),
    ],
)
def test_likelihood_reason(a: dict[str, int | None], b: dict[str, int | None], why: str) -> None:
    reason = verdict(fitted("model-a", "aic", **a), fitted("model-b", "aic", **b))[1]
    assert reason == f"aic compares only between models fitted to the same data: {why}"


def test_likelihood_of_a_training_set_with_a_name_that_leads_nowhere() -> None:
    half_known = evidence(
        "model-a", metrics={"aic": 1.0}, trained_on={"dataset-a": 1}, unregistered=("dataset-x",)
    )
    comparable, reason = verdict(half_known, fitted("model-b", "aic", a=1))
    assert comparable is False
    assert "model-a was fitted to dataset-a v1 and dataset-x and model-b to dataset-a v1" in str(reason)


def test_likelihood_declared_for_different_data() -> None:
    models = (
        evidence(
            name,
            metrics={"aic": 1.0},
            trained_on={"dataset-a": 1},
            metadata={"metric_metadata": {"aic": {"dataset": data}}},
        )
        for name, data in (("model-a", "dataset-a"), ("model-b", "dataset-b"))
    )
    assert verdict(*models)[0] is False


def test_likelihood_of_held_out_data_is_a_score_of_that_data() -> None:
    models = (
        evidence(name, metrics={"test_log_likelihood": 1.0}, evaluated_on="dataset-c", trained_on={data: 1})
        for name, data in (("model-a", "dataset-a"), ("model-b", "dataset-b"))
    )
    assert verdict(*models) == (True, None)


@pytest.mark.parametrize(
    ("a", "b", "comparable", "part"),
    [
        ({"a": 1}, {"a": 1}, True, None),
        ({"a": 1}, {"b": 1}, False, "which is dataset-a v1 for model-a and dataset-b v1 for model-b"),
        ({"a": 1}, {"a": 2}, False, "which is dataset-a v1 for model-a and dataset-a v2 for model-b"),
        ({"a": 1}, {"a": None}, None, "model-b does not pin dataset-a to a version"),
        ({"a": 1}, {}, None, "that of model-b is not known"),
    ],
)
def test_train_metrics_are_measured_on_the_training_data(
    a: dict[str, int | None], b: dict[str, int | None], comparable: bool | None, part: str | None
) -> None:
    found, reason = verdict(fitted("model-a", "train_rmse", **a), fitted("model-b", "train_rmse", **b))
    assert found is comparable
    assert reason is None if part is None else part in str(reason)


def test_evaluation_data_says_nothing_of_a_train_metric() -> None:
    models = (
        evidence(name, metrics={"train_rmse": 1.0}, trained_on={data: 1}, evaluated_on="dataset-c")
        for name, data in (("model-a", "dataset-a"), ("model-b", "dataset-b"))
    )
    assert verdict(*models)[0] is False


def test_train_never_against_test() -> None:
    models = (
        evaluated(f"model-{split}", "dataset-a", declared={"split": split}) for split in ("train", "test")
    )
    comparable, reason = verdict(*models)
    assert comparable is False
    assert reason == "rmse was measured on the test split by model-test and on the train split by model-train"


def test_declared_directions_that_disagree() -> None:
    models = (
        evaluated(name, "dataset-a", "zorp", {"direction": direction})
        for name, direction in (("model-a", "lower"), ("model-b", "higher"))
    )
    comparable, reason = verdict(*models)
    assert comparable is False
    assert reason == "zorp is declared better when lower by model-a and better when higher by model-b"


def test_targets_that_disagree() -> None:
    models = (
        evaluated(f"model-{target}", "dataset-a", "zorp", {"direction": "target", "target": target})
        for target in (1, 2)
    )
    assert verdict(*models) == (False, "zorp is declared best near 1 by model-1 and best near 2 by model-2")


def test_scales_of_waic() -> None:
    log, deviance, silent = (
        evidence(
            f"model-{scale}",
            metrics={"waic": 1.0},
            trained_on={"dataset-a": 1},
            metadata={"metric_metadata": {"waic": {"scale": scale}}},
        )
        for scale in ("log", "deviance", None)
    )
    assert verdict(log, deviance)[0] is False
    assert verdict(log, silent) == (None, "waic is on the log scale for model-log; model-None names no scale")
    assert verdict(silent, evidence("model-x", metrics={"waic": 2.0}, trained_on={"dataset-a": 1})) == (
        True,
        None,
    )


def test_sizes_need_no_common_data() -> None:
    assert verdict(evaluated("model-a", None, "epochs"), evaluated("model-b", "dataset-a", "epochs")) == (
        True,
        None,
    )
