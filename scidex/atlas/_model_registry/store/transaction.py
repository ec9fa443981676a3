"""Transactions: of what reads one state, and of what locks and then writes."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection
from psycopg.pq import TransactionStatus


@contextmanager
def snapshot(conn: Connection) -> Iterator[Connection]:
    """Let all statements of one answer see one state of the database.

    A connection outside a transaction gets a REPEATABLE READ READ ONLY one, ended on leaving; one that is in a
    transaction keeps it as it is: its owner decided.
    """
    if conn.info.transaction_status is not TransactionStatus.IDLE:
        yield conn
        return
    with conn.transaction():
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield conn


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
