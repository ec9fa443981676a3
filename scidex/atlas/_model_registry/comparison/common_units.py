"""Evaluations of the same samples, converted to common units so that they pair."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scidex.atlas._model_registry.metrics.units import (
    TOLERANCE,
    convert_difference,
    on_one_scale,
    without_rounding_noise,
)
from scidex.atlas._model_registry.records.evaluations import Axis, Columns, Evaluation, Numbers

_ZEROS = (0.0, 0.0)


def in_common_units(
    evaluations: Mapping[str, Sequence[Evaluation]], baseline: str
) -> dict[str, list[Evaluation]]:
    """Return evaluations by model, with regressions in the units of the first of their dataset version and split.

    The first is the baseline's where it has one. Units that do not convert, or have an offset (°C), stay.
    """
    first: dict[tuple[object, ...], Evaluation] = {}
    for model in sorted(evaluations, key=lambda one: one != baseline):
        for one in evaluations[model]:
            first.setdefault(_samples_of(one), one)
    return {model: [_like(first[_samples_of(one)], one) for one in own] for model, own in evaluations.items()}


def _samples_of(one: Evaluation) -> tuple[object, ...]:
    return one.dataset_id, one.dataset_version, one.split, one.columns.task


def _like(first: Evaluation, one: Evaluation) -> Evaluation:
    if one is first or one.columns.task != "regression":
        return one
    columns = _on_the_axis_of(first.columns, _in_the_unit_of(first.columns, one.columns))
    if columns is one.columns:
        return one
    written = f"{one.digest} like {first.digest}"  # together they determine the converted columns
    digest = hashlib.sha256(written.encode()).hexdigest()
    return replace(one, columns=columns, digest=digest, unit_as_given=one.columns.unit)


def _in_the_unit_of(first: Columns, own: Columns) -> Columns:
    factor = _factor(own.unit, first.unit)
    if factor is None:
        return own
    observed = _scaled(own.observed, factor)
    curve = own.curve and replace(own.curve, predicted=_scaled(own.curve.predicted, factor))
    predicted = None if own.predicted is None else _scaled(own.predicted, factor)
    return replace(
        own, unit=first.unit, observed=_as_observed(first, own, observed), predicted=predicted, curve=curve
    )


def _on_the_axis_of(first: Columns, own: Columns) -> Columns:
    if first.x is None or own.x is None or first.x.name != own.x.name:
        return own
    factor = _factor(own.x.unit, first.x.unit)
    if factor is None:
        return own
    axis = Axis(name=own.x.name, unit=first.x.unit, values=_scaled(own.x.values, factor))
    return replace(own, x=axis, curve=own.curve and replace(own.curve, x=_scaled(own.curve.x, factor)))


def _factor(unit: str | None, into: str | None) -> float | None:
    """Return the factor of a conversion; None where none is needed or the two units differ by an offset."""
    if unit is None or into is None or unit == into or on_one_scale(0.0, unit, 0.0, into) != _ZEROS:
        return None
    return convert_difference(1.0, unit, into)


def _scaled(values: Sequence[float | str], factor: float) -> Numbers:
    return tuple(without_rounding_noise(float(value) * factor) for value in values)


def _as_observed(first: Columns, own: Columns, converted: Numbers) -> Numbers:
    """Return the first's digits where the two differ only by rounding: they are one measurement."""
    if first.sample is None or own.sample is None:
        return converted
    known = dict(zip(first.sample, map(float, first.observed), strict=True))
    return tuple(
        there
        if (there := known.get(sample, value)) and math.isclose(there, value, rel_tol=TOLERANCE)
        else value
        for sample, value in zip(own.sample, converted, strict=True)
    )
