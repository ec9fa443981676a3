"""Hosts that write their tables without end, and the command that they write beside."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
from psycopg import sql

from scidex.atlas.model_registry import fold, index_host_tables, install
from scidex.core.schema import HOST_TABLES, init_db

_TRIGGERS = ("inserted", "updated", "deleted", "truncated")


def run_init_db(dsn: str) -> None:
    """Do what the command does."""
    with psycopg.connect(dsn) as conn:
        init_db(conn)
        conn.autocommit = True
        index_host_tables(conn=conn)
        conn.autocommit = False
        install(conn)
        while fold(conn=conn):
            pass


class Writers:
    """Hosts that write one table, pause, and write another, each in its order, without end."""

    def __init__(self, dsn: str, pause: float) -> None:
        """Take note of where and how slowly."""
        self.dsn, self.pause = dsn, pause
        self.failures: list[str] = []
        self.written = 0
        self.longest = 0.0
        self.stopped = threading.Event()

    def write(self, name: str, orders: list[list[str]]) -> None:
        """Write until stopped."""
        number = 0
        with psycopg.connect(self.dsn) as conn:
            while not self.stopped.is_set():
                number += 1
                began = time.monotonic()
                try:
                    for place, statement in enumerate(orders[number % len(orders)]):
                        if place:
                            time.sleep(self.pause)
                        conn.execute(statement.encode(), [f"{name}-{number}-{id(self)}-{began}"])
                    conn.commit()
                    self.written += 1
                except psycopg.Error as failure:
                    self.failures.append(f"{type(failure).__name__}: {failure}")
                    conn.rollback()
                self.longest = max(self.longest, time.monotonic() - began)


@contextmanager
def writing(writers: Writers, orders: list[list[str]], number: int) -> Iterator[None]:
    """Write by several sessions while the block runs."""
    with ThreadPoolExecutor(number) as pool:
        under_way = [pool.submit(writers.write, f"w{one}", orders) for one in range(number)]
        try:
            yield
        finally:
            writers.stopped.set()
            for one in under_way:
                one.result()


def forget_triggers(dsn: str) -> None:
    """Let the next installation attach them anew."""
    with psycopg.connect(dsn) as conn:
        for table in HOST_TABLES:
            for trigger in _TRIGGERS:
                conn.execute(
                    sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(
                        sql.Identifier(f"model_registry_{trigger}"), sql.Identifier(table)
                    )
                )
        conn.execute("INSERT INTO model_registry_builds DEFAULT VALUES")
