"""Reads a formula as it is typed (``dA/dt = -k_clear * A``) into a tree; what is no such formula is no tree."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

# Beyond these a formula is not read by anyone as a picture, and a hostile one only costs time.
_LONGEST = 300
_DEEPEST = 20

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[^\W\d]\w*'*)"
    r"|(?P<sign>\*\*|<=|>=|==|[-+*/^=<>~(),\[\]]))"
)
_RELATIONS = frozenset({"=", "==", "<", ">", "<=", ">=", "~"})
_CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, parameter or function by its name."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of some arguments."""

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """An expression with a sign before it."""

    sign: str
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions joined by ``+ - * / ^`` or a relation."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Bracketed:
    """An expression in round or square brackets."""

    opening: str
    inner: "Expression"


Expression: TypeAlias = Number | Name | Call | Signed | Operation | Bracketed


class _NoFormula(Exception):
    """The text is none of the formulas that this grammar has."""


def parse_formula(text: str) -> Expression | None:
    """Read a formula; None where the text is anything else, which is then to be shown as it stands."""
    if len(text) > _LONGEST:
        return None
    try:
        return _Reader(_tokens(text)).formula()
    except _NoFormula:
        return None


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, place, end = [], 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            raise _NoFormula
        tokens.append((str(match.lastgroup), match[match.lastgroup or 0]))
        place = match.end()
    return tokens


class _Reader:
    """Reads tokens from left to right, the loosest operators first."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def formula(self) -> Expression:
        found = self._relation()
        if self._place < len(self._tokens):
            raise _NoFormula
        return found

    def _relation(self) -> Expression:
        left = self._sum()
        while sign := self._take(*_RELATIONS):
            left = Operation(sign, left, self._sum())
        return left

    def _sum(self) -> Expression:
        left = self._product()
        while sign := self._take("+", "-"):
            left = Operation(sign, left, self._product())
        return left

    def _product(self) -> Expression:
        if sign := self._take("+", "-"):
            with_sign = self._nested(self._product)
            return Signed(sign, with_sign)
        left = self._power()
        while sign := self._take("*", "/"):
            left = Operation(sign, left, self._factor())
        return left

    def _factor(self) -> Expression:
        if sign := self._take("+", "-"):
            return Signed(sign, self._nested(self._factor))
        return self._power()

    def _power(self) -> Expression:
        base = self._atom()
        if self._take("^", "**"):
            return Operation("^", base, self._nested(self._factor))
        return base

    def _atom(self) -> Expression:
        if self._place >= len(self._tokens):
            raise _NoFormula
        kind, text = self._tokens[self._place]
        self._place += 1
        if kind == "number":
            return Number(text)
        if kind == "name":
            return Call(text, self._arguments()) if self._take("(") else Name(text)
        if text not in _CLOSING:
            raise _NoFormula
        inner = self._nested(self._relation)
        self._expect(_CLOSING[text])
        return Bracketed(text, inner)

    def _arguments(self) -> tuple[Expression, ...]:
        if self._take(")"):
            return ()
        arguments = [self._nested(self._relation)]
        while self._take(","):
            arguments.append(self._nested(self._relation))
        self._expect(")")
        return tuple(arguments)

    def _nested(self, read: Callable[[], Expression]) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NoFormula
        found = read()
        self._depth -= 1
        return found

    def _take(self, *signs: str) -> str | None:
        if self._place < len(self._tokens):
            kind, text = self._tokens[self._place]
            if kind == "sign" and text in signs:
                self._place += 1
                return text
        return None

    def _expect(self, sign: str) -> None:
        if self._take(sign) is None:
            raise _NoFormula
