"""The one formula behind every ``quality_score`` of the demo."""

from collections.abc import Mapping


def quality_score(metrics: Mapping[str, float]) -> float | None:
    """Return how much of the way from an uninformative prediction to a perfect one the held-out data show, 0 to 1.

    Classifiers: ``max(0, 2 * test_roc_auc - 1)``, since a coin ranks with an area of 0.5 and perfection is 1 (this is
    the Gini coefficient, Somers' D of the ranking). Regressions: ``max(0, test_r2)``, since always predicting the mean
    has 0. None where neither was measured: no held-out figure, no score.
    """
    if "test_roc_auc" in metrics:
        return max(0.0, 2 * metrics["test_roc_auc"] - 1)
    if "test_r2" in metrics:
        return max(0.0, metrics["test_r2"])
    return None
