"""Models that report one metric, and whether its values may be set against each other."""

from scidex.atlas._model_registry.comparison.metric_rows import metric_rows
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import TracedModel
from tests.unit.builders import a_dataset, traced

DATASETS = a_dataset("dataset-a", version=2) | a_dataset("dataset-b") | a_dataset("dataset-c")


def verdict(*models: TracedModel) -> tuple[bool | None, str | None]:
    (row,) = metric_rows(models, baseline=models[0].document.model.id, datasets=DATASETS)
    if row["comparable"] is False:
        assert row["best"] == []
    return row["comparable"], row["reason"]


def evaluated(name: str, on: str | None, metric: str = "rmse", declared: Json = None) -> TracedModel:
    metadata: Json = {"metric_metadata": {metric: declared}}
    return traced(name, metrics={metric: 1.0}, evaluated_on=on, metadata=metadata)


def fitted(name: str, metric: str, **trained_on: int | None) -> TracedModel:
    pins = {f"dataset-{letter}": pin for letter, pin in trained_on.items()}
    return traced(name, metrics={metric: 1.0}, trained_on=pins, metadata={"software": "R"})
