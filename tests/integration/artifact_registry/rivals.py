"""Work done at the same moment, and waiting for who waits."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg

from tests.integration.artifact_registry.drafts import row

SECONDS = 30


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all works at the same moment; return what each returned or raised."""
    barrier = Barrier(len(works), timeout=SECONDS)

    def start(work: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return work()
        except Exception as failure:
            return failure

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(start, works, timeout=SECONDS))


def wait_until_blocked(observer: psycopg.Connection, backend: int) -> None:
    """Return once the backend waits for a lock."""
    deadline = time.monotonic() + SECONDS
    while not row(observer, "SELECT cardinality(pg_blocking_pids(%s)) > 0", backend)[0]:
        assert time.monotonic() < deadline, "it never waited"
        time.sleep(0.01)


def wait_until_blocks(observer: psycopg.Connection, backend: int) -> None:
    """Return once another backend waits for a lock that this one holds."""
    deadline = time.monotonic() + SECONDS
    while row(
        observer, "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))", backend
    ) == (0,):
        assert time.monotonic() < deadline, "nobody ever waited for it"
        time.sleep(0.01)
