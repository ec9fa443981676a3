"""Each metric of each evaluation with its resampled values, computed once for the same columns."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from scidex.atlas._model_registry.records.evaluations import TOO_FEW, Columns
from scidex.atlas._model_registry.statistics.arrays import Arrays, Floats, Shared, arrays
from scidex.atlas._model_registry.statistics.intervals import (
    FEWEST_UNITS,
    LEAST_DEFINED,
    Interval,
    around,
    standard_error,
)
from scidex.atlas._model_registry.statistics.kept import KeptValues
from scidex.atlas._model_registry.statistics.resamples import PARTLY_GROUPED, Units, draws, units
from scidex.atlas._model_registry.statistics.table import METRICS, Metric

# An estimate holds 16 kB, so all kept estimates stay below 20 MB.
_MOST_KEPT = 1_200
_MOST_VALUES = 20_000

UNDEFINED = "undefined for the data"
RARELY_DEFINED = "undefined in more than a tenth of the resamples"
NO_VARIATION = "the resamples do not vary"
AT_AN_END = "the value is at an end of its scale"
NEVER = "resampling gives no reliable interval for this metric"


@dataclass(frozen=True)
class Estimate:
    """A metric of one evaluation.

    ``counted`` is the number of units that count, for degrees of freedom. ``resampled`` has a value for each resample,
    NaN where undefined; where there is no interval it is None, and ``reason`` says why. ``teller`` is the estimate
    whose differences decide, where this metric orders models as that one does.
    """

    value: float | None
    units: int
    unit_kind: Literal["sample", "group"]
    counted: float
    resampled: Floats | None
    reason: str | None
    metric: Metric
    teller: "Estimate | None" = None

    @cached_property
    def error(self) -> float | None:
        """The standard error of the value."""
        return None if self.resampled is None else standard_error(self.resampled, self.counted)

    def interval(self) -> Interval | None:
        """Return the 95 % interval of the value."""
        error = self.error
        if error is None or self.value is None:
            return None
        found = around(self.value, error, self.counted - 1, self.metric.scale)
        return found if found is not None and all(map(math.isfinite, found)) else None

    def why_none(self) -> str | None:
        """Return why there is no interval; None where there is one."""
        if self.reason is not None or self.resampled is None:
            return self.reason
        if self.error is not None:
            return None if self.interval() is not None else AT_AN_END
        return RARELY_DEFINED if np.isfinite(self.resampled).mean() < LEAST_DEFINED else NO_VARIATION


_kept: KeptValues[tuple[str, str], Estimate] = KeptValues(_MOST_KEPT)
_values: KeptValues[tuple[str, str], float] = KeptValues(_MOST_VALUES)


def plain_value(digest: str, columns: Columns, metric: Metric) -> float | None:
    """Return the metric of all rows, without resampling; None where it is undefined."""
    value = _values.get_or((digest, metric.name), lambda: _whole(arrays(columns), metric))
    return value if np.isfinite(value) else None


def estimates(
    evaluations: Mapping[str, Columns], metrics: Iterable[Metric]
) -> dict[str, dict[str, Estimate]]:
    """Return estimates by digest of columns and by name of metric, all on the same resamples.

    The evaluations, by digest, must pair: the same samples, groups and weights.
    """
    wanted = list(metrics)
    found = {
        (digest, metric.name): _kept.get((digest, metric.name)) for digest in evaluations for metric in wanted
    }
    missing = [
        metric for metric in wanted if any(found[digest, metric.name] is None for digest in evaluations)
    ]
    if missing:
        found |= _computed(evaluations, _with_tellers(missing))
    return {
        digest: {metric.name: one for metric in wanted if (one := found[digest, metric.name]) is not None}
        for digest in evaluations
    }


def _with_tellers(metrics: Sequence[Metric]) -> list[Metric]:
    tellers = [METRICS[metric.told_by] for metric in metrics if metric.told_by]
    return list({metric.name: metric for metric in (*metrics, *tellers)}.values())


def _computed(
    evaluations: Mapping[str, Columns], metrics: Sequence[Metric]
) -> dict[tuple[str, str], Estimate]:
    shared = Shared()
    data = {digest: replace(arrays(columns), shared=shared) for digest, columns in evaluations.items()}
    independent = units(next(iter(evaluations.values())))
    plain = {
        (digest, metric.name): _plain(of, independent, metric)
        for digest, of in data.items()
        for metric in metrics
    }
    varying = [key for key, one in plain.items() if one.reason is None]
    values = (
        _resampled(data, independent, [(digest, METRICS[name]) for digest, name in varying])
        if independent
        else {}
    )
    alone = {key: replace(one, resampled=values.get(key)) for key, one in plain.items()}
    computed = {
        (digest, name): replace(one, teller=alone[digest, one.metric.told_by]) if one.metric.told_by else one
        for (digest, name), one in alone.items()
    }
    for key, one in computed.items():
        _kept.put(key, one)
        _values.put(key, math.nan if one.value is None else one.value)
    return computed


def _plain(data: Arrays, independent: Units | None, metric: Metric) -> Estimate:
    """Return the value of all rows, with the reason if there can be no interval."""
    whole = _whole(data, metric)
    value = whole if np.isfinite(whole) else None
    if independent is None:
        return Estimate(value, len(data.observed), "sample", 0, None, PARTLY_GROUPED, metric)
    counted = counted_units(data, independent, metric)
    reason = None
    if value is None:
        reason = UNDEFINED
    elif not metric.varies:
        reason = NEVER
    elif counted < FEWEST_UNITS:
        reason = TOO_FEW
    return Estimate(value, independent.count, independent.kind, counted, None, reason, metric)


def _whole(data: Arrays, metric: Metric) -> float:
    return float(metric.measure(data, data.weights[None, :])[0])


def counted_units(data: Arrays, independent: Units, metric: Metric) -> float:
    """Return how many units count for a metric: those of the rarest class where classes count, fewer if weights differ.

    (sum w)^2 / sum w^2 is Kish's effective size: Survey Sampling, 1965, section 11.7.
    """
    weighing = data.weights > 0
    counted = float(len(np.unique(independent.of_row[weighing])))
    if metric.rarest:
        counted = min(
            float(len(np.unique(independent.of_row[weighing & (data.observed == one)])))
            for one in np.unique(data.observed)
        )
    if np.ptp(data.weights) > 0:
        totals = np.bincount(independent.of_row, weights=data.weights)
        counted = min(counted, float(totals.sum() ** 2 / np.sum(totals**2)))
    return counted


def _resampled(
    data: Mapping[str, Arrays], independent: Units, wanted: Sequence[tuple[str, Metric]]
) -> dict[tuple[str, str], Floats]:
    if not wanted:
        return {}
    parts: dict[tuple[str, str], list[Floats]] = {(digest, metric.name): [] for digest, metric in wanted}
    own = next(iter(data.values())).weights
    is_even = bool((own == 1).all())
    for counts in draws(independent):
        weights = counts if is_even else counts * own
        for digest, metric in wanted:
            parts[digest, metric.name].append(metric.measure(data[digest], weights))
    next(iter(data.values())).shared.clear()
    return {key: np.concatenate(values) for key, values in parts.items()}
