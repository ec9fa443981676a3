"""Calibration: whether events occur as often as their predicted probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from scidex.atlas._model_registry.pages.drawing.axes import fixed_axis
from scidex.atlas._model_registry.pages.drawing.discrimination import Classified
from scidex.atlas._model_registry.pages.drawing.picture import Dots, Key, Line, Picture, Table, Words
from scidex.atlas._model_registry.pages.drawing.plot import Plot, plot
from scidex.atlas._model_registry.pages.drawing.rates import Rate, wilson
from scidex.atlas._model_registry.pages.drawing.shapes import Point
from scidex.atlas._model_registry.pages.drawing.tables import numbers_table
from scidex.atlas._model_registry.pages.words.numbers import number

_FEW_ROWS = 50  # of the rarer class
_COUNT_WIDTH, _COUNT_HEIGHT = 34.0, 13.0
_FEW_BINS, _MANY_BINS = 5, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Rows of similar probability: their mean probability, and how many of them are positive."""

    predicted: float
    observed: Rate


def bins(is_positive: Sequence[bool], probabilities: Sequence[float]) -> list[Bin]:
    """Return bins of about equal counts in order; rows of equal probability share a bin.

    At most five with fewer than 50 rows in either class, else at most ten.
    """
    positives = sum(is_positive)
    most = _FEW_BINS if min(positives, len(is_positive) - positives) < _FEW_ROWS else _MANY_BINS
    found: list[list[tuple[float, bool]]] = []
    ranked = sorted(zip(probabilities, is_positive, strict=True))
    done = 0
    for _, equal in groupby(ranked, key=lambda row: row[0]):
        rows = list(equal)
        if not found or done >= len(found) * len(ranked) / most:
            found.append([])
        found[-1] += rows
        done += len(rows)
    return [_bin(rows) for rows in found]


def calibration_picture(models: Sequence[Classified]) -> Picture | None:
    """Return a picture of the observed share over the mean probability of each bin; None without rows."""
    binned = [(model, bins(model.is_positive, model.scores)) for model in models if model.scores]
    if not binned:
        return None
    on = plot(
        "Calibration",
        fixed_axis("predicted probability (mean of the bin)"),
        fixed_axis("observed share of positives"),
    )
    is_single = len(binned) == 1
    panel = on.panel(
        "Dots on the diagonal are calibrated; below it the model promises too much.",
        lines=[
            on.line((0, 0), (1, 1)),
            *(line for model, found in binned for line in _bars(on, model, found)),
        ],
        dots=[
            Dots(
                points=on.points((one.predicted, one.observed.value) for one in found),
                series=model.series.number,
            )
            for model, found in binned
        ],
        words=_counts(on, *binned[0]) if is_single else [],
    )
    return Picture(
        title="Calibration",
        panels=[panel],
        table=_table(binned),
        legend=[]
        if is_single
        else [Key(text=model.series.name, series=model.series.number, has_dot=True) for model, _ in binned],
        notes=_notes(binned),
    )


def _bin(rows: Sequence[tuple[float, bool]]) -> Bin:
    mean = min(1.0, sum(probability for probability, _ in rows) / len(rows))
    return Bin(predicted=mean, observed=wilson(sum(positive for _, positive in rows), len(rows)))


def _bars(on: Plot, model: Classified, found: Sequence[Bin]) -> list[Line]:
    if not model.has_band:
        return []
    return [
        Line(
            points=on.points([(one.predicted, one.observed.low), (one.predicted, one.observed.high)]),
            role="spread",
            series=model.series.number,
        )
        for one in found
    ]


def _counts(on: Plot, model: Classified, found: Sequence[Bin]) -> list[Words]:
    """Return the numbers of rows beside the dots that have room for them; the table has all."""
    words: list[Words] = []
    taken = [on.at(one.predicted, one.observed.value) for one in found]
    bars = [line.points for line in _bars(on, model, found)]
    for one, place in zip(found, taken, strict=True):
        is_near = any(
            abs(place.x - other.x) < _COUNT_WIDTH and abs(place.y - other.y) < _COUNT_HEIGHT
            for other in taken
            if other is not place
        )
        is_crossed = any(
            0 < bar[0].x - place.x < _COUNT_WIDTH and _spans(bar, place.y - _COUNT_HEIGHT / 2, _COUNT_HEIGHT)
            for bar in bars
        )
        if not is_near and not is_crossed and place.x + _COUNT_WIDTH < on.frame.right:
            point = place._replace(x=place.x + 6, y=place.y + 4)
            words.append(Words(point=point, text=number(one.observed.total), is_quiet=True))
    return words


def _spans(bar: Sequence[Point], top: float, height: float) -> bool:
    ends = [point.y for point in bar]
    return min(ends) < top + height and max(ends) > top


def _notes(binned: Sequence[tuple[Classified, Sequence[Bin]]]) -> list[str]:
    counts = [one.observed.total for _, found in binned for one in found]
    few, many = min(counts), max(counts)
    each = f"{number(few)} rows each" if few == many else f"{number(few)} to {number(many)} rows"
    said = f"Bins of about equal counts ({each})"
    if not all(model.has_band for model, _ in binned):
        return [f"{said}; no bars are drawn where rows are grouped or weighted, so not independent."]
    return [f"{said}. Bars are Wilson intervals (95 %)."]


def _table(binned: Sequence[tuple[Classified, Sequence[Bin]]]) -> Table:
    rows = [
        [
            number(one.predicted, 3),
            model.series.name,
            f"{number(one.observed.hits)} of {number(one.observed.total)}",
            number(one.observed.value, 3),
            f"{number(one.observed.low, 3)} to {number(one.observed.high, 3)}",
        ]
        for model, found in binned
        for one in found
    ]
    head = ["Mean probability", "Model", "Positive", "Observed share", "Wilson interval (95 %)"]
    return numbers_table(head, rows, len(rows))
