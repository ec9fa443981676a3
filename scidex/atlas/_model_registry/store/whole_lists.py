"""Every model that matches, in order, a few at a time through a server-side cursor, whatever their number."""

from collections.abc import Iterator
from decimal import Decimal

from psycopg import Connection, sql
from psycopg.rows import dict_row

from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.records.headlines import FoundHeadline
from scidex.atlas._model_registry.records.models import ModelRecord
from scidex.atlas._model_registry.records.states import State
from scidex.atlas._model_registry.store.matching import (
    all_of,
    judged,
    parameters,
    replaced,
    waiting_first,
    whole,
)
from scidex.atlas._model_registry.store.ordering import Order, ordered, sort_key
from scidex.atlas._model_registry.store.rows import found_headline, model_record
from scidex.atlas._model_registry.store.statements import model_columns, statement

# Rows in memory at a time, a kilobyte each.
_AT_ONCE = 500


def every_model(
    conn: Connection, query: ModelQuery, order: Order
) -> Iterator[tuple[ModelRecord, FoundHeadline | None, State]]:
    """Yield all models that match, each with its headline (None if not looked for yet) and its standing.

    ``conn`` must be in a transaction until the last is taken.
    """
    bound = parameters(query) | {"sort_target": None if order.target is None else Decimal(repr(order.target))}
    with conn.cursor(name="model_registry_every", row_factory=dict_row) as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(_statement(query, order), bound)
        for row in cursor:
            yield model_record(row), found_headline(row) if row["is_computed"] else None, row["standing"]


def _statement(query: ModelQuery, order: Order) -> sql.Composed:
    found, waiting = whole(query), judged(query)
    key = sql.SQL("model.sort_key")
    return statement("every_model").format(
        waiting_first=waiting_first(query),
        replaced=replaced(query),
        not_sound=statement("not_sound"),
        columns=model_columns(),
        entry=statement("entry_columns"),
        headline_columns=statement("headline_columns"),
        key=sort_key(query, by_distance=order.target is not None),
        models=found.relations,
        conditions=all_of(found.conditions),
        judged=waiting.relations,
        judged_conditions=all_of(waiting.conditions),
        order=ordered(key, sql.Identifier("model"), ascending=order.ascending),
    )
