"""Small charts as geometry: the places of all marks, which the templates draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.pages.words.numbers import digits_that_distinguish, number

DotShape = Literal["star", "ring", "dot"]

_DOT_CHART_WIDTH = 200
_MARGIN = 12
_AXIS_Y = 14
_LABEL_STEP = 12
_LETTER_WIDTH = 12  # with the space after it
_SAME_PLACE = 7

_CURVE_WIDTH = 320
_CURVE_HEIGHT = 132
_CURVE_LEFT, _CURVE_RIGHT = 104, 36  # room for the ends of the scale on the left, and for half a label
_AXIS_BEFORE = 40  # what the axis is longer than the dots
_MOST_LABELS = 6
_DIGIT_WIDTH = 6.5
_LABEL_ABOVE, _LABEL_HIGHER = 8, 20  # where neighbours would touch, every other label stands higher
_CURVE_TOP = 36
_CURVE_BOTTOM = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One model's value: the place of its mark."""

    x: float
    shape: DotShape


@dataclass(frozen=True, slots=True, kw_only=True)
class DotLabel:
    """The letters of the models whose marks share a place."""

    x: float
    y: int
    letters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DotChart:
    """The values of one metric on one scale; ``description`` gives them in words."""

    width: int
    height: int
    axis_y: int
    left: int
    right: int
    low: str
    high: str
    dots: list[Dot]
    labels: list[DotLabel]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A value to chart, the letter of its model, and the shape of its mark."""

    letter: str
    value: float
    shape: DotShape


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """One version on a curve; ``letter`` if it is a compared model, ``label`` if there is room for it."""

    x: float
    y: float
    label_y: float
    version: str
    label: str | None
    letter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryCurve:
    """A metric over the versions of a lineage: one dot for each, unjoined, as there is nothing between two versions."""

    name: str
    direction: str | None
    width: int
    height: int
    left: int
    axis_y: int
    top_y: int
    points: list[CurvePoint]
    low: str
    high: str
    description: str


def dot_chart(
    name: str, readings: Sequence[Reading], ends: tuple[float, float] | None = None
) -> DotChart | None:
    """Return one metric's values on a common scale; None where there are fewer than two.

    The scale includes ``ends``, such as 0 and 1 of a bounded metric.
    """
    if len(readings) < 2:  # noqa: PLR2004 -- one dot shows nothing
        return None
    scaled = [*(reading.value for reading in readings), *(ends or ())]
    low, high = min(scaled), max(scaled)
    digits = digits_that_distinguish([low, high])
    dots = [
        Dot(x=_place(reading.value, low, high, _MARGIN, _DOT_CHART_WIDTH - _MARGIN), shape=reading.shape)
        for reading in readings
    ]
    labels = _labels([(dot.x, reading.letter) for dot, reading in zip(dots, readings, strict=True)])
    return DotChart(
        width=_DOT_CHART_WIDTH,
        height=max(label.y for label in labels) + 4,
        axis_y=_AXIS_Y,
        left=_MARGIN,
        right=_DOT_CHART_WIDTH - _MARGIN,
        low=number(low, digits),
        high=number(high, digits),
        dots=sorted(dots, key=lambda dot: dot.shape == "star"),  # the last drawn lies on top
        labels=labels,
        description=f"{name} from {number(low, digits)} to {number(high, digits)}: "
        + ", ".join(f"{reading.letter} {number(reading.value)}" for reading in readings),
    )


def history_curve(
    name: str,
    points: Sequence[tuple[int, float, str | None]],
    *,
    direction: str | None = None,
    ends: tuple[float, float] | None = None,
) -> HistoryCurve:
    """Return a metric over version numbers, from ``(version, value, letter)`` in the order of the versions.

    The scale includes ``ends``, such as 0 and 1 of a bounded metric.
    """
    values = [value for _, value, _ in points] or [0.0]
    low, high = min([*values, *(ends or ())]), max([*values, *(ends or ())])
    digits = digits_that_distinguish(values)
    labels = [
        f"{letter or ''} {number(value, digits)}" if letter or len(points) <= _MOST_LABELS else None
        for _, value, letter in points
    ]
    return HistoryCurve(
        name=name,
        direction=direction,
        width=_CURVE_WIDTH,
        height=_CURVE_HEIGHT,
        left=_CURVE_LEFT - _AXIS_BEFORE,
        axis_y=_CURVE_HEIGHT - _CURVE_BOTTOM,
        top_y=_CURVE_TOP,
        points=_versions(points, labels, low, high),
        low=number(low),
        high=number(high),
        description=f"{name} by version: "
        + ", ".join(f"v{version} {number(value, digits)}" for version, value, _ in points),
    )


def _versions(
    points: Sequence[tuple[int, float, str | None]], labels: Sequence[str | None], low: float, high: float
) -> list[CurvePoint]:
    """Return the points from left to right; labels that would touch stand at two heights in turn."""
    last = max(1, len(points) - 1)
    step = (_CURVE_WIDTH - _CURVE_LEFT - _CURVE_RIGHT) / last
    would_touch = (1 + max((len(label or "") for label in labels), default=0)) * _DIGIT_WIDTH > step
    return [
        _version(
            _place(place, 0, last, _CURVE_LEFT, _CURVE_WIDTH - _CURVE_RIGHT),
            _place(value, low, high, _CURVE_HEIGHT - _CURVE_BOTTOM, _CURVE_TOP),
            (f"v{version}", label, letter),
            is_higher=would_touch and place % 2 == 1,
        )
        for place, ((version, value, letter), label) in enumerate(zip(points, labels, strict=True))
    ]


def _version(x: float, y: float, words: tuple[str, str | None, str | None], *, is_higher: bool) -> CurvePoint:
    version, label, letter = words
    above = _LABEL_HIGHER if is_higher else _LABEL_ABOVE
    return CurvePoint(x=x, y=y, label_y=round(y - above, 1), version=version, label=label, letter=letter)


def _place(value: float, low: float, high: float, start: float, end: float) -> float:
    # Halved, because the difference of two finite numbers need not be finite.
    share = (value / 2 - low / 2) / (high / 2 - low / 2) if high > low else 0.5
    return round(start + share * (end - start), 1)


def _labels(marks: Sequence[tuple[float, str]]) -> list[DotLabel]:
    """Return the labels below the axis: one for all marks at a place, in several rows where labels would touch."""
    groups: list[tuple[float, list[str]]] = []
    for x, letter in sorted(marks):
        if groups and x - groups[-1][0] < _SAME_PLACE:
            groups[-1][1].append(letter)
        else:
            groups.append((x, [letter]))
    ends: list[float] = []
    return [_label(x, sorted(letters), ends) for x, letters in groups]


def _label(x: float, letters: Sequence[str], ends: list[float]) -> DotLabel:
    half = len(letters) * _LETTER_WIDTH / 2
    middle = min(max(x, half), _DOT_CHART_WIDTH - half)
    row = next((row for row, end in enumerate(ends) if middle - half >= end), len(ends))
    ends[row : row + 1] = [middle + half]
    return DotLabel(x=middle, y=_AXIS_Y + 18 + _LABEL_STEP * row, letters=" ".join(letters))
