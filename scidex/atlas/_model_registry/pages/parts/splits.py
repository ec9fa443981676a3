"""The groups that metrics are shown in, by the data they were measured on."""

from collections.abc import Sequence
from typing import Literal

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.metrics.kinds import kind_of, split_of

SplitGroup = Literal["held-out", "validation", "cross-validation", "unnamed", "fit", "training"]

_GROUPS: dict[str, SplitGroup] = {
    "test": "held-out",
    "val": "validation",
    "cv": "cross-validation",
    "train": "training",
}
SPLIT_TITLES: dict[SplitGroup, str] = {
    "held-out": "Measured on held-out data",
    "validation": "Measured in validation, which often serves to choose the model",
    "cross-validation": "Measured on parts of the training data that each fit left out",
    "unnamed": "Which data they were measured on is not in their names",
    "fit": "Likelihoods and information criteria of the fit to the training data",
    "training": "Measured on the training data",
}


def split_group(name: str) -> SplitGroup:
    """Tell from a metric's name which data it was measured on."""
    named = split_of(name)
    if named is not None:
        return _GROUPS[named]
    if name.lower().startswith("eval_"):
        return "held-out"
    return "fit" if kind_of(name).compares == "likelihood" else "unnamed"


def held_out_first(rows: Sequence[MetricRow]) -> list[MetricRow]:
    """Order metrics by the data they were measured on: held-out first, training last."""
    splits = list(SPLIT_TITLES)
    return sorted(rows, key=lambda row: splits.index(split_group(row["name"])))
