"""The definitions in use for one name of a metric, each with a name that tells it apart.

Tools agree on a metric that is not here. Definitions: User Guides of scikit-learn 1.5 and torchmetrics 1.4;
``fitnlm`` of MATLAB and ``mse_resid`` of statsmodels divide a sum of squares by rows less parameters.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

import numpy as np

from scidex.atlas._model_registry.statistics import averages, calibration, labels, regression, scores
from scidex.atlas._model_registry.statistics.arrays import Arrays, Floats
from scidex.atlas._model_registry.statistics.labels import PER_CLASS, Measure
from scidex.atlas._model_registry.statistics.regression import mean, ratio

Definitions = Iterator[tuple[str, Measure]]

_PER_CENT: Final = 100.0
_MOST_PARAMETERS: Final = 10
# The smallest probability in libraries: scikit-learn before 1.3, and single precision.
_CLIPS: Final = (1e-15, 1e-7, float(np.finfo(np.float32).eps))


def definitions(name: str, data: Arrays) -> Definitions:
    """Yield every definition of a metric except the registry's own."""
    if name in PER_CLASS:
        yield from _averages(name)
    if name in _OTHERS:
        yield from _OTHERS[name](data)


def _averages(name: str) -> Definitions:
    yield "macro", labels.macro(PER_CLASS[name])
    yield "weighted", labels.weighted(PER_CLASS[name])
    if name != "specificity":
        yield "micro", labels.accuracy


def _scaled(measure: Measure, factor: float) -> Measure:
    return lambda data, weights: measure(data, weights) * factor


def _mse(data: Arrays) -> Definitions:
    for parameters in _parameters(data):
        yield f"over rows less {parameters}", partial(_residual, parameters=parameters)


def _rmse(data: Arrays) -> Definitions:
    for words, measure in _mse(data):
        yield words, partial(_root, measure=measure)


def _root(data: Arrays, weights: Floats, measure: Measure) -> Floats:
    root: Floats = np.sqrt(measure(data, weights))
    return root


def _parameters(data: Arrays) -> range:
    """Return the numbers of parameters that may have been subtracted from the rows: fewer than half of them."""
    return range(1, min(_MOST_PARAMETERS, (len(data.observed) - 1) // 2) + 1)


def _residual(data: Arrays, weights: Floats, parameters: int) -> Floats:
    rows = len(data.observed)
    return regression.mse(data, weights) * rows / (rows - parameters)


def _r2(_: Arrays) -> Definitions:
    yield "squared correlation", lambda data, weights: regression.pearson(data, weights) ** 2
    yield "about zero", _r2_about_zero
    yield "in per cent", _scaled(regression.r2, _PER_CENT)


def _r2_about_zero(data: Arrays, weights: Floats) -> Floats:
    """One less the sum of squared errors over that of observed values: for fits without intercept (statsmodels)."""
    return 1 - ratio(regression.mse(data, weights), mean(data, weights, data.observed**2))


def _explained_variance(_: Arrays) -> Definitions:
    yield "in per cent", _scaled(regression.explained_variance, _PER_CENT)


def _mape(_: Arrays) -> Definitions:
    yield "in per cent", _scaled(regression.mape, _PER_CENT)


def _bias(_: Arrays) -> Definitions:
    yield "observed less predicted", _scaled(regression.bias, -1.0)


def _balanced_accuracy(data: Arrays) -> Definitions:
    by_chance = 1 / max(1, len(np.unique(data.observed)))
    yield (
        "adjusted for chance",
        lambda data, weights: (labels.balanced_accuracy(data, weights) - by_chance) / (1 - by_chance),
    )


def _cohen_kappa(_: Arrays) -> Definitions:
    yield "linear weights", partial(labels.weighted_kappa, power=1)
    yield "quadratic weights", partial(labels.weighted_kappa, power=2)


def _roc_auc(data: Arrays) -> Definitions:
    if data.task == "multiclass":
        yield "weighted", averages.weighted(scores.roc_auc)
        yield "micro", averages.pooled(scores.roc_auc)
        of_pairs = partial(averages.of_pairs, measure=scores.roc_auc)
        yield "one against one", partial(of_pairs, by_prevalence=False)
        yield "one against one, weighted", partial(of_pairs, by_prevalence=True)


def _average_precision(data: Arrays) -> Definitions:
    yield "trapezoids", averages.precision_recall_area
    if data.task == "multiclass":
        yield "weighted", averages.weighted(scores.average_precision)
        yield "micro", averages.pooled(scores.average_precision)


def _log_loss(_: Arrays) -> Definitions:
    yield "in bits", _scaled(scores.log_loss, 1 / float(np.log(2)))
    for clip in _CLIPS:
        yield f"probabilities from {clip:.2g}", partial(scores.log_loss, smallest=clip)


def _brier(data: Arrays) -> Definitions:
    if data.task == "binary":
        yield "doubled", _scaled(scores.brier, 2.0)
    else:
        yield "halved", _scaled(scores.brier, 0.5)
        yield "mean over classes", _scaled(scores.brier, 1 / len(data.classes))


def _ece(_: Arrays) -> Definitions:
    return calibration.errors()


_OTHERS: Final[Mapping[str, Callable[[Arrays], Definitions]]] = {
    "mse": _mse,
    "rmse": _rmse,
    "r2": _r2,
    "explained_variance": _explained_variance,
    "mape": _mape,
    "bias": _bias,
    "balanced_accuracy": _balanced_accuracy,
    "cohen_kappa": _cohen_kappa,
    "roc_auc": _roc_auc,
    "average_precision": _average_precision,
    "log_loss": _log_loss,
    "brier": _brier,
    "ece": _ece,
}
