"""The order of a list sorted by a metric: which values come first, and the note on it."""

from typing import Final

from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.records.metrics import Direction

_WITHOUT_A_BEST_END: Final[dict[Direction, str]] = {
    "unknown": "Which way {} is better is not known",
    "neutral": "{} makes no model better or worse",
    "target": "{} is best near a target that its name does not give",
}


def first_end(metric: str) -> tuple[bool, float | None]:
    """Return whether the best values of a metric are the smallest, or those nearest to the target returned."""
    kind = kind_of(metric)
    return kind.direction == "lower" or kind.target is not None, kind.target


def sort_note(query: ModelQuery) -> str | None:
    """Return why the order has no best end; None where it has one."""
    if query.sort_metric is None:
        return None
    kind = kind_of(query.sort_metric)
    if kind.direction not in _WITHOUT_A_BEST_END or kind.target is not None:
        return None
    first, turned = ("smallest", "desc") if query.order == "asc" else ("largest", "asc")
    why = _WITHOUT_A_BEST_END[kind.direction].format(query.sort_metric)
    return f"{why}: its {first} value stands first, order={turned} turns it round."
