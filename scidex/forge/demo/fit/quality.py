"""The formula of every ``quality_score`` of the demo, and the headline metric."""

from collections.abc import Mapping


def quality_score(metrics: Mapping[str, float]) -> float | None:
    """Return the skill on held-out data, from 0 (uninformative) to 1 (perfect).

    Classifiers: ``max(0, 2 * test_roc_auc - 1)``, as chance has an area of 0.5 and a perfect ranking 1 (this is the
    Gini coefficient, Somers' D of the ranking). Regressions: ``max(0, test_r2)``, as predicting the mean has 0. None
    without a held-out metric.
    """
    if "test_roc_auc" in metrics:
        return max(0.0, 2 * metrics["test_roc_auc"] - 1)
    if "test_r2" in metrics:
        return max(0.0, metrics["test_r2"])
    return None


def headline_metric(metrics: Mapping[str, float]) -> str:
    """Return the headline metric.

    Classifiers: the area under the ROC curve, which needs no threshold and does not depend on the share of impaired
    people in the sample. Regressions and kinetics: the root mean squared error, in the unit of the measurements; a
    share of explained variance would depend on the spread of the few held-out samples.
    """
    return "test_roc_auc" if "test_roc_auc" in metrics else "test_rmse"
