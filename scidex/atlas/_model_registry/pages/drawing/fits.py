"""Regression: the fit over time or dose, observed against predicted, and residuals."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scidex.atlas._model_registry.pages.drawing.axes import axis_range
from scidex.atlas._model_registry.pages.drawing.picture import (
    Dots,
    Key,
    Line,
    Panel,
    Picture,
    Series,
    Table,
)
from scidex.atlas._model_registry.pages.drawing.plot import LARGE, SMALL, Plot, plot
from scidex.atlas._model_registry.pages.drawing.tables import numbers_table
from scidex.atlas._model_registry.pages.drawing.thinning import thinned, thinned_line
from scidex.atlas._model_registry.pages.words.numbers import counted, number, signed

Pairs = Sequence[tuple[float, float]]

_MOST_GROUPS = 12
_MOST_LARGE = 3  # panels that have room side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFit:
    """Predictions of a model over x, by group: ``curves`` to draw, and ``rows`` at observed places.

    The curve of the group "" belongs to every group, and all curves belong to the group "". ``is_dense`` where the
    curves are the model's own; else they join what it predicts for the observations.
    """

    series: Series
    is_dense: bool = True
    curves: Mapping[str, Pairs]
    rows: Mapping[str, Pairs]

    def curves_of(self, group: str) -> list[Pairs]:
        """Return the curves of a group; empty without any."""
        own = self.curves.get(group) or self.curves.get("")
        if own:
            return [own]
        return [] if group else list(self.curves.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Residuals:
    """The rows of a model as ``(observed, predicted)``, with their names."""

    series: Series
    rows: Pairs
    samples: Sequence[str]


def fit_over_x(
    observed: Mapping[str, Pairs],
    fits: Sequence[DrawnFit],
    x_title: str,
    y_title: str,
    group_noun: str = "group",
) -> Picture:
    """Return a picture of observations and predictions over x, one panel for each group, all on the same axes.

    ``observed`` holds ``(x, y)`` by group, in the order of the panels; the first twelve are drawn. ``group_noun`` says
    what a group is where its name alone does not.
    """
    shown = list(observed)[:_MOST_GROUPS]
    curves = [curve for fit in fits for group in shown for curve in fit.curves_of(group)]
    everything = [pair for pairs in [*(observed[group] for group in shown), *curves] for pair in pairs]
    x, y = (
        axis_range(x_title, (pair[0] for pair in everything)),
        axis_range(y_title, (pair[1] for pair in everything)),
    )
    is_small = len(shown) > _MOST_LARGE
    panels = [
        _group_panel(plot(group, x, y, SMALL if is_small else LARGE), observed[group], fits, len(shown))
        for group in shown
    ]
    panels = [
        replace(one, title=f"{group_noun} {one.title}") if _says_little(one.title, group_noun) else one
        for one in panels
    ]
    beyond = len(observed) - len(shown)
    notes = [f"{counted(beyond, 'more group')} not drawn; the axes are those of the groups drawn."] * (
        beyond > 0
    )
    notes += _thinned_note(sum(map(len, map(observed.__getitem__, shown))), _dots_drawn(panels))
    return Picture(
        title=f"{y_title[:1].upper()}{y_title[1:]} over {x_title}",
        panels=panels,
        table=_fit_table(observed, fits, x_title, y_title),
        legend=[Key(text="observed", has_dot=True, is_hollow=True), *(_key(fit, shown) for fit in fits)],
        notes=notes,
        is_small=is_small,
    )


def observed_against_predicted(models: Sequence[Residuals], y_title: str) -> Picture:
    """Return a picture of observed against predicted, with the line of equality, and of residuals."""
    y = axis_range(f"observed {y_title}", (value for model in models for row in model.rows for value in row))
    level = plot("Observed against predicted", replace(y, title=f"predicted {y_title}"), y)
    pairs = [[(predicted, seen) for seen, predicted in model.rows] for model in models]
    residuals = [
        [(predicted, _residual(seen, predicted)) for seen, predicted in model.rows] for model in models
    ]
    spread = axis_range(
        f"residual {y_title}",
        (rest for rows in residuals for _, rest in rows),
        is_symmetric=True,
    )
    flat = plot("Residuals: observed minus predicted", level.x, spread)
    drawn = [thinned(rows, len(models)) for rows in pairs]
    total = sum(map(len, pairs))
    panels = [
        _dot_panel(
            level, models, drawn, level.line((y.low, y.low), (y.high, y.high)), "Dots on the line are right."
        ),
        _dot_panel(
            flat,
            models,
            [thinned(rows, len(models)) for rows in residuals],
            flat.line((y.low, 0.0), (y.high, 0.0)),
            "Dots above the line were predicted too low.",
        ),
    ]
    return Picture(
        title="Predictions and residuals",
        panels=panels,
        table=_residual_table(models, y_title),
        legend=[
            Key(text=model.series.name, series=model.series.number, has_dot=True, is_hollow=True)
            for model in models
        ]
        * (len(models) > 1),
        notes=_thinned_note(total, sum(map(len, drawn))),
    )


def _group_panel(on: Plot, observed: Pairs, fits: Sequence[DrawnFit], panels: int) -> Panel:
    predicted = [(fit.series.number, pairs) for fit in fits for pairs in fit.curves_of(on.title)]
    lines = [
        Line(points=on.points(thinned_line(pairs)), role="fit", series=series)
        for series, pairs in predicted
        if _is_line(pairs)
    ]
    dots = [
        Dots(points=on.points(thinned(pairs, panels)), series=series)
        for series, pairs in predicted
        if not _is_line(pairs)
    ]
    said = f"{counted(len(observed), 'observation')} and {counted(len(lines), 'predicted line')}."
    if dots:
        said += " Predictions are dots where several stand at one place."
    return on.panel(
        said, lines=lines, dots=[Dots(points=on.points(thinned(observed, panels)), is_hollow=True), *dots]
    )


def _says_little(group: str, noun: str) -> bool:
    """Return whether a group's name needs its noun: a bare number, or any name where the noun is known."""
    return group.isdigit() or bool(group and noun != "group" and noun.lower() not in group.lower())


def _key(fit: DrawnFit, groups: Sequence[str]) -> Key:
    are_lines = {_is_line(pairs) for group in groups for pairs in fit.curves_of(group)}
    joined = "" if fit.is_dense or True not in are_lines else " for the observations, joined"
    return Key(
        text=f"predicted by {fit.series.name}{joined}",
        series=fit.series.number,
        has_line=True in are_lines,
        has_dot=False in are_lines,
    )


def _is_line(pairs: Pairs) -> bool:
    """Return whether there is one prediction at each x, so that the points may be joined."""
    points = set(pairs)
    return len({x for x, _ in points}) == len(points)


def _dot_panel(
    on: Plot, models: Sequence[Residuals], drawn: Sequence[Pairs], line: Line, reading: str
) -> Panel:
    dots = [
        Dots(points=on.points(pairs), series=model.series.number, is_hollow=True)
        for model, pairs in zip(models, drawn, strict=True)
    ]
    rows = ", ".join(f"{model.series.name}: {counted(len(model.rows), 'row')}" for model in models)
    return on.panel(f"{rows}. {reading}", lines=[line], dots=dots)


def _residual(seen: float, predicted: float) -> float:
    # The difference of two finite numbers need not be finite.
    return max(-sys.float_info.max, min(sys.float_info.max, seen - predicted))


def _dots_drawn(panels: Iterable[Panel]) -> int:
    return sum(len(dots.points) for panel in panels for dots in panel.dots)


def _thinned_note(total: int, drawn: int) -> list[str]:
    if drawn >= total:
        return []
    return [f"{number(drawn)} of {number(total)} points drawn, evenly in order along x, with the extremes."]


def _fit_table(observed: Mapping[str, Pairs], fits: Sequence[DrawnFit], x_title: str, y_title: str) -> Table:
    head = ["Group", x_title, f"observed {y_title}", *(f"predicted by {fit.series.name}" for fit in fits)]
    at = [{group: _values_at(fit.rows.get(group, ())) for group in observed} for fit in fits]
    rows = (
        [group or "all", number(x), number(y), *(_predicted(values[group], x) for values in at)]
        for group, pairs in observed.items()
        for x, y in pairs
    )
    return numbers_table(head, rows, sum(map(len, observed.values())))


def _values_at(pairs: Pairs) -> dict[float, set[float]]:
    values: dict[float, set[float]] = {}
    for x, y in pairs:
        values.setdefault(x, set()).add(y)
    return values


def _predicted(values: Mapping[float, set[float]], x: float) -> str:
    match sorted(values.get(x, ())):
        case []:
            return "not predicted"
        case [value]:
            return number(value)
        case _:
            return "several at this place"


def _residual_table(models: Sequence[Residuals], y_title: str) -> Table:
    head = ["Sample", "Model", f"observed {y_title}", "predicted", "observed minus predicted"]
    rows = (
        [sample, model.series.name, number(seen), number(predicted), signed(seen - predicted)]
        for model in models
        for sample, (seen, predicted) in zip(model.samples, model.rows, strict=True)
    )
    return numbers_table(head, rows, sum(len(model.rows) for model in models))
