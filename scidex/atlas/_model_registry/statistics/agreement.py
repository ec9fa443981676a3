"""Whether a reported value is what its evaluation gives."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from scidex.atlas._model_registry.records.evaluations import Columns
from scidex.atlas._model_registry.statistics.arrays import Floats, arrays, order
from scidex.atlas._model_registry.statistics.definitions import definitions
from scidex.atlas._model_registry.statistics.table import Metric

_SLACK = 1e-9
_DECIMALS_OF_A_SHARE = 2
# Of many definitions one is near any number of one digit, so that such a number names none of them.
_DIGITS_OF_A_FORM = 2
_WITHIN_ONE = frozenset({"share", "correlation", "below one"})
_PER_CENT = 100
_MOST_PARTS = 200  # a mean over more would take a matrix of parts and rows that is too large

TOO_COARSE = "reported too coarsely to say"
NOT_RECOMPUTED = "undefined for the data"
BEYOND = "more than half a unit of the last decimal reported away"
IN_NO_FORM = f"{BEYOND}, by each definition in use"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether a reported value agrees with the recomputed ``value``.

    ``agrees`` is None where nothing can be recomputed or the value was reported too coarsely. ``form`` names the
    form that matches where it is not the plain one, such as ``macro``. ``reason`` says why ``agrees`` is not True.
    """

    value: float | None
    agrees: bool | None
    form: str | None = None
    reason: str | None = None


def value_of_all_rows(columns: Columns, metric: Metric) -> float | None:
    """Return the metric of all rows; None where it is undefined."""
    data = arrays(columns)
    return _number(metric.measure(data, data.weights[None, :]))


def agreement(columns: Columns, metric: Metric, reported: float, plain: float | None = None) -> Agreement:
    """Return how a reported value agrees with the metric, recomputed in each form that it may have.

    ``plain`` is the recomputed value in the plain form, where it is known already.
    """
    if plain is not None and holds(reported, plain, metric):
        return Agreement(plain, agrees=True)
    found = [(form, value) for form, value in _forms(columns, metric) if value is not None]
    plain = next((value for form, value in found if form is None), None)
    coarse = False
    for form, value in found:
        agrees = holds(reported, value, metric, significant=_DIGITS_OF_A_FORM if form else 1)
        if agrees:
            return Agreement(plain, agrees=True, form=form)
        coarse = coarse or agrees is None
    if not found:
        return Agreement(plain, agrees=None, reason=NOT_RECOMPUTED)
    if coarse:
        return Agreement(plain, agrees=None, reason=TOO_COARSE)
    return Agreement(plain, agrees=False, reason=BEYOND if len(found) == 1 else IN_NO_FORM)


def holds(reported: float, value: float, metric: Metric, significant: int = 1) -> bool | None:
    """Return whether a value rounds to the reported one; None where it was reported too coarsely to say.

    The tolerance is half a unit of the last reported decimal, and 1e-9. A metric between -1 and 1 needs at least two
    decimals, as do R2, explained variance and Brier within that range; a share or correlation above 1 is in per cent.
    ``significant`` is the number of digits that any metric needs.
    """
    decimals = _decimals(reported)
    bounded = metric.scale in {"share", "correlation"}
    least = _decimals_of(reported, significant)
    if bounded and abs(reported) > 1:
        value *= _PER_CENT
    elif (metric.scale in _WITHIN_ONE or metric.name == "brier") and abs(reported) <= 1:
        least = max(least, _DECIMALS_OF_A_SHARE)
    distance = abs(reported - value)
    slack = _SLACK * max(1.0, abs(value)) if bounded else _SLACK * (abs(value) or 1.0)
    if distance <= 0.5 * 10.0 ** -max(decimals, least) + slack:
        return True
    return None if distance <= 0.5 * 10.0**-decimals + slack else False


def _decimals_of(reported: float, significant: int) -> int:
    """Return with how many decimals a number has so many significant digits."""
    return max(0, significant - 1 - math.floor(math.log10(abs(reported)))) if reported else 0


def _decimals(reported: float) -> int:
    """Return the number of decimals with which a number is written; 1200.0 has none, 1.2e-7 has eight."""
    exponent = Decimal(repr(float(reported))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _forms(columns: Columns, metric: Metric) -> Iterator[tuple[str | None, float | None]]:
    data = arrays(columns)
    own = data.weights[None, :]
    yield None, _number(metric.measure(data, own))
    for form, measure in definitions(metric.name, data):
        yield form, _number(measure(data, own))
    if metric.needs == "predicted" and _has_ties_at_threshold(columns):
        above = replace(columns, threshold=math.nextafter(columns.threshold, math.inf))
        yield "scores above the threshold", value_of_all_rows(above, metric)
    for part, parts_of in (("folds", columns.fold), ("groups", columns.group)):
        if parts_of is not None and len(set(parts_of)) <= _MOST_PARTS:
            yield f"mean over {part}", _mean_over(parts_of, columns, metric)
    if columns.weights is not None:
        yield "unweighted", _number(metric.measure(data, np.ones_like(own)))


def _has_ties_at_threshold(columns: Columns) -> bool:
    """Return whether a score at the threshold decides a label; libraries differ on its side."""
    return columns.predicted is None and columns.threshold in (columns.scores or ())


def _mean_over(parts_of: Sequence[str | None], columns: Columns, metric: Metric) -> float | None:
    """Return the mean of the metric within each fold or group; None where one leaves it undefined."""
    data = arrays(columns)
    of = np.array([str(part) for part in parts_of])[order(columns)]
    parts: Floats = np.array([of == part for part in np.unique(of)], dtype=float)
    return _number(np.mean(metric.measure(data, parts * data.weights), keepdims=True))


def _number(values: Floats) -> float | None:
    return float(values[0]) if math.isfinite(values[0]) else None
