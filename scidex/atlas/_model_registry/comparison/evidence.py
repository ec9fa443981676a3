"""What the evaluations of compared models show about the metrics that they report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scidex.atlas._model_registry.comparison.measurements import Measurement
from scidex.atlas._model_registry.comparison.pairing import Ground, Pairing, pair
from scidex.atlas._model_registry.contract.answers import MetricEvidence, MetricRow
from scidex.atlas._model_registry.entries.evaluations import FOLDS
from scidex.atlas._model_registry.entries.recomputed import agreement_of, unit_of
from scidex.atlas._model_registry.metrics.recomputed import SPLITS, is_measured_on, recomputable
from scidex.atlas._model_registry.records.evaluations import Evaluation, Split

if TYPE_CHECKING:
    from scidex.atlas._model_registry.statistics.estimates import Estimate
    from scidex.atlas._model_registry.statistics.table import Metric

_FEWEST_PAIRED = 2


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A row with its metric and the evaluations of it that pair."""

    row: MetricRow
    reported: Mapping[str, Measurement]
    metric: "Metric"
    pairing: Pairing


def add_evidence(
    rows: Sequence[MetricRow],
    reported: Mapping[str, Mapping[str, Measurement]],
    evaluations: Mapping[str, Sequence[Evaluation]],
    baseline: str,
) -> None:
    """Add to each row what evaluations show: ``evidence``, ``evidence_reason``, ``distinguished``, ``leaders``.

    ``reported`` holds what models report, by metric and model; ``evaluations`` theirs, by model. numpy is imported
    only where a model has any.
    """
    for row in rows:
        row["evidence"] = None
        row["evidence_reason"] = "no model has an evaluation"
        row["distinguished"] = None
        row["leaders"] = []
    if not rows or not any(evaluations.values()):
        return
    grounds = {model: [Ground(one) for one in evaluations.get(model, ())] for model in rows[0]["values"]}
    weighed = [
        found
        for row in rows
        if (found := _weighed(row, reported.get(row["name"], {}), grounds, baseline)) is not None
    ]
    estimated = _estimates(weighed)
    for one in weighed:
        _weigh(one, estimated, baseline)


def _weighed(
    row: MetricRow,
    reported: Mapping[str, Measurement],
    grounds: Mapping[str, Sequence[Ground]],
    baseline: str,
) -> _Weighed | None:
    from scidex.atlas._model_registry.statistics.table import METRICS  # noqa: PLC0415 - numpy

    metric = METRICS.get(recomputable(row["name"]) or "")
    if metric is None:
        row["evidence_reason"] = "this metric is not recomputed from evaluations"
        return None
    split, why = _split(row, grounds)
    if split is None:
        row["evidence_reason"] = why
        return None
    candidates = {
        model: [ground for ground in own if gives(ground.evaluation, split, row["name"], reported.get(model))]
        for model, own in grounds.items()
    }
    pairing = pair(candidates, baseline)
    if len(pairing.paired) < _FEWEST_PAIRED:
        row["evidence_reason"] = _unpaired(candidates, pairing)
        return None
    return _Weighed(row, reported, metric, pairing)


def _split(row: MetricRow, grounds: Mapping[str, Sequence[Ground]]) -> tuple[Split | None, str]:
    """Return the split of a row; where it names none, the only one that was evaluated."""
    if named := row.get("split"):
        return SPLITS[named], ""
    splits = {ground.evaluation.split for own in grounds.values() for ground in own}
    return (
        (splits.pop(), "")
        if len(splits) == 1
        else (None, "it is not said on which split the values were measured")
    )


def gives(evaluation: Evaluation, split: Split, name: str, reported: Measurement | None) -> bool:
    """Return whether an evaluation gives a metric of a split on the data that the model declares; imports numpy."""
    from scidex.atlas._model_registry.statistics.table import METRICS, allows  # noqa: PLC0415 - numpy

    metric = METRICS.get(recomputable(name) or "")
    declared = reported.declared.dataset if reported else None
    return (
        metric is not None
        and is_measured_on(evaluation, split, name, declared)
        and allows(evaluation.columns, metric)
    )


def _unpaired(candidates: Mapping[str, Sequence[Ground]], pairing: Pairing) -> str:
    lacking = [model for model, grounds in candidates.items() if not grounds]
    if len(lacking) > len(candidates) - _FEWEST_PAIRED:
        return f"{' and '.join(lacking)} {'has' if len(lacking) == 1 else 'have'} no evaluation that gives this metric"
    return "; ".join(f"{model} {why}" for model, why in pairing.without.items())


def _estimates(weighed: Sequence[_Weighed]) -> dict[str, dict[str, "Estimate"]]:
    """Estimate all metrics of one set of evaluations together, so that their resamples are drawn once."""
    from scidex.atlas._model_registry.statistics.estimates import estimates  # noqa: PLC0415 - numpy

    metrics: dict[tuple[str, ...], dict[str, Metric]] = {}
    columns = {}
    for one in weighed:
        paired = one.pairing.paired.values()
        columns.update({each.digest: each.columns for each in paired})
        metrics.setdefault(tuple(each.digest for each in paired), {})[one.metric.name] = one.metric
    estimated: dict[str, dict[str, Estimate]] = {}
    for digests, wanted in metrics.items():
        for digest, found in estimates({each: columns[each] for each in digests}, wanted.values()).items():
            estimated.setdefault(digest, {}).update(found)
    return estimated


def _weigh(one: _Weighed, estimated: Mapping[str, Mapping[str, "Estimate"]], baseline: str) -> None:
    from scidex.atlas._model_registry.statistics.verdicts import leaders  # noqa: PLC0415 - numpy

    row, paired = one.row, one.pairing.paired
    own = {model: estimated[each.digest][one.metric.name] for model, each in paired.items()}
    row["evidence"] = evidence = _evidence(one, own, baseline)
    row["evidence_reason"] = None
    if row["direction"] == one.metric.better:
        found = leaders(own) or ()
        row["leaders"] = [model for model in row["values"] if model in found]
    if any(each.split == "cross_validation" for each in paired.values()):
        row["evidence_reason"] = FOLDS
    elif row["leaders"] and all(value is None or model in own for model, value in row["values"].items()):
        sole = row["leaders"][0] if len(row["leaders"]) == 1 else None
        row["distinguished"] = sole is not None and evidence["agrees"][sole] is not False


def _evidence(one: _Weighed, own: Mapping[str, "Estimate"], baseline: str) -> MetricEvidence:
    from scidex.atlas._model_registry.statistics import resamples, verdicts  # noqa: PLC0415 - numpy

    first = next(iter(own.values()))
    level = verdicts.level(len(own))
    margins = [each.declared.margin for each in one.reported.values() if each.declared.margin is not None]
    apart = {
        model: verdicts.paired_difference(each, own[baseline], level, min(margins, default=None))
        for model, each in own.items()
        if model != baseline and baseline in own
    }
    agreed = {model: _agreement(one, model) for model in own}
    rows = len(next(iter(one.pairing.paired.values())).columns.observed)
    return {
        "evaluations": {model: each.id for model, each in one.pairing.paired.items()},
        "rows": rows,
        "units": first.units,
        "unit_kind": first.unit_kind,
        "units_are": next((each.units_are for each in one.pairing.paired.values() if each.units_are), None),
        "resamples": resamples.resample_count(rows)
        if any(each.resampled is not None for each in own.values())
        else 0,
        "level": level,
        "unit": unit_of(one.metric, next(iter(one.pairing.paired.values())).columns),
        "recomputed": {model: each.value for model, each in own.items()},
        "agrees": {model: agrees for model, (agrees, _) in agreed.items()},
        "forms": {model: form for model, (_, form) in agreed.items() if form is not None},
        "intervals": {model: _listed(each.interval()) for model, each in own.items()},
        "no_interval": {model: why for model, each in own.items() if (why := each.why_none()) is not None},
        "differences": {
            model: {"value": each.value, "interval": _listed(each.interval), "verdict": each.verdict}
            for model, each in apart.items()
            if each is not None
        },
        "without": dict(one.pairing.without),
    }


def _agreement(one: _Weighed, model: str) -> tuple[bool | None, str | None]:
    """Return whether a model's reported value agrees with its evaluation, and in which form or why not."""
    reported = one.reported.get(model)
    if reported is None:
        return None, None
    evaluation = one.pairing.paired[model]
    unit = reported.declared.unit
    if unit is None and evaluation.unit_as_given is not None:
        unit = unit_of(one.metric, replace(evaluation.columns, unit=evaluation.unit_as_given))
    found = agreement_of(evaluation, one.metric, reported.value, unit)
    return found.agrees, found.form


def _listed(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else list(interval)
