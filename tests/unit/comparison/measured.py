"""Models with metrics, and the row that compares them."""

from scidex.atlas._model_registry.comparison.metric_rows import metric_rows
from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import TracedModel
from tests.unit.builders import a_dataset, traced

HELD_OUT = a_dataset("dataset-held-out", version=2)


def measured(name: str, declared: Json = None, **metrics: float) -> TracedModel:
    """Make a model that measured on the common held-out data."""
    return traced(
        name, metrics=metrics, evaluated_on="dataset-held-out", metadata={"metric_metadata": declared or {}}
    )


def only_row(*models: TracedModel, baseline: str = "model-a") -> MetricRow:
    (row,) = metric_rows(models, baseline=baseline, datasets=HELD_OUT)
    return row
