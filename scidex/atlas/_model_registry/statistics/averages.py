"""Areas under curves by the other definitions that tools use. Each takes (k, n) weights and returns (k,) values."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from scidex.atlas._model_registry.statistics.arrays import Arrays, Flags, Floats, Shared
from scidex.atlas._model_registry.statistics.labels import Measure
from scidex.atlas._model_registry.statistics.regression import ratio
from scidex.atlas._model_registry.statistics.scores import matrix


def of_one_class(data: Arrays, positive: int) -> Arrays:
    """Return one class against all others as a binary task."""
    return replace(
        data,
        task="binary",
        observed=(data.observed == positive).astype(float),
        scores=matrix(data)[:, positive],
        classes=("rest", data.classes[positive]),
        shared=Shared(),
    )


def weighted(measure: Measure) -> Measure:
    """Return a binary measure's mean over the classes, each weighted by its observed rows (average="weighted")."""

    def averaged(data: Arrays, weights: Floats) -> Floats:
        classes = range(len(data.classes))
        values = np.array([measure(of_one_class(data, one), weights) for one in classes])
        return ratio(np.sum(values.T * (weights @ data.truth), axis=1), weights.sum(axis=1))

    return averaged


def pooled(measure: Measure) -> Measure:
    """Return a binary measure of all pairs of row and class together (average="micro")."""

    def pooled_over_classes(data: Arrays, weights: Floats) -> Floats:
        pairs = replace(
            data,
            task="binary",
            observed=data.truth.ravel(),
            scores=matrix(data).ravel(),
            classes=("no", "yes"),
            shared=Shared(),
        )
        return measure(pairs, np.repeat(weights, len(data.classes), axis=1))

    return pooled_over_classes


def of_pairs(data: Arrays, weights: Floats, measure: Measure, *, by_prevalence: bool) -> Floats:
    """Return the mean of a binary measure over pairs of classes (roc_auc_score, multi_class="ovo").

    Hand and Till 2001, doi:10.1023/A:1010920819831; ``by_prevalence`` weights a pair by its number of rows.
    """
    values, shares = [], []
    for pair in combinations(range(len(data.classes)), 2):
        own = weights * np.isin(data.observed, pair)
        values.append(np.mean([measure(of_one_class(data, one), own) for one in pair], axis=0))
        shares.append(own.sum(axis=1) if by_prevalence else np.ones(len(weights)))
    counted = np.array(shares)
    return ratio(np.sum(np.array(values) * counted, axis=0), counted.sum(axis=0))


def precision_recall_area(data: Arrays, weights: Floats) -> Floats:
    """Area under straight lines between the points of precision and recall (auc of precision_recall_curve)."""
    if data.task != "binary":
        classes = range(len(data.classes))
        each = [precision_recall_area(of_one_class(data, one), weights) for one in classes]
        averaged: Floats = np.mean(each, axis=0)
        return averaged
    scores = matrix(data)[:, -1]
    return np.array([_area(scores, data.observed == 1, row) for row in weights])


def _area(scores: Floats, positive: Flags, weights: Floats) -> float:
    falling = np.argsort(-scores, kind="stable")
    last = np.append(np.flatnonzero(np.diff(scores[falling])), len(scores) - 1)
    found = np.cumsum((weights * positive)[falling])[last]
    named = np.cumsum(weights[falling])[last]
    precision, recall = np.append(1.0, ratio(found, named)), np.append(0.0, ratio(found, found[-1:]))
    return float(np.sum(np.diff(recall) * (precision[1:] + precision[:-1])) / 2)
