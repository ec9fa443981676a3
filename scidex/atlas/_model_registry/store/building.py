"""Builds the projection side by side: one session has the turn, and others judge and write a part each."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from psycopg import Connection, Error
from psycopg.errors import QueryCanceled
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.store.statements import statement
from scidex.atlas._model_registry.store.transaction import read_committed

_LOG = logging.getLogger(__name__)


def build_side_by_side(*, conn: Connection, builders: Sequence[Connection], most: int = 2_000) -> int:
    """Build a part of at most ``most`` models in each of ``builders``; return how many models were built.

    ``conn`` and the builders must be outside a transaction. It returns 0 where nothing is to be built, and where a
    session must go on alone (:func:`fold`), such as after a builder failed.
    """
    asked = {"most": most, "parts": len(builders)}
    _describe_shared(conn)
    with read_committed(conn), conn.cursor(row_factory=tuple_row) as cursor:
        parts = cursor.execute(statement("next_parts"), asked).fetchall()
        if not parts:
            return 0
        with ThreadPoolExecutor(len(parts)) as pool:
            done = list(pool.map(_part, builders, parts))
        if not all(done):
            return 0
        place, last_ids = parts[-1]
        cursor.execute(statement("reach"), {"place": place, "last": last_ids[-1]})
    return sum(len(ids) for _, ids in parts)


def _describe_shared(conn: Connection) -> None:
    try:
        with read_committed(conn):
            conn.execute(statement("describe_shared"))
    except QueryCanceled:  # by the role's statement_timeout: then each part keeps the words that it meets
        _LOG.info("words are kept part by part")


def _part(builder: Connection, part: tuple[str, list[str]]) -> bool:
    place, ids = part
    try:
        with read_committed(builder), builder.cursor(row_factory=tuple_row) as cursor:
            ((is_built,),) = cursor.execute(statement("build_part"), {"place": place, "ids": ids})
    except Error as failure:
        _LOG.warning("a part is built again by one session: %s", type(failure).__name__)
        return False
    return bool(is_built)
