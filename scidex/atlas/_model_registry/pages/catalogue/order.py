"""The order of the list in words: its sort key, and which end of it comes first."""

from scidex.atlas._model_registry.contract.query import METRIC_SORT, ModelQuery
from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.pages.words.numbers import number
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.metrics import Direction

SORT_NAMES = {
    "quality_score": "quality score",
    "created_at": "date of registration",
    "parameter_count": "number of parameters",
    "title": "title",
    "relevance": "best match",
}
_NAME_LIMIT = 60
_NO_BEST_END: dict[Direction, str] = {
    "unknown": "which way it is better is not known",
    "neutral": "it makes no model better or worse",
    "target": "it is best near a target",
}
# The first values in descending and in ascending order.
_FIRST = {
    "quality_score": ("highest first", "lowest first"),
    "created_at": ("newest first", "oldest first"),
    "parameter_count": ("most first", "fewest first"),
    "title": ("from Z to A", "from A to Z"),
    "relevance": ("the words in titles first, equal matches by quality", "the worst first"),
}


def sort_name(sort: str) -> str:
    """Return the name of a sort key."""
    return SORT_NAMES.get(sort) or shortened(sort.removeprefix(METRIC_SORT), _NAME_LIMIT)


def order_words(query: ModelQuery) -> str:
    """Return a sentence on how the list is sorted."""
    if query.sort_metric is not None:
        return f"Sorted by {sort_name(query.sort)}, {_metric_first(query.sort_metric, query.order)}."
    descending, ascending = _FIRST[query.sort]
    order = query.order or ("asc" if query.sort == "title" else "desc")
    return f"Sorted by {sort_name(query.sort)}, {ascending if order == 'asc' else descending}."


def _metric_first(metric: str, order: str | None) -> str:
    kind = kind_of(metric)
    if kind.direction == "target" and kind.target is not None and order is None:
        return f"nearest to {number(kind.target)} first (best first)"
    usual = "asc" if kind.direction == "lower" else "desc"
    order = order or usual
    first = "lowest first" if order == "asc" else "highest first"
    if kind.target is not None:
        return first
    if kind.direction not in {"lower", "higher"}:
        return f"{first}: {_NO_BEST_END[kind.direction]}"
    return f"{first} ({'best' if order == usual else 'worst'} first)"
