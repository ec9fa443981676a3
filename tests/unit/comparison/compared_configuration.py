"""Configuration rows by their path."""

from scidex.atlas._model_registry.comparison.configuration import configuration_rows
from scidex.atlas._model_registry.contract.answers import ConfigurationRow
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import TracedModel
from tests.unit.builders import traced


def rows_of(*models: TracedModel, baseline: str = "model-a") -> dict[str, ConfigurationRow]:
    rows = configuration_rows(models, baseline=baseline)
    by_path = {row["path"]: row for row in rows}
    assert len(by_path) == len(rows)
    return by_path


def compared(*metadata: Json) -> dict[str, ConfigurationRow]:
    return rows_of(
        *(traced(f"model-{'abcdefghij'[place]}", metadata=one) for place, one in enumerate(metadata))
    )
