"""A unit as a linear map onto the base units of its dimension, in exact fractions."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

# No real unit has more digits; without a bound, a power of a power would fill the memory.
_MOST_BITS = 1024


# Powers of base units, sorted by name.
Dimension = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``base = scale * value + offset``."""

    dimension: Dimension = ()
    scale: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)

    def times(self, other: "Unit") -> "Unit":
        """Return the product. In a product a temperature is a difference, so offsets vanish.

        Raises:
            OverflowError: the scale has more digits than any unit.

        """
        powers = dict(self.dimension)
        for name, power in other.dimension:
            powers[name] = powers.get(name, Fraction(0)) + power
        return Unit(_sorted(powers), _bounded(self.scale * other.scale))

    def to_the(self, power: Fraction) -> "Unit":
        """Return the unit raised to a power; a root of a scale has the precision of a float.

        Raises:
            OverflowError: the scale has more digits than any unit.

        """
        powers = {name: own * power for name, own in self.dimension}
        if _bits(self.scale) * abs(power) > _MOST_BITS:
            raise OverflowError(power)
        whole = power.denominator == 1
        scale = self.scale**power.numerator if whole else Fraction(float(self.scale) ** float(power))
        return Unit(_sorted(powers), scale)

    def to_base(self, value: float) -> float:
        """Return ``value``, in this unit, in the base units of its dimension; infinite beyond the range of floats."""
        try:
            return float(self.scale * Fraction(value) + self.offset)
        except OverflowError:
            return float("inf")


ONE = Unit()


def base_unit(name: str) -> Unit:
    """Return a unit that has its own dimension."""
    return Unit(((name, Fraction(1)),))


def number_as_unit(number: Fraction) -> Unit:
    """Return a number as a unit.

    Raises:
        OverflowError: it has more digits than any unit.

    """
    return Unit(scale=_bounded(number))


def _sorted(powers: Mapping[str, Fraction]) -> Dimension:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _bits(scale: Fraction) -> int:
    return max(scale.numerator.bit_length(), scale.denominator.bit_length())


def _bounded(scale: Fraction) -> Fraction:
    if _bits(scale) > _MOST_BITS:
        raise OverflowError(_bits(scale))
    return scale
