"""Formulas in the MathML of SBML (SBML L3V2, section 3.4)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from scidex.atlas._model_registry.equations.expressions import (
    Bracketed,
    Call,
    Chain,
    Expression,
    Name,
    Number,
    Power,
    Signed,
)
from scidex.atlas._model_registry.exports.sbml.inexpressible import InexpressibleError, quoted

MATHML: Final = "http://www.w3.org/1998/Math/MathML"

# The element of a name; the id of a function of the model; the id of a unit.
ElementOfName = Callable[[str], Element]
UnitId = Callable[[str], str | None]

_OPERATORS: Final = {
    "+": "plus", "*": "times", "||": "or", "&&": "and",
    "==": "eq", "!=": "neq", "<": "lt", ">": "gt", "<=": "leq", ">=": "geq",
}  # fmt: skip  # one entry per line would be too long to survey
_SUM, _PRODUCT = frozenset("+-"), frozenset("*/")
_ARC: Final = ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "sech", "csch", "coth")
_PLAIN: Final = ("abs", "floor", "ceiling", "exp", "ln", "factorial")
_OF_ONE: Final = frozenset((*_PLAIN, *_ARC, *(f"arc{name}" for name in _ARC)))
_ALIASES: Final = {f"a{name}": f"arc{name}" for name in _ARC} | {
    "ceil": "ceiling",
    "Abs": "abs",
    "fabs": "abs",
}
_OF_TWO: Final = frozenset({"rem", "quotient", "implies"})
_OF_MANY: Final = frozenset({"max", "min", "xor"})
_CHOICES: Final = frozenset({"if", "ifelse", "ite"})
_SYMBOLS: Final = {"delay": 2, "rateOf": 1}
_AT_LEAST: Final = 2
_LONGEST_INTEGER: Final = 9


class MathWriter:
    """Writes formulas; ``quantity`` returns the element of a name, ``unit`` the id of a unit or None."""

    def __init__(self, quantity: ElementOfName, unit: UnitId, functions: Mapping[str, str]) -> None:
        self._quantity, self._unit, self._functions = quantity, unit, functions

    def math(self, expression: Expression) -> Element:
        """Return the ``math`` element of a formula. Raises :class:`InexpressibleError`."""
        whole = Element("math", {"xmlns": MATHML})
        whole.append(self.written(expression))
        return whole

    def written(self, expression: Expression) -> Element:  # noqa: C901, PLR0911 - one for each kind of part
        """Return the element of a formula, without ``math`` around it."""
        match expression:
            case Number(text, unit):
                return self._number(text, unit)
            case Name(text):
                return self._quantity(text)
            case Bracketed("[", Name(text)):
                return self._quantity(text)
            case Bracketed("(", inner):
                return self.written(inner)
            case Bracketed():
                raise InexpressibleError("square brackets stand around more than a name")
            case Signed("+", operand):
                return self.written(operand)
            case Signed("-", Chain(operators, (first, *others))) if operators[0] in _PRODUCT:
                return self._chain(Chain(operators, (Signed("-", first), *others)))
            case Signed(sign, operand):
                return _apply("minus" if sign == "-" else "not", [self.written(operand)])
            case Power(_, Power()):
                raise InexpressibleError(
                    "programs disagree on a^b^c: brackets must say which power comes first"
                )
            case Power(base, exponent):
                return _apply("power", [self.written(base), self.written(exponent)])
            case Call(name, arguments):
                return self._call(name, arguments)
            case Chain():
                return self._chain(expression)

    def _number(self, text: str, unit: str | None) -> Element:
        known = self._unit(unit) if unit else None
        return number_element(text, {} if known is None else {"sbml:units": known})

    def _chain(self, chain: Chain) -> Element:
        operands = [self.written(one) for one in chain.operands]
        kinds = set(chain.operators)
        if kinds <= _SUM or kinds <= _PRODUCT:
            return _from_left(chain.operators, operands)
        sign = chain.operators[0]
        is_one_kind = len(kinds) == 1 and sign in _OPERATORS
        if not is_one_kind or (len(operands) > _AT_LEAST and sign == "!="):
            raise InexpressibleError(f"SBML has no operator for {' '.join(sorted(kinds))} in this place")
        return _apply(_OPERATORS[sign], operands)

    def _call(self, name: str, arguments: Sequence[Expression]) -> Element:  # noqa: PLR0911 - one for each kind
        operands = [self.written(one) for one in arguments]
        count, plain = len(operands), _ALIASES.get(name, name)
        if name in self._functions:
            return _apply_to(_texted("ci", self._functions[name]), operands)
        if (plain in _OF_ONE and count == 1) or (plain in _OF_TWO and count == _AT_LEAST):
            return _apply(plain, operands)
        if plain in _OF_MANY and count:
            return _apply(plain, operands)
        if name in _SYMBOLS and count == _SYMBOLS[name]:
            return _apply_to(csymbol(name), operands)
        if name in _CHOICES and count == 3:  # noqa: PLR2004 - condition, then, else
            return _piecewise([operands[1], operands[0], operands[2]])
        if name == "piecewise" and count:
            return _piecewise(operands)
        return _root_or_logarithm(name, operands)


def _root_or_logarithm(name: str, operands: Sequence[Element]) -> Element:
    match name, operands:
        case "sqrt", [operand]:
            return _apply("root", [operand])
        case "root", [degree, operand]:
            return _qualified("root", "degree", degree, operand)
        case "log10", [operand]:
            return _qualified("log", "logbase", number_element("10"), operand)
        case "log2", [operand]:
            return _qualified("log", "logbase", number_element("2"), operand)
        case "log", [base, operand]:
            return _qualified("log", "logbase", base, operand)
        case "log", [_]:
            raise InexpressibleError(
                "log(x) is of base e to some and of base 10 to others: write ln or log10"
            )
        case _:
            raise InexpressibleError(f"SBML has no function {quoted([name])} of {len(operands)} arguments")


def number_element(text: str, attributes: Mapping[str, str] | None = None) -> Element:
    """Return a number as ``cn``, with all its written digits."""
    mantissa, is_power, exponent = text.lower().partition("e")
    if is_power:
        element = Element("cn", {**(attributes or {}), "type": "e-notation"})
        element.text = mantissa
        SubElement(element, "sep").tail = str(int(exponent))
        return element
    is_integer = text.isdigit() and len(text) <= _LONGEST_INTEGER
    element = Element("cn", {**(attributes or {}), **({"type": "integer"} if is_integer else {})})
    element.text = text
    return element


def csymbol(name: str) -> Element:
    """Return a symbol that SBML defines: ``time``, ``avogadro``, ``delay``, ``rateOf``."""
    address = f"http://www.sbml.org/sbml/symbols/{name}"
    element = Element("csymbol", {"encoding": "text", "definitionURL": address})
    element.text = name
    return element


def _from_left(operators: Sequence[str], operands: Sequence[Element]) -> Element:
    """Join operands from left to right; runs of a sum or a product stay one."""
    joint = operands[0]
    run: list[Element] = [joint]
    for place, (sign, operand) in enumerate(zip(operators, operands[1:], strict=True)):
        run.append(operand)
        follows = operators[place + 1] if place + 1 < len(operators) else None
        if sign in "-/" or follows != sign:
            joint = _apply({"-": "minus", "/": "divide"}.get(sign) or _OPERATORS[sign], run)
            run = [joint]
    return joint


def _piecewise(operands: Sequence[Element]) -> Element:
    whole = Element("piecewise")
    for place in range(0, len(operands) - 1, 2):
        SubElement(whole, "piece").extend(operands[place : place + 2])
    if len(operands) % 2:
        SubElement(whole, "otherwise").append(operands[-1])
    return whole


def _qualified(name: str, qualifier: str, of: Element, operand: Element) -> Element:
    element = Element(qualifier)
    element.append(of)
    return _apply(name, [element, operand])


def _apply(name: str, operands: Sequence[Element]) -> Element:
    return _apply_to(Element(name), operands)


def _apply_to(function: Element, operands: Sequence[Element]) -> Element:
    whole = Element("apply")
    whole.append(function)
    whole.extend(operands)
    return whole


def _texted(tag: str, text: str) -> Element:
    element = Element(tag)
    element.text = text
    return element
