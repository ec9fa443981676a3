"""The observations that tell to which side predictions miss."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from scidex.atlas._model_registry.records.evaluations import Columns


def telling(columns: Columns) -> Columns:
    """Return the rows of a regression that could lie on either side of their predictions, and lie on one.

    Of the columns, observed, predicted, x and group are returned.

    Those predicted exactly are left out, as sign tests do. So is the start of ``x`` where the model is 0 by its
    construction and nothing is negative, such as a concentration before the first dose: it can only lie above.
    """
    observed, predicted = _numbers(columns)
    starts = columns.x is not None and min(*observed, *predicted) >= 0
    first = min(columns.x.values) if columns.x is not None and columns.x.values else 0.0
    rows = [
        row
        for row, (seen, said) in enumerate(zip(observed, predicted, strict=True))
        if seen != said and not (starts and said == 0 and columns.x and columns.x.values[row] == first)
    ]
    return _of(columns, rows)


def residuals_of(columns: Columns) -> list[float]:
    """Return the observed less the predicted values."""
    return [seen - said for seen, said in zip(*_numbers(columns), strict=True)]


def _of(columns: Columns, rows: Sequence[int]) -> Columns:
    observed, predicted = _numbers(columns)
    x = columns.x
    return Columns(
        task="regression",
        unit=columns.unit,
        observed=tuple(observed[row] for row in rows),
        predicted=tuple(predicted[row] for row in rows),
        x=replace(x, values=tuple(x.values[row] for row in rows)) if x else None,
        group=tuple(columns.group[row] for row in rows) if columns.group else None,
    )


def _numbers(columns: Columns) -> tuple[Sequence[float], Sequence[float]]:
    return cast("Sequence[float]", columns.observed), cast("Sequence[float]", columns.predicted)
