"""Neighbours along the axis whose residuals have one sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from scidex.atlas._model_registry.pages.words.numbers import number

_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRun:
    """Neighbours with one sign: their group, number and span along the axis, and the residual farthest from 0."""

    group: str | None
    length: int
    span: str
    farthest: float


def runs(
    x: Sequence[float], residuals: Sequence[float], series: Mapping[str | None, Sequence[int]]
) -> list[list[SignRun]]:
    """Return the runs of each series of rows.

    Observations of a series at one x count once, by their mean, as they have no order; exact predictions do not count.
    """
    return [_runs(group, [(x[row], residuals[row]) for row in rows]) for group, rows in series.items()]


def signs(found: Sequence[Sequence[SignRun]]) -> list[list[bool]]:
    """Return the signs of each series in their order, True above the prediction."""
    return [[run.farthest > 0 for run in one for _ in range(run.length)] for one in found]


def span(values: Sequence[float]) -> str:
    """Return the least and the greatest of the values in words."""
    low, high = number(min(values), _DIGITS), number(max(values), _DIGITS)
    return low if low == high else f"{low} to {high}"


def _runs(group: str | None, points: Sequence[tuple[float, float]]) -> list[SignRun]:
    at: dict[float, list[float]] = {}
    for value, rest in sorted(points):
        at.setdefault(value, []).append(rest)
    means = [(value, mean) for value, found in at.items() if (mean := fmean(found))]
    return [_run(group, list(found)) for _, found in groupby(means, key=lambda one: one[1] > 0)]


def _run(group: str | None, points: Sequence[tuple[float, float]]) -> SignRun:
    return SignRun(
        group=group,
        length=len(points),
        span=span([value for value, _ in points]),
        farthest=max((rest for _, rest in points), key=abs),
    )
