"""The one formula behind every ``quality_score`` of the demo, and the metric by which a model is first judged."""

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


def headline_metric(metrics: Mapping[str, float]) -> str:
    """Return the metric by which a model is first judged.

    Classifiers: the area under the ROC curve, which asks for no threshold and does not rest on how many of the sampled
    people are impaired. Regressions and kinetics: the root mean squared error, which stands in the unit of what was
    measured; a share of explained variance rests on how far the few held-out samples happen to spread.
    """
    return "test_roc_auc" if "test_roc_auc" in metrics else "test_rmse"
