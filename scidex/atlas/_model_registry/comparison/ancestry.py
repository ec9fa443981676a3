"""How datasets descend from each other."""

from collections.abc import Callable, Mapping
from typing import Literal

from scidex.atlas._model_registry.records.provenance import DatasetRecord

Relation = Literal["same_lineage", "common_ancestor"]


def with_ancestors(dataset: str, datasets: Mapping[str, DatasetRecord]) -> frozenset[str]:
    """Give a dataset and everything it derives from."""
    return _with_versions(dataset, datasets) | (
        datasets[dataset].ancestors if dataset in datasets else frozenset()
    )


def related(a: str, b: str, datasets: Mapping[str, DatasetRecord]) -> tuple[Relation, str] | None:
    """Say how two different datasets are related, and by which dataset; None if nothing is known to relate them."""
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
    """Find the common origin with the longest known descent of its own, which is the one closest to both."""
    common = origins(a, datasets) & origins(b, datasets)
    return min(
        common, key=lambda name: (name not in {a, b}, -len(origins(name, datasets)), name), default=None
    )
