"""Numbers of other libraries as Python's own, if that loses nothing."""

import math
from decimal import Decimal
from numbers import Integral, Rational

from scidex.atlas._artifact_registry.errors import InvalidArtifact


def plain(value: object) -> object:
    """Return the number, truth value or text in a scalar of an array library or of ``numbers``.

    A number that a double cannot hold, and any other value, is returned as it is.
    """
    if getattr(value, "shape", None) == () and callable(item := getattr(value, "item", None)):
        value = item()
    if isinstance(value, (str, bool, int, float)) or value is None:
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, (Rational, Decimal)):
        return _as_double(value)
    return value


def finite_number(field: str, value: float) -> float:
    """Return the number, whole numbers as ``int``, if a double can hold it.

    Raises:
        InvalidArtifact: it is infinite, not a number, or too large.

    """
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite:
        bound = "; null stands for an open bound" if value in (math.inf, -math.inf) else ""
        advice = f"give a finite number within double precision, or leave it out{bound}"
        raise InvalidArtifact(field, value, advice)
    return int(value) if isinstance(value, int) else float(value)


def _as_double(value: Rational | Decimal) -> object:
    """Return a fraction as the equal double, and a decimal as the double with the same digits."""
    try:
        double = float(value)
        written = Decimal(repr(double)) if isinstance(value, Decimal) else double
        return double if written == value else value
    except (OverflowError, ValueError):  # too large; a signalling NaN
        return value
