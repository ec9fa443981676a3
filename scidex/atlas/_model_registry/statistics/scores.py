"""Metrics of scores and probabilities. Each takes (k, n) weights of rows and returns (k,) values, NaN where undefined.

Several classes are averaged, each alike, one against the rest.
"""

from collections.abc import Callable

import numpy as np

from scidex.atlas._model_registry.statistics.arrays import Arrays, Flags, Floats
from scidex.atlas._model_registry.statistics.regression import mean, middle_ranks, ratio

_BINS = 10


def roc_auc(data: Arrays, weights: Floats) -> Floats:
    """Chance that a positive row scores above a negative one, ties counted half (roc_auc_score).

    Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747.
    """
    return _each_class(data, weights, _roc_auc)


def average_precision(data: Arrays, weights: Floats) -> Floats:
    """Precision at each threshold, weighted by the recall that it adds (average_precision_score)."""
    return _each_class(data, weights, _average_precision)


def log_loss(data: Arrays, weights: Floats) -> Floats:
    """Mean negative logarithm of the probability of the observed class (scikit-learn: log_loss)."""
    chance = np.sum(data.truth * _probabilities(data), axis=1)
    smallest = np.finfo(float).eps
    return mean(weights, -np.log(np.clip(chance, smallest, 1 - smallest)))


def brier(data: Arrays, weights: Floats) -> Floats:
    """Mean squared error of the probabilities; of several classes, added up over them (brier_score_loss).

    Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
    """
    squares = (data.truth - _probabilities(data)) ** 2
    return mean(weights, squares[:, -1] if data.task == "binary" else squares.sum(axis=1))


def ece(data: Arrays, weights: Floats) -> Floats:
    """Mean distance of probability and frequency in ten bins of equal width.

    A binary task bins the probability of the positive class (Naeini 2015, doi:10.1609/aaai.v29i1.9602), several
    classes that of the most probable one (Guo 2017, arXiv:1706.04599).
    """
    probabilities = _probabilities(data)
    if data.task == "binary":
        chance, came = probabilities[:, -1], data.truth[:, -1]
    else:
        chance = probabilities.max(axis=1)
        came = (probabilities.argmax(axis=1) == data.observed).astype(float)
    bins = np.eye(_BINS)[np.clip((chance * _BINS).astype(np.intp), 0, _BINS - 1)]
    return ratio(np.abs(weights @ (bins * (chance - came)[:, None])).sum(axis=1), weights.sum(axis=1))


def _probabilities(data: Arrays) -> Floats:
    """Return the probabilities by class, (n, classes)."""
    if data.scores is None:
        raise ValueError("the evaluation has no probabilities")
    return data.scores if data.scores.ndim > 1 else np.stack([1 - data.scores, data.scores], axis=1)


def _each_class(data: Arrays, weights: Floats, measure: Callable[[Floats, Flags, Floats], Floats]) -> Floats:
    if data.scores is None:
        raise ValueError("the evaluation has no scores")
    if data.task == "binary":
        return measure(data.scores, data.observed == 1, weights)
    values = [measure(data.scores[:, i], data.observed == i, weights) for i in range(len(data.classes))]
    averaged: Floats = np.mean(values, axis=0)
    return averaged


def _roc_auc(scores: Floats, positive: Flags, weights: Floats) -> Floats:
    rows = weights.T
    ahead, behind = rows[positive], rows[~positive]
    at = np.argsort(scores[~positive], kind="stable")
    ordered = scores[~positive][at]
    below = np.zeros((len(ordered) + 1, len(weights)))
    np.cumsum(behind[at], axis=0, out=below[1:])
    first = np.searchsorted(ordered, scores[positive], "left")
    last = np.searchsorted(ordered, scores[positive], "right")
    won = np.einsum("ij,ij->j", ahead, below[first] + below[last])
    return ratio(won / 2, ahead.sum(axis=0) * below[-1])


def _average_precision(scores: Floats, positive: Flags, weights: Floats) -> Floats:
    at, _, last = middle_ranks(-scores)
    ordered, hit = weights.T[at], positive[at]
    found, passed = np.cumsum(ordered * hit[:, None], axis=0), np.cumsum(ordered, axis=0)
    end = last[hit] - 1
    precision = found[end] / np.maximum(passed[end], np.finfo(float).tiny)
    return ratio(np.einsum("ij,ij->j", ordered[hit], precision), found[-1])
