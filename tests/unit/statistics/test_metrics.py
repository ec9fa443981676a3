"""Recomputed metrics are what scikit-learn and scipy give for the same columns."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics as sk

from scidex.atlas._model_registry.records.evaluations import Columns
from scidex.atlas._model_registry.statistics.agreement import agreement, holds, value_of_all_rows
from scidex.atlas._model_registry.statistics.arrays import arrays
from scidex.atlas._model_registry.statistics.table import METRICS, metrics_of
from tests.unit.statistics.generated import binary, multiclass, regression, weights

SEEDS = range(8)

REGRESSION: dict[str, Callable[..., Any]] = {
    "rmse": sk.root_mean_squared_error,
    "mse": sk.mean_squared_error,
    "mae": sk.mean_absolute_error,
    "medae": sk.median_absolute_error,
    "max_error": sk.max_error,
    "r2": sk.r2_score,
    "explained_variance": sk.explained_variance_score,
    "mape": sk.mean_absolute_percentage_error,
    "bias": lambda y, p, **kw: np.average(p - y, weights=kw.get("sample_weight")),
    "pearson": lambda y, p: stats.pearsonr(y, p)[0],
    "spearman": lambda y, p: stats.spearmanr(y, p)[0],
}
LABELS: dict[str, Callable[..., Any]] = {
    "accuracy": sk.accuracy_score,
    "balanced_accuracy": sk.balanced_accuracy_score,
    "mcc": sk.matthews_corrcoef,
    "cohen_kappa": sk.cohen_kappa_score,
}
AVERAGED: dict[str, Callable[..., Any]] = {
    "precision": sk.precision_score,
    "recall": sk.recall_score,
    "f1": sk.f1_score,
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weighted", [False, True])
def test_metrics_of_regressions_are_those_of_scikit_learn(seed: int, weighted: bool) -> None:
    columns = regression(seed, **(weights(seed, 40) if weighted else {}))
    y, p = np.array(columns.observed, dtype=float), np.array(columns.predicted, dtype=float)
    for name, oracle in REGRESSION.items():
        if weighted and name in {"pearson", "spearman", "max_error", "medae"}:
            continue
        expected = oracle(y, p, sample_weight=columns.weights) if weighted else oracle(y, p)
        assert value_of_all_rows(columns, METRICS[name]) == pytest.approx(expected, rel=1e-9), name


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weighted", [False, True])
def test_metrics_of_binary_tasks_are_those_of_scikit_learn(seed: int, weighted: bool) -> None:
    columns = binary(seed, **(weights(seed, 60) if weighted else {}))
    given = {"sample_weight": columns.weights} if weighted else {}
    y = np.array(columns.observed) == "ill"
    scores = np.array(columns.scores)
    p = scores >= 0.5
    expected = {name: oracle(y, p, **given) for name, oracle in {**LABELS, **AVERAGED}.items()}
    expected |= {
        "specificity": sk.recall_score(y, p, pos_label=False, **given),
        "roc_auc": sk.roc_auc_score(y, scores, **given),
        "average_precision": sk.average_precision_score(y, scores, **given),
        "log_loss": sk.log_loss(y, scores, **given),
        "brier": sk.brier_score_loss(y, scores, **given),
        "ece": _ece(y.astype(float), scores, columns.weights),
    }
    assert expected.keys() == {metric.name for metric in metrics_of(columns)}
    for name, value in expected.items():
        assert value_of_all_rows(columns, METRICS[name]) == pytest.approx(value, rel=1e-9), name


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weighted", [False, True])
def test_metrics_of_several_classes_are_those_of_scikit_learn(seed: int, weighted: bool) -> None:
    columns = multiclass(seed, **(weights(seed, 90) if weighted else {}))
    given = {"sample_weight": columns.weights} if weighted else {}
    y, p, chances, truth = _several(columns)
    expected = {name: oracle(y, p, **given) for name, oracle in LABELS.items()}
    expected |= {name: oracle(y, p, average="macro", **given) for name, oracle in AVERAGED.items()}
    expected |= {
        "specificity": np.mean([sk.recall_score(y == k, p == k, pos_label=False, **given) for k in "abc"]),
        "roc_auc": np.mean([sk.roc_auc_score(truth[:, i], chances[:, i], **given) for i in range(3)]),
        "average_precision": sk.average_precision_score(truth, chances, average="macro", **given),
        "log_loss": sk.log_loss(y, chances, **given),
        "brier": sk.brier_score_loss(y, chances, labels=["a", "b", "c"], **given),
    }
    for name, value in expected.items():
        assert value_of_all_rows(columns, METRICS[name]) == pytest.approx(value, rel=1e-9), name


def _several(columns: Columns) -> tuple[Any, Any, Any, Any]:
    y, p = np.array(columns.observed), np.array(columns.predicted)
    scores = columns.class_scores or {}
    return y, p, np.stack([scores[k] for k in "abc"], axis=1), np.stack([y == k for k in "abc"], axis=1)


def _ece(y: Any, scores: Any, given: Any) -> float:
    w = np.ones(len(y)) if given is None else np.array(given)
    total = 0.0
    for low in range(10):
        inside = np.minimum((scores * 10).astype(int), 9) == low
        total += abs(np.sum(w[inside] * (scores[inside] - y[inside])))
    return float(total / w.sum())


@pytest.mark.parametrize("columns", [regression(1), binary(1), multiclass(1)], ids=lambda c: c.task)
def test_counting_a_row_twice_is_repeating_it(columns: Columns) -> None:
    """Resamples are weights: each metric must take them for copies of rows."""
    data = arrays(columns)
    times = np.random.default_rng(3).integers(0, 3, len(columns.observed))
    rows = np.repeat(np.arange(len(times)), times)
    copied = replace(
        data,
        observed=data.observed[rows],
        predicted=data.predicted[rows],
        weights=data.weights[rows],
        scores=None if data.scores is None else data.scores[rows],
    )
    for metric in metrics_of(columns):
        counted = metric.measure(data, times[None, :].astype(float))
        repeated = metric.measure(copied, copied.weights[None, :])
        assert counted == pytest.approx(repeated, rel=1e-9), metric.name


@pytest.mark.parametrize("columns", [regression(2), binary(2), multiclass(2)], ids=lambda c: c.task)
def test_the_order_of_rows_changes_nothing(columns: Columns) -> None:
    shuffled = permuted(columns, 5)
    for metric in metrics_of(columns):
        assert value_of_all_rows(columns, metric) == value_of_all_rows(shuffled, metric)


def permuted(columns: Columns, seed: int) -> Columns:
    """Return the columns with their rows in another order."""
    at = np.random.default_rng(seed).permutation(len(columns.observed))
    changed: dict[str, Any] = {
        name: tuple(values[i] for i in at)
        for name in ("observed", "predicted", "scores", "sample", "group", "weights", "fold")
        if (values := getattr(columns, name)) is not None
    }
    if columns.class_scores:
        changed["class_scores"] = {k: tuple(v[i] for i in at) for k, v in columns.class_scores.items()}
    return replace(columns, **changed)


def test_an_error_scales_with_its_unit_and_a_share_does_not() -> None:
    columns = regression(4)
    large = replace(
        columns,
        observed=tuple(1e200 * float(v) for v in columns.observed),
        predicted=tuple(1e200 * float(v) for v in columns.predicted or ()),
    )
    for name, power in {
        "rmse": 1,
        "mae": 1,
        "medae": 1,
        "r2": 0,
        "pearson": 0,
        "spearman": 0,
        "mape": 0,
    }.items():
        small = value_of_all_rows(columns, METRICS[name])
        assert small is not None
        assert value_of_all_rows(large, METRICS[name]) == pytest.approx(small * 1e200**power, rel=1e-9)


def test_what_is_undefined_has_no_value() -> None:
    constant = Columns(task="regression", observed=(2.0, 2.0), predicted=(1.0, 2.0))
    assert value_of_all_rows(constant, METRICS["r2"]) is None
    assert value_of_all_rows(constant, METRICS["pearson"]) is None
    one_class = Columns(task="binary", observed=("1", "1"), scores=(0.2, 0.9), positive="1")
    assert value_of_all_rows(one_class, METRICS["roc_auc"]) is None
    with_zero = Columns(task="regression", observed=(0.0, 2.0), predicted=(1.0, 2.0))
    assert value_of_all_rows(with_zero, METRICS["mape"]) is None


@pytest.mark.parametrize(
    ("reported", "value", "expected"),
    [
        (0.84, 0.8449, True),
        (0.84, 0.8451, False),
        (0.8, 0.8, True),
        (0.8, 0.84, None),
        (0.8, 0.86, False),
        (84.0, 0.841, True),
        (85.0, 0.841, False),
        (0.835, 0.8354999, True),
    ],
)
def test_a_share_agrees_within_half_a_unit_of_its_last_decimal(
    reported: float, value: float, expected: bool | None
) -> None:
    assert holds(reported, value, METRICS["roc_auc"]) is expected


@pytest.mark.parametrize(
    ("metric", "reported", "value", "expected"),
    [
        ("brier", 0.2, 0.22, None),
        ("brier", 0.2, 0.204, True),
        ("brier", 1.2, 1.22, True),
        ("r2", 0.9, 0.93, None),
        ("r2", -2.4, -2.43, True),
        ("explained_variance", 0.9, 0.96, False),
    ],
)
def test_a_number_within_one_is_held_to_two_decimals(
    metric: str, reported: float, value: float, expected: bool | None
) -> None:
    assert holds(reported, value, METRICS[metric]) is expected


def test_an_error_agrees_within_half_a_unit_as_it_was_written() -> None:
    assert holds(12.0, 12.4, METRICS["rmse"]) is True
    assert holds(0.3, 0.26, METRICS["rmse"]) is True
    assert holds(0.3, 0.26, METRICS["rmse"], significant=2) is None
    assert holds(12.3, 12.4, METRICS["rmse"]) is False
    assert holds(1.2e-7, 1.24e-7, METRICS["rmse"]) is True
    assert holds(1.2e-7, 1.26e-7, METRICS["rmse"]) is False


def test_the_form_that_matches_is_named() -> None:
    columns = multiclass(5)
    y, p, _, _ = _several(columns)
    value = sk.f1_score(y, p, average="weighted")
    assert agreement(columns, METRICS["f1"], value).form == "weighted"
    assert agreement(columns, METRICS["f1"], sk.f1_score(y, p, average="macro")).form is None
    assert agreement(columns, METRICS["f1"], 0.01).agrees is False


def test_a_mean_over_folds_is_named() -> None:
    columns = regression(6, fold=tuple(str(i % 4) for i in range(40)))
    y, p = np.array(columns.observed, dtype=float), np.array(columns.predicted, dtype=float)
    over = np.mean([sk.root_mean_squared_error(y[i::4], p[i::4]) for i in range(4)])
    found = agreement(permuted(columns, 2), METRICS["rmse"], float(over))
    assert (found.agrees, found.form) == (True, "mean over folds")


def test_ranks_are_exact_where_nearly_all_rows_are_tied() -> None:
    few = [0.1, 0.9, -0.3, 2.0, 0.4, -1.2, 0.6, 0.2, -0.7]
    observed, predicted = ((*own, *[0.0] * (20_000 - len(own))) for own in (few[::-1], few))
    columns = Columns(task="regression", observed=observed, predicted=predicted)
    expected = stats.spearmanr(observed, predicted).statistic
    assert value_of_all_rows(columns, METRICS["spearman"]) == pytest.approx(expected, abs=1e-9)
