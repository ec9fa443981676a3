"""Conditions joined by and, or, not and brackets, as SQL over whole rows of models."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from psycopg import sql

from scidex.atlas._model_registry.contract.condition_tree import (
    Compared,
    Condition,
    Has,
    Joined,
    Lacks,
    Not,
    single_conditions,
)
from scidex.atlas._model_registry.contract.filters import FILTERS
from scidex.atlas._model_registry.contract.where import Where
from scidex.atlas._model_registry.store.statements import statement

# Only literals of this table get into a statement.
_OPERATORS = {sign: sql.SQL(sign) for sign in ("<", "<=", ">", ">=", "=")} | {"!=": sql.SQL("<>")}


def where_condition(where: Where, row: str) -> sql.Composable:
    """Compose the condition on a row under the alias ``row``: of the projection, or of models judged now."""
    return _composed(where.tree, row, count())


def where_parameters(where: Where) -> dict[str, Any]:
    """Return the values that the condition binds."""
    bound: dict[str, Any] = {}
    for place, leaf in enumerate(single_conditions(where.tree)):
        bound[_name(place)] = leaf.name
        if isinstance(leaf, Compared):
            bound[_value(place)] = leaf.value
        elif isinstance(leaf, Has):
            bound[_value(place)] = FILTERS[leaf.name].stored.get(str(leaf.value), leaf.value)
    return bound


def _composed(tree: Condition, row: str, places: Iterator[int]) -> sql.Composable:
    match tree:
        case Not(part):
            return sql.SQL("NOT {}").format(_composed(part, row, places))
        case Joined(by, parts):
            joint = sql.SQL(" AND ") if by == "and" else sql.SQL(" OR ")
            return sql.SQL("({})").format(joint.join([_composed(part, row, places) for part in parts]))
        case Compared(name, operator, _, is_column):
            place = next(places)
            return statement("where_number" if is_column else "where_metric").format(
                number=sql.Identifier(row, name) if is_column else sql.Identifier(row, "metrics"),
                name=sql.Placeholder(_name(place)),
                operator=_OPERATORS[operator],
                value=sql.Placeholder(_value(place)),
            )
        case Lacks(name, is_column):
            place = next(places)
            return statement("where_no_number" if is_column else "where_no_metric").format(
                number=sql.Identifier(row, name) if is_column else sql.Identifier(row, "metrics"),
                name=sql.Placeholder(_name(place)),
            )
        case Has(name, _):
            place = next(places)
            column = sql.Identifier(row, FILTERS[name].column or name)
            return statement("where_value").format(column=column, value=sql.Placeholder(_value(place)))


def _name(place: int) -> str:
    return f"where_name_{place}"


def _value(place: int) -> str:
    return f"where_value_{place}"
