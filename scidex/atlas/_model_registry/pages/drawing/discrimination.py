"""ROC curves: how well a score separates two classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from scidex.atlas._model_registry.pages.drawing.axes import fixed_axis
from scidex.atlas._model_registry.pages.drawing.picture import (
    Area,
    Dots,
    Key,
    Line,
    Panel,
    Picture,
    Series,
    Table,
)
from scidex.atlas._model_registry.pages.drawing.plot import Plot, plot
from scidex.atlas._model_registry.pages.drawing.rates import wilson
from scidex.atlas._model_registry.pages.drawing.shapes import Point
from scidex.atlas._model_registry.pages.drawing.tables import numbers_table
from scidex.atlas._model_registry.pages.words.numbers import number

_FINEST = 500  # steps along each rate, finer than the pixels of a panel
_BAND_LEVEL = 0.975  # for each rate, so that both hold together with at least 95 %


class ThresholdStep(NamedTuple):
    """The rows with a score of at least ``threshold``: how many are of each class."""

    threshold: float
    true_positives: int
    false_positives: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Roc:
    """A ROC curve from (0, 0) to (1, 1), with one step for each different score."""

    steps: Sequence[ThresholdStep]
    positives: int
    negatives: int

    @property
    def points(self) -> list[tuple[float, float]]:
        """The false and the true positive rates."""
        return [(0.0, 0.0), *(self.rates(step) for step in self.steps)]

    @property
    def area(self) -> float:
        """The area under the curve: the share of pairs in which the positive row scores higher, ties counted half."""
        return sum((right - left) * (low + high) / 2 for (left, low), (right, high) in pairwise(self.points))

    def rates(self, step: ThresholdStep) -> tuple[float, float]:
        """Return the false and the true positive rate at a step."""
        return step.false_positives / self.negatives, step.true_positives / self.positives


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """The rows of a binary model.

    ``decided`` are the classes that it named; ``has_band`` if its rows are independent.
    """

    series: Series
    is_positive: Sequence[bool]
    scores: Sequence[float]
    decided: Sequence[bool]
    threshold: float
    has_band: bool


def roc(is_positive: Sequence[bool], scores: Sequence[float]) -> Roc | None:
    """Return the ROC curve of scores (T. Fawcett, Pattern Recognition Letters 27, 861, 2006).

    None where only one class occurs.
    """
    positives = sum(is_positive)
    negatives = len(is_positive) - positives
    if not positives or not negatives:
        return None
    ranked = sorted(zip(scores, is_positive, strict=True), reverse=True)
    steps, true, false = [], 0, 0
    for threshold, rows in groupby(ranked, key=lambda row: row[0]):
        found = [row[1] for row in rows]
        true += sum(found)
        false += len(found) - sum(found)
        steps.append(ThresholdStep(threshold, true, false))
    return Roc(steps=steps, positives=positives, negatives=negatives)


def band(curve: Roc) -> list[tuple[float, float]]:
    """Return the outline of a pointwise band: at each threshold the rectangle of both rates' Wilson intervals."""
    upper, lower = [], []
    for step in _apart(curve):
        false = wilson(step.false_positives, curve.negatives, _BAND_LEVEL)
        true = wilson(step.true_positives, curve.positives, _BAND_LEVEL)
        upper.append((false.low, true.high))
        lower.append((false.high, true.low))
    first = wilson(0, curve.negatives, _BAND_LEVEL).high, wilson(0, curve.positives, _BAND_LEVEL).high
    return [(0.0, 0.0), (0.0, first[1]), *upper, (1.0, 1.0), *reversed(lower), (first[0], 0.0)]


def _apart(curve: Roc) -> list[ThresholdStep]:
    """Return the steps that can be seen apart from the one before."""
    cells: dict[tuple[int, int], ThresholdStep] = {}
    for step in curve.steps:
        false, true = curve.rates(step)
        cells.setdefault((int(false * _FINEST), int(true * _FINEST)), step)
    return list(cells.values())


def _drawn(curve: Roc) -> list[tuple[float, float]]:
    return [(0.0, 0.0), *map(curve.rates, _apart(curve)), (1.0, 1.0)]


def roc_picture(models: Sequence[Classified]) -> Picture | None:
    """Return the ROC curves of models on one panel, with marks for their decisions; None without a curve."""
    curves = [
        (model, curve) for model in models if (curve := roc(model.is_positive, model.scores)) is not None
    ]
    if not curves:
        return None
    on = plot(
        "ROC curve",
        fixed_axis("false positive rate (1 minus specificity)"),
        fixed_axis("true positive rate (sensitivity)"),
    )
    return Picture(
        title="ROC curve",
        panels=[_panel(on, curves)],
        table=_table(curves),
        legend=[_key(model, curve, named=len(models) > 1) for model, curve in curves],
        notes=_notes(curves),
    )


def _panel(on: Plot, curves: Sequence[tuple[Classified, Roc]]) -> Panel:
    banded = [(model, curve) for model, curve in curves if model.has_band] if len(curves) == 1 else []
    said = ", ".join(f"{model.series.name}: area {number(curve.area, 3)}" for model, curve in curves)
    return on.panel(
        f"{said}. A curve along the diagonal tells nothing; the upper left corner is perfect.",
        areas=[
            Area(points=_distinct(on.points(band(curve))), series=model.series.number)
            for model, curve in banded
        ],
        lines=[
            on.line((0, 0), (1, 1)),
            *(
                Line(points=_distinct(on.points(_drawn(curve))), role="fit", series=model.series.number)
                for model, curve in curves
            ),
        ],
        dots=[Dots(points=[on.at(*decision(model))], series=model.series.number) for model, _ in curves],
    )


def decision(model: Classified) -> tuple[float, float]:
    """Return the false and the true positive rate of the classes that the model named."""
    rows = list(zip(model.is_positive, model.decided, strict=True))
    positives = sum(model.is_positive)
    true, false = rows.count((True, True)), rows.count((False, True))
    return false / (len(rows) - positives), true / positives


def _distinct(points: Sequence[Point]) -> list[Point]:
    """Return points without those on the pixel of a neighbour, or on the straight line between two."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2].x == kept[-1].x == point.x or kept[-2].y == kept[-1].y == point.y):
            kept.pop()
        kept.append(point)
    return kept


def _key(model: Classified, curve: Roc, *, named: bool) -> Key:
    area = f"area {number(curve.area, 3)}"
    decided = f"the mark is the decision at threshold {number(model.threshold)}"
    text = f"{model.series.name}: {area}" if named else f"{area}; {decided}"
    return Key(text=text, series=model.series.number, has_line=True, has_dot=True)


def _notes(curves: Sequence[tuple[Classified, Roc]]) -> list[str]:
    _, first = curves[0]
    counts = f"{number(first.positives)} positive and {number(first.negatives)} negative rows."
    if len(curves) > 1:
        thresholds = dict.fromkeys(number(model.threshold) for model, _ in curves)
        return [counts, f"Marks are the decisions, at threshold {', '.join(thresholds)}."]
    if not curves[0][0].has_band:
        return [counts, "No band is drawn: the rows are grouped or weighted, so they are not independent."]
    return [
        counts,
        "The band is pointwise: at each threshold it holds the Wilson intervals of both rates together with 95 %. "
        "The whole curve lies inside less often.",
    ]


def _table(curves: Sequence[tuple[Classified, Roc]]) -> Table:
    rows = (
        [
            number(step.threshold),
            model.series.name,
            f"{number(step.false_positives)} of {number(curve.negatives)}",
            f"{number(step.true_positives)} of {number(curve.positives)}",
        ]
        for model, curve in curves
        for step in curve.steps
    )
    return numbers_table(
        ["Threshold", "Model", "False positives", "True positives"],
        rows,
        sum(len(curve.steps) for _, curve in curves),
    )
