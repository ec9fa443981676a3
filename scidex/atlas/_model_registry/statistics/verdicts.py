"""What paired evaluations show: differences from a baseline, and which models may be the best.

Models and data set are held fixed: intervals leave out retraining, other sites, and tuning on these data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scidex.atlas._model_registry.statistics.arrays import Floats
from scidex.atlas._model_registry.statistics.estimates import Estimate
from scidex.atlas._model_registry.statistics.intervals import (
    FEWEST_UNITS,
    Interval,
    standard_error,
    t_quantile,
)

VerdictWord = Literal["better", "worse", "undecided", "identical", "equivalent"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A model's value less another's; ``interval`` is None where the data give none."""

    value: float
    interval: Interval | None
    verdict: VerdictWord


def level(models: int) -> float:
    """Return the level of each of several differences, so that all hold together in 95 % (Bonferroni)."""
    return 1 - 0.05 / max(1, models - 1)


def paired_difference(
    one: Estimate, other: Estimate, level: float, margin: float | None = None
) -> Difference | None:
    """Return the difference of two models' values on the same resamples, first less second; None if one is undefined.

    Models whose values are equal over all rows and in every resample are identical. ``margin`` is the largest
    difference that does not matter: with an interval inside it, the two are equivalent. A metric with a teller has the
    teller's interval on its own scale, so that RMSE, MSE and R2 of the same samples have one verdict.
    """
    if one.value is None or other.value is None:
        return None
    value = one.value - other.value
    slope = _slope(one, other)
    interval = None
    if slope is not None and one.teller is not None and other.teller is not None:
        of_tellers = paired_difference(one.teller, other.teller, level)
        if of_tellers is None or of_tellers.verdict == "identical":
            return of_tellers
        interval = of_tellers.interval and _stretched(of_tellers.interval, slope)
    elif one.resampled is not None and other.resampled is not None:
        apart = one.resampled - other.resampled
        if value == 0 and not np.nan_to_num(apart).any():
            return Difference(0.0, None, "identical")
        interval = _interval(value, apart, min(one.counted, other.counted), level)
    return Difference(value, interval, _verdict(interval, one.metric.better, margin))


def _slope(one: Estimate, other: Estimate) -> float | None:
    """Return the difference of MSE or R2 for a difference of RMSE, exact between two models of the same samples.

    a^2 - b^2 = (a + b)(a - b), and R2 is 1 less MSE over the variance of what was observed.
    """
    tellers = one.teller, other.teller
    errors = [each.value for each in tellers if each is not None and each.value is not None]
    if len(errors) < len(tellers) or one.value is None or other.value is None:
        return None
    if one.metric.name == "mse":
        return sum(errors)
    left, error = max(zip((1 - one.value, 1 - other.value), errors, strict=True))
    return -sum(errors) * left / error**2 if left > 0 and error > 0 else None


def _stretched(interval: Interval, slope: float) -> Interval:
    low, high = sorted(end * slope for end in interval)
    return low, high


def leaders(estimates: Mapping[str, Estimate]) -> list[str] | None:
    """Return the models that may truly be the best, in order; None where the metric has no direction.

    A model is left out only where its difference from the best value excludes zero. The set contains the truly
    best model at 95 % (Hsu 1984, doi:10.1214/aos/1176346732, with Bonferroni's level in place of Dunnett's).
    """
    values = {model: one.value for model, one in estimates.items() if one.value is not None}
    better = next((one.metric.better for one in estimates.values()), None)
    if better is None or not values:
        return None
    sign = 1 if better == "higher" else -1
    best = max(values, key=lambda model: sign * values[model])
    kept = []
    for model in values:
        found = paired_difference(estimates[model], estimates[best], level(len(values)))
        if found is not None and found.verdict != "worse":
            kept.append(model)
    return kept


def _interval(value: float, apart: Floats, counted: float, level: float) -> Interval | None:
    if counted < FEWEST_UNITS:
        return None
    error = standard_error(apart, counted)
    if error is None:
        return None
    reach = t_quantile((1 + level) / 2, counted - 1) * error
    return value - reach, value + reach


def _verdict(
    interval: Interval | None, better: Literal["higher", "lower"] | None, margin: float | None
) -> VerdictWord:
    if interval is None:
        return "undecided"
    low, high = interval
    if better is not None and (low > 0 or high < 0):
        return "better" if (low > 0) == (better == "higher") else "worse"
    return "equivalent" if margin is not None and -margin < low and high < margin else "undecided"
