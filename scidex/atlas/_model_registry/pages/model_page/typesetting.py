"""A formula as MathML: fractions, powers and indices where they belong, for a template to write."""

import re
from dataclasses import dataclass
from functools import reduce
from typing import Literal
from unicodedata import lookup

from scidex.atlas._model_registry.pages.model_page.expressions import (
    Bracketed,
    Call,
    Expression,
    Name,
    Number,
    Operation,
    Signed,
)

Tag = Literal["mi", "mn", "mo", "mrow", "mfrac", "msup", "msub", "msqrt"]

_SIGNS = {"*": "⋅", "-": "\N{MINUS SIGN}", "<=": "≤", ">=": "≥", "==": "="}
_CLOSING = {"(": ")", "[": "]"}
_INDEXED = re.compile(r"(?P<base>[^\W\d_]+'*)(?:_(?P<index>\w+)|(?P<digits>\d+))")
_DIFFERENTIAL = re.compile(r"d(?P<of>[^\W\d_]\w*)")
_LETTERS = "alpha beta gamma delta epsilon eta theta kappa mu nu pi rho sigma tau phi chi psi omega"
_GREEK = {name: lookup(f"GREEK SMALL LETTER {name}") for name in _LETTERS.split()} | {
    "lambda": "λ",  # Unicode spells it LAMDA
    "Delta": "Δ",
    "Sigma": "Σ",
    "Omega": "Ω",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A MathML element with its text or its children."""

    tag: Tag
    text: str = ""
    children: tuple["Mark", ...] = ()


def typeset(expression: Expression) -> Mark:
    """Give the element that shows an expression."""
    match expression:
        case Number(text):
            return Mark("mn", text)
        case Name(text):
            return typeset_name(text)
        case Signed(sign, operand):
            return _row(_sign(sign), typeset(operand))
        case Bracketed(opening, inner):
            return _bracketed(opening, typeset(inner))
        case Call(name, arguments):
            return _call(name, [typeset(argument) for argument in arguments])
        case Operation(operator, left, right):
            return _operation(operator, left, right)


def typeset_name(name: str) -> Mark:
    """Give the element that shows a name: Greek letters by their letter, ``k_prod`` and ``k10`` with an index."""
    match = _INDEXED.fullmatch(name)
    if match is None:
        return Mark("mi", _GREEK.get(name, name))
    base = Mark("mi", _GREEK.get(match["base"], match["base"]))
    if match["digits"]:
        return Mark("msub", children=(base, Mark("mn", match["digits"])))
    index = match["index"].replace("_", ", ")
    return Mark("msub", children=(base, Mark("mi", _GREEK.get(index, index))))


def _operation(operator: str, left: Expression, right: Expression) -> Mark:
    if operator == "/":
        return _derivative(left, right) or Mark("mfrac", children=(_open(left), _open(right)))
    if operator == "^":
        return Mark("msup", children=(typeset(left), _open(right)))
    before = typeset(left)
    # A long sum is one row, not one row in another for each sign.
    joined = before.children if _is_row(left) else (before,)
    return _row(*joined, _sign(operator), typeset(right))


def _is_row(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.operator not in {"/", "^"}


def _derivative(left: Expression, right: Expression) -> Mark | None:
    if not (isinstance(left, Name) and isinstance(right, Name)):
        return None
    above, below = _DIFFERENTIAL.fullmatch(left.text), _DIFFERENTIAL.fullmatch(right.text)
    if above is None or below is None:
        return None
    return Mark("mfrac", children=(_differential(above["of"]), _differential(below["of"])))


def _differential(name: str) -> Mark:
    return _row(Mark("mi", "d"), typeset_name(name))


def _open(expression: Expression) -> Mark:
    """Typeset without its brackets what a fraction or a power keeps together anyway."""
    inner = (
        expression.inner if isinstance(expression, Bracketed) and expression.opening == "(" else expression
    )
    return typeset(inner)


def _call(name: str, arguments: list[Mark]) -> Mark:
    if name == "sqrt" and len(arguments) == 1:
        return Mark("msqrt", children=(arguments[0],))
    if not arguments:
        return _row(typeset_name(name), Mark("mo", "("), Mark("mo", ")"))
    listed = reduce(lambda joined, one: _row(joined, Mark("mo", ","), one), arguments)
    return _row(typeset_name(name), _bracketed("(", listed))


def _bracketed(opening: str, inner: Mark) -> Mark:
    return _row(Mark("mo", opening), inner, Mark("mo", _CLOSING[opening]))


def _sign(operator: str) -> Mark:
    return Mark("mo", _SIGNS.get(operator, operator))


def _row(*children: Mark) -> Mark:
    return Mark("mrow", children=children)
