"""Metrics of scores and probabilities. Each takes (k, n) weights of rows and returns (k,) values, NaN where undefined.

Several classes are averaged with equal weight, each against the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scidex.atlas._model_registry.statistics.arrays import Arrays, Flags, Floats, Ints
from scidex.atlas._model_registry.statistics.regression import mean, ratio
from scidex.atlas._model_registry.statistics.running_sums import running_sums

_BINS = 10


def roc_auc(data: Arrays, weights: Floats) -> Floats:
    """Probability that a positive row scores above a negative one, ties counted half (roc_auc_score).

    Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747.
    """
    return _over_classes(data, weights, _roc_auc)


def average_precision(data: Arrays, weights: Floats) -> Floats:
    """Precision at each threshold, weighted by the recall that it adds (average_precision_score)."""
    return _over_classes(data, weights, _average_precision)


def log_loss(data: Arrays, weights: Floats, smallest: float = float(np.finfo(float).eps)) -> Floats:
    """Mean negative logarithm of the probability of the observed class (scikit-learn: log_loss).

    ``smallest`` replaces a probability of 0.
    """
    chance = np.sum(data.truth * probabilities(data), axis=1)
    return mean(data, weights, -np.log(np.clip(chance, smallest, 1 - smallest)))


def brier(data: Arrays, weights: Floats) -> Floats:
    """Mean squared error of the probabilities; of several classes, added up over them (brier_score_loss).

    Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
    """
    squares = (data.truth - probabilities(data)) ** 2
    return mean(data, weights, squares[:, -1] if data.task == "binary" else squares.sum(axis=1))


def ece(data: Arrays, weights: Floats) -> Floats:
    """Mean distance of probability and frequency in ten bins of equal width.

    A binary task bins the probability of the positive class (Naeini 2015, doi:10.1609/aaai.v29i1.9602), several
    classes that of the most probable one (Guo 2017, arXiv:1706.04599).
    """
    by_class = probabilities(data)
    if data.task == "binary":
        chance, came = by_class[:, -1], data.truth[:, -1]
    else:
        chance = by_class.max(axis=1)
        came = (by_class.argmax(axis=1) == data.observed).astype(float)
    bins = np.eye(_BINS)[np.clip((chance * _BINS).astype(np.intp), 0, _BINS - 1)]
    return ratio(np.abs(weights @ (bins * (chance - came)[:, None])).sum(axis=1), weights.sum(axis=1))


def matrix(data: Arrays) -> Floats:
    """Return the scores by class, (n, classes); of a binary task (n, 1), of the positive class."""
    if data.scores is None:
        raise ValueError("the evaluation has no scores")
    return data.scores if data.scores.ndim > 1 else data.scores[:, None]


def probabilities(data: Arrays) -> Floats:
    """Return the probabilities by class, (n, classes)."""
    by_class = matrix(data)
    return by_class if by_class.shape[1] > 1 else np.hstack([1 - by_class, by_class])


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Positive rows by falling score: their weights, and those of the negative rows ranked higher, each (rows, k).

    ``above`` counts those ranked strictly higher, ``level`` also those of the same score; ``negatives`` is (k,), the
    weight of all. ``ends`` is (rows,), the last positive row of the same score.
    """

    positives: Floats
    above: Floats
    level: Floats
    negatives: Floats
    ends: Ints


def _over_classes(data: Arrays, weights: Floats, measure: Callable[[_Ranked], Floats]) -> Floats:
    by_class = matrix(data)
    if data.task == "binary":
        return measure(_ranked(data, weights, 1, by_class[:, 0]))
    values = [measure(_ranked(data, weights, i, by_class[:, i])) for i in range(len(data.classes))]
    averaged: Floats = np.mean(values, axis=0)
    return averaged


def _ranked(data: Arrays, weights: Floats, positive: int, scores: Floats) -> _Ranked:
    key = ("ranked", id(data), positive)
    return data.shared.once(key, weights, lambda: _rank(scores, data.observed == positive, weights))


def _rank(scores: Floats, positive: Flags, weights: Floats) -> _Ranked:
    falling, others = -scores[positive], -scores[~positive]
    at, behind = np.argsort(falling, kind="stable"), np.argsort(others, kind="stable")
    ordered, rivals = falling[at], others[behind]
    rows = weights.T
    passed = running_sums(rows[np.flatnonzero(~positive)[behind]])
    first, last = np.searchsorted(rivals, ordered, "left"), np.searchsorted(rivals, ordered, "right")
    above = passed[first]
    return _Ranked(
        positives=rows[np.flatnonzero(positive)[at]],
        above=above,
        level=above if np.array_equal(first, last) else passed[last],
        negatives=passed[-1],
        ends=np.searchsorted(ordered, ordered, "right") - 1,
    )


def _roc_auc(ranked: _Ranked) -> Floats:
    pairs = ranked.positives.sum(axis=0) * ranked.negatives
    lost = np.einsum("ij,ij->j", ranked.positives, ranked.above + ranked.level) / 2
    return ratio(pairs - lost, pairs)


def _average_precision(ranked: _Ranked) -> Floats:
    found = running_sums(ranked.positives)[1:]
    at_end = found[ranked.ends]
    precision = at_end / np.maximum(at_end + ranked.level, np.finfo(float).tiny)
    return ratio(np.einsum("ij,ij->j", ranked.positives, precision), found[-1])
