"""Metrics of predicted labels. Each takes (k, n) weights of the rows and returns (k,) values, NaN where undefined.

Definitions: scikit-learn User Guide, Classification metrics. A binary task measures the positive class, which is
last; several classes are averaged with equal weight (macro) over those that occur.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scidex.atlas._model_registry.statistics.arrays import Arrays, Flags, Floats
from scidex.atlas._model_registry.statistics.regression import mean, ratio

# A value this small relative to 1 is rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Counts:
    """Weights by class, each (k, classes): correctly predicted, observed, predicted; ``total`` is (k,)."""

    hit: Floats
    observed: Floats
    predicted: Floats
    total: Floats


def counts(data: Arrays, weights: Floats) -> Counts:
    """Return the weights of the rows, added up by class."""
    return data.shared.once(("counts", id(data)), weights, lambda: _counts(data, weights))


def _counts(data: Arrays, weights: Floats) -> Counts:
    hit, observed, predicted = np.split(weights @ data.sides, 3, axis=1)
    return Counts(hit, observed, predicted, observed.sum(axis=1))


def accuracy(data: Arrays, weights: Floats) -> Floats:
    """Share of rows whose label is correct (accuracy_score)."""
    return mean(data, weights, (data.observed == data.predicted).astype(float))


def balanced_accuracy(data: Arrays, weights: Floats) -> Floats:
    """Mean recall over the observed classes (balanced_accuracy_score)."""
    found = counts(data, weights)
    return _average(ratio(found.hit, found.observed), found.observed > 0)


def precision(data: Arrays, weights: Floats) -> Floats:
    """Share of a predicted class that is correct (precision_score)."""
    return _of_positive_or_macro(data, weights, _precision)


def recall(data: Arrays, weights: Floats) -> Floats:
    """Share of an observed class that is found (recall_score)."""
    return _of_positive_or_macro(data, weights, _recall)


def f1(data: Arrays, weights: Floats) -> Floats:
    """Harmonic mean of precision and recall (f1_score)."""
    return _of_positive_or_macro(data, weights, _f1)


def specificity(data: Arrays, weights: Floats) -> Floats:
    """Share of the rows outside a class that are predicted outside of it (recall of the negative class)."""
    return _of_positive_or_macro(data, weights, _specificity)


def mcc(data: Arrays, weights: Floats) -> Floats:
    """Matthews correlation, for several classes Gorodkin's; 0 where a side has one class (matthews_corrcoef).

    Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006.
    """
    found = counts(data, weights)
    total = found.total
    covariance = found.hit.sum(axis=1) * total - np.sum(found.observed * found.predicted, axis=1)
    spreads = [total**2 - np.sum(side**2, axis=1) for side in (found.observed, found.predicted)]
    spread = np.sqrt(np.maximum(spreads[0], 0)) * np.sqrt(np.maximum(spreads[1], 0))
    tiny = spread <= _ROUNDING * total**2
    return np.where(total > 0, np.where(tiny, 0, ratio(covariance, spread)), np.nan)


def cohen_kappa(data: Arrays, weights: Floats) -> Floats:
    """Agreement beyond chance (cohen_kappa_score). Cohen 1960, doi:10.1177/001316446002000104."""
    found = counts(data, weights)
    by_chance = ratio(np.sum(found.observed * found.predicted, axis=1), found.total**2)
    agreed = ratio(found.hit.sum(axis=1), found.total)
    left = 1 - by_chance
    return ratio(agreed - by_chance, np.where(left > _ROUNDING, left, 0))


def weighted_kappa(data: Arrays, weights: Floats, power: int) -> Floats:
    """Agreement beyond chance, with misses weighted by distance to the ``power`` 1 (linear) or 2 (quadratic).

    Classes are in the order of their labels, numbers by size (cohen_kappa_score, weights=). Cohen 1968,
    doi:10.1037/h0026256.
    """
    places = _places(data.classes)
    observed, predicted = places[data.observed.astype(np.intp)], places[data.predicted.astype(np.intp)]
    missed = mean(data, weights, np.abs(observed - predicted) ** power)
    apart = np.abs(places[:, None] - places) ** power
    found = counts(data, weights)
    by_chance = np.einsum("ki,ij,kj->k", found.observed, apart, found.predicted)
    return 1 - ratio(missed, ratio(by_chance, found.total**2))


def _places(classes: Sequence[str]) -> Floats:
    """Return the place of each class in their order."""
    try:
        order = sorted(range(len(classes)), key=lambda i: float(classes[i]))
    except ValueError:
        order = sorted(range(len(classes)), key=classes.__getitem__)
    places = np.empty(len(classes))
    places[order] = np.arange(len(classes))
    return places


def macro(measure: "PerClass") -> "Measure":
    """Return the mean of a measure over the classes that occur, with 0 where it is undefined, as in scikit-learn."""

    def averaged(data: Arrays, weights: Floats) -> Floats:
        found = counts(data, weights)
        return _average(np.nan_to_num(measure(found)), (found.observed > 0) | (found.predicted > 0))

    return averaged


def weighted(measure: "PerClass") -> "Measure":
    """Return a measure's mean over the classes, each weighted by its observed rows (average="weighted")."""

    def averaged(data: Arrays, weights: Floats) -> Floats:
        found = counts(data, weights)
        return ratio(np.sum(np.nan_to_num(measure(found)) * found.observed, axis=1), found.total)

    return averaged


Measure = Callable[[Arrays, Floats], Floats]
PerClass = Callable[[Counts], Floats]


def _precision(found: Counts) -> Floats:
    return ratio(found.hit, found.predicted)


def _recall(found: Counts) -> Floats:
    return ratio(found.hit, found.observed)


def _f1(found: Counts) -> Floats:
    return ratio(2 * found.hit, found.observed + found.predicted)


def _specificity(found: Counts) -> Floats:
    others = found.total[:, None] - found.observed
    return ratio(others - found.predicted + found.hit, others)


PER_CLASS = {"precision": _precision, "recall": _recall, "f1": _f1, "specificity": _specificity}


def _of_positive_or_macro(data: Arrays, weights: Floats, measure: PerClass) -> Floats:
    return measure(counts(data, weights))[:, -1] if data.task == "binary" else macro(measure)(data, weights)


def _average(values: Floats, counted: Flags) -> Floats:
    return ratio(np.sum(np.where(counted, values, 0), axis=1), counted.sum(axis=1).astype(float))
