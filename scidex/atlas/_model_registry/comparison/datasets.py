"""The data behind models: which datasets, in which versions, and how they descend from each other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from typing_extensions import override

from scidex.atlas._model_registry.records.provenance import DatasetRecord, TracedModel
from scidex.atlas._model_registry.records.values import as_object

Relation = Literal["same_lineage", "common_ancestor"]


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
    """The data of one model, looked up among known datasets."""

    def __init__(self, traced: TracedModel, datasets: Mapping[str, DatasetRecord]) -> None:
        self._datasets = datasets
        self._pins = {record.artifact_id: record.pinned_version for record in traced.origins.facts.inputs}
        row = traced.document.model_version
        self._evaluation_dataset = row.eval_dataset_artifact_id if row else None
        unregistered = (named.name for named in traced.origins.facts.unresolved_datasets)
        names = {*traced.document.model.datasets, *unregistered}
        self.trained_on = tuple(map(self._version, sorted(names)))
        """What it was trained on by id, names that lead to no registered dataset included."""

    def evaluated_on(self, declared: str | None) -> DataVersion | None:
        """Return what a metric was measured on: its declared dataset, else the evaluation dataset of the model."""
        name = declared or self._evaluation_dataset
        return self._version(self._registered(name)) if name else None

    def _registered(self, name: str) -> str:
        """Return the id that a name means: as written, else with the type's prefix added, else with it removed."""
        spellings = (name, f"dataset-{name}", name.removeprefix("dataset-"))
        return next((spelling for spelling in spellings if spelling in self._datasets), name)

    def _version(self, name: str) -> DataVersion:
        registered = self._datasets[name].version_number if name in self._datasets else None
        return DataVersion(name, self._pins.get(name), registered)


def dataset_names(traced: Sequence[TracedModel]) -> list[str]:
    """Return, sorted, the names of all datasets that models were trained on or declare to be evaluated on."""
    return sorted({name for one in traced for name in _names(one)})


def _names(traced: TracedModel) -> Iterator[str]:
    document = traced.document
    yield from document.model.datasets
    if document.model_version is not None and document.model_version.eval_dataset_artifact_id is not None:
        yield document.model_version.eval_dataset_artifact_id
    declared = as_object(document.metadata).get("metric_metadata")
    for of_metric in as_object(declared).values():
        name = as_object(of_metric).get("dataset")
        # A text that holds NUL names no artifact, and the database would not take it.
        if isinstance(name, str) and "\0" not in name:
            yield name


def with_ancestors(dataset: str, datasets: Mapping[str, DatasetRecord]) -> frozenset[str]:
    """Return the ids of a dataset and of everything it derives from."""
    return _with_versions(dataset, datasets) | (
        datasets[dataset].ancestors if dataset in datasets else frozenset()
    )


def related(a: str, b: str, datasets: Mapping[str, DatasetRecord]) -> tuple[Relation, str] | None:
    """Return how two different datasets are related, and by which dataset; None if no relation is known."""
    if via := _nearest_in_common(a, b, datasets, _with_versions):
        return "same_lineage", via
    if via := _nearest_in_common(a, b, datasets, with_ancestors):
        return "common_ancestor", via
    return None


def _with_versions(dataset: str, datasets: Mapping[str, DatasetRecord]) -> frozenset[str]:
    record = datasets.get(dataset)
    return frozenset({dataset}) | (record.earlier_versions if record else frozenset())


def _nearest_in_common(
    a: str,
    b: str,
    datasets: Mapping[str, DatasetRecord],
    origins: Callable[[str, Mapping[str, DatasetRecord]], frozenset[str]],
) -> str | None:
    """Return the common ancestor with the longest known descent of its own, which is the one closest to both."""
    common = origins(a, datasets) & origins(b, datasets)
    return min(
        common, key=lambda name: (name not in {a, b}, -len(origins(name, datasets)), name), default=None
    )
