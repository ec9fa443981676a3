"""Metrics of regressions. Each takes (k, n) weights of the rows and returns (k,) values, NaN where undefined.

Definitions: scikit-learn User Guide, Regression metrics; correlations: Press et al., Numerical Recipes, ch. 14.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scidex.atlas._model_registry.statistics.arrays import AnyFloats, Arrays, Floats, Ints
from scidex.atlas._model_registry.statistics.running_sums import running_sums

# A variance smaller than this share of the mean square is rounding.
_NO_VARIANCE = 1e-14


def mse(data: Arrays, weights: Floats) -> Floats:
    """Mean squared error (scikit-learn: mean_squared_error)."""
    error, scale = _scaled(data.predicted - data.observed)
    return mean(data, weights, error**2) * scale**2


def rmse(data: Arrays, weights: Floats) -> Floats:
    """Root of the mean squared error (scikit-learn: root_mean_squared_error)."""
    error, scale = _scaled(data.predicted - data.observed)
    return np.sqrt(mean(data, weights, error**2)) * scale


def mae(data: Arrays, weights: Floats) -> Floats:
    """Mean absolute error (scikit-learn: mean_absolute_error)."""
    return mean(data, weights, np.abs(data.predicted - data.observed))


def bias(data: Arrays, weights: Floats) -> Floats:
    """Mean of predicted less observed."""
    return mean(data, weights, data.predicted - data.observed)


def mape(data: Arrays, weights: Floats) -> Floats:
    """Mean absolute error as a fraction of observed (mean_absolute_percentage_error); undefined if one is 0."""
    zero = data.observed == 0
    fraction = np.abs(data.predicted - data.observed) / np.where(zero, 1, np.abs(data.observed))
    return np.where((weights[:, zero] > 0).any(axis=1), np.nan, mean(data, weights, fraction))


def max_error(data: Arrays, weights: Floats) -> Floats:
    """Largest absolute error (scikit-learn: max_error)."""
    largest: Floats = np.max(np.abs(data.predicted - data.observed) * (weights > 0), axis=1)
    return largest


def medae(data: Arrays, weights: Floats) -> Floats:
    """Median absolute error; of an even number, the mean of the middle two (scikit-learn: median_absolute_error)."""
    error = np.abs(data.predicted - data.observed)
    at = np.argsort(error, kind="stable")
    below = running_sums(_by_row(data, weights)[at])[1:]
    half = below[-1].astype(float) / 2
    slack = half * 1e-12
    lower, upper = _reaching(below, half - slack), _passing(below, half + slack)
    most = len(at) - 1
    return np.where(half > 0, (error[at][lower] + error[at][np.minimum(upper, most)]) / 2, np.nan)


def r2(data: Arrays, weights: Floats) -> Floats:
    """Coefficient of determination (scikit-learn: r2_score); undefined where observed does not vary."""
    observed, predicted = _together(data)
    return 1 - ratio(mean(data, weights, (predicted - observed) ** 2), _variance(data, weights, observed))


def explained_variance(data: Arrays, weights: Floats) -> Floats:
    """One less the variance of the error over that of observed (scikit-learn: explained_variance_score)."""
    observed, predicted = _together(data)
    error = predicted - observed
    unexplained = mean(data, weights, error**2) - mean(data, weights, error) ** 2
    return 1 - ratio(unexplained, _variance(data, weights, observed))


def pearson(data: Arrays, weights: Floats) -> Floats:
    """Pearson's correlation; undefined where either side does not vary."""
    observed, predicted = _centred(data.observed), _centred(data.predicted)
    covariance = mean(data, weights, observed * predicted) - mean(data, weights, observed) * mean(
        data, weights, predicted
    )
    return ratio(
        covariance, np.sqrt(_variance(data, weights, observed) * _variance(data, weights, predicted))
    )


def spearman(data: Arrays, weights: Floats) -> Floats:
    """Pearson's correlation of the ranks within each resample, ties at their middle rank.

    Twice the ranks average to the total weight W, so their covariance is the mean product less W^2, over four.
    """
    of_observed = ("ranks", data.observed.tobytes())
    a = data.shared.once(of_observed, weights, lambda: _ranks(data, data.observed, weights))
    b = _ranks(data, data.predicted, weights)
    # In the order of what was observed, so that only one side is moved.
    place = np.argsort(b.at)[a.at]
    covariance = (_added(a.weighted, b.twice[place]) - a.total**3) / 4
    return ratio(covariance, np.sqrt(a.square * b.square))


def mean(data: Arrays, weights: Floats, values: Floats) -> Floats:
    """Return the (k,) weighted means of (n,) values, NaN where all weights are 0."""
    total = data.shared.once("total", weights, lambda: weights.sum(axis=1))
    # Several metrics take the mean of the same values, and models of the same samples share those observed.
    key = "sum", hashlib.blake2b(values.tobytes(), digest_size=16).digest()
    return ratio(data.shared.once(key, weights, lambda: weights @ values), total)


def ratio(part: Floats, whole: Floats) -> Floats:
    """Return the quotient, NaN where the divisor is not above 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def middle_ranks(values: Floats) -> tuple[Ints, Ints, Ints]:
    """Return the order that sorts values and, by sorted place, where each run of ties begins and ends."""
    at = np.argsort(values, kind="stable")
    ordered = values[at]
    return at, np.searchsorted(ordered, ordered, "left"), np.searchsorted(ordered, ordered, "right")


@dataclass(frozen=True)
class _Ranks:
    """Twice the ranks and the weights of the rows, (n, k), both in the order ``at`` that sorts the values, (n,).

    ``square`` is the sum of squares about the mean rank, ``total`` the total weight, both (k,).
    """

    at: Ints
    rows: AnyFloats
    twice: AnyFloats
    square: Floats
    total: Floats

    @cached_property
    def weighted(self) -> AnyFloats:
        """Twice the ranks times the weights, (n, k)."""
        return self.rows * self.twice


def _ranks(data: Arrays, values: Floats, weights: Floats) -> _Ranks:
    """Rank the rows of each resample; a run of ties with weight t takes t^3 from the sum of squares (W^3 - t^3) / 12.

    Kendall 1945, doi:10.1093/biomet/33.3.239, has the sum.
    """
    at, first, last = middle_ranks(values)
    rows = _by_row(data, weights)[at]
    below = running_sums(rows)
    total = below[-1].astype(float)
    # Without ties the two are one row apart: the cheaper case, in which t are the weights in any order.
    if (last - first > 1).any():
        cubes = _cubes((below[np.unique(last)] - below[np.unique(first)]).astype(float))
        twice = below[first] + below[last]
    else:
        cubes = data.shared.once("cubes", weights, lambda: _cubes(_by_row(data, weights)))
        twice = below[:-1] + below[1:]
    return _Ranks(at, rows, twice, np.maximum((total**3 - cubes) / 12, 0), total)


def _cubes(runs: AnyFloats) -> Floats:
    return _added(runs * runs, runs)


def _added(one: AnyFloats, other: AnyFloats) -> Floats:
    """Return the sum over rows of the products, (k,), added up in double precision."""
    found: Floats = np.einsum("ij,ij->j", one, other, dtype=np.float64)
    return found


def _by_row(data: Arrays, weights: Floats) -> AnyFloats:
    """Return the weights as (n, k); counts of draws in single precision, which holds them and their sums exactly."""
    if not (data.weights == 1).all():
        return weights.T
    return data.shared.once("by row", weights, lambda: weights.T.astype(np.float32))


def _reaching(rising: AnyFloats, bound: Floats) -> Ints:
    """Return, for each column of a rising (n, k) array, how many rows are below its bound, by bisection."""
    columns = np.arange(len(bound))
    low, high = np.zeros(len(bound), np.intp), np.full(len(bound), len(rising))
    for _ in range(len(rising).bit_length()):
        middle = (low + high) // 2
        is_below = (rising[np.minimum(middle, len(rising) - 1), columns] < bound) & (low < high)
        low, high = np.where(is_below, middle + 1, low), np.where(is_below, high, middle)
    return low


def _passing(rising: AnyFloats, bound: Floats) -> Ints:
    """Return how many rows are at most the bound."""
    return _reaching(rising, np.nextafter(bound, np.inf))


def _variance(data: Arrays, weights: Floats, values: Floats) -> Floats:
    square, centre = mean(data, weights, values**2), mean(data, weights, values)
    variance = square - centre**2
    return np.where(variance > _NO_VARIANCE * square, variance, 0)


def _scaled(values: Floats) -> tuple[Floats, float]:
    """Return values divided by the largest, and the largest, so that squares stay in range."""
    scale = float(np.max(np.abs(values), initial=0)) or 1.0
    return values / scale, scale


def _centred(values: Floats) -> Floats:
    return _scaled(values - np.mean(values))[0]


def _together(data: Arrays) -> tuple[Floats, Floats]:
    """Return observed and predicted values, both shifted by the mean and scaled by the spread of observed."""
    centre = np.mean(data.observed)
    observed, scale = _scaled(data.observed - centre)
    return observed, (data.predicted - centre) / scale
