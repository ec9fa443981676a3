"""Frequent values of each facet, counted under all other filters."""

from typing import Any, NamedTuple

from psycopg import Connection, sql
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.contract.filters import FILTERS
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.store.counting import counted_evidence, counted_flags, counted_standings
from scidex.atlas._model_registry.store.matching import parameters, waiting_first
from scidex.atlas._model_registry.store.statements import statement

_FLAGS = {name: declared for name, declared in FILTERS.items() if declared.flag}
# Facets whose values are ids of artifacts.
_ARTIFACTS = [name for name, declared in FILTERS.items() if declared.evidence and declared.heading]
_TOTAL = "total"
# Only models that are not sound are counted; the rest of those that match are sound.
_STANDING, _SOUND, _OF_ALL = "standing", "sound", "of all standings"
# contract.md: the 20 most frequent datasets; the same bound keeps every other facet readable.
_MOST_VALUES = 20


class FacetCount(NamedTuple):
    """A value of a facet, its number of models, and the title of the artifact it names, if it names one."""

    value: Any
    models: int
    title: str | None


def count_facets(conn: Connection, query: ModelQuery) -> tuple[int, dict[str, list[FacetCount]]]:
    """Return how many models match, and the frequent values of each facet."""
    named = (_TOTAL, _OF_ALL, *_FLAGS, *_ARTIFACTS, _STANDING)
    counts: dict[str, list[FacetCount]] = {facet: [] for facet in named}
    bound = parameters(query) | {"facet_limit": _MOST_VALUES}
    with conn.cursor(row_factory=tuple_row) as cursor:
        for facet, value, number, title in cursor.execute(_composed(query), bound, prepare=False):
            counts[facet].append(FacetCount(_worded(facet, value), int(number), title))
    total, of_all = (sum(one.models for one in counts.pop(name)) for name in (_TOTAL, _OF_ALL))
    sound = (of_all if _STANDING in query.filters else total) - sum(one.models for one in counts[_STANDING])
    if sound:
        counts[_STANDING] = sorted([FacetCount(_SOUND, sound, None), *counts[_STANDING]], key=_most_first)
    return total, counts


def _most_first(counted: FacetCount) -> tuple[int, str]:
    return -counted.models, str(counted.value)


def _composed(query: ModelQuery) -> sql.Composed:
    # Facets of flags without a filter are counted under the same filters as the total.
    free = [facet for facet in _FLAGS if facet not in query.filters]
    together = [(query, [_TOTAL, *free])]
    together += [(query.without(facet), [facet]) for facet in _FLAGS if facet in query.filters]
    if _STANDING in query.filters:
        together.append((query.without(_STANDING), [_OF_ALL]))
    flags = sql.SQL(", ").join(sql.Identifier("model", _column(facet)) for facet in _FLAGS)
    values = sql.SQL(", ").join(
        statement("facet_of_flag").format(facet=sql.Literal(facet), column=sql.Identifier(_column(facet)))
        for facet in _FLAGS
    )
    parts = [
        statement("facets").format(
            counted=counted_flags(asked, flags), facets=sql.Literal(names), flags=flags, values=values
        )
        for asked, names in together
    ]
    for facet in _ARTIFACTS:
        listed = counted_evidence(query.without(facet), facet)
        parts.append(statement("evidence_facet").format(facet=sql.Literal(facet), counted=listed))
    fallen = counted_standings(query.without(_STANDING))
    parts.append(statement("standing_facet").format(facet=sql.Literal(_STANDING), counted=fallen))
    every = sql.SQL("\nUNION ALL\n").join([sql.SQL("({})").format(part) for part in parts])
    return statement("all_facets").format(waiting_first=waiting_first(query), parts=every)


def _column(facet: str) -> str:
    return _FLAGS[facet].column or facet


def _worded(facet: str, value: Any) -> Any:
    """Return a value of a facet as a parameter writes it."""
    stored = FILTERS[facet].stored if facet in FILTERS else {}
    return next((word for word, held in stored.items() if held == value), value)
