"""Reading units as people write them. The text may be anything at all."""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import pint

# Closer than this to a line is on it: conversions are computed in binary.
_STRAIGHT = 1e-9
_LONGEST_UNIT = 64
_LARGEST_POWER = 64
_TOKEN = re.compile(
    r"""
    \s+ | / | \*(?!\*) | [()]
    | (?:\*\*|\^) \s* (?P<bracket>\()? \s* (?P<power>[+-]?\d{1,2}) (?(bracket)\s*\)) (?![\d.]|\s*(?:\*\*|\^))
    | \d{1,9}(?:\.\d{1,9})?(?:[eE][+-]?\d{1,2})?(?![\d.])
    | % | °?[^\W\d]\w*
    """,
    re.VERBOSE,
)
# Arbitrary units and acidity to whoever writes them; to the library the astronomical unit, the picohenry and a
# millionth of a nit.
_AMBIGUOUS = frozenset({"au", "pH", "unit", "units"})

_parsing = Lock()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a line onto the base units of its dimension: ``base = scale * value + offset``."""

    dimension: str
    scale: float
    offset: float

    def to_base(self, value: float) -> float:
        """Express ``value`` of this unit in the base units of its dimension."""
        return self.scale * value + self.offset


def stated(unit: str | None) -> str | None:
    """Return the unit as written, or None where nothing is."""
    return (unit or "").strip() or None


@lru_cache(maxsize=4096)
def read_unit(text: str | None) -> Unit | None:
    """Read a unit (``uM/hr``, ``mg L-1``, ``10^6 cells/mL``); None for text that is none.

    Only short products of names and plain numbers with small powers reach the library, whose reader
    would compute ``10**10**10`` if it were asked to.
    """
    written = stated(text)
    if written is None or len(written) > _LONGEST_UNIT or written in _AMBIGUOUS:
        return None
    expression = _respelled(written)
    if not _is_harmless(expression):
        return None
    with _parsing:
        try:
            return _measured(expression)
        except Exception:  # the library answers text that is no unit with errors of a dozen unrelated kinds
            return None


def _respelled(written: str) -> str:
    """Mark the powers and make the signs plain: ``mg·L⁻¹`` and ``mg L-1`` become ``mg*L**-1``."""
    text = unicodedata.normalize("NFKC", written).replace("\N{MINUS SIGN}", "-")
    text = re.sub("[\N{MIDDLE DOT}\N{DOT OPERATOR}\N{MULTIPLICATION SIGN}]", "*", text)
    text = re.sub(r"(?<=[^\W\d_])(?<!\d[eE])(-?\d{1,2})(?!\w)", r"**\1", text)
    return f"1{text}" if text.startswith("/") else text


def _is_harmless(expression: str) -> bool:
    """Say whether all of the text is units, plain numbers and powers that together stay small."""
    powers = 1
    for match in _tokens(expression):
        if match is None:
            return False
        powers *= max(1, abs(int(match["power"] or 1)))
    return powers <= _LARGEST_POWER


def _tokens(expression: str) -> Iterator[re.Match[str] | None]:
    """Yield the tokens in turn; None ends them where the text is no token."""
    position = 0
    while position < len(expression):
        match = _TOKEN.match(expression, position)
        yield match
        if match is None:
            return
        position = match.end()


def _measured(expression: str) -> Unit | None:
    """Take the unit's line from what 0, 1 and 2 of it are; None if those are on no line (decibels)."""
    factor, units = _factor_and_units(expression)
    zero, one, two = (_base_magnitude(factor * number, units) for number in (0.0, 1.0, 2.0))
    straight = math.isclose(two - one, one - zero, rel_tol=_STRAIGHT)
    if not straight or one == zero or not math.isfinite(two):
        return None
    return Unit(str(units.dimensionality), one - zero, zero)


# The library's own types are generic over arrays and say Any of themselves at every turn.
def _factor_and_units(expression: str) -> tuple[float, Any]:
    try:
        return 1.0, _registry().parse_units(expression)
    except ValueError:  # it has a factor: 10^6 cells/mL
        quantity = _registry().Quantity(_registry().parse_expression(expression))
        return float(quantity.magnitude), quantity.units


def _base_magnitude(value: float, units: Any) -> float:
    return float(_registry().Quantity(value, units).to_base_units().magnitude)


@cache
def _registry() -> Any:
    registry = pint.UnitRegistry[float](on_redefinition="ignore")
    # A dimension of its own: 1/(cell*hr) is not 1/hr.
    registry.define("cell = [cell]")
    # The library's bp is a typographic point.
    registry.define("base_pair = [base_pair] = bp")
    return registry
