"""Reads a formula as typed (``dA/dt = -k_clear * A``) into a tree.

The grammar is that of SBML's infix formulas with additions of papers and simulators. Operators by rank, loosest
first: ``:= = ~``, ``||``, ``&&``, relations, ``+ -``, ``* / %``, signs, ``^``. A sign before a product belongs to
the whole product; powers bind from the right.
"""

from collections.abc import Callable, Sequence
from functools import partial

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
    height,
)
from scidex.atlas._model_registry.equations.names import function_name
from scidex.atlas._model_registry.equations.tokens import NotReadError, Token, tokens

_RANKS = (
    (":=", "=", "~"),
    ("||", "or"),
    ("&&", "and"),
    ("==", "!=", "<", ">", "<=", ">="),
    ("+", "-"),
    ("*", "/", "%"),
)
_RANK_OF = {sign: rank for rank, signs in enumerate(_RANKS) for sign in signs}
_RELATION, _PRODUCT, _TIGHTEST = 3, 5, len(_RANKS)
_MEANT = {"or": "||", "and": "&&"}
_END = Token("sign", "")

# Functions of SBML's infix formulas that are operators elsewhere.
_INFIX = {"lt": "<", "gt": ">", "leq": "<=", "geq": ">=", "eq": "==", "neq": "!=", "and": "&&", "or": "||"}
_POWERS = frozenset({"pow", "power"})

# Deeper trees would exhaust the stack, here or where they are written.
_DEEPEST = 60


def parse_formula(text: str) -> Expression | None:
    """Return a formula, read; None for any other text."""
    try:
        found = _Reader(tokens(text)).formula()
    except NotReadError:
        return None
    return found if height(found) <= _DEEPEST else None


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = (*tokens, _END, _END)
        self._place = 0
        self._depth = 0

    def formula(self) -> Expression:
        found = self._expression(0)
        if self._tokens[self._place] is not _END:
            raise NotReadError
        return found

    def _expression(self, loosest: int) -> Expression:
        """Return operands and the operators between them, down to the ``loosest`` rank."""
        left = self._operand(loosest)
        while (rank := self._rank()) >= loosest:
            operators, operands = [], [left]
            while self._rank() == rank:
                operators.append(self._next_operator())
                operands.append(self._nested(partial(self._expression, rank + 1)))
            left = Chain(tuple(operators), tuple(operands))
        return left

    def _operand(self, loosest: int) -> Expression:
        if sign := self._take("+", "-"):
            return Signed(sign, self._nested(partial(self._expression, max(loosest, _PRODUCT))))
        if self._take("!"):
            return Signed("!", self._nested(partial(self._operand, _TIGHTEST)))
        if self._is_negation():
            self._next()
            return Signed("!", self._nested(partial(self._expression, max(loosest, _RELATION))))
        base = self._atom()
        if self._take("^", "**"):
            return Power(base, self._nested(partial(self._operand, _TIGHTEST)))
        return base

    def _atom(self) -> Expression:
        kind, text, unit = self._next()
        if kind == "number":
            return Number(text, unit)
        if kind == "name":
            return self._call(text) if self._take("(") else Name(text)
        if text not in CLOSING:
            raise NotReadError
        inner = self._nested(partial(self._expression, 0))
        self._expect(CLOSING[text])
        return Bracketed(text, inner)

    def _call(self, name: str) -> Expression:
        arguments: list[Expression] = []
        separators: list[str] = []
        if not self._take(")"):
            arguments.append(self._nested(partial(self._expression, 0)))
            while sign := self._take(",", ";"):
                separators.append(sign)
                arguments.append(self._nested(partial(self._expression, 0)))
            self._expect(")")
        if name == "if" and len(arguments) == 1:
            return self._choice(arguments[0])
        return _operation(name, arguments) or Call(name, tuple(arguments), tuple(separators))

    def _choice(self, condition: Expression) -> Expression:
        """Return the choice ``if(condition)then(value)else(value)`` of XPP, after its condition."""
        chosen: list[Expression] = []
        for word in ("then", "else"):
            self._expect(word)
            self._expect("(")
            chosen.append(self._nested(partial(self._expression, 0)))
            self._expect(")")
        return Call("if", (condition, *chosen), (",", ","))

    def _nested(self, read: Callable[[], Expression]) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotReadError
        found = read()
        self._depth -= 1
        return found

    def _is_negation(self) -> bool:
        """Return whether ``not`` precedes an operand here; ``not(x)`` is a call."""
        here, follows = self._tokens[self._place : self._place + 2]
        return here.text == "not" and (follows.kind != "sign" or follows.text in "!-[")

    def _rank(self) -> int:
        return _RANK_OF.get(self._tokens[self._place].text, -1)

    def _next_operator(self) -> str:
        text = self._next().text
        return _MEANT.get(text, text)

    def _next(self) -> Token:
        token = self._tokens[self._place]
        if token is _END:
            raise NotReadError
        self._place += 1
        return token

    def _take(self, *signs: str) -> str | None:
        text = self._tokens[self._place].text
        if text in signs:
            self._place += 1
            return text
        return None

    def _expect(self, sign: str) -> None:
        if self._take(sign) is None:
            raise NotReadError


def _operation(name: str, arguments: Sequence[Expression]) -> Expression | None:
    """Return the operation that a function stands for; None for any other function."""
    operands, name = tuple(map(_closed, arguments)), function_name(name)
    if name in _INFIX and len(operands) > 1:
        return Chain((_INFIX[name],) * (len(operands) - 1), operands)
    if name == "not" and len(operands) == 1:
        return Signed("!", operands[0])
    if name in _POWERS and len(operands) == 2:  # noqa: PLR2004 - base and exponent
        return Power(*operands)
    return None


def _closed(expression: Expression) -> Expression:
    """Return an operand, in brackets if it holds operators itself."""
    return Bracketed("(", expression) if isinstance(expression, Chain | Signed | Power) else expression
