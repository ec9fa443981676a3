"""Unit definitions of SBML as texts such as ``mmol/L/min``; an undeclared unit is None, never a default."""

from typing import Any, Final

import libsbml

from scidex.forge.sbml.formulas import number_text

_SYMBOLS: Final = {
    "ampere": "A", "becquerel": "Bq", "candela": "cd", "Celsius": "degC", "coulomb": "C",
    "dimensionless": "dimensionless", "farad": "F", "gram": "g", "gray": "Gy", "henry": "H", "hertz": "Hz",
    "item": "item", "joule": "J", "katal": "kat", "kelvin": "K", "kilogram": "kg", "liter": "L", "litre": "L",
    "lumen": "lm", "lux": "lx", "meter": "m", "metre": "m", "mole": "mol", "newton": "N", "ohm": "ohm",
    "pascal": "Pa", "radian": "rad", "second": "s", "siemens": "S", "sievert": "Sv", "steradian": "sr",
    "tesla": "T", "volt": "V", "watt": "W", "weber": "Wb",
}  # fmt: skip  # SBML L3V2, table 2; one name per line would be too long to survey
_PREFIXES: Final = {
    -18: "a", -15: "f", -12: "p", -9: "n", -6: "u", -3: "m", -2: "c", -1: "d", 0: "", 3: "k", 6: "M", 9: "G", 12: "T",
}  # fmt: skip
_LARGEST_SCALE: Final = 200  # within the range of a double, together with the multiplier
_SECONDS: Final = {60.0: "min", 3600.0: "h", 86400.0: "d"}
# The predefined units of SBML up to level 2; they count where a file names or redefines them.
_PREDEFINED: Final = {"substance": "mol", "volume": "L", "area": "m^2", "length": "m", "time": "s"}


class UnitNames:
    """The names of the units of one model."""

    def __init__(self, model: Any) -> None:
        self._defined = {each.getId(): unit_text(each) for each in model.getListOfUnitDefinitions()}
        self._has_predefined = model.getLevel() < 3  # noqa: PLR2004 - a level of SBML

    def text(self, reference: str) -> str | None:
        """Return the unit that a file refers to; None without a reference, the reference itself if it is undefined."""
        if not reference:
            return None
        predefined = _PREDEFINED.get(reference) if self._has_predefined else None
        return self._defined.get(reference) or _SYMBOLS.get(reference) or predefined or reference

    def redefined(self, name: str) -> str | None:
        """Return the file's definition of a unit such as ``substance``; None where the standard's default holds."""
        return self._defined.get(name)


def unit_text(definition: Any) -> str | None:
    """Return a unit definition as text; None where it has no units."""
    above, below = list[str](), list[str]()
    for unit in definition.getListOfUnits():
        exponent = unit.getExponentAsDouble()
        if exponent:
            (above if exponent > 0 else below).append(_factor(unit, abs(exponent)))
    if not above and not below:
        return None
    meaningful = [each for each in above if each != "dimensionless"]
    top = meaningful or (["1"] if below else above)
    return "/".join(["*".join(top), *(each for each in below if each != "dimensionless")])


def _factor(unit: Any, exponent: float) -> str:
    """Return (multiplier · 10^scale · kind)^exponent as text."""
    kind = libsbml.UnitKind_toString(unit.getKind())
    name, scale, multiplier = _SYMBOLS.get(kind, kind), unit.getScale(), unit.getMultiplier()
    if kind == "second" and scale == 0 and multiplier in _SECONDS:
        name, multiplier = _SECONDS[multiplier], 1.0
    elif kind == "kilogram" and scale + 3 in _PREFIXES:
        name, scale = f"{_PREFIXES[scale + 3]}g", 0
    elif kind not in ("dimensionless", "item", "avogadro") and scale in _PREFIXES:
        name, scale = f"{_PREFIXES[scale]}{name}", 0
    if abs(scale) > _LARGEST_SCALE:
        return f"({number_text(multiplier)}*10^{scale} {name})^{number_text(exponent)}"
    factor = multiplier * 10.0**scale
    if factor != 1:
        name = f"({number_text(factor)} {name})"
    return name if exponent == 1 else f"{name}^{number_text(exponent)}"
