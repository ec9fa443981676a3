"""Upkeep of the projection: fold the log of changes into it, build it where it is incomplete, check it."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal

from psycopg import Connection, Error
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.store.statements import statement
from scidex.atlas._model_registry.store.transaction import read_committed

_LOG = logging.getLogger(__name__)

# Changes per transaction in the background: few enough that nobody waits for it.
_MOST_AT_ONCE = 2_000
# The pause without changes, and the longest one. After each failure the pause doubles: a broken connection is
# replaced at once, while haste does not help against a database that is down or missing rights to write.
_IDLE_SECONDS, _LONGEST_SECONDS = 0.5, 15.0
# A folding session has the turn for a second or two; one that keeps it longer stops all others.
_LONG_TURN_SECONDS = 10.0

FoldingState = Literal["ok", "waits", "fails"]

# A list judges so many changes in a third of a second: any number of lists may do so at once.
FEW = 2_000
# Set while this process has seen more than a few changes wait (:func:`is_busy`).
_busy = threading.Event()


def keep_folded(
    get_connection: Callable[[], AbstractContextManager[Connection]],
    stop: threading.Event,
    tell: Callable[[FoldingState], None],
    when_folded: Callable[[Connection], int],
) -> None:
    """Fold until ``stop`` is set; failures are logged and tried again, and lists stay right meanwhile.

    When all changes are folded, ``when_folded`` does a part of the further work and returns how much it did. ``tell``
    is called with the outcome of each attempt: ``ok``, ``fails``, or ``waits`` for a session that has had the turn for
    10 seconds.
    """
    pause, turn = 0.0, _Turn()
    while not stop.wait(pause):
        try:
            with get_connection() as conn:
                _look(conn)
                done = advance(conn, _MOST_AT_ONCE)
                done = done if done != 0 else when_folded(conn)
                waits = done is None and turn.is_long(_holder(conn))
        except Error as failure:
            _LOG.warning("folding failed and is tried again: %s", type(failure).__name__)
            pause = min(max(2 * pause, _IDLE_SECONDS), _LONGEST_SECONDS)
            tell("fails")
        else:
            if waits:
                _LOG.warning("folding waits: process %s of the database keeps the turn", turn.process)
            pause = 0.0 if done else _IDLE_SECONDS
            tell("waits" if waits else "ok")


@dataclass(slots=True)
class _Turn:
    """The transaction that was last seen with the turn, and since when."""

    holder: tuple[str, int] | None = None
    since: float = field(default_factory=time.monotonic)

    @property
    def process(self) -> int | None:
        return self.holder and self.holder[1]

    def is_long(self, holder: tuple[str, int] | None) -> bool:
        now = time.monotonic()
        if holder != self.holder:
            self.holder, self.since = holder, now
        return holder is not None and now - self.since > _LONG_TURN_SECONDS


def advance(conn: Connection, most: int) -> int | None:
    """Build a part of the projection or fold a part of the log, in one transaction.

    Returns how many models or entries it took: 0 when nothing waits, None while another session has the turn.
    """
    with read_committed(conn), conn.cursor(row_factory=tuple_row) as cursor:
        ((number,),) = cursor.execute(statement("fold"), {"most": most})
    return None if number is None else int(number)


def _holder(conn: Connection) -> tuple[str, int] | None:
    with conn.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(statement("turn_holder")).fetchone()


def rebuild(*, most: int = 500, conn: Connection) -> Iterator[int]:
    """Judge every model again, ``most`` in a transaction, while lists stay in use; yield how many each took."""
    after = None
    while True:
        with read_committed(conn), conn.cursor(row_factory=tuple_row) as cursor:
            ((number, last),) = cursor.execute(statement("rebuild"), {"after": after, "most": most})
        if not number:
            return
        yield number
        after = last


def vacuum(*, conn: Connection) -> None:
    """Vacuum and analyse the projection, as autovacuum would some minutes later; ``conn`` must be in autocommit.

    Lists are right without it and faster with it: counts by an index then need no rows.
    """
    conn.execute(statement("vacuum"))


def log_length(conn: Connection) -> int:
    """Return how many changes and builds wait to be folded."""
    with conn.cursor(row_factory=tuple_row) as cursor:
        ((number,),) = cursor.execute(statement("log_length"))
    return int(number)


def is_busy() -> bool:
    """Return whether :func:`keep_folded` last saw more than a few changes, where this process runs it."""
    return _busy.is_set()


def _look(conn: Connection) -> None:
    with read_committed(conn):
        if is_log_longer(conn, FEW):
            _busy.set()
        else:
            _busy.clear()


def is_log_longer(conn: Connection, than: int) -> bool:
    """Return whether more than ``than`` changes, or models that they affect, wait; reads no more of them than that."""
    with conn.cursor(row_factory=tuple_row) as cursor:
        ((longer,),) = cursor.execute(statement("is_log_longer"), {"than": than})
    return bool(longer)


def differing(conn: Connection) -> list[str]:
    """Return ids of models for which lists differ from the judge, apart from those that the log will mend.

    Of models that are counted wrongly it returns one; ``(counted, but not there)`` means a count without models.
    """
    with conn.cursor(row_factory=tuple_row) as cursor:
        return [model_id for (model_id,) in cursor.execute(statement("differing"))]
