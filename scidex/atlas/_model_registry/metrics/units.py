"""Numbers with units on one scale. A unit that cannot be read is only ever equal to itself as written."""

import math

from scidex.atlas._model_registry.metrics.notation import Unit, read_unit, stated

# Writing a number in decimal or in another unit costs a few parts in 1e16, some conversions some more;
# nobody measures to nine digits. What differs by less than this is rounding, not a difference.
TOLERANCE = 1e-9

# Digits kept of a computed number: drops what binary arithmetic adds to the end (0.1 + 0.2).
_DIGITS = 12

_ONE = Unit("dimensionless", 1.0, 0.0)


def numbers_equal(a: float, b: float) -> bool:
    """Say whether two numbers are the same but for rounding, which whole numbers do not know."""
    if isinstance(a, int) and isinstance(b, int):
        return a == b
    return math.isclose(a, b, rel_tol=TOLERANCE)


def without_rounding_noise(number: float) -> float:
    """Return the number to the digits that binary arithmetic leaves sure; zero is never negative."""
    return float(f"{number:.{_DIGITS}g}") + 0.0


def on_one_scale(a: float, unit_a: str | None, b: float, unit_b: str | None) -> tuple[float, float] | None:
    """Turn two quantities into plain numbers whose equality and ratio mean something; None if there are none.

    Numbers in the same unit are left alone, unless its zero is arbitrary (°C): those go to base units.
    """
    if unit_a is None and unit_b is None:
        return a, b
    first, second = _pair(unit_a, unit_b)
    if first is None or second is None:
        return (a, b) if stated(unit_a) == stated(unit_b) else None
    if first.dimension != second.dimension:
        return None
    if first == second and not first.offset:
        return a, b
    bases = first.to_base(a), second.to_base(b)
    return bases if all(map(math.isfinite, bases)) else None


def convert_difference(value: float, unit: str | None, into: str | None) -> float | None:
    """Convert an error or another difference, in which offsets cancel; None if the units do not convert."""
    source, target = _pair(unit, into)
    if source is None or target is None:
        return value if stated(unit) == stated(into) else None
    if source.dimension != target.dimension:
        return None
    if source.scale == target.scale:
        return value
    converted = value * (source.scale / target.scale)
    return without_rounding_noise(converted) if math.isfinite(converted) else None


def _pair(a: str | None, b: str | None) -> tuple[Unit | None, Unit | None]:
    """Read both units. A number without a unit is a plain one beside a number that is said to be one."""
    first, second = read_unit(a), read_unit(b)
    if stated(a) is None and second == _ONE:
        return _ONE, second
    if stated(b) is None and first == _ONE:
        return first, _ONE
    return first, second
