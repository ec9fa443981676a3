"""Reads results of lmfit: parameters with errors and bounds, the curve's expression, criteria with definitions."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import numpy as np

from scidex.forge.estimators.described import CannotDescribe, Fitted, HeldOut
from scidex.forge.estimators.plain import finite, plain
from scidex.forge.estimators.predictions import of_numbers

# lmfit documentation, "Goodness-of-Fit Statistics": the likelihood lacks a constant.
_DEFINITIONS: Mapping[str, Mapping[str, object]] = {
    "aic": {"definition": "n ln(chi2 / n) + 2 k: a constant is left out"},
    "bic": {"definition": "n ln(chi2 / n) + k ln n: a constant is left out"},
    "chi_squared": {"definition": "sum of squared residuals, divided by errors where weights are given"},
    "reduced_chi_squared": {"definition": "chi2 / (n - k)"},
}
_CRITERIA = {
    "aic": "aic",
    "bic": "bic",
    "chi_squared": "chisqr",
    "reduced_chi_squared": "redchi",
    "train_r2": "rsquared",
}
_NO_FUNCTION = "the function that was minimised: a MinimizerResult does not hold it; fit an lmfit.Model"


def is_own(fitted: Any) -> bool:
    """Return whether the object is a result of an lmfit fit."""
    return (
        type(fitted).__module__.startswith("lmfit.")
        and hasattr(fitted, "params")
        and hasattr(fitted, "nvarys")
    )


def read(fitted: Any) -> Fitted:
    """Return the fit in the result."""
    model = getattr(fitted, "model", None)
    criteria = {
        name: value
        for name, attribute in _CRITERIA.items()
        if (value := finite(getattr(fitted, attribute, None))) is not None
    }
    metadata = {
        "model_type": "nonlinear least squares"
        if str(fitted.method).startswith("least")
        else f"fit by {fitted.method}",
        "formula": _formula(fitted, model),
        "coefficients": {
            name: _parameter(one) for name, one in fitted.params.items() if finite(one.value) is not None
        },
        "parameter_count": int(fitted.nvarys),
        "nobs": int(fitted.ndata),
        "fit_method": str(fitted.method),
        "weights": None if model is None else ("none" if fitted.weights is None else "given"),
        "converged": bool(getattr(fitted, "success", False)),
        "software": f"lmfit {version('lmfit')}",
    }
    return Fitted(
        family="statistical",
        kind=_kind(model),
        metadata={key: value for key, value in metadata.items() if value is not None},
        criteria=criteria,
        definitions={
            name: {**_DEFINITIONS.get(name, {}), "software": metadata["software"]} for name in criteria
        },
        missing=() if model is not None else (_NO_FUNCTION,),
    )


def predict(fitted: Any, held_out: HeldOut) -> tuple[dict[str, Any], dict[str, float]] | None:
    """Return columns and metrics of the curve at ``X``, which is an array or a mapping by independent variable."""
    model = getattr(fitted, "model", None)
    if model is None:
        return None
    names = list(model.independent_vars)
    if held_out.X is None:
        raise CannotDescribe(f"y is given without X; give {' and '.join(names)} of its rows")
    given = {names[0]: held_out.X} if len(names) == 1 and not isinstance(held_out.X, Mapping) else held_out.X
    if not isinstance(given, Mapping) or set(given) < set(names):
        raise CannotDescribe(f"X is not a mapping with {' and '.join(names)}; give an array for each")
    places = {name: np.asarray(given[name]).reshape(-1) for name in names}
    try:
        predicted = np.broadcast_to(fitted.eval(**places), places[names[0]].shape)
    except (ValueError, TypeError, KeyError) as error:
        raise CannotDescribe(f"X does not fit the model: {error}") from error
    columns, metrics = of_numbers(held_out, predicted)
    if len(names) == 1:
        columns["x"] = {"name": names[0], "values": places[names[0]].astype(float).tolist()}
    return columns, metrics


def _kind(model: Any) -> str:
    return "lmfit result" if model is None else str(getattr(model, "name", type(model).__name__))


def _formula(fitted: Any, model: Any) -> str:
    """Return the expression if there is one, else the function's name with its arguments."""
    if model is None:
        return f"residuals({', '.join(fitted.params)})"
    expression = getattr(model, "expr", None)
    if isinstance(expression, str) and expression.strip():
        return f"y ~ {expression}"
    return f"y ~ {_kind(model)}: {', '.join(model.independent_vars)}; {', '.join(model.param_names)}"


def _parameter(one: Any) -> dict[str, Any]:
    """Return value and error of a parameter, its bounds if it has any, and whether it was fixed."""
    fields = {
        "value": finite(one.value),
        "std_error": finite(one.stderr),
        "lower": finite(one.min),
        "upper": finite(one.max),
        "expression": plain(one.expr),
        "vary": None if one.vary or one.expr else False,
    }
    return {key: value for key, value in fields.items() if value is not None}
