"""Each metric of each evaluation with its resampled values, computed once for the same columns."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from scidex.atlas._model_registry.records.evaluations import Columns
from scidex.atlas._model_registry.statistics.arrays import Arrays, Floats, arrays
from scidex.atlas._model_registry.statistics.intervals import (
    FEWEST_UNITS,
    Interval,
    around,
    standard_error,
)
from scidex.atlas._model_registry.statistics.resamples import PARTLY_GROUPED, Units, drawn, units
from scidex.atlas._model_registry.statistics.table import Metric

# An estimate holds 16 kB, so that all that are kept stay below 20 MB.
_MOST_KEPT = 1_200

TOO_FEW = "too few to say"
UNDEFINED = "undefined for the data"
RARELY_DEFINED = "undefined in more than a tenth of the resamples"
NO_VARIATION = "the resamples do not vary"
NEVER = "resampling gives no honest interval of this metric"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric of one evaluation.

    ``counted`` is how many units bear on it: for degrees of freedom. ``resampled`` holds a value for each resample,
    NaN where undefined, and is None where there is no interval, for the ``reason``.
    """

    value: float | None
    units: int
    unit_kind: str
    counted: float
    resampled: Floats | None
    reason: str | None
    metric: Metric

    @property
    def error(self) -> float | None:
        """The standard error of the value."""
        return None if self.resampled is None else standard_error(self.resampled, self.counted)

    def interval(self) -> Interval | None:
        """Return the 95 % interval of the value."""
        error = self.error
        if error is None or self.value is None:
            return None
        return around(self.value, error, self.counted - 1, self.metric.scale)

    def why_none(self) -> str | None:
        """Say why there is no interval; None where there is one."""
        if self.reason is not None or self.resampled is None:
            return self.reason
        if self.error is not None:
            return None
        return RARELY_DEFINED if np.isnan(self.resampled).mean() > 1 - 0.9 else NO_VARIATION


class _Kept:
    """The estimates used last, by digest of columns and name of metric."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Estimate] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str]) -> Estimate | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: tuple[str, str], estimate: Estimate) -> None:
        with self._lock:
            self._kept[key] = estimate
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)


_kept = _Kept()


def estimates(digest: str, columns: Columns, metrics: Iterable[Metric]) -> dict[str, Estimate]:
    """Return estimates by name of metric; ``digest`` stands for the columns and is what they are kept under."""
    wanted = list(metrics)
    found = {metric.name: _kept.get((digest, metric.name)) for metric in wanted}
    missing = [metric for metric in wanted if found[metric.name] is None]
    for estimate in _computed(columns, missing) if missing else ():
        found[estimate.metric.name] = estimate
        _kept.put((digest, estimate.metric.name), estimate)
    return {name: estimate for name, estimate in found.items() if estimate is not None}


def _computed(columns: Columns, metrics: Sequence[Metric]) -> list[Estimate]:
    data, independent = arrays(columns), units(columns)
    plain = [_plain(data, independent, metric) for metric in metrics]
    varying = [estimate.metric for estimate in plain if estimate.reason is None]
    values = _resampled(data, independent, varying) if independent and varying else {}
    return [
        Estimate(
            one.value,
            one.units,
            one.unit_kind,
            one.counted,
            values.get(one.metric.name),
            one.reason,
            one.metric,
        )
        for one in plain
    ]


def _plain(data: Arrays, independent: Units | None, metric: Metric) -> Estimate:
    """Compute the value of all rows, and say why there can be no interval."""
    whole = float(metric.measure(data, data.weights[None, :])[0])
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


def counted_units(data: Arrays, independent: Units, metric: Metric) -> float:
    """Return how many units bear on a metric: those of the rarest class where classes do, fewer with uneven weights.

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


def _resampled(data: Arrays, independent: Units, metrics: Sequence[Metric]) -> dict[str, Floats]:
    parts: dict[str, list[Floats]] = {metric.name: [] for metric in metrics}
    for counts in drawn(independent):
        weights = counts * data.weights
        for metric in metrics:
            parts[metric.name].append(metric.measure(data, weights))
    return {name: np.concatenate(values) for name, values in parts.items()}
