"""The parts of a formula as typed; brackets are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed, with its unit where one follows in brackets: ``5 [mV]``."""

    text: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, parameter or function by its name."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arguments, with the ``separators`` between them."""

    name: str
    arguments: tuple["Expression", ...]
    separators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """An expression with ``+``, ``-`` or the ``!`` of a negation before it."""

    sign: str
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined from left to right by operators of one rank: a sum, a product, a relation."""

    operators: tuple[str, ...]
    operands: tuple["Expression", ...]

    def steps(self) -> Iterator[tuple[str, "Expression"]]:
        """Yield each operand after the first with the operator before it."""
        return zip(self.operators, self.operands[1:], strict=True)


@dataclass(frozen=True, slots=True)
class Power:
    """A base and its exponent."""

    base: "Expression"
    exponent: "Expression"


@dataclass(frozen=True, slots=True)
class Bracketed:
    """An expression in round or square brackets."""

    opening: str
    inner: "Expression"


Expression: TypeAlias = Number | Name | Call | Signed | Chain | Power | Bracketed


def parts(expression: Expression) -> tuple[Expression, ...]:
    """Return the direct parts of an expression."""
    match expression:
        case Call(_, inner) | Chain(_, inner):
            return inner
        case Signed(_, inner) | Bracketed(_, inner):
            return (inner,)
        case Power(base, exponent):
            return base, exponent
        case _:
            return ()


def height(expression: Expression) -> int:
    """Return the number of levels of an expression; a name has one."""
    levels, level = 0, [expression]
    while level:
        levels, level = levels + 1, [inner for outer in level for inner in parts(outer)]
    return levels


CLOSING = {"(": ")", "[": "]"}

SUM, PRODUCT = frozenset("+-"), frozenset("*/%")


def is_sum(expression: Expression) -> bool:
    """Return whether the operands are added or subtracted."""
    return isinstance(expression, Chain) and expression.operators[0] in SUM


def is_product(expression: Expression) -> bool:
    """Return whether the operands are multiplied or divided."""
    return isinstance(expression, Chain) and expression.operators[0] in PRODUCT


def without_brackets(expression: Expression) -> Expression:
    """Return an expression without round brackets around the whole."""
    while isinstance(expression, Bracketed) and expression.opening == "(":
        expression = expression.inner
    return expression
