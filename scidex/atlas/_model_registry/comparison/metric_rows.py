"""The metric table: what each model reports, which is best, how far each is from the baseline."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from scidex.atlas._model_registry.comparison.comparability import judge
from scidex.atlas._model_registry.comparison.evidence import add_evidence
from scidex.atlas._model_registry.comparison.fallen import name_nobody
from scidex.atlas._model_registry.comparison.likelihoods import is_unweighted
from scidex.atlas._model_registry.comparison.measurements import (
    MeasuredByModel,
    Measurement,
    measured_by_model,
)
from scidex.atlas._model_registry.comparison.ranking import best, difference, percentage
from scidex.atlas._model_registry.comparison.recomputed_rows import recomputed_rows
from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.entries.findings import worded
from scidex.atlas._model_registry.metrics.kinds import MetricKind
from scidex.atlas._model_registry.metrics.units import convert_difference
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas._model_registry.records.metrics import Direction, MetricSplit
from scidex.atlas._model_registry.records.provenance import DatasetRecord, TracedModel
from scidex.atlas._model_registry.records.values import as_number

# A share above this is in per cent.
_LARGEST_SHARE = 1.5
# Beginnings of the paths of metrics that could not be read.
_METRIC_PATHS = (
    "model_versions.eval_metrics_json.",
    "metadata.evaluation_metrics.",
    "metadata.training_metrics.",
    "metadata.fit_metrics.",
)


def metric_rows(
    traced: Sequence[TracedModel],
    *,
    baseline: str,
    datasets: Mapping[str, DatasetRecord],
    evaluations: Mapping[str, Sequence[Evaluation]] = MappingProxyType({}),
    fallen: Mapping[str, Sequence[Evaluation]] = MappingProxyType({}),
    measured: MeasuredByModel | None = None,
) -> list[MetricRow]:
    """Return a row for every metric that any of the models reports, those that most report first, then by name.

    Metrics that no model reports, but evaluations on the same samples give, come last.
    ``fallen`` holds the evaluations that are not sound, by model: a metric that only these give has no best.
    ``measured`` holds what the models report where that is read already.
    """
    by_metric: dict[str, dict[str, Measurement]] = {}
    for of_model in (measured or measured_by_model(traced, datasets)).values():
        for name, reported in of_model.items():
            by_metric.setdefault(name, {})[reported.model] = reported
    rows = [_row(name, traced, baseline, reported) for name, reported in by_metric.items()]
    models = [model.document.model.id for model in traced]
    more = list(recomputed_rows(models, rows, evaluations))
    add_evidence([*rows, *more], by_metric, evaluations, baseline)
    name_nobody(rows, by_metric, evaluations, fallen)
    rows += filter(_is_given, more)
    return sorted(
        rows, key=lambda row: (list(row["values"].values()).count(None), row["name"].casefold(), row["name"])
    )


def _is_given(row: MetricRow) -> bool:
    """Return whether the samples give the metric for two models: it is undefined for some data."""
    evidence = row.get("evidence")
    return evidence is not None and sum(value is not None for value in evidence["recomputed"].values()) > 1


def _row(
    name: str, traced: Sequence[TracedModel], baseline: str, reported: Mapping[str, Measurement]
) -> MetricRow:
    models = [model.document.model.id for model in traced]
    direction, target = _direction(reported)
    unit = _unit(reported, baseline)
    values = {
        model: number for model in reported if (number := _converted(reported[model], unit)) is not None
    }
    verdict = judge(list(reported.values()))
    delta = {
        model: difference(values.get(model), values.get(baseline))
        if verdict.on_one_scale or model == baseline
        else None
        for model in models
    }
    spread = _spread(reported, values, unit)
    winners = best(values, direction, target) if verdict.ranks else set()
    row: MetricRow = {
        "name": name,
        "direction": direction,
        "target": target,
        "unit": unit,
        "values": {model: _shown(reported.get(model), values.get(model)) for model in models},
        "best": [model for model in models if model in winners],
        "delta": delta,
        "delta_percent": {model: percentage(delta[model], values.get(baseline)) for model in models},
        "comparable": verdict.comparable,
        "reason": worded(verdict.finding, name) if verdict.finding else None,
        "units": {model: _own_unit(reported.get(model), values.get(model), unit) for model in models},
        "not_a_number": [model.document.model.id for model in traced if _is_no_number(name, model)],
    }
    if verdict.finding:
        row["finding"] = verdict.finding
    if split := _split(reported):
        row["split"] = split
    if spread:
        row["spread"] = spread
    return row


def _split(reported: Mapping[str, Measurement]) -> MetricSplit | None:
    """Return the split that all values were measured on; None if there is no such split."""
    splits = {measured.declared.split for measured in reported.values()}
    return splits.pop() if len(splits) == 1 else None


def _spread(
    reported: Mapping[str, Measurement], values: Mapping[str, float], unit: str | None
) -> dict[str, float]:
    """Return each declared spread in the unit in which the row shows the value."""
    spreads = {}
    for model, measured in reported.items():
        spread, own = measured.declared.spread, measured.declared.unit
        if spread is not None:
            converted = convert_difference(spread, own, unit) if own and model in values else spread
            spreads[model] = spread if converted is None else converted
    return spreads


def _direction(reported: Mapping[str, Measurement]) -> tuple[Direction, float | None]:
    """Return the direction and target that the models declare, if they agree, else those of the name."""
    declared = {(m.declared.direction, m.declared.target) for m in reported.values() if m.declared.direction}
    if len(declared) > 1:
        return "unknown", None
    kinds = {m.kind for m in reported.values()}
    kind = kinds.pop()
    if declared:
        direction, target = declared.pop()
        return direction or kind.direction, target
    if kinds or any(map(is_unweighted, reported.values())):
        return "unknown", None
    if kind.target is not None and _are_in_percent(kind, reported):
        return "unknown", None
    return kind.direction, kind.target


def _are_in_percent(kind: MetricKind, reported: Mapping[str, Measurement]) -> bool:
    """Return whether a share, such as a coverage, is reported in per cent, which changes its target."""
    return kind.pure and any(m.value > _LARGEST_SHARE for m in reported.values())


def _unit(reported: Mapping[str, Measurement], baseline: str) -> str | None:
    """Return the baseline's unit; if it states none, that of the first model by id that does."""
    order = sorted(reported, key=lambda model: (model != baseline, model))
    return next((unit for model in order if (unit := reported[model].declared.unit)), None)


def _converted(reported: Measurement, unit: str | None) -> float | None:
    """Return the value in the row's unit; a value without a unit is taken to be in it already."""
    own = reported.declared.unit
    return reported.value if own is None else convert_difference(reported.value, own, unit)


def _shown(reported: Measurement | None, converted: float | None) -> float | None:
    if reported is None:
        return None
    return reported.value if converted is None else converted


def _own_unit(reported: Measurement | None, converted: float | None, unit: str | None) -> str | None:
    """Return the unit in which the row shows a model's value."""
    if reported is None or reported.declared.unit is None:
        return None
    return reported.declared.unit if converted is None else unit


def _is_no_number(name: str, traced: TracedModel) -> bool:
    """Return whether a model reports the metric, but not as a number."""
    document = traced.document
    if name in document.model.metrics:
        return as_number(document.model.metrics[name]) is None
    return any(f"{path}{name}" in document.unreadable for path in _METRIC_PATHS)
