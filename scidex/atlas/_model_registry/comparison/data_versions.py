"""Which data, in which version, a model was trained and evaluated on, as far as that is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from typing_extensions import override

from scidex.atlas._model_registry.records.provenance import DatasetRecord, ModelEvidence


@dataclass(frozen=True, slots=True, order=True)
class DataVersion:
    """A dataset and the version a model pins of it (None where it pins none)."""

    id: str
    pinned: int | None
    registered: int | None

    @override
    def __str__(self) -> str:
        version = self.registered if self.pinned is None else self.pinned
        return self.id if version is None else f"{self.id} v{version}"


class ModelData:
    """The data of one model, looked up among the datasets that are known."""

    def __init__(self, evidence: ModelEvidence, datasets: Mapping[str, DatasetRecord]) -> None:
        self._datasets = datasets
        self._pins = {record.artifact_id: record.pinned_version for record in evidence.facts.inputs}
        row = evidence.document.model_version
        self._evaluation_dataset = row.eval_dataset_artifact_id if row else None
        unregistered = (named.name for named in evidence.facts.unresolved_datasets)
        names = {*evidence.document.model.datasets, *unregistered}
        self.trained_on = tuple(map(self._version, sorted(names)))
        """What it was trained on by id, names that lead to no registered dataset included."""

    def evaluated_on(self, declared: str | None) -> DataVersion | None:
        """Say what a metric was measured on: what is declared of it, else the evaluation dataset of the model."""
        name = declared or self._evaluation_dataset
        return self._version(self._registered(name)) if name else None

    def _registered(self, name: str) -> str:
        """Find the id that a name means: as written, else with the type's prefix added, else with it removed."""
        spellings = (name, f"dataset-{name}", name.removeprefix("dataset-"))
        return next((spelling for spelling in spellings if spelling in self._datasets), name)

    def _version(self, name: str) -> DataVersion:
        registered = self._datasets[name].version_number if name in self._datasets else None
        return DataVersion(name, self._pins.get(name), registered)
