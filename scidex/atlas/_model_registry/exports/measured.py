"""What a model reports, with where it was measured and what its evaluations say of it."""

from dataclasses import dataclass

from scidex.atlas._model_registry.comparison.measurements import Declaration, declarations
from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry, RecomputedMetric
from scidex.atlas._model_registry.exports.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A reported metric. ``dataset`` and ``split`` are None where nothing declares them.

    ``recomputed`` is what the predictions of an evaluation give for it, None where no evaluation does.
    """

    name: str
    value: float
    unit: str | None
    dataset: str | None
    split: str | None
    recomputed: RecomputedMetric | None

    @property
    def interval(self) -> list[float] | None:
        """The interval of the recomputed value, where it has one."""
        return self.recomputed["interval"] if self.recomputed else None


def measured(record: Record) -> list[Measured]:
    """Return each metric that a model reports, in its order."""
    metrics = record.model["evaluation_metrics"]
    declared = declarations(record.model["metadata"], metrics)
    recomputed = _recomputed(record)
    return [
        _measured(record, name, value, declared[name], recomputed.get(name))
        for name, value in metrics.items()
    ]


def _recomputed(record: Record) -> dict[str, tuple[EvaluationEntry, RecomputedMetric]]:
    """Find what evaluations say of each reported metric; of several the newest."""
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
    """Name the dataset of the recorded evaluation, where the metric belongs to it."""
    version = record.model["model_version"]
    if version is None or declared.split in {"train", "cv"}:
        return None
    recorded = version["eval_metrics"]
    return version["eval_dataset_artifact_id"] if isinstance(recorded, dict) and metric in recorded else None
