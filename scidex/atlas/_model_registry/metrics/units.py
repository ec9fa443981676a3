"""Numbers with units on one scale. A unit that cannot be read equals only itself as written."""

import math
from fractions import Fraction
from functools import lru_cache
from typing import Final

from scidex.atlas._model_registry.metrics.notation import as_far_as_read, read_unit, stated
from scidex.atlas._model_registry.metrics.unit import ONE, Unit

# Writing a number in decimal or in another unit costs a few parts in 1e16, some conversions more;
# nobody measures to nine digits. A smaller difference than this is rounding.
TOLERANCE = 1e-9

# Digits kept of a computed number, to drop what binary arithmetic adds at the end (0.1 + 0.2).
_DIGITS = 12

_TURNS_PER_RADIAN = 1 / (2 * Fraction("3.14159265358979323846264338327950288"))
ANGLES: Final = frozenset({"cycle", "radian"})


def numbers_equal(a: float, b: float) -> bool:
    """Return whether two numbers are equal within rounding; whole numbers must be equal exactly."""
    if isinstance(a, int) and isinstance(b, int):
        return a == b
    return math.isclose(a, b, rel_tol=TOLERANCE)


def without_rounding_noise(number: float) -> float:
    """Return the number to the digits that binary arithmetic keeps correct; zero is never negative."""
    return float(f"{number:.{_DIGITS}g}") + 0.0


def on_one_scale(a: float, unit_a: str | None, b: float, unit_b: str | None) -> tuple[float, float] | None:
    """Return two quantities as plain numbers with a meaningful equality and ratio; None if there are none.

    Numbers in the same unit stay as they are, unless its zero is arbitrary (°C): those become base units.
    """
    if unit_a is None and unit_b is None:
        return a, b
    pair = read_both(unit_a, unit_b)
    if pair is None:
        return (a, b) if stated(unit_a) == stated(unit_b) else None
    first, second = pair
    if first.dimension != second.dimension:
        return None
    if first == second and not first.offset:
        return a, b
    bases = first.to_base(a), second.to_base(b)
    return bases if all(map(math.isfinite, bases)) else None


def convert_difference(value: float, unit: str | None, into: str | None) -> float | None:
    """Return an error or another difference, in which offsets cancel, converted; None if the units do not convert."""
    pair = read_both(unit, into)
    if pair is None:
        return value if stated(unit) == stated(into) else None
    source, target = pair
    if source.dimension != target.dimension:
        return None
    if source.scale == target.scale:
        return value
    converted = Unit(scale=source.scale / target.scale).to_base(value)
    return without_rounding_noise(converted) if math.isfinite(converted) else None


def read_both(a: str | None, b: str | None) -> tuple[Unit, Unit] | None:
    """Return both units, read; None where one is missing or cannot be read.

    A number without a unit is plain beside a number that is declared plain.
    """
    return _read_both(as_far_as_read(a), as_far_as_read(b))


@lru_cache(maxsize=4096)
def _read_both(a: str | None, b: str | None) -> tuple[Unit, Unit] | None:
    first, second = read_unit(a), read_unit(b)
    if stated(a) is None and second == ONE:
        first = ONE
    if stated(b) is None and first == ONE:
        second = ONE
    return None if first is None or second is None else _counting_alike(first, second)


def _counting_alike(a: Unit, b: Unit) -> tuple[Unit, Unit]:
    """Return both with angles alike: a turn is 2π radians, or 1 beside a unit without angles (``rpm``: ``1/min``)."""
    angles = {name for unit in (a, b) for name, _ in unit.dimension} & ANGLES
    if angles == ANGLES:
        return _in_turns(a), _in_turns(b)
    return (_without_turns(a), _without_turns(b)) if angles == {"cycle"} else (a, b)


def _in_turns(unit: Unit) -> Unit:
    powers = dict(unit.dimension)
    radians = powers.pop("radian", Fraction(0))
    turns = Unit((("cycle", Fraction(1)),), _TURNS_PER_RADIAN).to_the(radians)
    return Unit(tuple(powers.items()), unit.scale).times(turns) if radians else unit


def _without_turns(unit: Unit) -> Unit:
    return Unit(tuple(each for each in unit.dimension if each[0] != "cycle"), unit.scale, unit.offset)
