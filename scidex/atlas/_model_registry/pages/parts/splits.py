"""The groups that metrics are shown in, by the data they were measured on."""

from collections.abc import Sequence
from typing import Literal

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.metrics.kinds import kind_of, split_of
from scidex.atlas._model_registry.records.metrics import Direction, MetricSplit

SplitGroup = Literal["test", "validation", "cross-validation", "unnamed", "fit", "training", "sizes"]

_GROUPS: dict[str, SplitGroup] = {
    "test": "test",
    "val": "validation",
    "cv": "cross-validation",
    "train": "training",
}
SPLIT_TITLES: dict[SplitGroup, str] = {
    "test": "Measured on held-out data",
    "validation": "Measured in validation, which often serves to choose the model",
    "cross-validation": "Measured on parts of the training data that each fit left out",
    "unnamed": "Which data they were measured on is not in their names",
    "fit": "Likelihoods and information criteria of the fit to the training data",
    "training": "Measured on the training data",
    "sizes": "Counts, sizes and other numbers that are neither better nor worse",
}


def split_group(
    name: str, *, direction: Direction | None = None, split: MetricSplit | None = None
) -> SplitGroup:
    """Return the group of a metric, by its name and by the ``direction`` and ``split`` that models declare."""
    kind = kind_of(name)
    direction, split = direction or kind.direction, split or split_of(name)
    if direction == "neutral" or kind.compares == "size":
        return "sizes"
    if split is not None:
        return _GROUPS[split]
    if name.lower().startswith("eval_") and direction != "unknown":
        return "test"
    return "fit" if kind.compares == "likelihood" else "unnamed"


def group_of(row: MetricRow) -> SplitGroup:
    """Return the group of a compared metric."""
    return split_group(row["name"], direction=row["direction"], split=row.get("split"))


def held_out_first(rows: Sequence[MetricRow]) -> list[MetricRow]:
    """Return metrics in the order of the data they were measured on: held-out first, training last."""
    splits = list(SPLIT_TITLES)
    return sorted(rows, key=lambda row: splits.index(group_of(row)))
