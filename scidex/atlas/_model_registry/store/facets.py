"""Frequent values of each facet, counted under the filters of all others."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from psycopg import Connection, sql
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.filters import ModelQuery
from scidex.atlas._model_registry.store.counting import counted_evidence, counted_flags
from scidex.atlas._model_registry.store.matching import parameters
from scidex.atlas._model_registry.store.statements import statement

# Each facet with the filter that it is counted without.
_FEW_VALUES: Mapping[str, Mapping[str, Any]] = {
    "total": {},
    "family": {"families": ()},
    "provenance": {"provenance": None},
    "latest": {"latest": None},
    "origin_type": {"origin_type": None},
    "promotion_state": {"promotion_state": None},
}
# Those whose values are ids of artifacts.
_EVIDENCE: Mapping[str, Mapping[str, Any]] = {"dataset": {"datasets": ()}, "hypothesis": {"hypothesis": None}}
_FLAGS = sql.SQL("model.family, model.complete, model.is_latest, model.origin_type, model.promotion_state, ")
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
    composed, bound = _composed(query)
    with conn.cursor(row_factory=tuple_row) as cursor:
        for facet, value, number, title in cursor.execute(composed, bound, prepare=False):
            counts[facet].append(FacetCount(value, int(number), title))
    total = sum(one.models for one in counts.pop("total"))
    return total, counts


def _composed(query: ModelQuery) -> tuple[sql.Composed, dict[str, Any]]:
    together: dict[ModelQuery, list[str]] = {}
    for facet, without in _FEW_VALUES.items():
        together.setdefault(replace(query, **without), []).append(facet)
    parts = [
        statement("facets").format(counted=counted_flags(asked, _FLAGS), facets=sql.Literal(names))
        for asked, names in together.items()
    ]
    for facet, without in _EVIDENCE.items():
        listed = counted_evidence(replace(query, **without), facet)
        parts.append(statement("evidence_facet").format(facet=sql.Literal(facet), counted=listed))
    every = sql.SQL(" UNION ALL ").join([sql.SQL("({})").format(part) for part in parts])
    return statement("all_facets").format(parts=every), parameters(query) | {"facet_limit": _MOST_VALUES}
