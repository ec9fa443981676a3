"""Statements that do not need each other's answers are sent together, and answered together."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection, Pipeline


@contextmanager
def pipelined(conn: Connection) -> Iterator[None]:
    """Send all statements of the block before waiting for an answer; their rows can be read after it.

    Where a pooler stands between, which is where no statement is prepared, each is answered before the next is sent.
    """
    if conn.prepare_threshold is None or not Pipeline.is_supported():
        yield
        return
    with conn.pipeline():
        yield
