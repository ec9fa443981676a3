"""One rounding rule for every number of ``registry.json``, and its layout."""

import json
import math
from typing import Any

SIGNIFICANT_DIGITS = 6


def rounded(value: Any, digits: int = SIGNIFICANT_DIGITS) -> Any:
    """Return a JSON value with every float rounded to six significant digits, or to ``digits``.

    The fits are more precise than that, while builds of the numerical libraries agree to fewer digits than a double: a
    reader on another machine should find the same numbers.

    Raises:
        ValueError: a float is NaN or infinite.

    """
    if isinstance(value, dict):
        return {key: rounded(item, digits) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item, digits) for item in value]
    if isinstance(value, float):
        return _rounded_number(float(value), digits)
    return value


def _rounded_number(value: float, digits: int) -> float:
    if not math.isfinite(value):
        message = f"{value} is no result"
        raise ValueError(message)
    return float(f"{value:.{digits}g}")


def laid_out(value: Any, depth: int = 0) -> str:
    """Return JSON with two spaces a level; short objects and lists without nested ones are on one line."""
    pad, inner = "  " * depth, "  " * (depth + 1)
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if (
        not isinstance(value, (dict, list))
        or not value
        or (len(flat) + len(inner) <= _LINE and _is_leaf(value))
    ):
        return flat
    if isinstance(value, list):
        items = [laid_out(item, depth + 1) for item in value]
        lines = _filled(items, _LINE - len(inner)) if _is_leaf(value) else items
        return "[\n" + inner + f",\n{inner}".join(lines) + f"\n{pad}]"
    members = [
        f"{json.dumps(key, ensure_ascii=False)}: {laid_out(item, depth + 1)}" for key, item in value.items()
    ]
    return "{\n" + inner + f",\n{inner}".join(members) + f"\n{pad}}}"


_LINE = 120


def _filled(items: list[str], width: int) -> list[str]:
    """Return items joined into lines of about ``width`` characters."""
    lines = [items[0]]
    for item in items[1:]:
        if len(lines[-1]) + len(item) < width:
            lines[-1] += f", {item}"
        else:
            lines.append(item)
    return lines


def _is_leaf(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return not any(isinstance(item, (dict, list)) for item in items)
