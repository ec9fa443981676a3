"""A metric's value as one model reports it, with all that bears on setting it against another."""

from collections.abc import Mapping
from dataclasses import dataclass

from scidex.atlas._model_registry.comparison.data_versions import DataVersion, ModelData
from scidex.atlas._model_registry.comparison.declarations import Declaration, declaration
from scidex.atlas._model_registry.comparison.values import as_number
from scidex.atlas._model_registry.metrics.kinds import MetricKind, kind_of
from scidex.atlas._model_registry.records.provenance import DatasetRecord, ModelEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One value of one metric; ``evaluated_on`` is None where that is not known or is the training data."""

    metric: str
    kind: MetricKind
    model: str
    value: float
    declared: Declaration
    evaluated_on: DataVersion | None
    trained_on: tuple[DataVersion, ...]


def measurements(evidence: ModelEvidence, datasets: Mapping[str, DatasetRecord]) -> dict[str, Measurement]:
    """Gather what a model reports, by metric; what is no number that can be calculated with is left out."""
    data = ModelData(evidence, datasets)
    read = {metric: as_number(reported) for metric, reported in evidence.document.model.metrics.items()}
    return {
        metric: _measurement(metric, value, evidence, data)
        for metric, value in read.items()
        if value is not None
    }


def _measurement(metric: str, value: float, evidence: ModelEvidence, data: ModelData) -> Measurement:
    declared = declaration(evidence.document.metadata, metric, kind_of(metric))
    on_training_data = declared.split in {"train", "cv"} and declared.dataset is None
    return Measurement(
        metric=metric,
        kind=kind_of(metric, declared.unit),
        model=evidence.document.model.id,
        value=value,
        declared=declared,
        evaluated_on=None if on_training_data else data.evaluated_on(declared.dataset),
        trained_on=data.trained_on,
    )
