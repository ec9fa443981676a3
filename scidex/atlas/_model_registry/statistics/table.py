"""Every recomputed metric: its task, the columns it needs, its better direction, and the scale of its interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from scidex.atlas._model_registry.records.evaluations import Columns, Task
from scidex.atlas._model_registry.statistics import labels, regression, scores
from scidex.atlas._model_registry.statistics.labels import Measure

MetricScale = Literal["share", "correlation", "positive", "below one", "plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric; ``better`` is None where no direction is better, ``rarest`` if the units of the rarest class count.

    ``varies`` is False where resampling gives no valid interval: a maximum, and an error that chance alone raises.
    ``told_by`` names the metric whose differences decide where this one orders models of the same samples as that does.
    """

    name: str
    tasks: frozenset[Task]
    needs: Literal["predicted", "scores", "probability"]
    better: Literal["higher", "lower"] | None
    scale: MetricScale
    measure: Measure
    rarest: bool = False
    varies: bool = True
    told_by: Literal["rmse"] | None = None

    @property
    def in_unit(self) -> bool:
        """Whether values stand in the unit of what was observed."""
        return self.name in _IN_UNIT


# Errors in the unit of what was observed.
_IN_UNIT = frozenset({"rmse", "mae", "medae", "max_error", "bias"})


def _regression(
    name: str,
    better: Literal["higher", "lower"] | None,
    scale: MetricScale,
    *,
    varies: bool = True,
    told_by: Literal["rmse"] | None = None,
) -> Metric:
    return Metric(
        name=name,
        tasks=frozenset({"regression"}),
        needs="predicted",
        better=better,
        scale=scale,
        measure=getattr(regression, name),
        varies=varies,
        told_by=told_by,
    )


def _labels(name: str, scale: MetricScale, *, rarest: bool = True) -> Metric:
    return Metric(
        name=name,
        tasks=frozenset({"binary", "multiclass"}),
        needs="predicted",
        better="higher",
        scale=scale,
        measure=getattr(labels, name),
        rarest=rarest,
    )


def _scores(
    name: str,
    needs: Literal["scores", "probability"],
    better: Literal["higher", "lower"],
    scale: MetricScale,
    *,
    rarest: bool = False,
    varies: bool = True,
) -> Metric:
    return Metric(
        name=name,
        tasks=frozenset({"binary", "multiclass"}),
        needs=needs,
        better=better,
        scale=scale,
        measure=getattr(scores, name),
        rarest=rarest,
        varies=varies,
    )


METRICS: Final[Mapping[str, Metric]] = {
    metric.name: metric
    for metric in (
        _regression("rmse", "lower", "positive"),
        _regression("mse", "lower", "positive", told_by="rmse"),
        _regression("mae", "lower", "positive"),
        _regression("medae", "lower", "positive"),
        _regression("max_error", "lower", "positive", varies=False),
        _regression("r2", "higher", "below one", told_by="rmse"),
        _regression("explained_variance", "higher", "below one"),
        _regression("mape", "lower", "positive"),
        _regression("bias", None, "plain"),
        _regression("pearson", "higher", "correlation"),
        _regression("spearman", "higher", "correlation"),
        _labels("accuracy", "share", rarest=False),
        _labels("balanced_accuracy", "share"),
        _labels("precision", "share"),
        _labels("recall", "share"),
        _labels("specificity", "share"),
        _labels("f1", "share"),
        _labels("mcc", "correlation"),
        _labels("cohen_kappa", "correlation"),
        _scores("roc_auc", "scores", "higher", "share", rarest=True),
        _scores("average_precision", "scores", "higher", "share", rarest=True),
        _scores("log_loss", "probability", "lower", "positive"),
        _scores("brier", "probability", "lower", "positive"),
        _scores("ece", "probability", "lower", "share", varies=False),
    )
}


def metrics_of(columns: Columns) -> list[Metric]:
    """Return the metrics that the columns allow, in the order of the table."""
    return [metric for metric in METRICS.values() if allows(columns, metric)]


def allows(columns: Columns, metric: Metric) -> bool:
    """Return whether the columns hold what the metric needs."""
    if columns.task not in metric.tasks:
        return False
    has_scores = columns.scores is not None or columns.class_scores is not None
    match metric.needs:
        case "scores":
            return has_scores
        case "probability":
            return has_scores and columns.scores_are == "probability"
        case _:
            return True
