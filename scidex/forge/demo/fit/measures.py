"""Metrics of predictions on one split, named after it (``train_``, ``test_``)."""

import numpy as np
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    brier_score_loss,
    log_loss,
    mean_absolute_error,
    r2_score,
    roc_auc_score,
)

from scidex.forge.demo.fit.tables import Vector

# Definitions with all constants.
_LIKELIHOOD = {
    "log_likelihood": "ln L",
    "aic": "2 k - 2 ln L",
    "aicc": "2 k - 2 ln L + 2 k (k + 1) / (n - k - 1)",
    "bic": "k ln n - 2 ln L",
}
_LOWER = ("log_loss", "brier", "rmse", "mae", "rmse_log", "aic", "aicc", "bic")


def classification(outcome: Vector, probability: Vector, split: str) -> dict[str, float]:
    """Return the metrics of probabilities of the outcome 1; from one half on, the predicted outcome is 1."""
    called = probability >= 0.5  # noqa: PLR2004 - the threshold of the docstring
    values = {
        "roc_auc": roc_auc_score(outcome, probability),
        "accuracy": accuracy_score(outcome, called),
        "balanced_accuracy": balanced_accuracy_score(outcome, called),
        "log_loss": log_loss(outcome, probability),
        "brier": brier_score_loss(outcome, probability),
    }
    return {f"{split}_{name}": float(value) for name, value in values.items()}


def regression(observed: Vector, predicted: Vector, split: str) -> dict[str, float]:
    """Return the metrics of predictions of a quantity, in its unit; r2 is relative to the mean of the same split.

    ``rmse_log``, of natural logarithms, is added where all observations and predictions are positive.
    """
    values = {
        "rmse": np.sqrt(np.mean((predicted - observed) ** 2)),
        "mae": mean_absolute_error(observed, predicted),
        "r2": r2_score(observed, predicted),
    }
    if min(observed.min(), predicted.min()) > 0:
        values["rmse_log"] = np.sqrt(np.mean((np.log(predicted) - np.log(observed)) ** 2))
    return {f"{split}_{name}": float(value) for name, value in values.items()}


def declared(
    names: list[str], *, train: str | None, test: str, unit: str | None = None, response: str | None = None
) -> dict[str, dict[str, str]]:
    """Return direction, unit and dataset of each metric.

    ``test_`` metrics are measured on the test table; all others, cross-validated ``val_`` ones included, on the
    training table, whose id is None where it is not registered. ``unit`` is that of rmse and mae; ``response`` is the
    predicted quantity where the model was fitted to a transformation of it.
    """
    judged = {"response": response} if response else {}
    return {name: _declaration(name, train=train, test=test, unit=unit) | judged for name in names}


def _declaration(name: str, *, train: str | None, test: str, unit: str | None) -> dict[str, str]:
    bare = name if name in _LIKELIHOOD else name.split("_", 1)[1]
    declaration = {"direction": "lower" if bare in _LOWER else "higher"}
    if name in _LIKELIHOOD:
        declaration["definition"] = f"{_LIKELIHOOD[name]}, with all constants"
    if unit is not None and bare in ("rmse", "mae"):
        declaration["unit"] = unit
    dataset = test if name.startswith("test_") else train
    if dataset is not None:
        declaration["dataset"] = dataset
    return declaration
