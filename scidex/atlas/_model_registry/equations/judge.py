"""Whether two formulas are equal."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from scidex.atlas._model_registry.contract.answers import EQUAL, EquationJudgement
from scidex.atlas._model_registry.equations.expressions import Expression
from scidex.atlas._model_registry.equations.field import UndefinedError
from scidex.atlas._model_registry.equations.reader import parse_formula
from scidex.atlas._model_registry.equations.values import RandomPoint

Values = tuple[int | None, ...]

_POINTS: Final = 3
# Points that are drawn in turn where a formula is undefined; one that is undefined at all of them has no value.
_MOST_DRAWN: Final = 12


def judge_formulas(first: str, second: str) -> EquationJudgement:
    """Return how two formulas compare up to the algebra of fractions, with functions and other powers opaque.

    Formulas are never judged different: ``exp(a + b)`` and ``exp(a) * exp(b)`` are not shown to be equal.
    """
    ours, theirs = _values_of(first), _values_of(second)
    if ours is None or theirs is None:
        return "cannot be read"
    undefined = None in ours or None in theirs
    agree = equal(read_formula(first), read_formula(second)) if undefined else ours == theirs
    return EQUAL if agree else "not shown to be equal"


def equal(first: Expression | None, second: Expression | None) -> bool:
    """Return whether two formulas have the same values at random points where both are defined."""
    if first is None or second is None:
        return False
    agreed = 0
    for ours, theirs in zip(_values(first), _values(second), strict=True):
        if ours is None or theirs is None:
            continue
        if ours != theirs:
            return False
        agreed += 1
        if agreed == _POINTS:
            return True
    return False


def first_value(expression: Expression) -> int | None:
    """Return the value of a formula at one random point; None where it is undefined."""
    return next(_values(expression))


@lru_cache(maxsize=1024)
def _values_of(text: str) -> Values | None:
    expression = read_formula(text)
    return None if expression is None else tuple(islice(_values(expression), _POINTS))


def read_formula(text: str) -> Expression | None:
    """Return a formula, read; None for a statistical one, with ``~``, in which ``+`` and ``*`` mean something else."""
    return None if "~" in text else parse_formula(text)


def _values(expression: Expression) -> Iterator[int | None]:
    for number in range(_MOST_DRAWN):
        try:
            yield RandomPoint(number, expression).value(expression)
        except UndefinedError:
            yield None
