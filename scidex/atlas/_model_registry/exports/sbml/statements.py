"""The equations of a model by what they set: a rate of change, a value, an initial value, a function."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from scidex.atlas._model_registry.equations.expressions import (
    Bracketed,
    Call,
    Chain,
    Expression,
    Name,
    Number,
    parts,
)
from scidex.atlas._model_registry.equations.reader import parse_formula
from scidex.atlas._model_registry.equations.sides import derivative
from scidex.atlas._model_registry.exports.sbml.inexpressible import InexpressibleError, quoted

TIME: Final = frozenset({"t", "time", "model_time"})

# A species and its compartment in d(A*cell)/dt.
Amount = tuple[str, str]

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(slots=True)
class Statements:
    """Right sides of equations, by the name of what they set."""

    values: dict[str, Expression] = field(default_factory=dict)
    rates: dict[str, Expression] = field(default_factory=dict)
    amounts: dict[Amount, Expression] = field(default_factory=dict)
    starts: dict[str, Expression] = field(default_factory=dict)
    functions: dict[str, tuple[tuple[str, ...], Expression]] = field(default_factory=dict)


def statements(equations: Sequence[str]) -> Statements:
    """Return what all equations set.

    Raises:
        InexpressibleError: one cannot be read, its left side is not a quantity, or two set the same quantity.

    """
    found = Statements()
    for equation in equations:
        left, right = _sides(equation)
        _state(found, left, right, equation)
    twice = sorted(found.values.keys() & found.rates.keys())
    if twice:
        raise InexpressibleError(f"two equations set {quoted(twice)}")
    return found


def formula(text: str) -> Expression:
    """Return a formula, read. Raises :class:`InexpressibleError` where it cannot be read."""
    expression = parse_formula(text)
    if expression is None:
        raise InexpressibleError(f"the formula {quoted([text])} cannot be read")
    return expression


def _sides(equation: str) -> tuple[Expression, Expression]:
    match parse_formula(equation):
        case Chain(("=",) | (":=",), (left, right)):
            return left, right
        case None:
            raise InexpressibleError(f"the equation {quoted([equation])} cannot be read")
        case _:
            raise InexpressibleError(f"{quoted([equation])} is not an equation with one equality sign")


def _state(found: Statements, left: Expression, right: Expression, equation: str) -> None:
    changing = _changing(left)
    match changing or left:
        case Chain(("*",), (Name(species), Name(compartment))) if changing:
            _set(found.amounts, (species, compartment), right, equation)
        case Name(name) if changing:
            _set(found.rates, name, right, equation)
        case Name(name) | Bracketed("[", Name(name)) if not changing:
            _set(found.values, name, right, equation)
        case Call(name, (argument,)) if not changing and _is_start(argument):
            _set(found.starts, name, right, equation)
        case Call(name, (Name(argument),)) if not changing and argument in TIME:
            _set(found.values, name, right, equation)
        case Call(name, arguments) if not changing and all(isinstance(one, Name) for one in arguments):
            names = tuple(one.text for one in arguments if isinstance(one, Name))
            _set(found.functions, name, (names, right), equation)
        case Number(text) if not changing and float(text) == 0:
            raise InexpressibleError(f"which quantity {quoted([equation])} determines is not registered")
        case _:
            raise InexpressibleError(f"the left side of {quoted([equation])} is not a quantity by its name")


def _changing(left: Expression) -> Expression | None:
    """Return the operand of a derivative by time (``dA/dt``, ``A'``, ``d(A*cell)/dt``); None for anything else."""
    match left:
        case Name(text) if text.endswith("'") and not text.endswith("''"):
            return Name(text[:-1])
    found = derivative(left)
    if found is None or found[1] not in TIME:
        return None
    of = found[0]
    return of.inner if isinstance(of, Bracketed) else of


def _is_start(argument: Expression) -> bool:
    match argument:
        case Chain(("=",), (Name(name), Number(text))):
            return name in TIME and float(text) == 0
        case Number(text):
            return float(text) == 0
        case _:
            return False


def _set(found: dict[_Key, _Value], name: _Key, value: _Value, equation: str) -> None:
    if name in found:
        raise InexpressibleError(f"two equations set what {quoted([equation])} does")
    found[name] = value


def names_in(expression: Expression) -> Iterator[str]:
    """Yield every name in a formula except those of the functions it calls."""
    pending = [expression]
    while pending:
        one = pending.pop()
        if isinstance(one, Name):
            yield one.text
        pending += parts(one)
