"""Transactions that lock and then write."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection
from psycopg.pq import TransactionStatus


@contextmanager
def read_committed(conn: Connection) -> Iterator[None]:
    """Run code that locks and then writes in one transaction, or in a savepoint of the caller's.

    The code must see what was committed before it got its lock, so its own transaction is READ COMMITTED and may
    write, whatever the defaults of the database are.
    """
    is_own = conn.info.transaction_status is TransactionStatus.IDLE
    with conn.transaction():
        if is_own:
            conn.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE")
        yield
