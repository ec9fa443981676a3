"""Conditions on metrics as they are asked: ``rmse<0.05``."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from scidex.atlas._model_registry.contract.checks import check_text, shown
from scidex.atlas._model_registry.contract.errors import InvalidQuery

_CONDITION = re.compile(r"(?P<name>.*?[^<>=\s])\s*(?P<operator><=|>=|<|>|=)\s*(?P<value>[^<>=]+)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)

_FORM = "write a name, one of < <= > >= = and a number, as rmse<0.05"
# Notations of other tools; unrefused, they would read as the names of metrics that nobody reports.
_MISREAD = (
    (
        re.compile(
            r"[<>=]\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*(,(?!\d)|;|&|\||\band\b|\bor\b)",
            re.ASCII | re.IGNORECASE,
        ),
        "holds several conditions; give each a parameter of its own, as metric=rmse<0.06&metric=auc>0.9, "
        "and all of them have to hold",
    ),
    (
        re.compile(r"!\s*=|<\s*>|≠"),
        "asks for values that differ, which no condition does; ask for < and for > in turn",
    ),
    (
        re.compile(r"^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*[<>]=?[^<>=]+[<>=]", re.ASCII | re.IGNORECASE),
        "is a range; give each of its ends a parameter of its own, as metric=rmse>0.1&metric=rmse<0.5",
    ),
    (re.compile(r"≥|⩾|=\s*>"), "has an operator that is not read; at least is written >=, as auc>=0.9"),
    (re.compile(r"≤|⩽|=\s*<"), "has an operator that is not read; at most is written <=, as rmse<=0.05"),
    (re.compile(r"==|:="), "has an operator that is not read; equal is written =, as epochs=20"),
    (re.compile(r"~\s*=|=\s*~|[\uff1c\uff1e\uff1d]"), f"has an operator that is not read; {_FORM}"),
    (
        re.compile(r"^[^<>=]*\b(between\b|in\s*[\[(])[^<>=]*$", re.IGNORECASE),
        "is a range; give each of its ends a parameter of its own, as metric=rmse>0.1&metric=rmse<0.5",
    ),
    (
        re.compile(r"^\s*(has|lacks)\b[^<>=]*$|\bis\s+(not\s+)?null\s*$|=\s*(null|none)\s*$", re.IGNORECASE),
        "asks whether models report it; write where=has rmse or where=lacks rmse",
    ),
    (
        re.compile(
            r"^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*([<>]=?|=)\s*[^\W\d][^<>=]*$", re.ASCII | re.IGNORECASE
        ),
        "has its number first; write the name first, as auc>0.9",
    ),
    (
        re.compile(r"[<>=]\s*[+-]?\d+(,\d+)+\s*$", re.ASCII),
        "has a comma in its number; write a point for decimals and nothing between thousands, as 0.9 or 1000",
    ),
    (
        re.compile(r"[<>=]\s*\N{MINUS SIGN}[\d.]+\s*$"),
        "has a minus sign that is not read; write a hyphen, as score>-1",
    ),
    (
        re.compile(
            r"[<>=]\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*(%|\s[^\W\d][^<>=]*)\s*$", re.ASCII | re.IGNORECASE
        ),
        "has a unit behind its number; write the number alone, in the unit that models report it in",
    ),
    (
        re.compile(r"^\s*\w+\s*=\s*(?!(nan|inf(inity)?)\s*$)[a-z]\w*\s*$", re.IGNORECASE),
        "compares with a word; metrics are numbers, and filters are parameters of their own, as family=statistical",
    ),
    (
        re.compile(r"^\s*(not|where)\b.*[<>=]", re.IGNORECASE | re.DOTALL),
        f"begins with a word of SQL; {_FORM}",
    ),
    (
        re.compile(r"""^\s*(metrics?\.)?(["'`]).*\2\s*[<>=]""", re.DOTALL),
        "has its name in quotes; write the name alone, as rmse<0.05",
    ),
)


@dataclass(frozen=True, slots=True)
class MetricCondition:
    """``name operator value``: the model reports the metric, and its value satisfies the comparison."""

    name: str
    operator: str
    value: Decimal


def metric_condition(text: str) -> MetricCondition:
    """Read a condition such as ``rmse<0.05``.

    Raises:
        InvalidQuery: it is not a name, an operator (``< <= > >= =``) and a finite number.

    """
    check_text("metric", text)
    for misread, advice in _MISREAD:
        if misread.search(text):
            raise InvalidQuery("metric", text, f"metric={shown(text)} {advice}")
    match = _CONDITION.fullmatch(text.strip())
    if match is None:
        message = f"metric={shown(text)} is not a condition; {_FORM}"
        raise InvalidQuery("metric", text, message)
    return MetricCondition(match["name"], match["operator"], _finite_number(text, match["value"].strip()))


def _finite_number(condition: str, text: str) -> Decimal:
    # The database compares decimals; an exponent beyond the range of a double would only fill its memory.
    if _NUMBER.fullmatch(text) is None or not math.isfinite(float(text)):
        message = f"metric={shown(condition)} compares with {shown(text)}, which is not a finite number"
        raise InvalidQuery("metric", condition, message)
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    # As JSON is read: whole where it has no decimals, else the nearest double.
    return value if isinstance(exponent, int) and exponent >= 0 else Decimal(repr(float(text)))
