"""Pages of models: filters, order and cursor composed from the fixed fragments in ``queries``."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from psycopg import Connection, sql
from psycopg.rows import dict_row

from scidex.atlas._model_registry.cursor import Position
from scidex.atlas._model_registry.filters import ModelQuery
from scidex.atlas._model_registry.records import ModelRecord
from scidex.atlas._model_registry.store.counting import narrowest
from scidex.atlas._model_registry.store.matching import Found, all_of, judged, parameters, projected
from scidex.atlas._model_registry.store.rows import model_record
from scidex.atlas._model_registry.store.statements import statement

_KEY_TYPES = {
    "quality_score": "float8",
    "created_at": "timestamptz",
    "parameter_count": "numeric",
    "title": "text",
}
# The planner knows the values of all metrics together, not those of each, so it cannot tell a condition that few models
# meet. A walk over 100,000 meets one of this many each 50 steps: about as long as it takes to look them all up.
_FEW = 2_000
# Sort keys that may be unknown; these rows come last.
_MAY_BE_UNKNOWN = frozenset({"quality_score", "parameter_count"})


class Order(NamedTuple):
    """Which end of the sort key comes first; with a ``target`` the key is a metric's distance from it."""

    ascending: bool
    target: float | None = None


class ListedModel(NamedTuple):
    """A model of a page and where it stands in the order."""

    model: ModelRecord
    position: Position


def list_models(
    conn: Connection, query: ModelQuery, order: Order, after: Position | None, *, total: int
) -> list[ListedModel]:
    """Answer one page, and one model more than ``limit`` where there is one; ``total`` is the number that match."""
    composed = _page(query, order, after, few=bool(query.metrics) and total <= _FEW)
    bound = parameters(query) | {
        "limit": query.limit + 1,
        "offset": query.offset,
        "sort_target": order.target,
    }
    if after is not None:
        bound |= {"after_key": after.key, "after_created_at": after.created_at, "after_id": after.id}
    with conn.cursor(row_factory=dict_row) as cursor:
        # A plan for any value would take popular ones for rare ones, and the other way round.
        return [_listed(row) for row in cursor.execute(composed, bound, prepare=False)]


def _page(query: ModelQuery, order: Order, after: Position | None, *, few: bool = False) -> sql.Composed:
    found, waiting = _few(query) if few else projected(query), judged(query)
    key = _key(query, order)
    following = _following(query, order, after, key, found.row)
    common = {"row": found.row, "key": key, "order": _ordered(order, key, found.row)}
    places: list[sql.Composable] = [*following] or [sql.SQL("true")]
    parts = [
        statement("projected_page").format(
            models=found.relations, conditions=all_of([*found.conditions, part]), **common
        )
        for part in places
    ]
    anywhere = [sql.SQL("({})").format(sql.SQL(" OR ").join(following))] if following else []
    conditions = all_of([*waiting.conditions, *anywhere])
    parts.append(statement("judged_page").format(models=waiting.relations, conditions=conditions, **common))
    return statement("list_models").format(
        columns=statement("model_columns"),
        parts=sql.SQL(" UNION ALL ").join(parts),
        order=_ordered(order, sql.SQL("place.sort_key"), sql.Identifier("place")),
    )


def _few(query: ModelQuery) -> Found:
    """Compose the projected models by the ids of those that match, to be sorted, instead of walking an order."""
    ids = narrowest(query)
    found = projected(replace(query, metrics=()))
    among = statement("among").format(
        of=found.row, row=ids.row, models=ids.relations, conditions=all_of(ids.conditions)
    )
    return found._replace(conditions=[*found.conditions, among])


def _ordered(order: Order, key: sql.Composable, row: sql.Composable) -> sql.Composed:
    name = "order_ascending" if order.ascending else "order_descending"
    return statement(name).format(key=key, row=row)


def _key(query: ModelQuery, order: Order) -> sql.Composable:
    if query.sort_metric is None:
        return statement(f"key_{query.sort}")
    return statement("key_metric" if order.target is None else "key_distance")


def _following(
    query: ModelQuery, order: Order, after: Position | None, key: sql.Composable, row: sql.Composable
) -> list[sql.Composed]:
    """Answer the ranges of the order that follow a place: of the same key, beyond it, and of no key."""
    if after is None:
        return []
    kind = sql.Identifier("pg_catalog", _KEY_TYPES.get(query.sort, "float8"))
    names = ["after_unknown"]
    if after.key is not None:
        names = ["after_same", "after_ascending" if order.ascending else "after_descending"]
        names += ["all_unknown"] if query.sort in _MAY_BE_UNKNOWN else []
    tie = statement("after_tie").format(row=row)
    return [statement(name).format(key=key, type=kind, row=row, tie=tie) for name in names]


def _listed(row: Mapping[str, Any]) -> ListedModel:
    return ListedModel(model_record(row), Position(row["sort_key"], row["created_at_key"], row["id"]))
