"""Numbers and dates, each written in one way on all pages."""

import json
import math
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from scidex.atlas._model_registry.records.models import Json

_NOT_REPORTED = "not reported"
NOT_A_NUMBER = "not a number"

TIMES = "\N{MULTIPLICATION SIGN}"

_MINUS = "\N{MINUS SIGN}"
_SIGNIFICANT_DIGITS = 4
# Scores that three places can show: only 0 reads "0.000", and none overflows its line.
_SMALLEST_PLACE, _LARGEST_SCORE = 0.001, 1000
_ALL_DIGITS = 17  # enough to distinguish any two doubles
_LARGEST_FIXED_EXPONENT = 8
_SMALLEST_FIXED_EXPONENT = -4
_SMALLEST_FIXED, _LARGEST_OF_THREE = 1e-4, 1e3
_SETTING_DIGITS = 6
_NESTED: Final = frozenset({list, dict})
# Bounds of fractions and percentages: a number near one must not be rounded to it.
_BOUNDS, _ROUNDING, _DIGITS_NEAR_BOUND = (1.0, 100.0), 1e-9, 12
_NEAR, _BEYOND = 0.89, 1.11  # over a tenth off the bound 1
_NAMING = re.compile(
    r"(^|[_.\s-])(seeds?|random_state|version|year|date|id|pmid|revision|build)$", re.IGNORECASE
)
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def number(value: float | int | None, digits: int = _SIGNIFICANT_DIGITS) -> str:
    """Return a number with ``digits`` significant digits and thousands separated, or as a power of ten far from 1.

    Digits before the decimal point are kept, and only 1 and 100 themselves read "1" and "100". None is "not
    reported".
    """
    if value is None:
        return _NOT_REPORTED
    if value == 0:
        return "0"
    size, sign = abs(value), _sign(value)
    if isinstance(value, int):
        is_long = math.log10(size) >= _LARGEST_FIXED_EXPONENT + 1
        return sign + (_power_of_ten(size, digits) if is_long else f"{size:,}")
    if not math.isfinite(value):
        return NOT_A_NUMBER if math.isnan(value) else f"{sign}infinite"
    return sign + _fraction(size, _digits_off_bounds(size, digits))


def _fraction(size: float, digits: int) -> str:
    """Return a positive number as a decimal fraction, or as a power of ten far from 1."""
    if _SMALLEST_FIXED <= size < _LARGEST_OF_THREE and _SIGNIFICANT_DIGITS <= digits <= _DIGITS_NEAR_BOUND:
        return f"{size:,.{digits}g}"  # the same in half the time: lists have thousands of them
    exponent = math.floor(math.log10(size))
    if _SMALLEST_FIXED_EXPONENT <= exponent <= _LARGEST_FIXED_EXPONENT:
        return _without_idle_zeros(f"{size:,.{max(0, digits - 1 - exponent)}f}")
    return _power_of_ten(size, digits)


def setting_text(value: Json, path: str = "", *, digits: int = _SETTING_DIGITS) -> str:
    """Return a configuration value: numbers as elsewhere on the page, lists with commas, all else as JSON.

    A whole number whose ``path`` shows that it names something is not a quantity: a seed stays "2011", not "2,011".
    """
    match value:
        case str():
            return value or "empty text"
        case bool() | None:
            return json.dumps(value)
        case int() if _NAMING.search(path):
            return str(value)
        case int() | float():
            return number(value, digits)
        case list() if value and _NESTED.isdisjoint(map(type, value)):
            return ", ".join(
                number(item, digits) if isinstance(item, float) else setting_text(item, path, digits=digits)
                for item in value
            )
        case _:
            return json.dumps(value, ensure_ascii=False)


def digits_that_distinguish(values: Iterable[float | None]) -> int:
    """Return how many significant digits, at least four, distinguish values that differ."""
    distinct = {value for value in values if value is not None and math.isfinite(value)}
    for digits in range(_SIGNIFICANT_DIGITS, _ALL_DIGITS):
        if len({number(value, digits) for value in distinct}) == len(distinct):
            return digits
    return _ALL_DIGITS


def _digits_off_bounds(size: float, digits: int) -> int:
    """Return how many digits a number near a bound needs so that it does not read as the bound."""
    if digits > 1 and not (_NEAR < size < _BEYOND or 100 * _NEAR < size < 100 * _BEYOND):
        return digits  # most numbers: two digits or more tell them from a bound a tenth away
    for bound in _BOUNDS:
        if _ROUNDING < abs(size - bound) / bound < 10.0 ** (1 - digits):
            return next(
                more for more in range(digits, _DIGITS_NEAR_BOUND) if float(f"{size:.{more}g}") != bound
            )
    return digits


def signed(value: float, digits: int = _SIGNIFICANT_DIGITS) -> str:
    """Return a difference with its sign; zero has none."""
    if value == 0:
        return "0"
    return f"+{number(value, digits)}" if value > 0 else number(value, digits)


def interval_words(interval: Sequence[float], digits: int = 3) -> str:
    """Return an interval in words: "0.76 to 0.91"."""
    low, high = interval
    return f"{number(low, digits)} to {number(high, digits)}"


def spread_beside(text: str, spread: float | None) -> str:
    """Return a value with its standard deviation if that is known: "275.3 ± 14.56"."""
    return text if spread is None else f"{text} ± {number(spread)}"


def score(quality: float | None) -> str:
    """Return a quality score, from 0 to 1, to three places; None is "unscored"."""
    if quality is None:
        return "unscored"
    is_usual = quality == 0 or _SMALLEST_PLACE <= abs(quality) < _LARGEST_SCORE
    text = f"{_sign(quality)}{abs(quality):.3f}"
    return text if is_usual and (text != "1.000" or quality == 1) else number(quality, 3)


def day(timestamp: str) -> str:
    """Return the day in UTC of an RFC 3339 time; other text stays as it is."""
    try:
        moment = datetime.fromisoformat(timestamp)
    except ValueError:
        return timestamp
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{moment.day} {moment:%b %Y}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun in singular or plural: "1 model", "2 models"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def _sign(value: float) -> str:
    return _MINUS if value < 0 else ""


def _without_idle_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if text[-1] == "0" and "." in text else text


def _power_of_ten(value: float, digits: int) -> str:
    # As a decimal, because a whole number may be too large for a double.
    mantissa, exponent = f"{Decimal(value):.{digits - 1}e}".split("e")
    return f"{_without_idle_zeros(mantissa)}{TIMES}10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
