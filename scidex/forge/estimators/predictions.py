"""From observed and predicted values to an evaluation and its reported metrics."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scidex.forge.estimators.class_metrics import class_metrics
from scidex.forge.estimators.described import CannotDescribe, HeldOut

# The most rows of an evaluation (docs/evidence.md).
MOST_ROWS = 20_000


def observed_of(held_out: HeldOut) -> list[Any]:
    """Return ``y`` as a list with one value for each row.

    Raises:
        CannotDescribe: it is not one-dimensional, or has more rows than an evaluation holds.

    """
    observed = np.asarray(held_out.y)
    if observed.ndim == 2 and observed.shape[1] == 1:  # noqa: PLR2004  a column
        observed = observed[:, 0]
    if observed.ndim != 1:
        message = (
            f"y has shape {observed.shape}; give one value for each row, and describe outputs one by one"
        )
        raise CannotDescribe(message)
    if len(observed) > MOST_ROWS:
        message = f"y has {len(observed)} rows, an evaluation holds {MOST_ROWS}; give a part, drawn at random"
        raise CannotDescribe(message)
    return list(observed.tolist())


def of_numbers(held_out: HeldOut, predicted: Any) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the columns of a regression's evaluation, and its rmse, mae and r2."""
    observed, given = observed_of(held_out), np.asarray(predicted, dtype=float).reshape(-1)
    _refuse_lengths(observed, given.tolist())
    columns = {"task": "regression", "observed": observed, "predicted": given.tolist(), **_claims(held_out)}
    if held_out.unit is not None:
        columns["unit"] = held_out.unit
    errors = given - np.asarray(observed, dtype=float)
    spread = np.asarray(observed, dtype=float) - np.mean(observed)
    metrics = {"rmse": float(np.sqrt(np.mean(errors**2))), "mae": float(np.mean(np.abs(errors)))}
    if np.any(spread != 0):
        metrics["r2"] = float(1 - np.sum(errors**2) / np.sum(spread**2))
    return columns, metrics


def of_labels(
    held_out: HeldOut,
    predicted: Any,
    classes: Sequence[Any],
    scores: Any = None,
    scores_are: str = "probability",
) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the columns of a classifier's evaluation, and its metrics (:func:`class_metrics`).

    ``scores`` has a column for each class, in their order; of two classes one column, of the second, suffices.
    """
    observed = [label(one) for one in observed_of(held_out)]
    given = [label(one) for one in np.asarray(predicted).reshape(-1).tolist()]
    _refuse_lengths(observed, given)
    names = [label(one) for one in np.asarray(classes).tolist()]
    columns: dict[str, Any] = {"observed": observed, "predicted": given, **_claims(held_out)}
    if len(names) == 2:  # noqa: PLR2004  a binary task
        positive = names[1] if held_out.positive is None else label(held_out.positive)
        if positive not in names:
            raise CannotDescribe(f"positive is {positive!r}; the classes are {', '.join(names)}")
        columns |= {"task": "binary", "positive": positive}
        if scores is not None:
            columns |= {
                "scores": _column_of(scores, names.index(positive), scores_are),
                "scores_are": scores_are,
            }
    else:
        columns["task"] = "multiclass"
        if scores is not None:
            table = np.asarray(scores, dtype=float)
            columns |= {
                "scores": {name: table[:, place].tolist() for place, name in enumerate(names)},
                "scores_are": scores_are,
            }
    return columns, class_metrics(columns)


def _column_of(scores: Any, place: int, scores_are: str) -> list[float]:
    """Return the scores of one of two classes; a single column is that of the second, the first has its opposite."""
    table = np.asarray(scores, dtype=float)
    if table.ndim == 2:  # noqa: PLR2004
        return list(table[:, place].tolist())
    opposite = 1 - table if scores_are == "probability" else -table
    return list((table if place == 1 else opposite).tolist())


def label(value: Any) -> str:
    """Return a class label as an evaluation holds it: whole numbers as digits, truth values in lower case."""
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _claims(held_out: HeldOut) -> Mapping[str, Any]:
    claims: dict[str, Any] = {"split": held_out.split}
    if held_out.sample is not None:
        claims["sample"] = [str(one) for one in held_out.sample]
    if held_out.group is not None:
        claims["group"] = [str(one) for one in held_out.group]
    return claims


def _refuse_lengths(observed: Sequence[Any], predicted: Sequence[Any]) -> None:
    if len(observed) != len(predicted):
        raise CannotDescribe(
            f"y has {len(observed)} rows, X gives {len(predicted)}; give the same rows in both"
        )
