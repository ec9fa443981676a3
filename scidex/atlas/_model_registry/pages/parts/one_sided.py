"""Groups of observations, and thirds of their axis, in which most lie to one side of the predictions."""

import math
from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.evaluations import Columns

_FEWEST, _THIRDS = 6, 3
_CHANCE = 0.05  # for all parts together
_MOST_SAID = 2
_DIGITS = 3
_NAME_LIMIT = 40


def one_sided_parts(columns: Columns, residuals: Sequence[float], noun: str) -> list[str]:
    """Return sentences on up to two parts in which the model is too low or too high, the clearest first.

    A part is named where a sign test over all parts (Bonferroni) rejects that both sides are as likely. Rows of one
    group depend on each other, so this finds places to look at and proves nothing.
    """
    parts = {**_groups(columns, residuals, noun), **_thirds(columns, residuals)}
    judged = [(_chance(rest), name, rest) for name, rest in parts.items() if len(rest) >= _FEWEST]
    clear = sorted((chance, name, rest) for chance, name, rest in judged if chance * len(judged) < _CHANCE)
    return [_words(name, rest) for _, name, rest in clear[:_MOST_SAID]]


def _groups(columns: Columns, residuals: Sequence[float], noun: str) -> Mapping[str, list[float]]:
    parts: dict[str, list[float]] = {}
    for group, rest in zip(columns.group or (), residuals, strict=False):
        if group is not None:
            parts.setdefault(f"In {noun} {shortened(group, _NAME_LIMIT)}", []).append(rest)
    return parts if len(parts) > 1 else {}


def _thirds(columns: Columns, residuals: Sequence[float]) -> Mapping[str, list[float]]:
    """Divide the rows along x into three parts of about as many rows; rows at one x stay together."""
    if columns.x is None:
        return {}
    x = columns.x.values
    ends = sorted(x)
    cuts = [ends[len(ends) * part // _THIRDS] for part in range(1, _THIRDS)]
    parts: dict[int, list[int]] = {}
    for row, value in enumerate(x):
        parts.setdefault(sum(value >= cut for cut in cuts), []).append(row)
    unit = f" {columns.x.unit}" if columns.x.unit else ""
    return {
        f"At {columns.x.name} {_span([x[row] for row in rows])}{unit}": [residuals[row] for row in rows]
        for _, rows in sorted(parts.items())
    }


def _span(values: Sequence[float]) -> str:
    low, high = number(min(values), _DIGITS), number(max(values), _DIGITS)
    return low if low == high else f"{low} to {high}"


def _sides(residuals: Sequence[float]) -> tuple[int, int]:
    return sum(rest > 0 for rest in residuals), sum(rest < 0 for rest in residuals)


def _chance(residuals: Sequence[float]) -> float:
    """Return the two-sided chance of sides as uneven, by the normal approximation with continuity correction."""
    above, below = _sides(residuals)
    distance = abs(above - below) - 1
    return 1.0 if distance <= 0 else math.erfc(distance / math.sqrt(2 * (above + below)))


def _words(name: str, residuals: Sequence[float]) -> str:
    above, below = _sides(residuals)
    side, fault = ("above", "low") if above > below else ("below", "high")
    of = counted(len(residuals), "observation")
    return f"{name} {number(max(above, below))} of {of} lie {side} the prediction: it is too {fault} there."
