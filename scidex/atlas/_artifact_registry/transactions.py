"""On which connection, and in which transaction, a piece of writing happens."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from psycopg import Connection, errors
from psycopg.pq import TransactionStatus

from scidex.atlas._artifact_registry.errors import WriteConflict
from scidex.core.database import get_db, get_db_ro

Result = TypeVar("Result")

_ATTEMPTS = 5
# Rivals that collided once would collide again if both came back at once.
_LONGEST_PAUSE_SECONDS = 0.05
# A writer that died with its locks held must not hold up others for ever.
_LOCK_TIMEOUT: Final = "SET LOCAL lock_timeout = '10s'"

_CONFLICTS = (errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable)


def write(conn: Connection | None, work: Callable[[Connection], Result]) -> Result:
    """Do the work whole or not at all.

    On a connection given, the work is a savepoint of its transaction (one is begun if none is open), left
    uncommitted; after a failure that transaction is as it was before. In autocommit mode the work is
    committed. Without one, a connection to the primary is borrowed and committed, and the work is repeated a
    few times when other writers were in the way.

    Raises:
        WriteConflict: other writers were in the way.

    """
    if conn is not None:
        return _within(conn, work)
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(random.uniform(0, _LONGEST_PAUSE_SECONDS * attempt))  # noqa: S311  no secret
        try:
            with get_db() as borrowed:
                borrowed.execute(_LOCK_TIMEOUT)
                return work(borrowed)
        except Exception as failure:
            if not _is_conflict(failure):
                raise
            conflict = failure
    raise WriteConflict from conflict


def read(conn: Connection | None, work: Callable[[Connection], Result]) -> Result:
    """Do the work on the connection given, in whatever transaction it is; else on one of the read pool.

    Raises:
        WriteConflict: the transaction given is SERIALIZABLE, and what it read and wrote does not go with others.

    """
    if conn is not None:
        with _conflicts_named():
            return work(conn)
    with get_db_ro() as borrowed:
        return work(borrowed)


def _within(conn: Connection, work: Callable[[Connection], Result]) -> Result:
    if not conn.autocommit and conn.info.transaction_status is TransactionStatus.IDLE:
        # Otherwise conn.transaction() would be the whole transaction, and commit it.
        conn.execute("SELECT")
    with _conflicts_named(), conn.transaction():
        return work(conn)


@contextmanager
def _conflicts_named() -> Iterator[None]:
    # Whoever lent the connection alone knows what else the transaction did, so nothing is tried again here.
    try:
        yield
    except Exception as failure:
        if _is_conflict(failure):
            raise WriteConflict from failure
        raise


def _is_conflict(failure: BaseException) -> bool:
    # The model registry words driver errors its own way and keeps the driver's as the cause.
    return isinstance(failure, _CONFLICTS) or isinstance(failure.__cause__, _CONFLICTS)
