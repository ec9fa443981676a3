"""Conditions on metrics as they are asked: ``rmse<0.05``."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from scidex.atlas._model_registry.contract.checks import check_text, shown
from scidex.atlas._model_registry.contract.errors import InvalidQuery

_CONDITION = re.compile(r"(?P<name>.*?[^<>=\s])\s*(?P<operator><=|>=|<|>|=)\s*(?P<value>[^<>=]+)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class MetricCondition:
    """``name operator value``: the metric is reported and compares so."""

    name: str
    operator: str
    value: Decimal


def metric_condition(text: str) -> MetricCondition:
    """Read a condition such as ``rmse<0.05``.

    Raises:
        InvalidQuery: it is no name, operator (``< <= > >= =``) and finite number.

    """
    check_text("metric", text)
    match = _CONDITION.fullmatch(text.strip())
    if match is None:
        form = "write a name, one of < <= > >= = and a number, as rmse<0.05"
        message = f"metric={shown(text)} is not a condition; {form}"
        raise InvalidQuery("metric", text, message)
    return MetricCondition(match["name"], match["operator"], _finite_number(text, match["value"].strip()))


def _finite_number(condition: str, text: str) -> Decimal:
    # The database compares in decimals; an exponent beyond a double's would only be a way to fill its memory.
    if _NUMBER.fullmatch(text) is None or not math.isfinite(float(text)):
        message = f"metric={shown(condition)} compares with {shown(text)}, which is not a finite number"
        raise InvalidQuery("metric", condition, message)
    return Decimal(text) if float(text) else Decimal(0)
