"""The chart of a figure with its data: one series of points over two labelled axes."""

import math
from collections.abc import Mapping
from itertools import pairwise

from scidex.atlas._model_registry.pages.drawing.axes import axis_range
from scidex.atlas._model_registry.pages.drawing.picture import Dots, Line, Picture
from scidex.atlas._model_registry.pages.drawing.plot import plot
from scidex.atlas._model_registry.pages.drawing.tables import numbers_table
from scidex.atlas._model_registry.pages.drawing.thinning import thinned, thinned_line
from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.models import Json

_MOST_POINTS = 20_000
_LABEL_LIMIT = 80


def chart_picture(metadata: Json) -> Picture | None:
    """Return a picture of ``{"chart": title, "x": {"label", "values"}, "y": {"label", "values"}}``; None for others.

    The points are joined only where both columns are monotonic, like those of a ROC curve.
    """
    if not isinstance(metadata, dict):
        return None
    x, y = _column(metadata.get("x")), _column(metadata.get("y"))
    if x is None or y is None or len(x[1]) != len(y[1]):
        return None
    title = metadata.get("chart")
    pairs = list(zip(x[1], y[1], strict=True))
    return _drawn(shortened(title if isinstance(title, str) else "Chart", _LABEL_LIMIT), x[0], y[0], pairs)


def _column(value: Json) -> tuple[str, list[float]] | None:
    if not isinstance(value, Mapping):
        return None
    values, label = value.get("values"), value.get("label")
    if not isinstance(values, list) or not 0 < len(values) <= _MOST_POINTS:
        return None
    numbers = [float(one) for one in values if isinstance(one, int | float) and not isinstance(one, bool)]
    if len(numbers) < len(values) or not all(map(math.isfinite, numbers)):
        return None
    return shortened(label, _LABEL_LIMIT) if isinstance(label, str) else "not labelled", numbers


def _drawn(title: str, x_title: str, y_title: str, pairs: list[tuple[float, float]]) -> Picture:
    on = plot(title, axis_range(x_title, (x for x, _ in pairs)), axis_range(y_title, (y for _, y in pairs)))
    is_curve = _runs_one_way(pairs)
    panel = on.panel(
        f"{counted(len(pairs), 'point')}.",
        lines=[Line(points=on.points(thinned_line(pairs)), role="fit", series=0)] if is_curve else [],
        dots=[] if is_curve else [Dots(points=on.points(thinned(pairs)), series=0, is_hollow=True)],
    )
    rows = ([number(x), number(y)] for x, y in pairs)
    return Picture(title=title, panels=[panel], table=numbers_table([x_title, y_title], rows, len(pairs)))


def _runs_one_way(pairs: list[tuple[float, float]]) -> bool:
    rising = all(left[0] <= right[0] for left, right in pairwise(pairs))
    up = all(left[1] <= right[1] for left, right in pairwise(pairs))
    down = all(left[1] >= right[1] for left, right in pairwise(pairs))
    return len(pairs) > 2 and rising and (up or down)  # noqa: PLR2004 -- two points are not a curve
