"""Numbers written as text, as in model cards, and what to write instead."""

import re
from typing import Final

_NUMBER: Final = r"[-+\N{MINUS SIGN}]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_PLAIN: Final = re.compile(rf"\s*({_NUMBER})\s*")
_SPREAD: Final = re.compile(rf"\s*({_NUMBER})\s*(?:±|\+/-|\+-|\\pm)\s*({_NUMBER})\s*")
_WITH_UNIT: Final = re.compile(rf"\s*({_NUMBER})\s*([^\d\s.,;:<>=][^\d;:<>=]{{0,30}}?)\s*")
_METRIC: Final = re.compile(r"_metrics\.(.+)$")
_NOT_FINITE: Final = re.compile(r"\s*[-+]?(?:nan|inf(?:inity)?)\b.*", re.IGNORECASE)


def instead_of_text(field: str, text: str) -> str | None:
    """Return what to write in place of a number written as text; None for other text."""
    if match := _PLAIN.fullmatch(text):
        return f"write {match[1]} without quotes"
    if match := _SPREAD.fullmatch(text):
        return f"write {match[1]}, and {match[2]} {_beside(field, 'std', 'std_error')}"
    if _NOT_FINITE.fullmatch(text):
        return "this is not a finite number: leave it out"
    if match := _WITH_UNIT.fullmatch(text):
        return f"write {match[1]}, and {match[2]!r} {_beside(field, 'unit', 'units')}"
    return None


def _beside(field: str, of_metric: str, of_quantity: str) -> str:
    """Return the place of the spread or unit of a metric, or of a parameter."""
    metric = _METRIC.search(field)
    return f"as metadata.metric_metadata.{metric[1]}.{of_metric}" if metric else f"as {of_quantity} beside it"
