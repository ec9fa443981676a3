"""The connection and the transaction of a piece of work."""

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
# Writers that collided would collide again if both tried at the same time.
_LONGEST_PAUSE_SECONDS = 0.05
# A writer that died with its locks held must not block others for ever.
_LOCK_TIMEOUT: Final = "SET LOCAL lock_timeout = '10s'"

_CONFLICTS = (errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable)


def write(conn: Connection | None, work: Callable[[Connection], Result]) -> Result:
    """Return the result of work that is done whole or not at all.

    On a given connection, the work is a savepoint of its transaction (begun if none is open) and is left uncommitted; a
    failure leaves that transaction as it was. In autocommit mode the work is committed. Without a connection, one to
    the primary is borrowed and committed, and the work is tried again a few times if other writers were in the way.

    Raises:
        WriteConflict: other writers were in the way.

    """
    if conn is not None:
        return _within(conn, work)
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(random.uniform(0, _LONGEST_PAUSE_SECONDS * attempt))  # noqa: S311  not a secret
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
    """Return the result of work on the given connection, in its transaction; else on one of the read pool.

    Raises:
        WriteConflict: the given transaction is SERIALIZABLE and conflicts with others.

    """
    if conn is not None:
        with _conflicts_named():
            return work(conn)
    with get_db_ro() as borrowed:
        return work(borrowed)


def _within(conn: Connection, work: Callable[[Connection], Result]) -> Result:
    if not conn.autocommit and conn.info.transaction_status is TransactionStatus.IDLE:
        # Otherwise conn.transaction() would itself be the transaction, and commit it.
        conn.execute("SELECT")
    with _conflicts_named(), conn.transaction():
        return work(conn)


@contextmanager
def _conflicts_named() -> Iterator[None]:
    # Only the lender of the connection knows what else the transaction did, so nothing is tried again here.
    try:
        yield
    except Exception as failure:
        if _is_conflict(failure):
            raise WriteConflict from failure
        raise


def _is_conflict(failure: BaseException) -> bool:
    # The model registry raises its own errors, with the driver's as the cause.
    return isinstance(failure, _CONFLICTS) or isinstance(failure.__cause__, _CONFLICTS)
