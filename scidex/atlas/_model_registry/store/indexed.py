"""Conditions of ``where`` that an index can answer, as conditions on metrics."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from scidex.atlas._model_registry.contract.condition_tree import Compared, Condition, Joined
from scidex.atlas._model_registry.contract.conditions import MetricCondition
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.contract.where import Where

# Each metric is a join more: beyond a few, planning would take longer than the index saves.
_MOST_METRICS: Final = 4


def indexed(query: ModelQuery) -> ModelQuery:
    """Return the same query with the comparisons of metrics that must all hold moved from ``where`` to ``metrics``.

    Those are read from an index; what is left in ``where`` is read model by model.
    """
    if query.where is None:
        return query
    moved: list[MetricCondition] = []
    rest: list[Condition] = []
    for one in _must_hold(query.where.tree):
        if isinstance(one, Compared) and _is_indexed(one, moved):
            moved.append(MetricCondition(one.name, one.operator, one.value))
        else:
            rest.append(one)
    tree = rest[0] if len(rest) == 1 else Joined("and", tuple(rest))
    left = Where(query.where.text, tree) if rest else None
    return replace(query, metrics=(*query.metrics, *moved), where=left)


def _must_hold(tree: Condition) -> Iterator[Condition]:
    if isinstance(tree, Joined) and tree.by == "and":
        for part in tree.parts:
            yield from _must_hold(part)
    else:
        yield tree


def _is_indexed(compared: Compared, moved: list[MetricCondition]) -> bool:
    names = {one.name for one in moved} | {compared.name}
    return not compared.is_column and compared.operator != "!=" and len(names) <= _MOST_METRICS
