"""The metrics that a model reports, with where they were measured and what evaluations give for them."""

from dataclasses import dataclass

from scidex.atlas._model_registry.comparison.measurements import Declaration, declarations
from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry, RecomputedMetric
from scidex.atlas._model_registry.exports.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A reported metric. ``dataset`` and ``split`` are None where nothing declares them.

    ``recomputed`` is the metric as an evaluation gives it, None where no evaluation does.
    """

    name: str
    value: float
    unit: str | None
    dataset: str | None
    split: str | None
    recomputed: RecomputedMetric | None

    @property
    def interval(self) -> list[float] | None:
        """The interval of the recomputed value; None without one."""
        return self.recomputed["interval"] if self.recomputed else None


def measured(record: Record) -> list[Measured]:
    """Return the metrics that a model reports, in their order."""
    metrics = record.model["evaluation_metrics"]
    declared = declarations(record.model["metadata"], metrics)
    recomputed = _recomputed(record)
    return [
        _measured(record, name, value, declared[name], recomputed.get(name))
        for name, value in metrics.items()
    ]


def _recomputed(record: Record) -> dict[str, tuple[EvaluationEntry, RecomputedMetric]]:
    """Return the newest evaluation's result for each reported metric, by its name."""
    found: dict[str, tuple[EvaluationEntry, RecomputedMetric]] = {}
    for evaluation in record.model["evaluations"]:
        for metric in evaluation["metrics"]:
            if metric["reported_as"] is not None:
                found.setdefault(metric["reported_as"], (evaluation, metric))
    return found


def _measured(
    record: Record,
    name: str,
    value: float,
    declared: Declaration,
    recomputed: tuple[EvaluationEntry, RecomputedMetric] | None,
) -> Measured:
    evaluation, metric = recomputed or (None, None)
    return Measured(
        name=name,
        value=value,
        unit=declared.unit,
        dataset=declared.dataset
        or (evaluation["dataset"] if evaluation else _recorded(record, name, declared)),
        split=declared.split or (evaluation["split"] if evaluation else None),
        recomputed=metric,
    )


def _recorded(record: Record, metric: str, declared: Declaration) -> str | None:
    """Return the dataset of the recorded evaluation if the metric is among those it records."""
    version = record.model["model_version"]
    if version is None or declared.split in {"train", "cv"}:
        return None
    recorded = version["eval_metrics"]
    return version["eval_dataset_artifact_id"] if isinstance(recorded, dict) and metric in recorded else None
