"""Axes: the range of a scale, its ticks at round numbers, and where a value stands on it."""

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.pages.drawing.picture import Tick
from scidex.atlas._model_registry.pages.words.numbers import digits_that_distinguish, number

_MOST_TICKS = 6
_ROUND = (1.0, 2.0, 5.0, 10.0)
_NEAR_ZERO = (
    0.5  # share of the largest value: an axis includes zero if the smallest value is nearer to it than that
)


# Halves of smaller numbers lose digits; half as much again as the largest is infinite.
_SMALLEST, _LARGEST = 1e-300, sys.float_info.max


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisRange:
    """The range of the values on an axis, with the values of its ticks."""

    title: str
    low: float
    high: float
    ticks: Sequence[float]

    @property
    def labels(self) -> list[str]:
        """The labels of the ticks."""
        digits = digits_that_distinguish(self.ticks)
        return [number(tick, digits) for tick in self.ticks]


def axis_range(title: str, values: Iterable[float], *, is_symmetric: bool = False) -> AxisRange:
    """Return an axis that holds all values, and zero if it is near or the axis ``is_symmetric``."""
    found = list(values) or [0.0]
    low, high = min(found), max(found)
    if is_symmetric:
        high = max(abs(low), abs(high))
        low = -high
    elif low > 0 and low <= _NEAR_ZERO * high:
        low = 0.0
    elif high < 0 and high >= _NEAR_ZERO * low:
        high = 0.0
    if max(abs(low), abs(high)) < _SMALLEST:
        low, high = -1.0, 1.0
    elif low == high:
        low, high = max(-_LARGEST, low - abs(low) / 2), min(_LARGEST, high + abs(high) / 2)
    return AxisRange(title=title, low=low, high=high, ticks=_ticks(low, high))


def fixed_axis(title: str, low: float = 0.0, high: float = 1.0) -> AxisRange:
    """Return an axis of a bounded quantity: it shows the full range, whatever the values."""
    step = (high - low) / 4
    return AxisRange(title=title, low=low, high=high, ticks=[low + place * step for place in range(5)])


def place(value: float, on: AxisRange, start: float, end: float) -> float:
    """Return the place of a value between two places in pixels; its difference to the ends need not be finite."""
    share = (value / 2 - on.low / 2) / (on.high / 2 - on.low / 2)
    return round(start + share * (end - start), 1)


def placed_ticks(on: AxisRange, start: float, end: float) -> list[Tick]:
    """Return the ticks of an axis between two places in pixels."""
    return [
        Tick(at=place(tick, on, start, end), label=label)
        for tick, label in zip(on.ticks, on.labels, strict=True)
    ]


def _ticks(low: float, high: float) -> list[float]:
    step = _rounded_up(2 * ((high / 2 - low / 2) / (_MOST_TICKS - 1)))
    if 0 < step < math.inf:
        counts = range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
        ticks = sorted({min(high, max(low, _clean(step * count, step))) for count in counts})
        if len(ticks) > 1:
            return ticks
    return [low, high]  # near the limits of doubles there are no round numbers


def _rounded_up(size: float) -> float:
    decade = 10.0 ** math.floor(math.log10(size)) if size else 0.0
    return next((decade * step for step in _ROUND if decade * step >= size * (1 - 1e-9)), size)


def _clean(value: float, step: float) -> float:
    # 3 * 0.1 is 0.30000000000000004; the tick is 0.3.
    return round(value, max(0, 2 - math.floor(math.log10(step)))) if 1e-300 < step < 1 else value  # noqa: PLR2004
