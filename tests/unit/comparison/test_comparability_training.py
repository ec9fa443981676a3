"""Metrics of the training data compare only between models with the same training data."""

import pytest

from scidex.atlas._model_registry.records.models import Json
from tests.unit.builders import traced
from tests.unit.comparison.judged_metrics import fitted, verdict


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
        ({"a": 1}, {"b": 1}, "which is dataset-a v1 for model-a and dataset-b v1 for model-b"),
        ({"a": 1}, {"a": 2}, "which is dataset-a v1 for model-a and dataset-a v2 for model-b"),
        (
            {"a": 1, "b": 1},
            {"a": 2, "b": 1},
            "which is dataset-a v1 and dataset-b v1 for model-a and dataset-a v2 and dataset-b v1 for model-b",
        ),
        (
            {"a": None},
            {"a": None},
            "and the version of dataset-a is not pinned by model-a and model-b, so it may have changed between them",
        ),
        (
            {"a": 1},
            {"a": None},
            "and the version of dataset-a is not pinned by model-b, so it may have changed between them",
        ),
        ({"a": 1}, {}, "and that of model-b is not known"),
        ({}, {}, "and that of model-a and model-b is not known"),
    ],
)
def test_likelihood_reason(a: dict[str, int | None], b: dict[str, int | None], why: str) -> None:
    reason = verdict(fitted("model-a", "aic", **a), fitted("model-b", "aic", **b))[1]
    assert reason == f"aic compares only between models fitted to the same data, {why}"


def test_likelihood_of_a_training_set_with_a_name_that_leads_nowhere() -> None:
    half_known = traced(
        "model-a", metrics={"aic": 1.0}, trained_on={"dataset-a": 1}, unregistered=("dataset-x",)
    )
    comparable, reason = verdict(half_known, fitted("model-b", "aic", a=1))
    assert comparable is False
    assert "which is dataset-a v1 and dataset-x for model-a and dataset-a v1 for model-b" in str(reason)


def test_likelihood_declared_for_different_data() -> None:
    models = (
        traced(
            name,
            metrics={"aic": 1.0},
            trained_on={"dataset-a": 1},
            metadata={"metric_metadata": {"aic": {"dataset": data}}},
        )
        for name, data in (("model-a", "dataset-a"), ("model-b", "dataset-b"))
    )
    assert verdict(*models)[0] is False


def test_likelihood_that_only_one_declares_data_for() -> None:
    declared: Json = {"software": "R", "metric_metadata": {"aic": {"dataset": "dataset-a"}}}
    one = traced("model-a", metrics={"aic": 1.0}, trained_on={"dataset-a": 1}, metadata=declared)
    assert verdict(one, fitted("model-b", "aic", a=1)) == (True, None)


def test_likelihood_of_held_out_data_is_a_score_of_that_data() -> None:
    models = (
        traced(
            name,
            metrics={"test_log_likelihood": 1.0},
            evaluated_on="dataset-c",
            trained_on={data: 1},
            metadata={"software": "mgcv"},
        )
        for name, data in (("model-a", "dataset-a"), ("model-b", "dataset-b"))
    )
    assert verdict(*models) == (True, None)


@pytest.mark.parametrize(
    ("a", "b", "comparable", "part"),
    [
        ({"a": 1}, {"a": 1}, True, None),
        ({"a": 1}, {"b": 1}, False, "which is dataset-a v1 for model-a and dataset-b v1 for model-b"),
        ({"a": 1}, {"a": 2}, False, "which is dataset-a v1 for model-a and dataset-a v2 for model-b"),
        ({"a": 1}, {"a": None}, None, "the version of dataset-a is not pinned by model-b"),
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
        traced(name, metrics={"train_rmse": 1.0}, trained_on={data: 1}, evaluated_on="dataset-c")
        for name, data in (("model-a", "dataset-a"), ("model-b", "dataset-b"))
    )
    assert verdict(*models)[0] is False


def test_train_metric_that_only_one_declares_data_for() -> None:
    declared: Json = {"metric_metadata": {"train_rmse": {"dataset": "dataset-a"}}}
    one = traced("model-a", metrics={"train_rmse": 1.0}, trained_on={"dataset-a": 1}, metadata=declared)
    comparable, reason = verdict(one, fitted("model-b", "train_rmse", a=1))
    assert comparable is None
    assert (
        reason
        == "train_rmse was measured on dataset-a v1 by model-a; the data on which model-b measured train_rmse are "
        "not declared"
    )


@pytest.mark.parametrize(
    "metric", ["training_log_loss", "loss/train", "accuracy_train", "cv_rmse", "oof_rmse"]
)
def test_what_was_measured_while_training_compares_only_on_the_same_training_data(metric: str) -> None:
    models = [
        traced(name, metrics={metric: 1.0}, trained_on={data: 1}, evaluated_on="dataset-c")
        for name, data in (("model-a", "dataset-a"), ("model-b", "dataset-b"))
    ]
    assert verdict(*models)[0] is False
