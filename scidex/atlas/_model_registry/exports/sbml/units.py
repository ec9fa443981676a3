"""Units in SBML: kinds with exponent, scale and multiplier (SBML L3V2, section 4.4)."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.metrics.notation import factors, read_unit
from scidex.atlas._model_registry.metrics.unit import ONE, Dimension, Unit
from scidex.atlas._model_registry.metrics.unit_table import unit_named

_KINDS: Final = (
    *(
        "second",
        "metre",
        "gram",
        "ampere",
        "kelvin",
        "mole",
        "candela",
        "radian",
        "litre",
        "newton",
        "pascal",
    ),
    *("joule", "watt", "coulomb", "volt", "farad", "ohm", "siemens", "weber", "tesla", "henry", "katal"),
)
_LITRE: Final = Fraction(1, 1000)  # of a cubic metre
_LARGEST_SCALE: Final = 30


@dataclass(frozen=True, slots=True)
class _Factor:
    """``(number · kind)^exponent``."""

    kind: str
    exponent: Fraction
    number: Fraction = Fraction(1)


class UnitDefinitions:
    """The unit definitions that one document needs; ``inexpressible`` are the units that SBML cannot express."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._definitions: list[Element] = []
        self.inexpressible: list[str] = []

    def id(self, text: object) -> str | None:
        """Return the id by which SBML refers to a unit; None where none is stated or SBML cannot express it."""
        if not isinstance(text, str) or not text.strip():
            return None
        if text not in self._ids:
            self._ids[text] = self._defined(text)
        return self._ids[text] or None

    def _defined(self, text: str) -> str:
        unit = read_unit(text)
        parts = None if unit is None or unit.offset else _parts(text)
        if parts is None:
            self.inexpressible.append(one_line(text))
            return ""
        if unit == ONE:
            return "dimensionless"
        name = f"unit_{len(self._definitions) + 1}"
        self._definitions.append(_definition(name, one_line(text), parts))
        return name

    def element(self) -> Element | None:
        """Return ``listOfUnitDefinitions``; None where nothing is defined."""
        if not self._definitions:
            return None
        whole = Element("listOfUnitDefinitions")
        whole.extend(self._definitions)
        return whole


def _definition(name: str, text: str, parts: list[_Factor]) -> Element:
    definition = Element("unitDefinition", {"id": name, "name": text})
    listed = SubElement(definition, "listOfUnits")
    for part in parts:
        scale = _power_of_ten(part.number)
        multiplier = part.number if scale is None else Fraction(1)
        attributes = {"exponent": part.exponent, "scale": scale or 0, "multiplier": multiplier}
        written = {key: f"{float(value):.15g}" for key, value in attributes.items()}
        SubElement(listed, "unit", {"kind": part.kind, **written})
    return definition


def _power_of_ten(number: Fraction) -> int | None:
    return next(
        (power for power in range(-_LARGEST_SCALE, _LARGEST_SCALE + 1) if Fraction(10) ** power == number),
        None,
    )


def _parts(text: str) -> list[_Factor] | None:
    """Return the factors of a unit as written, three for ``mg/L/h``; None where SBML lacks a kind for one of them."""
    product = factors(text)
    if product is None:
        return None
    found: list[_Factor] = []
    for name, power in product.dimension:
        unit = unit_named(name)
        own = None if unit is None else _of(unit, power)
        if own is None:
            return None
        found += own
    return _with(found, product.scale)


def _of(unit: Unit, power: Fraction) -> list[_Factor] | None:
    """Return a unit as one kind, or as those of its base units; None where SBML lacks a kind for one of them."""
    if (kind := _kinds().get(unit.dimension)) is not None:
        return [_Factor(kind[0], power, unit.scale / kind[1])]
    number, own = unit.scale, list[_Factor]()
    for base, exponent in unit.dimension:
        if base == "metre" and exponent % 3 == 0:
            own.append(_Factor("litre", exponent / 3))
            number /= _LITRE ** int(exponent / 3)
        elif base in _KINDS or base == "cell":
            own.append(_Factor("item" if base == "cell" else base, exponent))
        else:
            return None
    return [_Factor(one.kind, one.exponent * power, one.number) for one in _with(own, number)]


def _with(parts: list[_Factor], number: Fraction) -> list[_Factor]:
    """Return a product multiplied by a number, which goes into its first plain factor."""
    if number == 1 and parts:
        return parts
    for place, part in enumerate(parts):
        if part.exponent == 1:
            return [
                *parts[:place],
                _Factor(part.kind, part.exponent, part.number * number),
                *parts[place + 1 :],
            ]
    return [_Factor("dimensionless", Fraction(1), number), *parts]


@cache
def _kinds() -> dict[Dimension, tuple[str, Fraction]]:
    known = {name: unit for name in _KINDS if (unit := unit_named(name)) is not None}
    return {unit.dimension: (name, unit.scale) for name, unit in known.items()}
