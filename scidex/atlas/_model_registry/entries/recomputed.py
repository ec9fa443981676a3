"""Every metric that an evaluation gives, with its interval, beside what its model reports. numpy is imported here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from scidex.atlas._model_registry.contract.answers.evaluations import RecomputedMetric
from scidex.atlas._model_registry.metrics.recomputed import SPLITS, is_measured_on, recomputable
from scidex.atlas._model_registry.metrics.units import convert_difference
from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation, Split
from scidex.atlas._model_registry.statistics.kept import KeptValues

if TYPE_CHECKING:
    from scidex.atlas._model_registry.statistics.agreement import Agreement
    from scidex.atlas._model_registry.statistics.estimates import Estimate
    from scidex.atlas._model_registry.statistics.table import Metric

NOT_REPORTED = "not reported"
# Kept agreements of reported values with columns.
_MOST_HELD: Final = 10_000
_IN_SQUARE: Final = frozenset({"mse"})
_PLAIN_UNIT: Final = re.compile(r"[^()]+")


_held: "KeptValues[tuple[str, str, float], Agreement]" = KeptValues(_MOST_HELD)


class Declared(Protocol):
    """A model's declaration of one of its metrics; None where it declares nothing."""

    @property
    def unit(self) -> str | None: ...
    @property
    def dataset(self) -> str | None: ...
    @property
    def split(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Reported:
    """A metric as a model reports it, and the ``metric`` of the table that it is; ``split`` is None if not told."""

    name: str
    value: float
    metric: str
    unit: str | None
    dataset: str | None
    split: Split | None


def reported_metrics(metrics: Mapping[str, float], declared: Mapping[str, Declared]) -> list[Reported]:
    """Return the reported metrics that evaluations can give, by name; ``declared`` holds each one's declaration."""
    return [
        Reported(
            name=name,
            value=value,
            metric=metric,
            unit=declared[name].unit,
            dataset=declared[name].dataset,
            split=_split(declared[name].split),
        )
        for name, value in sorted(metrics.items())
        if name in declared and (metric := recomputable(name)) is not None
    ]


@dataclass(frozen=True, slots=True)
class Held:
    """A reported metric compared with an evaluation that gives it; ``unit`` is that of the recomputed value."""

    reported: Reported
    metric: "Metric"
    unit: str | None
    agreement: "Agreement"

    @property
    def agrees(self) -> bool | None:
        """Whether the reported value is the recomputed one; None where it cannot be told."""
        return self.agreement.agrees


def recomputed_metrics(
    evaluations: Sequence[Evaluation], held: Mapping[str, Sequence[Held]], *, only: Sequence[str] = ()
) -> dict[str, list[RecomputedMetric]]:
    """Return every metric of a model's evaluations, by evaluation, with the reported values ``held`` against each.

    With ``only``, the one metric is the first of these names that the evaluation gives.
    """
    from scidex.atlas._model_registry.statistics.estimates import estimates  # noqa: PLC0415 - numpy
    from scidex.atlas._model_registry.statistics.table import METRICS, allows, metrics_of  # noqa: PLC0415 - numpy

    def wanted(columns: Columns) -> "Sequence[Metric]":
        first = [METRICS[name] for name in only if allows(columns, METRICS[name])][:1]
        return first if only else metrics_of(columns)

    return {
        one.id: [
            _entry(estimate, one, against)
            for name, estimate in estimates({one.digest: one.columns}, wanted(one.columns))[
                one.digest
            ].items()
            for against in _named(name, held[one.id])
        ]
        for one in evaluations
    }


def agreements(evaluations: Sequence[Evaluation], reported: Sequence[Reported]) -> dict[str, list[Held]]:
    """Return, by evaluation, what one model reports compared with what the evaluation gives.

    A reported value belongs to an evaluation of the same metric, split and, if it declares one, data set; without a
    split it belongs where all evaluations are of one split. A value that agrees with one evaluation contradicts no
    other. An evaluation that is not sound neither confirms nor contradicts.
    """
    held = {
        evaluation.id: [
            Held(
                one,
                metric,
                unit_of(metric, evaluation.columns),
                agreement_of(evaluation, metric, one.value, one.unit),
            )
            for one, metric in _belonging(reported, evaluation, evaluations)
        ]
        for evaluation in evaluations
    }
    return _settled(held)


def agreement_of(evaluation: Evaluation, metric: "Metric", reported: float, unit: str | None) -> "Agreement":
    """Return how a reported value, in its declared unit, agrees with the recomputed one in the evaluation's unit."""
    from scidex.atlas._model_registry.statistics.agreement import Agreement, agreement  # noqa: PLC0415 - numpy
    from scidex.atlas._model_registry.statistics.estimates import plain_value  # noqa: PLC0415 - numpy

    columns, own = evaluation.columns, unit_of(metric, evaluation.columns)
    plain = plain_value(evaluation.digest, columns, metric)
    if evaluation.why_unsound:
        return Agreement(plain, agrees=None, reason=evaluation.why_unsound)
    value: float | None = reported
    if own is not None and unit is not None:
        value = convert_difference(reported, unit, own)
    if value is None:
        return Agreement(plain, agrees=None, reason=f"{unit} does not convert to {own}")
    number = value
    return _held.get_or(
        (evaluation.digest, metric.name, number), lambda: agreement(columns, metric, number, plain)
    )


def unit_of(metric: "Metric", columns: Columns) -> str | None:
    """Return the unit of a recomputed metric; None where it has none or none is declared."""
    if columns.unit is None or metric.in_unit:
        return columns.unit
    is_square = metric.name in _IN_SQUARE and _PLAIN_UNIT.fullmatch(columns.unit)
    return f"({columns.unit})^2" if is_square else None


def _split(word: str | None) -> Split | None:
    return SPLITS.get(word) if word else None


def _belonging(
    reported: Sequence[Reported], evaluation: Evaluation, evaluations: Sequence[Evaluation]
) -> Iterator[tuple[Reported, "Metric"]]:
    from scidex.atlas._model_registry.statistics.table import METRICS, allows  # noqa: PLC0415 - numpy

    splits = {one.split for one in evaluations}
    only = next(iter(splits)) if len(splits) == 1 else None
    for one in reported:
        metric, split = METRICS.get(one.metric), one.split or only
        if metric is None or split is None or not allows(evaluation.columns, metric):
            continue
        if is_measured_on(evaluation, split, one.name, one.dataset):
            yield one, metric


def _named(metric: str, held: Sequence[Held]) -> Sequence[Held | None]:
    return [each for each in held if each.metric.name == metric] or [None]


def _entry(estimate: "Estimate", evaluation: Evaluation, held: Held | None) -> RecomputedMetric:
    from scidex.atlas._model_registry.statistics.intervals import LEVEL  # noqa: PLC0415 - numpy

    unsound = evaluation.why_unsound
    interval = None if unsound else estimate.interval()
    return {
        "metric": estimate.metric.name,
        "value": estimate.value,
        "unit": unit_of(estimate.metric, evaluation.columns),
        "interval": None if interval is None else list(interval),
        "level": LEVEL,
        "no_interval": unsound or (estimate.why_none() if interval is None else None),
        "reported_as": held.reported.name if held else None,
        "reported": held.reported.value if held else None,
        "agrees": held.agrees if held else None,
        "form": held.agreement.form if held else None,
        "reason": held.agreement.reason if held else NOT_REPORTED,
    }


def _settled(found: Mapping[str, Sequence[Held]]) -> dict[str, list[Held]]:
    """Return the comparisons, in which a value that one evaluation gives contradicts no other."""
    giving = {
        one.reported.name: evaluation for evaluation, held in found.items() for one in held if one.agrees
    }

    def settled(one: Held) -> Held:
        if one.agrees is not False or one.reported.name not in giving:
            return one
        reason = f"it is what {giving[one.reported.name]} gives"
        return replace(one, agreement=replace(one.agreement, agrees=None, reason=reason))

    return {evaluation: [settled(one) for one in held] for evaluation, held in found.items()}
