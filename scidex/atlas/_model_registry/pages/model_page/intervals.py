"""Coefficients with their errors on one scale: the places of marks and intervals, which the template draws."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.pages.words.numbers import number

_WIDTH = 180
_MARGIN = 8
_HALF_WIDTH = 1.96  # standard errors to each side: the 95 % interval of a normal estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The common scale of a table, and the place of zero on it."""

    low: float
    high: float
    width: int
    zero: float
    low_text: str
    high_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnInterval:
    """An estimate's mark, and the ends of its interval if its error is known."""

    x: float
    start: float | None
    end: float | None
    description: str


def common_scale(estimates: Sequence[tuple[float | None, float | None]]) -> Scale | None:
    """Return the scale that holds zero and every interval; None for fewer than two values."""
    values = [value for value, _ in estimates if value is not None]
    ends = [
        end
        for value, error in estimates
        if value is not None
        for end in (value - _HALF_WIDTH * (error or 0), value + _HALF_WIDTH * (error or 0))
    ]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if len(values) < 2 or not math.isfinite(high - low) or low == high:  # noqa: PLR2004
        return None
    zero = _place(0.0, low, high)
    return Scale(
        low=low, high=high, width=_WIDTH, zero=zero, low_text=number(low, 3), high_text=number(high, 3)
    )


def interval(scale: Scale, value: float | None, error: float | None) -> DrawnInterval | None:
    """Return one estimate on the scale; None where it has no value."""
    if value is None:
        return None
    if error is None:
        words = number(value)
        return DrawnInterval(x=_place(value, scale.low, scale.high), start=None, end=None, description=words)
    start, end = value - _HALF_WIDTH * error, value + _HALF_WIDTH * error
    return DrawnInterval(
        x=_place(value, scale.low, scale.high),
        start=_place(start, scale.low, scale.high),
        end=_place(end, scale.low, scale.high),
        description=f"{number(value)}, 95% from {number(start)} to {number(end)}",
    )


def _place(value: float, low: float, high: float) -> float:
    return round(_MARGIN + (value - low) / (high - low) * (_WIDTH - 2 * _MARGIN), 1)
