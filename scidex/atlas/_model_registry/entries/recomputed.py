"""Every metric that an evaluation gives, with its interval, beside what its model reports. numpy is imported here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from scidex.atlas._model_registry.contract.answers.evaluations import RecomputedMetric
from scidex.atlas._model_registry.metrics.recomputed import SPLITS, is_measured_on, recomputable
from scidex.atlas._model_registry.metrics.units import convert_difference
from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation, Split

if TYPE_CHECKING:
    from scidex.atlas._model_registry.statistics.agreement import Agreement
    from scidex.atlas._model_registry.statistics.estimates import Estimate
    from scidex.atlas._model_registry.statistics.table import Metric

NOT_REPORTED = "not reported"
_IN_SQUARE: Final = frozenset({"mse"})
_PLAIN_UNIT: Final = re.compile(r"[^()]+")


class Declared(Protocol):
    """What a model declares of one of its metrics; None where it declares nothing."""

    @property
    def unit(self) -> str | None: ...
    @property
    def dataset(self) -> str | None: ...
    @property
    def split(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Reported:
    """A metric as a model reports it, and what it stands for; ``split`` is None where nothing says it."""

    name: str
    value: float
    metric: str
    unit: str | None
    dataset: str | None
    split: Split | None


def reported_metrics(metrics: Mapping[str, float], declared: Mapping[str, Declared]) -> list[Reported]:
    """Return the reported metrics that evaluations can give, by name; ``declared`` holds what is said of each."""
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


def recomputed_metrics(
    evaluations: Sequence[Evaluation], reported: Sequence[Reported]
) -> dict[str, list[RecomputedMetric]]:
    """Return the metrics of some evaluations of one model, by evaluation.

    A reported value belongs to an evaluation where name and split fit and, if it declares a data set, that does; a
    name that says no split, where all evaluations have one. Where one of several agrees, it contradicts no other.
    """
    from scidex.atlas._model_registry.statistics.estimates import estimates  # noqa: PLC0415 - numpy
    from scidex.atlas._model_registry.statistics.table import metrics_of  # noqa: PLC0415 - numpy

    found = {}
    for evaluation in evaluations:
        own = _belonging(reported, evaluation, evaluations)
        columns = evaluation.columns
        estimated = estimates({evaluation.digest: columns}, metrics_of(columns))[evaluation.digest]
        found[evaluation.id] = [
            _entry(estimate, columns, one)
            for name, estimate in estimated.items()
            for one in _named(name, own)
        ]
    _settle(found)
    return found


def agreement_of(
    columns: Columns, metric: "Metric", reported: float, unit: str | None, plain: float | None
) -> "Agreement":
    """Hold a reported value with its declared unit against the recomputed one, in the unit of the evaluation."""
    from scidex.atlas._model_registry.statistics.agreement import Agreement, agreement  # noqa: PLC0415 - numpy

    own = _unit(metric, columns)
    value: float | None = reported
    if own is not None and unit is not None:
        value = convert_difference(reported, unit, own)
    if value is None:
        return Agreement(plain, agrees=None, reason=f"{unit} does not convert to {own}")
    return agreement(columns, metric, value, plain)


def _split(word: str | None) -> Split | None:
    return SPLITS.get(word) if word else None


def _belonging(
    reported: Sequence[Reported], evaluation: Evaluation, evaluations: Sequence[Evaluation]
) -> list[Reported]:
    splits = {one.split for one in evaluations}
    only = next(iter(splits)) if len(splits) == 1 else None
    return [
        one
        for one in reported
        if (split := one.split or only) is not None
        and is_measured_on(evaluation, split, one.name, one.dataset)
    ]


def _named(metric: str, reported: Sequence[Reported]) -> Sequence[Reported | None]:
    return [each for each in reported if each.metric == metric] or [None]


def _entry(estimate: "Estimate", columns: Columns, reported: Reported | None) -> RecomputedMetric:
    from scidex.atlas._model_registry.statistics.intervals import LEVEL  # noqa: PLC0415 - numpy

    interval = estimate.interval()
    held = (
        agreement_of(columns, estimate.metric, reported.value, reported.unit, estimate.value)
        if reported
        else None
    )
    return {
        "metric": estimate.metric.name,
        "value": estimate.value,
        "unit": _unit(estimate.metric, columns),
        "interval": None if interval is None else list(interval),
        "level": LEVEL,
        "no_interval": estimate.why_none() if interval is None else None,
        "reported_as": reported.name if reported else None,
        "reported": reported.value if reported else None,
        "agrees": held.agrees if held else None,
        "form": held.form if held else None,
        "reason": held.reason if held else NOT_REPORTED,
    }


def _unit(metric: "Metric", columns: Columns) -> str | None:
    if columns.unit is None or metric.in_unit:
        return columns.unit
    is_square = metric.name in _IN_SQUARE and _PLAIN_UNIT.fullmatch(columns.unit)
    return f"({columns.unit})^2" if is_square else None


def _settle(found: Mapping[str, Sequence[RecomputedMetric]]) -> None:
    """Let a reported value that one evaluation gives contradict no other."""
    giving = {
        one["reported_as"]: evaluation
        for evaluation, metrics in found.items()
        for one in metrics
        if one["agrees"]
    }
    for metrics in found.values():
        for one in metrics:
            if one["agrees"] is False and one["reported_as"] in giving:
                one["agrees"] = None
                one["reason"] = f"it is what {giving[one['reported_as']]} gives"
