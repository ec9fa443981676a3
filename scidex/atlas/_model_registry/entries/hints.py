"""Hints for a query whose metrics no model reports, or not all models that it is about."""

from collections.abc import Iterator, Sequence

from scidex.atlas._model_registry.contract.condition_tree import (
    Compared,
    Condition,
    Joined,
    Lacks,
    Not,
    single_conditions,
)
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.metrics.alike import read_alike

_MOST_NAMES = 5


def asked_metrics(query: ModelQuery) -> list[str]:
    """Return the names of the metrics in a query, each once."""
    sorted_by = [query.sort_metric] if query.sort_metric else []
    joined = single_conditions(query.where.tree) if query.where else ()
    compared = [leaf.name for leaf in joined if isinstance(leaf, Compared) and not leaf.is_column]
    return list(dict.fromkeys([*(condition.name for condition in query.metrics), *compared, *sorted_by]))


def doubtful_metrics(query: ModelQuery, total: int) -> list[str]:
    """Return the names of the metrics in a query that perhaps no model reports, though ``total`` models match it."""
    joined = single_conditions(query.where.tree) if query.where else ()
    lacked = [leaf.name for leaf in joined if isinstance(leaf, Lacks) and not leaf.is_column]
    named = dict.fromkeys([*asked_metrics(query), *lacked])
    if not total:
        return list(named)
    reported = {query.sort_metric, *(condition.name for condition in query.metrics)}
    if query.where:
        reported |= set(_reported_by_all(query.where.tree))
    return [name for name in named if name not in reported]


def metric_hint(asked: Sequence[str], reported: Sequence[str]) -> str | None:
    """Return which of the metrics no model reports, and their reported names; None if all are reported."""
    known = frozenset(reported)
    sentences = [_hint(name, reported) for name in asked if name not in known]
    return " ".join(sentences) or None


def unreported_hint(metric: str, left_out: int) -> str | None:
    """Return how many models evaluated on a dataset are not in its list by a metric; None where all are."""
    if left_out <= 0:
        return None
    models = (
        "model that was evaluated there and does"
        if left_out == 1
        else "models that were evaluated there and do"
    )
    return f"Not in this list: {left_out} {models} not report {metric}."


def _reported_by_all(tree: Condition) -> Iterator[str]:
    """Yield the metrics that each model reports for which the conditions hold."""
    match tree:
        case Compared(name, _, _, is_column=False) | Not(Lacks(name, is_column=False)):
            yield name
        case Joined("and", parts):
            for part in parts:
                yield from _reported_by_all(part)
        case _:
            pass


def _hint(asked: str, reported: Sequence[str]) -> str:
    alike = read_alike(asked, reported)[:_MOST_NAMES]
    if not alike:
        return f"No model reports {asked}, nor a metric that reads like it."
    return f"No model reports {asked}; models report {listed(alike)}. Ask for it by such a name."
