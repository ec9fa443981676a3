"""Numbers with units on one scale. A unit that cannot be read equals only itself as written."""

import math
from fractions import Fraction
from functools import lru_cache

from scidex.atlas._model_registry.metrics.notation import other_meaning, read_unit, stated
from scidex.atlas._model_registry.metrics.unit import ONE, Unit

# Writing a number in decimal or in another unit costs a few parts in 1e16, some conversions more;
# nobody measures to nine digits. A smaller difference than this is rounding.
TOLERANCE = 1e-9

# Digits kept of a computed number, to drop what binary arithmetic adds at the end (0.1 + 0.2).
_DIGITS = 12

_TURNS_PER_RADIAN = 1 / (2 * Fraction("3.14159265358979323846264338327950288"))
_ANGLES = frozenset({"cycle", "radian"})
# The things counted are often left out: 10^3/uL of cells.
_LEFT_OUT = frozenset({"cell", *_ANGLES})


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
    pair = _pair(unit_a, unit_b)
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
    pair = _pair(unit, into)
    if pair is None:
        return value if stated(unit) == stated(into) else None
    source, target = pair
    if source.dimension != target.dimension:
        return None
    if source.scale == target.scale:
        return value
    converted = Unit(scale=source.scale / target.scale).to_base(value)
    return without_rounding_noise(converted) if math.isfinite(converted) else None


def doubt(unit_a: str | None, unit_b: str | None) -> str | None:
    """Return why it cannot be told whether values in two units compare; None where it can.

    Values in the same unit are equal where their numbers are, even if the unit cannot be read.
    """
    for unit in (unit_a, unit_b):
        if stated(unit) is not None and read_unit(unit) is None:
            return f"the unit {stated(unit)} cannot be read"
    pair = _pair(unit_a, unit_b)
    if pair is None or pair[0].dimension == pair[1].dimension:
        return None
    for unit, other in ((unit_a, pair[1]), (unit_b, pair[0])):
        if (meant := other_meaning(unit, other)) is not None:
            return f"{stated(unit)} may stand for {meant}"
    left_out = {name for name, _ in {*pair[0].dimension} ^ {*pair[1].dimension}}
    if not left_out <= _LEFT_OUT:
        return None
    speaking, silent = (unit_a, unit_b) if left_out & dict(pair[0].dimension).keys() else (unit_b, unit_a)
    if left_out <= _ANGLES:
        return (
            f"{stated(speaking)} is of angles, {stated(silent)} does not say whether of radians or of turns"
        )
    return f"{stated(speaking)} counts cells, {stated(silent)} does not say what it counts"


@lru_cache(maxsize=4096)
def _pair(a: str | None, b: str | None) -> tuple[Unit, Unit] | None:
    """Return both units, read; None where one is missing or cannot be read.

    A number without a unit is plain beside a number that is declared plain.
    """
    first, second = read_unit(a), read_unit(b)
    if stated(a) is None and second == ONE:
        first = ONE
    if stated(b) is None and first == ONE:
        second = ONE
    return None if first is None or second is None else _counting_alike(first, second)


def _counting_alike(a: Unit, b: Unit) -> tuple[Unit, Unit]:
    """Return both with angles alike: a turn is 2π radians, or 1 beside a unit without angles (``rpm``: ``1/min``)."""
    angles = {name for unit in (a, b) for name, _ in unit.dimension} & _ANGLES
    if angles == _ANGLES:
        return _in_turns(a), _in_turns(b)
    return (_without_turns(a), _without_turns(b)) if angles == {"cycle"} else (a, b)


def _in_turns(unit: Unit) -> Unit:
    powers = dict(unit.dimension)
    radians = powers.pop("radian", Fraction(0))
    turns = Unit((("cycle", Fraction(1)),), _TURNS_PER_RADIAN).to_the(radians)
    return Unit(tuple(powers.items()), unit.scale).times(turns) if radians else unit


def _without_turns(unit: Unit) -> Unit:
    return Unit(tuple(each for each in unit.dimension if each[0] != "cycle"), unit.scale, unit.offset)
