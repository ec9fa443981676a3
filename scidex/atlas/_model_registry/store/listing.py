"""Pages of models: filters, order and cursor composed from the fixed fragments in ``queries``."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from psycopg import Connection, sql
from psycopg.rows import dict_row

from scidex.atlas._model_registry.contract.cursor import Position
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.records.headlines import FoundHeadline
from scidex.atlas._model_registry.records.models import ModelRecord
from scidex.atlas._model_registry.records.states import State
from scidex.atlas._model_registry.store.counting import narrowest
from scidex.atlas._model_registry.store.matching import (
    Found,
    all_of,
    is_filtered,
    judged,
    parameters,
    projected,
    replaced,
    waiting_first,
)
from scidex.atlas._model_registry.store.ordering import Order, ordered, sort_key
from scidex.atlas._model_registry.store.rows import found_headline, model_record
from scidex.atlas._model_registry.store.statements import model_columns, statement

_KEY_TYPES = {
    "quality_score": "float8",
    "created_at": "timestamptz",
    "parameter_count": "numeric",
    "title": "text",
    "relevance": "float8",
}
# A walk over 100,000 models meets one of this many each 70 steps, which takes as long as looking all of them up.
_FEW = 1_500
# Sort keys that may be unknown; these rows come last.
_MAY_BE_UNKNOWN = frozenset({"quality_score", "parameter_count"})


class ListedModel(NamedTuple):
    """A model of a page and its place in the order; ``found`` is None where no headline was looked for yet."""

    model: ModelRecord
    found: FoundHeadline | None
    standing: State
    position: Position


class Listed(NamedTuple):
    """A page, with one model beyond ``limit`` if there is one, and how many matching models wait to be folded."""

    models: list[ListedModel]
    waiting: int


class _Course(NamedTuple):
    """How a page is read: its direction, by distance from a target or not, and the kind of place it starts after."""

    ascending: bool
    by_distance: bool
    after: Literal["key", "no key"] | None
    among_few: bool


def list_models(
    conn: Connection, query: ModelQuery, order: Order, after: Position | None, *, folded: int
) -> Listed:
    """Return one page; ``folded`` is the number of folded models that match."""
    course = _Course(
        ascending=order.ascending,
        by_distance=order.target is not None,
        after=None if after is None else "no key" if after.key is None else "key",
        among_few=folded <= _FEW and _is_beyond_statistics(query),
    )
    bound = parameters(query) | {
        "limit": query.limit + 1,
        "offset": query.offset,
        "sort_target": None if order.target is None else Decimal(repr(order.target)),
    }
    if after is not None:
        bound |= {"after_key": after.key, "after_created_at": after.created_at, "after_id": after.id}
    with conn.cursor(row_factory=dict_row) as cursor:
        kept = False if is_filtered(query) else None
        rows = cursor.execute(_page(query, course), bound, prepare=kept).fetchall()
    return Listed([_listed(row) for row in rows if row["id"] is not None], rows[0]["waiting"])


def _page(query: ModelQuery, course: _Course) -> sql.Composed:
    found, waiting = _few(query) if course.among_few else projected(query), judged(query)
    key = sort_key(query, by_distance=course.by_distance)
    places: list[sql.Composable] = [*_following(query, course, key, found.row)] or [sql.SQL("true")]
    parts = [
        statement("projected_page").format(
            row=found.row,
            replaced=replaced(query),
            key=key,
            order=ordered(key, found.row, ascending=course.ascending),
            models=found.relations,
            conditions=all_of([*found.conditions, part]),
        )
        for part in places
    ]
    place, placed = sql.Identifier("place"), sql.SQL("place.sort_key")
    return statement("list_models").format(
        waiting_first=waiting_first(query),
        columns=model_columns(),
        headline_columns=statement("headline_columns"),
        parts=sql.SQL("\nUNION ALL\n").join([*parts, _waiting_page(query, course)]),
        order=ordered(placed, place, ascending=course.ascending),
        key=key,
        row=waiting.row,
        judged=waiting.relations,
        conditions=all_of(waiting.conditions),
    )


def _is_beyond_statistics(query: ModelQuery) -> bool:
    """Return whether the planner cannot tell how many match.

    It knows the values of all metrics together, not of each; little of words; nothing of standings; and not how
    filters correlate.
    """
    return (
        bool(query.metrics or query.has_words or query.where)
        or len(query.filters) > 1
        or "standing" in query.filters
    )


def _waiting_page(query: ModelQuery, course: _Course) -> sql.Composed:
    following = _following(query, course, sql.SQL("waiting.sort_key"), sql.Identifier("waiting"))
    anywhere = sql.SQL("({})").format(sql.SQL(" OR ").join(following)) if following else sql.SQL("true")
    return statement("waiting_page").format(conditions=anywhere)


def _few(query: ModelQuery) -> Found:
    """Compose the matching projected models by their ids, to be sorted, in place of a walk along the order."""
    ids = narrowest(query)
    found = projected(replace(query, filters={}, metrics=(), where=None, offset=0, cursor=None))
    among = statement("among").format(
        of=found.row, row=ids.row, models=ids.relations, conditions=all_of(ids.conditions)
    )
    return found._replace(conditions=[*found.conditions, among])


def _following(
    query: ModelQuery, course: _Course, key: sql.Composable, row: sql.Composable
) -> list[sql.Composed]:
    """Return the ranges of the order after a place: with the same key, with later keys, and without a key."""
    if course.after is None:
        return []
    kind = sql.Identifier("pg_catalog", _KEY_TYPES.get(query.sort, "numeric"))
    names = ["after_unknown"]
    if course.after == "key":
        names = ["after_same", "after_ascending" if course.ascending else "after_descending"]
        names += ["all_unknown"] if query.sort in _MAY_BE_UNKNOWN else []
    tie = statement("after_tie").format(row=row)
    return [statement(name).format(key=key, type=kind, row=row, tie=tie) for name in names]


def _listed(row: Mapping[str, Any]) -> ListedModel:
    found = found_headline(row) if row["is_computed"] else None
    position = Position(row["sort_key"], row["created_at_key"], row["id"])
    return ListedModel(model_record(row), found, row["standing"], position)
