"""A list as somebody browses it, with the models ticked so far for a comparison."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Final

from scidex.atlas._model_registry.contract.query import ModelQuery

# The most that a comparison takes.
LEAST_TICKED: Final = 2
MOST_TICKED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowsedQuery(ModelQuery):
    """The query of a page; ``ticked`` are ids in the order of ticking, the first being the baseline.

    ``asked_too_few``: a comparison was requested before enough models were ticked.
    """

    ticked: tuple[str, ...] = ()
    asked_too_few: bool = False


def browsed(query: ModelQuery, ticked: Iterable[str] = (), *, asked_too_few: bool = False) -> BrowsedQuery:
    """Return a query with the models ticked so far, each once, and no more than a comparison takes."""
    values = {each.name: getattr(query, each.name) for each in fields(ModelQuery)}
    kept = tuple(dict.fromkeys(one for one in ticked if one))[:MOST_TICKED]
    return BrowsedQuery(**values, ticked=kept, asked_too_few=asked_too_few)


def ticked_by(query: ModelQuery) -> tuple[str, ...]:
    """Return the ticked ids; empty for a plain query."""
    return query.ticked if isinstance(query, BrowsedQuery) else ()


def with_ticked(query: ModelQuery, ticked: tuple[str, ...]) -> BrowsedQuery:
    """Return the same page of the list with other models ticked."""
    return replace(browsed(query), ticked=ticked)
