"""Values with their intervals as bars on one axis: metrics, differences to a baseline, recall by class."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.pages.drawing.axes import (
    AxisRange,
    axis_range,
    fixed_axis,
    place,
    placed_ticks,
)
from scidex.atlas._model_registry.pages.drawing.confusion import Matrix
from scidex.atlas._model_registry.pages.drawing.picture import Dots, Frame, Line, Panel, Picture, Tick
from scidex.atlas._model_registry.pages.drawing.rates import wilson
from scidex.atlas._model_registry.pages.drawing.shapes import Point
from scidex.atlas._model_registry.pages.drawing.tables import numbers_table
from scidex.atlas._model_registry.pages.drawing.text import fitting, text_width
from scidex.atlas._model_registry.pages.words.numbers import number

_WIDTH, _TOP, _BOTTOM, _RIGHT = 340.0, 28.0, 40.0, 16.0
_ROW, _LETTER, _LABEL_COLUMNS = 22.0, 6.2, 24
_INSET = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A value, its interval where there is one, and the series that its mark shows."""

    label: str
    value: float
    interval: tuple[float, float] | None = None
    series: int | None = None


def interval_panel(title: str, bars: Sequence[Bar], on: AxisRange, description: str) -> Panel:
    """Return a panel with one bar on each line, and zero marked; the axis must hold all values and intervals."""
    labels = [fitting(bar.label, _LABEL_COLUMNS) for bar in bars]
    left = 12 + _LETTER * max(map(text_width, labels))
    frame = Frame(left=left, top=_TOP, right=_WIDTH - _RIGHT, bottom=_TOP + _ROW * len(bars) + 8)
    start, end = frame.left + _INSET, frame.right - _INSET
    heights = [_TOP + 4 + _ROW * (line + 0.5) for line in range(len(bars))]
    zero = place(0.0, on, start, end)
    marked = [Line(points=[Point(zero, frame.top), Point(zero, frame.bottom)], role="reference")] * (
        on.low < 0 < on.high
    )
    return Panel(
        title=fitting(title, int(_WIDTH / _LETTER)),
        description=description,
        width=_WIDTH,
        height=frame.bottom + _BOTTOM,
        frame=frame,
        x_title=on.title,
        y_title="",
        x_ticks=placed_ticks(on, start, end),
        y_ticks=[Tick(at=y, label=label) for y, label in zip(heights, labels, strict=True)],
        lines=marked
        + [_spread(bar, y, on, (start, end)) for bar, y in zip(bars, heights, strict=True) if bar.interval],
        dots=[
            Dots(points=[Point(place(bar.value, on, start, end), y)], series=bar.series)
            for bar, y in zip(bars, heights, strict=True)
        ],
    )


def metric_axis(title: str, bounds: tuple[float, float] | None, bars: Sequence[Bar]) -> AxisRange:
    """Return the axis of a metric: its full range where that holds all intervals, else zero and all of them."""
    ends = [end for bar in bars for end in (bar.value, *(bar.interval or ()))]
    if bounds and min(ends) >= bounds[0] and max(ends) <= bounds[1]:
        return fixed_axis(title, *bounds)
    return axis_range(title, [0.0, *(bounds or ()), *ends])


def difference_axis(title: str, bounds: tuple[float, float] | None, bars: Sequence[Bar]) -> AxisRange:
    """Return an axis of differences with zero in its middle, at least a tenth of the metric's range to each side."""
    ends = [end for bar in bars for end in (bar.value, *(bar.interval or ()))]
    least = (bounds[1] - bounds[0]) / 10 if bounds else 0.0
    return axis_range(title, [*ends, least, -least], is_symmetric=True)


def recall_picture(matrices: Sequence[Matrix], *, has_intervals: bool) -> Picture:
    """Return a picture of the recall of each class, on an axis from 0 to 1."""
    panels, rows = [], []
    for matrix in matrices:
        bars = _recalls(matrix, has_intervals=has_intervals)
        named = f": {matrix.series.name}" if len(matrices) > 1 else ""
        panels.append(
            interval_panel(
                f"Recall by class{named}",
                bars,
                fixed_axis("recall"),
                "The share of each class that was found.",
            )
        )
        rows += [[bar.label, matrix.series.name, number(bar.value, 3), _interval(bar)] for bar in bars]
    return Picture(
        title="Recall by class",
        panels=panels,
        table=numbers_table(["Class", "Model", "Recall", "Wilson interval (95 %)"], rows, len(rows)),
        notes=["Bars are Wilson intervals (95 %) of each class alone."] if has_intervals else [],
    )


def _recalls(matrix: Matrix, *, has_intervals: bool) -> list[Bar]:
    rates = [
        (label, wilson(row[place], sum(row)))
        for place, (label, row) in enumerate(zip(matrix.classes, matrix.counts, strict=True))
        if sum(row)
    ]
    return [
        Bar(
            label=f"{fitting(label, _LABEL_COLUMNS - 7)} ({number(rate.total)})",
            value=rate.value,
            interval=(rate.low, rate.high) if has_intervals else None,
            series=matrix.series.number,
        )
        for label, rate in rates
    ]


def _spread(bar: Bar, y: float, on: AxisRange, ends: tuple[float, float]) -> Line:
    low, high = bar.interval or (bar.value, bar.value)
    points = [Point(place(low, on, *ends), y), Point(place(high, on, *ends), y)]
    return Line(points=points, role="spread", series=bar.series)


def _interval(bar: Bar) -> str:
    if bar.interval is None:
        return "none"
    return f"{number(bar.interval[0], 3)} to {number(bar.interval[1], 3)}"
