"""A metric's value as one model reports it, with all that bears on setting it against another."""

from collections.abc import Mapping
from dataclasses import dataclass

from scidex.atlas._model_registry.comparison.data_versions import DataVersion, evaluation_data, training_data
from scidex.atlas._model_registry.comparison.declarations import Declaration, declaration
from scidex.atlas._model_registry.comparison.values import as_number
from scidex.atlas._model_registry.metrics import MetricKind, kind_of
from scidex.atlas._model_registry.records import DatasetRecord, ModelEvidence


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


def measurement(
    metric: str, evidence: ModelEvidence, datasets: Mapping[str, DatasetRecord]
) -> Measurement | None:
    """Gather what a model reports of a metric; None if it reports no number that can be calculated with."""
    model = evidence.document.model
    value = as_number(model.metrics.get(metric))
    if value is None:
        return None
    kind = kind_of(metric)
    declared = declaration(evidence.document.metadata, metric, kind)
    on_training_data = declared.split == "train" and declared.dataset is None
    return Measurement(
        metric=metric,
        kind=kind,
        model=model.id,
        value=value,
        declared=declared,
        evaluated_on=None if on_training_data else evaluation_data(evidence, declared.dataset, datasets),
        trained_on=training_data(evidence, datasets),
    )
