"""Metrics of classes from the columns of an evaluation, as docs/evidence.md defines them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def class_metrics(columns: Mapping[str, Any]) -> dict[str, float]:
    """Return balanced accuracy and accuracy, of two classes with scores ROC AUC, of probabilities the Brier score."""
    observed, predicted = np.asarray(columns["observed"]), np.asarray(columns["predicted"])
    right = observed == predicted
    recalls = [np.mean(right[observed == one]) for one in np.unique(observed)]
    metrics = {"balanced_accuracy": float(np.mean(recalls)), "accuracy": float(np.mean(right))}
    if columns["task"] != "binary" or "scores" not in columns:
        return metrics
    scores, positive = np.asarray(columns["scores"], dtype=float), observed == columns["positive"]
    if columns["scores_are"] == "probability":
        metrics["brier"] = float(np.mean((scores - positive) ** 2))
    return (
        metrics if positive.all() or not positive.any() else {"roc_auc": roc_auc(scores, positive), **metrics}
    )


def roc_auc(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Return the share of pairs of both classes in which the positive one scores higher, ties counted half."""
    values, place = np.unique(scores, return_inverse=True)
    negatives = np.bincount(place[~positive], minlength=len(values))
    below = np.cumsum(negatives) - negatives / 2
    return float(np.mean(below[place[positive]]) / negatives.sum())
