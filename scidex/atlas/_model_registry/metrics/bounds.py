"""The bounds of metrics, so that a scale shows all of the range."""

from functools import lru_cache
from typing import Final

from scidex.atlas._model_registry.metrics.names import parse

Bounds = tuple[float, float]

_SHARES: Final = frozenset(
    {
        "accuracy",
        "balanced_accuracy",
        "precision",
        "recall",
        "sensitivity",
        "specificity",
        "npv",
        "f1",
        "jaccard",
    }
    | {
        "auc",
        "auroc",
        "roc_auc",
        "average_precision",
        "auprc",
        "brier",
        "ece",
        "top_k_accuracy",
        "iou",
        "dice",
    }
    # There is no lower bound, but predicting the mean achieves 0.
    | {"r2", "explained_variance", "adjusted_r2"}
)
_CORRELATIONS: Final = frozenset({"pearson", "spearman", "kendall", "mcc", "cohen_kappa", "kappa"})


@lru_cache(maxsize=4096)
def bounds_of(name: str) -> Bounds | None:
    """Return the bounds of a metric by its name; None where it has no common scale."""
    read = parse(name)
    if read.base is None or read.is_turned or read.is_spread or read.is_rank:
        return None
    if read.base.name in _SHARES:
        return 0.0, 1.0
    return (-1.0, 1.0) if read.base.name in _CORRELATIONS else None
