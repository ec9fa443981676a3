"""The orders of a list as fragments of SQL: the key, and which end of it comes first."""

from typing import NamedTuple

from psycopg import sql

from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.store.statements import statement


class Order(NamedTuple):
    """Which end of the sort key comes first; with a ``target`` the key is a metric's distance from it."""

    ascending: bool
    target: float | None = None


def sort_key(query: ModelQuery, *, by_distance: bool) -> sql.Composable:
    """Compose the key that a query sorts by; ``by_distance`` takes a metric's distance from its target."""
    if query.sort_metric is None:
        return statement(f"key_{query.sort}")
    return statement("key_distance" if by_distance else "key_metric")


def ordered(key: sql.Composable, row: sql.Composable, *, ascending: bool) -> sql.Composed:
    """Compose the order by a key; ``row`` has the columns that break ties."""
    return statement("order_ascending" if ascending else "order_descending").format(key=key, row=row)
