"""Frequent values of each facet, counted under the filters of all others."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from psycopg import Connection, sql
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.store.counting import counted_evidence, counted_flags
from scidex.atlas._model_registry.store.matching import parameters
from scidex.atlas._model_registry.store.shape import MOST_TEXTS, Shape, shape_of
from scidex.atlas._model_registry.store.statements import composed_once, statement

# Each facet with the filter that it is counted without.
_FEW_VALUES: Mapping[str, Mapping[str, Any]] = {
    "total": {},
    "family": {"families": False},
    "provenance": {"provenance": None},
    "latest": {"latest": False},
    "origin_type": {"origin_type": False},
    "promotion_state": {"promotion_state": False},
}
# Those whose values are ids of artifacts.
_EVIDENCE: Mapping[str, Mapping[str, Any]] = {
    "dataset": {"datasets": "none"},
    "hypothesis": {"hypothesis": False},
}
_FLAGS = sql.SQL("model.family, model.complete, model.is_latest, model.origin_type, model.promotion_state")
# contract.md: the 20 most frequent datasets; the same bound keeps every other facet readable.
_MOST_VALUES = 20


class FacetCount(NamedTuple):
    """A value of a facet, its number of models, and the title of the artifact it names, if it names one."""

    value: Any
    models: int
    title: str | None


def count_facets(conn: Connection, query: ModelQuery) -> tuple[int, dict[str, list[FacetCount]]]:
    """Answer how many models match, and the frequent values of each facet."""
    counts: dict[str, list[FacetCount]] = {facet: [] for facet in (*_FEW_VALUES, *_EVIDENCE)}
    bound = parameters(query) | {"facet_limit": _MOST_VALUES}
    with conn.cursor(row_factory=tuple_row) as cursor:
        for facet, value, number, title in cursor.execute(_composed(shape_of(query)), bound, prepare=False):
            counts[facet].append(FacetCount(value, int(number), title))
    total = sum(one.models for one in counts.pop("total"))
    return total, counts


@lru_cache(maxsize=MOST_TEXTS)
def _composed(shape: Shape) -> sql.SQL:
    together: dict[Shape, list[str]] = {}
    for facet, without in _FEW_VALUES.items():
        together.setdefault(replace(shape, **without), []).append(facet)
    parts = [
        statement("facets").format(counted=counted_flags(asked, _FLAGS), facets=sql.Literal(names))
        for asked, names in together.items()
    ]
    for facet, without in _EVIDENCE.items():
        listed = counted_evidence(replace(shape, **without), facet)
        parts.append(statement("evidence_facet").format(facet=sql.Literal(facet), counted=listed))
    every = sql.SQL(" UNION ALL ").join([sql.SQL("({})").format(part) for part in parts])
    return composed_once(
        statement("all_facets").format(waiting_first=statement("waiting_first"), parts=every)
    )
