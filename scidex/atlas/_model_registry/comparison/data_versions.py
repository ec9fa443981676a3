"""Which data, in which version, a model was trained and evaluated on, as far as that is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from typing_extensions import override

from scidex.atlas._model_registry.records import DatasetRecord, ModelEvidence


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


def training_data(evidence: ModelEvidence, datasets: Mapping[str, DatasetRecord]) -> tuple[DataVersion, ...]:
    """List what a model was trained on by id, names that lead to no registered dataset included."""
    unregistered = (named.name for named in evidence.facts.unresolved_datasets)
    names = {*evidence.document.model.datasets, *unregistered}
    return tuple(_version(name, evidence, datasets) for name in sorted(names))


def evaluation_data(
    evidence: ModelEvidence, declared: str | None, datasets: Mapping[str, DatasetRecord]
) -> DataVersion | None:
    """Say what a metric was measured on: what is declared of it, else the evaluation dataset of the model."""
    row = evidence.document.model_version
    name = declared or (row.eval_dataset_artifact_id if row else None)
    return _version(_registered(name, datasets), evidence, datasets) if name else None


def _registered(name: str, datasets: Mapping[str, DatasetRecord]) -> str:
    """Find the id that a name means: as written, else with the type's prefix added, else with it removed."""
    spellings = (name, f"dataset-{name}", name.removeprefix("dataset-"))
    return next((spelling for spelling in spellings if spelling in datasets), name)


def _version(name: str, evidence: ModelEvidence, datasets: Mapping[str, DatasetRecord]) -> DataVersion:
    pins = {record.artifact_id: record.pinned_version for record in evidence.facts.inputs}
    registered = datasets[name].version_number if name in datasets else None
    return DataVersion(name, pins.get(name), registered)
