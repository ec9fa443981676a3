"""Which reported metric an evaluation gives, by name, split and data set."""

from collections.abc import Mapping
from typing import Final

from scidex.atlas._model_registry.metrics.names import parse
from scidex.atlas._model_registry.records.evaluations import Evaluation, Split

SPLITS: Final[Mapping[str, Split]] = {
    "test": "test",
    "val": "validation",
    "train": "train",
    "cv": "cross_validation",
}
# Other names in the table of metrics for the recomputed ones.
_SAME: Final = {
    "auc": "roc_auc",
    "auroc": "roc_auc",
    "auprc": "average_precision",
    "cross_entropy": "log_loss",
    "kappa": "cohen_kappa",
}


def recomputable(name: str) -> str | None:
    """Return the recomputable metric that a reported name stands for; None without one, or for a changed form of it."""
    read = parse(name)
    altered = read.is_turned or read.is_spread or read.is_rank or read.filter or read.cutoff or read.task
    if read.base is None or altered or not {*read.aggregations} <= {"mean", "macro"}:
        return None
    return _SAME.get(read.base.name, read.base.name)


def is_measured_on(evaluation: Evaluation, split: Split, name: str, dataset: str | None) -> bool:
    """Return whether a reported metric may rest on an evaluation; ``dataset`` is the one it declares, if any.

    A macro mean needs several classes.
    """
    is_macro = "macro" in parse(name).aggregations and evaluation.columns.task != "multiclass"
    spelled = {dataset, f"dataset-{dataset}", (dataset or "").removeprefix("dataset-")}
    fits = dataset is None or evaluation.dataset_id in spelled
    return evaluation.split == split and fits and not is_macro
