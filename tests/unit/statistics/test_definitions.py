"""A reported value agrees by any definition of its metric that tools use; if it agrees by none, it is contradicted."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

from scidex.atlas._model_registry.records.evaluations import Columns
from scidex.atlas._model_registry.statistics import scores
from scidex.atlas._model_registry.statistics.agreement import IN_NO_FORM, TOO_COARSE, agreement
from scidex.atlas._model_registry.statistics.arrays import arrays
from scidex.atlas._model_registry.statistics.definitions import definitions
from scidex.atlas._model_registry.statistics.table import METRICS, metrics_of
from tests.unit.statistics.generated import binary, multiclass, regression, weights

FORMS = Mapping[tuple[str, str], float]


def of_regression(columns: Columns) -> FORMS:
    """Compute other definitions of the metrics of a regression with scikit-learn."""
    y, p = (np.array(side, dtype=float) for side in (columns.observed, columns.predicted))
    rows = len(y)
    return {
        ("mse", "over rows less 3"): sk.mean_squared_error(y, p) * rows / (rows - 3),
        ("rmse", "over rows less 2"): float(np.sqrt(np.sum((y - p) ** 2) / (rows - 2))),
        ("r2", "squared correlation"): float(np.corrcoef(y, p)[0, 1] ** 2),
        ("r2", "about zero"): float(1 - np.sum((y - p) ** 2) / np.sum(y**2)),
        ("r2", "in per cent"): 100 * sk.r2_score(y, p),
        ("explained_variance", "in per cent"): 100 * sk.explained_variance_score(y, p),
        ("mape", "in per cent"): 100 * sk.mean_absolute_percentage_error(y, p),
        ("bias", "observed less predicted"): float(np.mean(y - p)),
    }


def test_a_number_of_one_digit_names_no_other_definition() -> None:
    columns, brier = binary(5), METRICS["brier"]
    (value,) = scores.brier(data := arrays(columns), data.weights[None, :]) * 2
    found = agreement(columns, brier, float(f"{value:.1g}"))
    assert (found.agrees, found.form, found.reason) == (None, None, TOO_COARSE)
    assert agreement(columns, brier, float(f"{value:.3g}")).form == "doubled"


def of_binary(columns: Columns) -> FORMS:
    """Compute other definitions of the metrics of two classes with scikit-learn."""
    y, scores = np.array(columns.observed) == "ill", np.array(columns.scores)
    labels = scores >= 0.5
    precision, recall, _ = sk.precision_recall_curve(y, scores)
    own = {"sample_weight": columns.weights}
    return {
        ("brier", "doubled"): 2 * sk.brier_score_loss(y, scores),
        ("log_loss", "in bits"): sk.log_loss(y, scores) / np.log(2),
        ("f1", "macro"): sk.f1_score(y, labels, average="macro"),
        ("recall", "weighted"): sk.recall_score(y, labels, average="weighted"),
        ("balanced_accuracy", "adjusted for chance"): sk.balanced_accuracy_score(y, labels, adjusted=True),
        ("average_precision", "trapezoids"): sk.auc(recall, precision),
        ("ece", "5 bins of equal width of the positive class"): _ece(y, scores, 5),
        ("ece", "15 bins of equal width of the predicted class"): _ece(
            np.where(scores > 0.5, y, ~y), np.maximum(scores, 1 - scores), 15
        ),
    } | ({("roc_auc", "unweighted"): sk.roc_auc_score(y, scores)} if own["sample_weight"] else {})


def of_several(columns: Columns) -> FORMS:
    """Compute other definitions of the metrics of several classes with scikit-learn."""
    y, p = np.array(columns.observed), np.array(columns.predicted)
    chances = np.stack([(columns.class_scores or {})[name] for name in "abc"], axis=1)
    truth = np.stack([y == name for name in "abc"], axis=1)
    brier = float(np.mean(np.sum((chances - truth) ** 2, axis=1)))
    ovo: dict[str, Any] = {"multi_class": "ovo"}
    return {
        ("brier", "halved"): brier / 2,
        ("brier", "mean over classes"): brier / 3,
        ("cohen_kappa", "linear weights"): sk.cohen_kappa_score(y, p, weights="linear"),
        ("cohen_kappa", "quadratic weights"): sk.cohen_kappa_score(y, p, weights="quadratic"),
        ("roc_auc", "weighted"): sk.roc_auc_score(truth, chances, average="weighted"),
        ("roc_auc", "micro"): sk.roc_auc_score(truth, chances, average="micro"),
        ("roc_auc", "one against one"): sk.roc_auc_score(y, chances, **ovo),
        ("roc_auc", "one against one, weighted"): sk.roc_auc_score(y, chances, average="weighted", **ovo),
        ("average_precision", "weighted"): sk.average_precision_score(truth, chances, average="weighted"),
        ("average_precision", "micro"): sk.average_precision_score(truth, chances, average="micro"),
    }


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("draw", "oracle"), [(regression, of_regression), (binary, of_binary), (multiclass, of_several)]
)
def test_each_definition_is_that_of_a_tool_and_is_named(draw: Any, oracle: Any, seed: int) -> None:
    columns = draw(seed)
    for (metric, form), value in oracle(columns).items():
        data = arrays(columns)
        measure = dict(definitions(metric, data))[form]
        assert measure(data, data.weights[None, :])[0] == pytest.approx(value, rel=1e-9), (metric, form)
        assert agreement(columns, METRICS[metric], value).agrees is True, (metric, form)


@pytest.mark.parametrize("columns", [regression(1), binary(1), multiclass(1)], ids=lambda c: c.task)
def test_what_no_definition_gives_is_contradicted_with_both_values(columns: Columns) -> None:
    for metric in metrics_of(columns):
        least = min(_all_forms(columns, metric.name))
        off = least - 0.317 - abs(least)
        found = agreement(columns, metric, off)
        assert (found.agrees, found.value is not None) == (False, True), metric.name


def test_a_brier_score_that_neither_value_nor_double_nor_half_gives_is_contradicted() -> None:
    columns = binary(3)
    plain = agreement(columns, METRICS["brier"], 0.0).value
    assert plain is not None
    found = agreement(columns, METRICS["brier"], round(plain / 3, 3))
    assert (found.agrees, found.value, found.reason) == (False, plain, IN_NO_FORM)
    assert agreement(columns, METRICS["brier"], round(plain * 2, 3)).form == "doubled"


def test_a_probability_of_nought_may_be_any_small_number() -> None:
    columns = Columns(
        task="binary",
        observed=("ill", "well", "ill"),
        scores=(0.0, 0.25, 0.9),
        scores_are="probability",
        positive="ill",
    )
    keras = -float(np.mean(np.log([1e-7, 0.75, 0.9])))
    assert agreement(columns, METRICS["log_loss"], round(keras, 4)).form == "probabilities from 1e-07"


def test_weights_and_groups_have_forms_of_their_own() -> None:
    weighted = binary(4, **weights(4, 60))
    y = np.array(weighted.observed) == "ill"
    area = sk.roc_auc_score(y, weighted.scores)
    assert agreement(weighted, METRICS["roc_auc"], area).form == "unweighted"
    grouped = regression(5, group=tuple(f"subject {i % 4}" for i in range(40)))
    y, p = (np.array(side, dtype=float) for side in (grouped.observed, grouped.predicted))
    over = float(np.mean([sk.r2_score(y[i::4], p[i::4]) for i in range(4)]))
    assert agreement(grouped, METRICS["r2"], over).form == "mean over groups"


def test_a_mean_over_many_groups_takes_no_memory() -> None:
    rows = 2_000
    grouped = regression(6, rows, group=tuple(f"subject {i}" for i in range(rows)))
    assert agreement(grouped, METRICS["mae"], -1.0).agrees is False


def _all_forms(columns: Columns, metric: str) -> list[float]:
    data = arrays(columns)
    own = data.weights[None, :]
    values = [measure(data, own)[0] for _, measure in definitions(metric, data)]
    return [float(v) for v in (METRICS[metric].measure(data, own)[0], *values) if np.isfinite(v)]


def _ece(came: Any, chance: Any, bins: int) -> float:
    """Add up bins of scikit-learn's calibration curve, which drops those without rows."""
    share, mean = calibration_curve(came, chance, n_bins=bins)
    edges = np.linspace(0, 1, bins + 1)
    held = np.bincount(np.searchsorted(edges[1:-1], chance), minlength=bins)
    return float(np.sum(np.abs(share - mean) * held[held > 0]) / len(chance))
