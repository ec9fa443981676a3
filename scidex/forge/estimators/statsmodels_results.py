"""Reads results of statsmodels: coefficients with errors, the formula, and criteria with definitions."""

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

import numpy as np

from scidex.forge.estimators.described import CannotDescribe, Fitted, HeldOut
from scidex.forge.estimators.plain import estimates, finite, plain
from scidex.forge.estimators.predictions import of_labels, of_numbers

_MOST_COEFFICIENTS = 5_000
# Metrics of a fit: the name in the record, and its attributes, of which the first finite one counts. In GLM ``bic``
# is based on the deviance and ``bic_llf`` on the likelihood (statsmodels documentation, GLMResults).
_CRITERIA: Mapping[str, tuple[str, ...]] = {
    "log_likelihood": ("llf",),
    "aic": ("aic",),
    "bic": ("bic_llf", "bic"),
    "train_r2": ("rsquared",),
    "train_adjusted_r2": ("rsquared_adj",),
    "pseudo_r2": ("prsquared",),
    "deviance": ("deviance",),
}
_BINARY, _MANY = ("Logit", "Probit"), ("MNLogit",)


def is_own(fitted: Any) -> bool:
    """Return whether the object is a result of a statsmodels fit."""
    return (
        type(fitted).__module__.startswith("statsmodels.")
        and hasattr(fitted, "params")
        and hasattr(fitted, "model")
    )


def read(fitted: Any) -> Fitted:
    """Return the fit in the result."""
    model, kind = fitted.model, type(fitted.model).__name__
    criteria, definitions = _criteria(fitted)
    metadata = {
        "model_type": kind,
        "formula": _formula(fitted),
        "features": _names_of(getattr(model, "exog_names", None)) or None,
        "coefficients": _coefficients(fitted),
        "response": _response(model),
        "nobs": plain(getattr(fitted, "nobs", None)),
        "estimation_method": _estimation(fitted, kind),
        "covariance_of_estimates": plain(getattr(fitted, "cov_type", None)),
        "weights": "given" if kind == "WLS" else None,
        "degrees_of_freedom": _degrees(fitted),
        "software": f"statsmodels {version('statsmodels')}",
        **_distribution(model),
    }
    return Fitted(
        family="statistical",
        kind=kind,
        metadata={key: value for key, value in metadata.items() if value is not None},
        criteria=criteria,
        definitions=definitions,
    )


def predict(fitted: Any, held_out: HeldOut) -> tuple[dict[str, Any], dict[str, float]] | None:
    """Return columns and metrics of predictions; those of a series without ``X`` are its forecast."""
    kind = type(fitted.model).__name__
    try:
        if held_out.X is None and hasattr(fitted, "forecast"):
            return of_numbers(held_out, fitted.forecast(len(held_out.y)))
        if held_out.X is None:
            raise CannotDescribe(
                "y is given without X; give the rows to predict, with the columns that were fitted"
            )
        predicted = np.asarray(fitted.predict(held_out.X))
    except (ValueError, TypeError, KeyError, AttributeError, NotImplementedError) as error:
        if isinstance(error, CannotDescribe):
            raise
        raise CannotDescribe(f"X does not fit the model: {error}") from error
    if kind in _MANY:
        return of_labels(held_out, np.argmax(predicted, axis=1), range(predicted.shape[1]), predicted)
    if kind in _BINARY or (kind == "GLM" and _is_yes_or_no(fitted, held_out)):
        return of_labels(held_out, (predicted >= 0.5).astype(int), [0, 1], predicted)  # noqa: PLR2004  the threshold
    return of_numbers(held_out, predicted)


def _is_yes_or_no(fitted: Any, held_out: HeldOut) -> bool:
    """Return whether a binomial model has one trial in each row, so that observations are 0 or 1."""
    is_binomial = type(fitted.model.family).__name__ == "Binomial"
    return is_binomial and set(np.unique(np.asarray(held_out.y)).tolist()) <= {0, 1}


def _coefficients(fitted: Any) -> dict[str, dict[str, float]] | None:
    params = np.asarray(fitted.params, dtype=float)
    if params.size > _MOST_COEFFICIENTS:
        return None
    names = _parameter_names(fitted, params)
    columns = [np.asarray(getattr(fitted, name, ()), dtype=float) for name in ("bse", "pvalues")]
    errors, p_values = (column.T.ravel() if column.ndim == 2 else column for column in columns)  # noqa: PLR2004
    values = params.T.ravel() if params.ndim == 2 else params  # noqa: PLR2004
    return estimates(names, values.tolist(), errors.tolist(), p_values.tolist())


def _parameter_names(fitted: Any, params: Any) -> list[str]:
    if params.ndim == 2:  # noqa: PLR2004  a column for each class except the first, as in MNLogit
        rows = _names_of(getattr(fitted.model, "exog_names", None)) or list(map(str, range(params.shape[0])))
        return [f"class {column + 1}: {row}" for column in range(params.shape[1]) for row in rows]
    own = getattr(fitted.params, "index", None)
    candidates = [own, getattr(fitted.model, "param_names", None), getattr(fitted.model, "exog_names", None)]
    for names in map(_names_of, candidates):
        if len(names) == len(params):
            return names
    return [f"b{place}" for place in range(len(params))]


def _names_of(names: Any) -> list[str]:
    if names is None or callable(names):
        return []
    return [names] if isinstance(names, str) else [str(name) for name in names]


def _response(model: Any) -> str | None:
    names = _names_of(getattr(model, "endog_names", None))
    return names[0] if len(names) == 1 else None


def _formula(fitted: Any) -> str:
    """Return the formula that was given, else an equivalent one of response and columns of the design."""
    given = getattr(fitted.model, "formula", None)
    if isinstance(given, str) and given.strip():
        return given
    model = fitted.model
    order = getattr(model, "order", None)
    if order is not None:
        seasonal = getattr(model, "seasonal_order", None)
        tail = f" x {tuple(seasonal)}" if seasonal and any(seasonal) else ""
        return f"{type(model).__name__} {order}{tail}"
    left = _response(model) or "y"
    return f"{left} ~ {' + '.join(_names_of(getattr(model, 'exog_names', None))) or '1'}"


def _criteria(fitted: Any) -> tuple[dict[str, float], dict[str, Mapping[str, object]]]:
    found: dict[str, float] = {}
    for name, attributes in _CRITERIA.items():
        values = (finite(_attribute(fitted, attribute)) for attribute in attributes)
        value = next((value for value in values if value is not None), None)
        if value is not None:
            found[name] = value
    return found, dict(_definitions(found, fitted))


def _attribute(fitted: Any, name: str) -> Any:
    try:
        return getattr(fitted, name, None)
    except (
        NotImplementedError,
        ValueError,
        AttributeError,
        TypeError,
    ):  # computed on access, and not for all results
        return None


def _definitions(found: Mapping[str, float], fitted: Any) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the definitions of the criteria; the number of parameters follows from the criterion itself."""
    likelihood, software = found.get("log_likelihood"), f"statsmodels {version('statsmodels')}"
    number = finite(getattr(fitted, "nobs", None))
    penalties = {"aic": ("2 k", 2.0), "bic": ("k ln n", np.log(number) if number and number > 1 else None)}
    for name in found:
        words, weight = penalties.get(name, ("", None))
        if weight and likelihood is not None:
            counted = (found[name] + 2 * likelihood) / weight
            definition = f"{words} - 2 ln L with k = {counted:.6g}, as {software} counts"
            yield name, {"definition": definition, "software": software}
        elif name in {"log_likelihood", "aic", "bic", "pseudo_r2", "deviance"}:
            yield name, {"software": software}


def _estimation(fitted: Any, kind: str) -> str | None:
    if kind == "MixedLM":
        return "REML" if getattr(fitted, "reml", False) else "ML"
    method = getattr(fitted, "method", None)
    return method if isinstance(method, str) else None


def _degrees(fitted: Any) -> dict[str, float] | None:
    found = {name: finite(_attribute(fitted, f"df_{name}")) for name in ("model", "resid")}
    return {name: value for name, value in found.items() if value is not None} or None


def _distribution(model: Any) -> dict[str, str]:
    family = getattr(model, "family", None)
    link = getattr(family, "link", None)
    if family is None or link is None:
        return {}
    return {"distribution": type(family).__name__, "link_function": type(link).__name__}
