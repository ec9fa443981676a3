"""Fewer marks than data, without hiding features of the data."""

from collections.abc import Sequence
from itertools import groupby

_MOST_DOTS = 1_000
_COLUMNS = 400


def thinned(pairs: Sequence[tuple[float, float]], series_count: int = 1) -> list[tuple[float, float]]:
    """Return about 1,000 pairs at most over all series: evenly spaced in order of x, and the extremes of x and y.

    Spacing by rank keeps the density along x; the extremes keep the range of the axes and the outliers.
    """
    most = _MOST_DOTS // series_count
    if len(pairs) <= most:
        return list(pairs)
    ranked = sorted(pairs)
    kept = {round(place * (len(ranked) - 1) / (most - 1)) for place in range(most)}
    by_y = sorted(range(len(ranked)), key=lambda index: ranked[index][1])
    return [ranked[index] for index in sorted(kept | {by_y[0], by_y[-1]})]


def thinned_line(pairs: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a line in order of x that looks like the whole: of each pixel column the first, last, lowest, highest.

    U. Jugel et al., "M4: a visualization-oriented time series data aggregation", PVLDB 7, 797 (2014).
    """
    ranked = sorted(pairs, key=lambda pair: pair[0])
    if len(ranked) <= _COLUMNS:
        return ranked
    low, span = ranked[0][0] / 2, ranked[-1][0] / 2 - ranked[0][0] / 2 or 1.0
    kept: list[tuple[float, float]] = []
    for _, column in groupby(ranked, key=lambda pair: int((pair[0] / 2 - low) / span * _COLUMNS)):
        kept += _four(list(column))
    return kept


def _four(column: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    heights = [y for _, y in column]
    chosen = {0, len(column) - 1, heights.index(min(heights)), heights.index(max(heights))}
    return [column[index] for index in sorted(chosen)]
