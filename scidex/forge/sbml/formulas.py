"""Writes libsbml's trees of mathematics as formulas that the registry reads.

Calls of the file's own functions are replaced by their bodies, so that files that name them differently compare by
content.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import libsbml

# A function whose expanded body would be longer than this stays a call, and is listed.
_LONGEST = 20_000
_MOST_NESTED_CALLS = 20

_RELATION, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(3, 9)
_CHAINS: Final = {
    libsbml.AST_LOGICAL_OR: ("||", 1, "false"),
    libsbml.AST_LOGICAL_AND: ("&&", 2, "true"),
    libsbml.AST_RELATIONAL_EQ: ("==", _RELATION, "true"),
    libsbml.AST_RELATIONAL_NEQ: ("!=", _RELATION, "true"),
    libsbml.AST_RELATIONAL_LT: ("<", _RELATION, "true"),
    libsbml.AST_RELATIONAL_GT: (">", _RELATION, "true"),
    libsbml.AST_RELATIONAL_LEQ: ("<=", _RELATION, "true"),
    libsbml.AST_RELATIONAL_GEQ: (">=", _RELATION, "true"),
    libsbml.AST_PLUS: ("+", _SUM, "0"),
    libsbml.AST_TIMES: ("*", _PRODUCT, "1"),
}
_CONSTANTS: Final = {
    libsbml.AST_CONSTANT_PI: "pi",
    libsbml.AST_CONSTANT_E: "exp(1)",
    libsbml.AST_CONSTANT_TRUE: "true",
    libsbml.AST_CONSTANT_FALSE: "false",
    libsbml.AST_NAME_AVOGADRO: "avogadro",
}
_NUMBERS: Final = frozenset({libsbml.AST_INTEGER, libsbml.AST_REAL, libsbml.AST_REAL_E, libsbml.AST_RATIONAL})
_POWERS: Final = frozenset({libsbml.AST_POWER, libsbml.AST_FUNCTION_POWER})


class _Text(NamedTuple):
    """A formula and the rank of its loosest operator."""

    text: str
    rank: int = _ATOM


FormulaNames = Mapping[str, _Text]


class _TooLongError(Exception):
    pass


class FormulaWriter:
    """Writes formulas of one model; ``kept`` holds the functions that stay calls."""

    def __init__(self, model: Any) -> None:
        definitions = model.getListOfFunctionDefinitions()
        self._functions = {each.getId(): each for each in definitions if each.getBody() is not None}
        self._nested = 0
        taken = [model.getElementBySId(name) is not None for name in ("time", "t")]
        self._time = "time" if not taken[0] else "t" if not taken[1] else "model_time"
        self.kept: dict[str, str] = {}

    def text(self, node: Any, renamed: Mapping[str, str] | None = None) -> str:
        """Return the formula of a tree; ``renamed`` maps identifiers to other names."""
        return self._written(node, {name: _Text(other) for name, other in (renamed or {}).items()}).text

    def _written(self, node: Any, names: FormulaNames) -> _Text:
        kind = node.getType()
        if kind in _NUMBERS:
            return _number(node)
        if kind in _CONSTANTS:
            return _Text(_CONSTANTS[kind])
        if kind == libsbml.AST_NAME_TIME:
            return _Text(self._time)
        if kind == libsbml.AST_NAME:
            return names.get(node.getName(), _Text(node.getName()))
        operands = [self._written(node.getChild(index), names) for index in range(node.getNumChildren())]
        if kind == libsbml.AST_FUNCTION:
            return self._call(node.getName(), operands)
        return _operation(node, operands)

    def _call(self, name: str, operands: Sequence[_Text]) -> _Text:
        """Return the body of a function of the file, or the call where the body would be too long."""
        function = self._functions.get(name)
        if function is None or name in self.kept or function.getNumArguments() != len(operands):
            return _called(name, operands)
        arguments = [function.getArgument(index).getName() for index in range(len(operands))]
        try:
            return self._inlined(function, dict(zip(arguments, operands, strict=True)))
        except _TooLongError:
            self.kept[name] = ""
            self.kept[name] = f"{name}({', '.join(arguments)}) = {self.text(function.getBody())}"
            return _called(name, operands)

    def _inlined(self, function: Any, names: FormulaNames) -> _Text:
        self._nested += 1
        try:
            if self._nested > _MOST_NESTED_CALLS:
                raise _TooLongError
            found = self._written(function.getBody(), names)
        finally:
            self._nested -= 1
        if len(found.text) > _LONGEST:
            raise _TooLongError
        return found


def number_text(value: float) -> str:
    """Return a number as people write it: 2 for 2.0."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))  # noqa: PLR2004 - all its digits are exact


def _number(node: Any) -> _Text:
    kind = node.getType()
    if kind == libsbml.AST_RATIONAL:
        return _Text(f"{node.getNumerator()}/{node.getDenominator()}", _PRODUCT)
    if kind == libsbml.AST_REAL_E:
        text = f"{number_text(node.getMantissa())}e{node.getExponent()}"
    else:
        text = number_text(node.getValue())
    if (unit := node.getUnits()) and not text.startswith("-"):
        return _Text(f"{text} [{unit}]")
    return _Text(text, _SIGN if text.startswith("-") else _ATOM)


def _operation(node: Any, operands: Sequence[_Text]) -> _Text:  # noqa: C901, PLR0911 - one for each kind of operator
    kind = node.getType()
    if kind in _CHAINS:
        return _chain(*_CHAINS[kind], operands)
    if kind in _POWERS and len(operands) == 2:  # noqa: PLR2004 - base and exponent
        return _Text("^".join(_inside(each, _ATOM) for each in operands), _POWER)
    match kind, operands:
        case libsbml.AST_MINUS, [operand]:
            return _Text(f"-{_inside(operand, _SIGN)}", _SIGN)
        case libsbml.AST_MINUS, [left, right]:
            return _Text(f"{_inside(left, _SUM)} - {_inside(right, _PRODUCT)}", _SUM)
        case libsbml.AST_DIVIDE, [left, right]:
            return _Text(f"{_inside(left, _PRODUCT)}/{_inside(right, _SIGN)}", _PRODUCT)
        case libsbml.AST_LOGICAL_NOT, [operand]:
            return _Text(f"!{_inside(operand, _ATOM)}", _SIGN)
        case libsbml.AST_FUNCTION_ROOT, [_Text("2" | "2 [dimensionless]"), operand]:
            return _called("sqrt", [operand])
        case libsbml.AST_FUNCTION_LOG, [_Text("10" | "10 [dimensionless]"), operand]:
            return _called("log10", [operand])
        case _:
            return _called(node.getName() or libsbml.formulaToL3String(node).partition("(")[0], operands)


def _chain(sign: str, rank: int, empty: str, operands: Sequence[_Text]) -> _Text:
    if len(operands) < 2:  # noqa: PLR2004 - nothing to join
        return operands[0] if operands else _Text(empty)
    joint = sign if sign == "*" else f" {sign} "
    first = rank + 1 if rank == _RELATION else rank
    return _Text(
        joint.join([_inside(operands[0], first), *(_inside(each, rank + 1) for each in operands[1:])]), rank
    )


def _called(name: str, operands: Sequence[_Text]) -> _Text:
    return _Text(f"{name}({', '.join(each.text for each in operands)})")


def _inside(operand: _Text, tightest: int) -> str:
    """Return an operand, in brackets where it binds less tightly than the operator around it."""
    return operand.text if operand.rank >= tightest else f"({operand.text})"
