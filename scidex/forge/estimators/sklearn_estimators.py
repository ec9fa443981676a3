"""Reads fitted estimators of scikit-learn, with pipelines and searches."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from scidex.forge.estimators.described import CannotDescribe, Fitted, HeldOut
from scidex.forge.estimators.plain import estimates, finite, plain
from scidex.forge.estimators.predictions import of_labels, of_numbers

_MOST_COEFFICIENTS = 5_000
_NO_NAMES = "names of the features: fit on a table with named columns"


def is_own(fitted: Any) -> bool:
    """Return whether the object is an estimator of scikit-learn, or of another library with its interface."""
    return hasattr(fitted, "get_params") and hasattr(fitted, "fit")


def read(fitted: Any) -> Fitted:
    """Return the fit in the estimator.

    Raises:
        CannotDescribe: it is not fitted.

    """
    _refuse_unfitted(fitted)
    inner, steps, search = _opened(fitted)
    names, named = _features(fitted, inner)
    kind = type(inner).__name__
    metadata: dict[str, Any] = {
        "features": names or None,
        "hyperparameters": plain(inner.get_params(deep=False)),
        "preprocessing": [plain(step) for step in steps] or None,
        "classes": plain(np.asarray(inner.classes_)) if _has_classes(inner) else None,
        "software": _software(inner),
        **search,
    }
    if kind.startswith("MLP"):
        metadata |= _network(inner)
        return Fitted(
            family="deep_learning",
            kind=kind,
            metadata=_known(metadata),
            missing=() if named else (_NO_NAMES,),
        )
    metadata |= {"model_type": kind, **_coefficients(inner, names, steps), **_inside(inner)}
    if not names:
        metadata["formula"] = f"{kind}: the number of features is not recorded"
    return Fitted(
        family="statistical", kind=kind, metadata=_known(metadata), missing=() if named else (_NO_NAMES,)
    )


def predict(fitted: Any, held_out: HeldOut) -> tuple[dict[str, Any], dict[str, float]] | None:
    """Return columns and metrics of the estimator's predictions; None where it cannot predict."""
    if not hasattr(fitted, "predict") or not _is_supervised(fitted):
        return None
    if held_out.X is None:
        raise CannotDescribe("y is given without X; give the rows to predict")
    try:
        predicted = fitted.predict(held_out.X)
        if not _has_classes(fitted):
            return of_numbers(held_out, predicted)
        scores, scores_are = _scores(fitted, held_out.X)
    except CannotDescribe:
        raise
    except (ValueError, TypeError, KeyError) as error:
        raise CannotDescribe(f"X does not fit the estimator: {error}") from error
    return of_labels(held_out, predicted, fitted.classes_, scores, scores_are)


def _is_supervised(fitted: Any) -> bool:
    from sklearn.base import is_classifier, is_regressor  # noqa: PLC0415  installed wherever there is an estimator

    return bool(is_classifier(fitted) or is_regressor(fitted))


def _refuse_unfitted(fitted: Any) -> None:
    from sklearn.exceptions import NotFittedError  # noqa: PLC0415
    from sklearn.utils.validation import check_is_fitted  # noqa: PLC0415

    try:
        check_is_fitted(fitted)
    except (NotFittedError, TypeError) as error:
        raise CannotDescribe(f"{type(fitted).__name__} is not fitted; call fit first") from error


def _opened(fitted: Any) -> tuple[Any, list[Any], dict[str, Any]]:
    """Return the estimator inside searches and pipelines, the steps before it, and the result of a search."""
    steps: list[Any] = []
    search: dict[str, Any] = {}
    while True:
        if hasattr(fitted, "best_estimator_"):
            search = {"cross_validation": _search(fitted)}
            fitted = fitted.best_estimator_
        elif hasattr(fitted, "steps") and hasattr(fitted, "named_steps"):
            steps += [step for _, step in fitted.steps[:-1] if step not in (None, "passthrough")]
            fitted = fitted.steps[-1][1]
        elif hasattr(fitted, "regressor_") and hasattr(fitted, "transformer_"):
            search["target_transformation"] = plain(fitted.transformer_)
            fitted = fitted.regressor_
        else:
            return fitted, steps, search


def _search(search: Any) -> dict[str, Any]:
    facts = {
        "search": type(search).__name__,
        "best": plain(search.best_params_),
        "folds": plain(getattr(search, "n_splits_", None)),
        "scoring": plain(getattr(search, "scoring", None)),
        "best_score": finite(getattr(search, "best_score_", None)),
    }
    return _known(facts)


def _features(outer: Any, inner: Any) -> tuple[list[str], bool]:
    """Return the names of the features given to ``fit``, and whether the data named them."""
    for estimator in (outer, inner):
        names = getattr(estimator, "feature_names_in_", None)
        if names is not None:
            return [str(name) for name in names], True
    number = getattr(outer, "n_features_in_", None) or getattr(inner, "n_features_in_", None)
    return [f"x{place}" for place in range(int(number or 0))], not number


def _coefficients(inner: Any, names: Sequence[str], steps: Sequence[Any]) -> dict[str, Any]:
    """Return the coefficients of a linear model by feature, or by class and feature for several classes."""
    try:
        table = np.atleast_2d(np.asarray(inner.coef_, dtype=float))
        intercepts = np.atleast_1d(np.asarray(getattr(inner, "intercept_", 0.0), dtype=float))
    except (
        AttributeError,
        TypeError,
        ValueError,
    ):  # no coefficients, or those of a kernel, which has no features
        return {}
    if table.ndim > 2 or table.size > _MOST_COEFFICIENTS:  # noqa: PLR2004
        return {}
    columns = _transformed(names, steps, table.shape[1])
    rows = _rows(inner, table.shape[0])
    values = {
        f"{row}{column}": float(table[place, index])
        for place, row in enumerate(rows)
        for index, column in enumerate(columns)
    }
    for place, row in enumerate(rows):
        if place < len(intercepts):
            values[f"{row}intercept"] = float(intercepts[place])
    found: dict[str, Any] = {"coefficients": estimates(list(values), list(values.values()))}
    if steps:
        found["coefficient_scale"] = "per unit of the features after preprocessing"
    return found


def _transformed(names: Sequence[str], steps: Sequence[Any], number: int) -> list[str]:
    """Return the names of the columns after preprocessing, as its steps name them."""
    current: Any = list(names) or None
    try:
        for step in steps:
            current = list(step.get_feature_names_out(current))
    except (AttributeError, ValueError, TypeError):
        current = None
    fits = current is not None and len(current) == number
    return [str(name) for name in current] if fits else [f"z{place}" for place in range(number)]


def _rows(inner: Any, number: int) -> list[str]:
    if number == 1:
        return [""]
    classes = [str(one) for one in getattr(inner, "classes_", ())]
    return [f"{name}: " for name in (classes if len(classes) == number else map(str, range(number)))]


def _inside(inner: Any) -> dict[str, Any]:
    """Return facts of other kinds of estimators: iterations, neighbours, kernels, clusters, likelihoods."""
    found: dict[str, Any] = {}
    for name in (
        "n_iter_",
        "n_leaves_",
        "n_clusters",
        "kernel_",
        "alpha_",
        "l1_ratio_",
        "C_",
        "inertia_",
        "n_components_",
    ):
        value = getattr(inner, name, None)
        if value is not None and not callable(value):
            found[name.rstrip("_")] = str(value) if name == "kernel_" else plain(value)
    importances = getattr(inner, "feature_importances_", None)
    if importances is not None and len(importances) <= _MOST_COEFFICIENTS:
        found["feature_importances"] = [finite(one) for one in importances]
    for name in ("get_depth", "get_n_leaves"):
        if hasattr(inner, name):
            found[name.removeprefix("get_")] = plain(getattr(inner, name)())
    return found


def _network(inner: Any) -> dict[str, Any]:
    sizes = [int(weights.shape[0]) for weights in inner.coefs_] + [int(inner.coefs_[-1].shape[1])]
    count = sum(int(part.size) for part in (*inner.coefs_, *inner.intercepts_))
    training = {"optimizer": inner.solver, "learning_rate": inner.learning_rate_init, "epochs": inner.n_iter_}
    return {
        "architecture": "multilayer perceptron",
        "framework": "scikit-learn",
        "layer_config": {
            "input_dim": sizes[0],
            "hidden_dims": sizes[1:-1],
            "output_dim": sizes[-1],
            "activation": inner.activation,
            "output_activation": inner.out_activation_,
        },
        "training_config": {key: plain(value) for key, value in training.items()},
        "parameter_count": count,
    }


def _scores(fitted: Any, rows: Any) -> tuple[Any, str]:
    """Return probabilities, else the scores of a decision function with a column for each class."""
    if hasattr(fitted, "predict_proba"):
        return fitted.predict_proba(rows), "probability"
    if hasattr(fitted, "decision_function"):
        scores = np.asarray(fitted.decision_function(rows))
        if scores.ndim == 1 or scores.shape[1] == len(fitted.classes_):
            return scores, "score"
    return None, "score"


def _has_classes(fitted: Any) -> bool:
    classes = getattr(fitted, "classes_", None)
    return classes is not None and getattr(classes, "ndim", 0) == 1


def _software(inner: Any) -> str:
    package = type(inner).__module__.split(".")[0]
    return f"scikit-learn {version('scikit-learn')}" if package == "sklearn" else package


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
