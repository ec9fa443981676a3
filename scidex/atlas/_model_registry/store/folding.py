"""Keeps the projection: folds the log of changes into it, builds it where it is not complete, checks it."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from psycopg import Connection, Error
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.store.statements import statement

_LOG = logging.getLogger(__name__)

# How much one transaction of the background takes: short enough that nobody waits for it.
_MOST_AT_ONCE = 500
# Without a change there is nothing to do. After a failure it waits twice as long each time: a connection that broke is
# replaced at once, while no haste helps where the database is away or there are no rights to write.
_IDLE_SECONDS, _LONGEST_SECONDS = 0.5, 15.0


def keep_folded(
    get_connection: Callable[[], AbstractContextManager[Connection]], stop: threading.Event
) -> None:
    """Fold until told to stop; failures are logged and tried again, and lists stay right meanwhile."""
    pause = 0.0
    while not stop.wait(pause):
        try:
            with get_connection() as conn:
                pause = 0.0 if advance(conn, _MOST_AT_ONCE) else _IDLE_SECONDS
        except Error as failure:
            _LOG.warning("folding failed and is tried again: %s", type(failure).__name__)
            pause = min(max(2 * pause, _IDLE_SECONDS), _LONGEST_SECONDS)


def advance(conn: Connection, most: int) -> int:
    """Build a part of the projection or fold a part of the log, in one transaction; answers how much, 0 at the end."""
    with conn.transaction():
        return build(conn, most) or fold(conn, most)


def fold(conn: Connection, most: int) -> int:
    """Judge the models that the oldest ``most`` entries of the log can affect; answers how many entries went."""
    return _number(conn, "fold", most=most)


def build(conn: Connection, most: int) -> int:
    """Project the next ``most`` models of a projection that is not complete; answers how many, 0 at its end."""
    return _number(conn, "build", most=most)


def rebuild(conn: Connection, most: int) -> Iterator[int]:
    """Judge every model anew, ``most`` in a transaction, while lists go on; yields how many each took."""
    after = None
    while True:
        with conn.transaction(), conn.cursor(row_factory=tuple_row) as cursor:
            ((number, last),) = cursor.execute(statement("rebuild"), {"after": after, "most": most})
        if not number:
            return
        yield number
        after = last


def vacuum(conn: Connection) -> None:
    """Vacuum and analyse the projection, so that counting by an index need not look at rows."""
    conn.execute(statement("vacuum"))


def log_length(conn: Connection) -> int:
    """Answer how many changes wait to be folded."""
    return _number(conn, "log_length")


def differing(conn: Connection) -> list[str]:
    """Name models of which lists hold something else than the judge says, apart from those the log will mend.

    Of models that are counted wrongly it names one; ``(counted, but not there)`` stands for a count of none.
    """
    with conn.cursor(row_factory=tuple_row) as cursor:
        return [model_id for (model_id,) in cursor.execute(statement("differing"))]


def _number(conn: Connection, name: str, **parameters: int) -> int:
    with conn.cursor(row_factory=tuple_row) as cursor:
        ((number,),) = cursor.execute(statement(name), parameters)
    return int(number)
