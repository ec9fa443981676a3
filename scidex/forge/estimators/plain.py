"""Settings and arrays of other libraries as plain JSON."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

MOST_VALUES = 200
_MOST_LEVELS = 6


def plain(value: Any, level: int = 0) -> Any:
    """Return a setting as JSON: numbers by value, functions and classes by name, long arrays by shape.

    A number that is not finite becomes text, as ``inf`` may be a setting; an object becomes the name of its class.
    """
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return type(value).__name__ if level > _MOST_LEVELS else _nested(value, level)


def _nested(value: Any, level: int) -> Any:
    if hasattr(value, "get_params"):
        return {"class": type(value).__name__, **_params(value, level)}
    if isinstance(value, Mapping):
        return {str(key): plain(item, level + 1) for key, item in list(value.items())[:MOST_VALUES]}
    if hasattr(value, "tolist") and hasattr(value, "shape"):
        few = value.size <= MOST_VALUES
        return plain(value.tolist(), level + 1) if few else f"array of shape {tuple(value.shape)}"
    if isinstance(value, (list, tuple, set, frozenset, range)):
        return [plain(item, level + 1) for item in list(value)[:MOST_VALUES]]
    return getattr(value, "__name__", None) or type(value).__name__


def _params(estimator: Any, level: int) -> dict[str, Any]:
    if isinstance(estimator, type):  # a class as a setting
        return {"class": estimator.__name__}
    return {key: plain(item, level + 1) for key, item in estimator.get_params(deep=False).items()}


def finite(value: Any) -> float | None:
    """Return a finite number as a Python float; None for anything else."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def estimates(
    names: Sequence[str], values: Sequence[Any], errors: Sequence[Any] = (), p_values: Sequence[Any] = ()
) -> dict[str, dict[str, float]]:
    """Return coefficients by name, each with its standard error and p value where these are finite."""
    found: dict[str, dict[str, float]] = {}
    for place, name in enumerate(names):
        parts = {"value": values, "std_error": errors, "p_value": p_values}
        read = {key: finite(column[place]) for key, column in parts.items() if place < len(column)}
        known = {key: number for key, number in read.items() if number is not None}
        if "value" in known:
            found[name] = known
    return found
