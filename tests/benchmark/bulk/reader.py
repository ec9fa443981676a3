"""One reader a second: a request begins each second, whether or not the one before was answered."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.benchmark.bulk.truth import Asked
from tests.benchmark.cases.case import listed

_EVERY_SECONDS, _PATIENCE = 1.0, 120.0
_MOST_AT_ONCE = 64


@contextmanager
def reading(address: str, path: Callable[[int], str]) -> Iterator[list[Asked]]:
    """Ask for ``path`` of 0, 1, 2, … while the block runs; what was asked is complete when the block is left."""
    asked: list[Asked] = []
    stop = threading.Event()
    with ThreadPoolExecutor(_MOST_AT_ONCE) as pool:
        clock = threading.Thread(target=_tick, args=(pool, stop, address, path, asked))
        clock.start()
        try:
            yield asked
        finally:
            stop.set()
            clock.join()


def ask(address: str, path: str) -> Asked:
    """Ask once, on a connection of its own."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=_PATIENCE)
    begun = time.monotonic()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    ended = time.monotonic()
    return Asked(
        path, begun, ended, answer.status, listed(body) if answer.status == http.HTTPStatus.OK else None
    )


def _tick(
    pool: ThreadPoolExecutor,
    stop: threading.Event,
    address: str,
    path: Callable[[int], str],
    asked: list[Asked],
) -> None:
    begun, number = time.monotonic(), 0
    while not stop.wait(max(0.0, begun + number * _EVERY_SECONDS - time.monotonic())):
        pool.submit(lambda which: asked.append(ask(address, which)), path(number))
        number += 1
