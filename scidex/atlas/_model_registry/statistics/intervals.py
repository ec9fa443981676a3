"""Standard errors of resampled values, and intervals by Student's t on a scale where the error is nearly constant."""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from scidex.atlas._model_registry.statistics.arrays import Floats
from scidex.atlas._model_registry.statistics.table import MetricScale

Interval = tuple[float, float]

FEWEST_UNITS = 10
LEVEL = 0.95
LEAST_DEFINED = 0.9
# A standard error this small relative to the values is rounding.
_ROUNDING = 1e-12
_STEPS = 60


@lru_cache(maxsize=1024)
def t_quantile(probability: float, freedom: float) -> float:
    """Return the quantile of Student's t for a probability above 0.5, by Newton's method on its integral."""
    nodes, weights = _nodes()
    peak = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    t = NormalDist().inv_cdf(probability)
    for _ in range(_STEPS):
        # With t = sqrt(freedom) tan(angle) the density is a power of the cosine, smooth up to the tails.
        angle = math.atan(t / math.sqrt(freedom))
        heights = np.cos(angle * (nodes + 1) / 2) ** (freedom - 1)
        below = 0.5 + peak * math.sqrt(freedom) * angle / 2 * float(weights @ heights)
        density = peak * (1 + t * t / freedom) ** (-(freedom + 1) / 2)
        step = (probability - below) / density
        t += step
        if abs(step) < _ROUNDING * t:
            break
    return t


@lru_cache(maxsize=1)
def _nodes() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(80)
    return nodes, weights


def standard_error(resampled: Floats, counted: float) -> float | None:
    """Return the standard deviation of resampled values times the root of m / (m - 1), with m the units that count.

    None where fewer than 90 % of the resamples define the value, or where the value does not vary.
    Efron and Tibshirani, An Introduction to the Bootstrap, 1993, section 5.3, has the factor.
    """
    defined = resampled[np.isfinite(resampled)]
    if len(defined) < LEAST_DEFINED * len(resampled):
        return None
    spread = float(np.std(defined, ddof=1)) * math.sqrt(counted / (counted - 1))
    return spread if spread > _ROUNDING * float(np.max(np.abs(defined), initial=0)) else None


def around(
    value: float, error: float, freedom: float, scale: MetricScale, level: float = LEVEL
) -> Interval | None:
    """Return the interval of a value: the score interval for shares, on Fisher's z, or on the logarithm.

    On the latter two scales the error is multiplied by the slope at the value (delta method). None at the end of
    the scale.
    """
    reach = t_quantile((1 + level) / 2, freedom) * error
    match scale:
        case "share" if 0 < value < 1:
            return _score(value, reach)
        case "correlation" if -1 < value < 1:
            centre, reach = math.atanh(value), reach / (1 - value**2)
            return math.tanh(centre - reach), math.tanh(centre + reach)
        case "positive" if value > 0:
            factor = math.exp(min(reach / value, 700))
            return value / factor, value * factor
        case "below one":
            return value - reach, min(value + reach, 1.0)
        case "plain":
            return value - reach, value + reach
        case _:
            return None


def _score(value: float, reach: float) -> Interval:
    """Return the two shares that lie ``reach`` of their own standard errors from the value.

    Wilson 1927, doi:10.1080/01621459.1927.10502953, with the error of the resamples in place of that of independent
    draws. The logit interval is wider than it need be (Brown, Cai and DasGupta 2001, doi:10.1214/ss/1009213286).
    """
    variance = value * (1 - value)
    ratio = reach**2 / variance
    centre = (value + ratio / 2) / (1 + ratio)
    half = math.sqrt(ratio * variance + ratio**2 / 4) / (1 + ratio)
    return centre - half, centre + half
