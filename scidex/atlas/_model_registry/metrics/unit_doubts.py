"""Why it cannot be told whether values in two units compare: a unit cannot be read, or has two meanings."""

from collections.abc import Mapping
from fractions import Fraction

from scidex.atlas._model_registry.metrics.notation import other_meaning, read_unit, stated
from scidex.atlas._model_registry.metrics.unit import Unit
from scidex.atlas._model_registry.metrics.units import ANGLES, read_both

# The things counted are often left out: 10^3/uL of cells.
_LEFT_OUT = frozenset({"cell", *ANGLES})
_ENERGY = {"gram": Fraction(1), "metre": Fraction(2), "second": Fraction(-2)}


def doubt(unit_a: str | None, unit_b: str | None) -> str | None:
    """Return why it cannot be told whether values in two units compare; None where it can.

    Values in the same unit are equal where their numbers are, even if the unit cannot be read.
    """
    for unit in (unit_a, unit_b):
        if stated(unit) is not None and read_unit(unit) is None:
            return f"the unit {stated(unit)} cannot be read"
    pair = read_both(unit_a, unit_b)
    if pair is None or pair[0].dimension == pair[1].dimension:
        return None
    return (
        _of_another_meaning(unit_a, pair[1])
        or _of_another_meaning(unit_b, pair[0])
        or _of_another_amount(unit_a, unit_b, *pair)
        or _of_what_is_left_out(unit_a, unit_b, *pair)
    )


def _of_another_meaning(unit: str | None, other: Unit) -> str | None:
    meant = other_meaning(unit, other)
    return None if meant is None else f"{stated(unit)} may stand for {meant}"


def _of_another_amount(unit_a: str | None, unit_b: str | None, a: Unit, b: Unit) -> str | None:
    """Return what only one of two units is of: protein beside a mass, a mole beside an energy; None if nothing."""
    first, second = dict(a.dimension), dict(b.dimension)
    for own, other, text, beside in ((first, second, unit_a, unit_b), (second, first, unit_b, unit_a)):
        if _with_plain_mass(own) == other:
            return f"{stated(text)} is of a mass of protein, {stated(beside)} does not say of what"
        if other == _ENERGY and own == {**other, "mole": Fraction(-1)}:
            return f"{stated(text)} is of a mole, {stated(beside)} does not say of how much"
    return None


def _with_plain_mass(dimension: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return a dimension with the mass of protein as any mass."""
    protein = dimension.get("gram_of_protein", Fraction(0))
    powers = {**dimension, "gram": dimension.get("gram", Fraction(0)) + protein}
    return {name: power for name, power in powers.items() if power and name != "gram_of_protein"}


def _of_what_is_left_out(unit_a: str | None, unit_b: str | None, a: Unit, b: Unit) -> str | None:
    left_out = {name for name, _ in {*a.dimension} ^ {*b.dimension}}
    if not left_out <= _LEFT_OUT:
        return None
    speaking, silent = (unit_a, unit_b) if left_out & dict(a.dimension).keys() else (unit_b, unit_a)
    if left_out <= ANGLES:
        return (
            f"{stated(speaking)} is of angles, {stated(silent)} does not say whether of radians or of turns"
        )
    return f"{stated(speaking)} counts cells, {stated(silent)} does not say what it counts"
