"""A formula as MathML, with fractions, powers and indices, which a template writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.equations.expressions import (
    CLOSING,
    Bracketed,
    Call,
    Chain,
    Expression,
    Name,
    Number,
    Power,
    Signed,
    is_product,
    is_sum,
    without_brackets,
)
from scidex.atlas._model_registry.equations.names import shown_name
from scidex.atlas._model_registry.equations.reader import parse_formula
from scidex.atlas._model_registry.equations.sides import derivative
from scidex.atlas._model_registry.equations.written import written

Tag = Literal["mi", "mn", "mo", "mrow", "mfrac", "msup", "msub", "msqrt", "mtable", "mtr", "mtd", "mtext"]

_SIGNS = {"*": "⋅", "-": "\N{MINUS SIGN}", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"} | {
    "&&": "∧",
    "||": "∨",  # noqa: RUF001 - the sign of a disjunction
    "!": "¬",
}
_CHOICES = frozenset({"if", "ifelse", "ite"})
# Nested fractions beyond this depth are not readable.
_MOST_FRACTIONS = 4
# The terms of a longer sum are set in several lines of about this many signs.
_LINE = 90


@dataclass(frozen=True, slots=True)
class Mark:
    """A MathML element with its text or its children."""

    tag: Tag
    text: str = ""
    children: tuple["Mark", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula as typed and, if it could be read, as MathML."""

    text: str
    mark: Mark | None


def typeset_text(text: str) -> Formula:
    """Return a formula, typeset if it can be read."""
    tree = parse_formula(text)
    return Formula(text=text, mark=None if tree is None else typeset(tree))


def typeset(expression: Expression) -> Mark:  # noqa: PLR0911 - one for each kind of part
    """Return the element that shows an expression."""
    match expression:
        case Number(text, unit):
            number = Mark("mn", text)
            return number if unit is None else _row(number, Mark("mtext", f"\N{NO-BREAK SPACE}{unit}"))
        case Name(text):
            return typeset_name(text)
        case Signed(sign, operand):
            return _row(_sign(sign), typeset(operand))
        case Bracketed(opening, inner):
            return _bracketed(opening, typeset(inner))
        case Power(base, exponent):
            return Mark("msup", children=(typeset(base), _open(exponent)))
        case Call(name, arguments, separators):
            return _call(name, arguments, separators)
        case Chain():
            return _chain(expression)


def typeset_name(name: str) -> Mark:
    """Return the element that shows a name: Greek letters by their letter, ``k_prod`` with an index."""
    shown = shown_name(name)
    base = Mark("mi", shown.base.replace("'", "\N{PRIME}"))
    return base if shown.below is None else Mark("msub", children=(base, Mark("mi", shown.below)))


def _chain(chain: Chain) -> Mark:
    found = derivative(chain)
    if found is not None:
        of, by = found
        return Mark("mfrac", children=(_row(_d(), typeset(of)), _row(_d(), typeset_name(by))))
    if is_product(chain):
        return _product(chain)
    return _in_lines(chain) if is_sum(chain) else _joined(chain)


def _joined(chain: Chain) -> Mark:
    rest = (mark for sign, operand in chain.steps() for mark in (_sign(sign), typeset(operand)))
    return _row(typeset(chain.operands[0]), *rest)


def _in_lines(chain: Chain) -> Mark:
    """Return a long sum in several lines; each line after the first begins with its sign."""
    lines, length = [[typeset(chain.operands[0])]], len(written(chain.operands[0]))
    for sign, operand in chain.steps():
        size = len(written(operand))
        if length + size > _LINE:
            lines.append([])
            length = 0
        lines[-1] += [_sign(sign), typeset(operand)]
        length += size
    return (
        _row(*lines[0])
        if len(lines) == 1
        else Mark("mtable", children=tuple(_cells(_row(*line)) for line in lines))
    )


def _product(chain: Chain) -> Mark:
    """Return a product with its divisions as fractions: ``a * b / c * d`` is ``a * b`` over ``c``, times ``d``."""
    if chain.operators.count("/") > _MOST_FRACTIONS:
        return _joined(chain)
    divided = chain.operators[0] == "/"
    row = [_open(chain.operands[0]) if divided else typeset(chain.operands[0])]
    for sign, operand in chain.steps():
        if sign == "/":
            row = [Mark("mfrac", children=(_one(row), _open(operand)))]
        else:
            row += [_sign(sign), typeset(operand)]
    return _one(row)


def _call(name: str, arguments: Sequence[Expression], separators: Sequence[str]) -> Mark:
    if name == "sqrt" and len(arguments) == 1:
        return Mark("msqrt", children=(_open(arguments[0]),))
    if name == "piecewise" and len(arguments) > 1:
        return _cases(arguments)
    if name in _CHOICES and len(arguments) == 3:  # noqa: PLR2004 - condition, then, else
        condition, then, otherwise = arguments
        return _cases((then, condition, otherwise))
    inside = [
        mark
        for sign, one in zip(("", *separators), arguments, strict=False)
        for mark in (_sign(sign), typeset(one))
    ]
    return _row(typeset_name(name), _bracketed("(", *inside[1:]))


def _cases(arguments: Sequence[Expression]) -> Mark:
    """Return ``piecewise(value, condition, …, otherwise)`` as a brace with a line for each case."""
    lines = [
        _cells(typeset(value), _row(Mark("mtext", "if\N{NO-BREAK SPACE}"), typeset(condition)))
        for value, condition in zip(arguments[::2], arguments[1::2], strict=False)
    ]
    if len(arguments) % 2:
        lines.append(_cells(typeset(arguments[-1]), Mark("mtext", "otherwise")))
    return _row(Mark("mo", "{"), Mark("mtable", children=tuple(lines)))


def _cells(*marks: Mark) -> Mark:
    return Mark("mtr", children=tuple(Mark("mtd", children=(mark,)) for mark in marks))


def _open(expression: Expression) -> Mark:
    """Return an expression without its brackets, where a fraction or a power groups it anyway."""
    return typeset(without_brackets(expression))


def _bracketed(opening: str, *inner: Mark) -> Mark:
    return _row(Mark("mo", opening), *inner, Mark("mo", CLOSING[opening]))


def _one(marks: Sequence[Mark]) -> Mark:
    return marks[0] if len(marks) == 1 else _row(*marks)


def _d() -> Mark:
    return Mark("mi", "d")


def _sign(operator: str) -> Mark:
    return Mark("mo", _SIGNS.get(operator, operator))


def _row(*children: Mark) -> Mark:
    return Mark("mrow", children=children)
