"""Clients that hang up in the middle, or ask and never read: the others notice nothing."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest

from scidex.core.turns import AT_ONCE
from tests.faults.conftest import Serve
from tests.faults.postgres import Postgres
from tests.faults.questions import Question
from tests.faults.served import Served
from tests.faults.suffering import suffer

pytestmark = pytest.mark.slow

_SECONDS = 3.0
_UNREAD = AT_ONCE + 1
# On closing, the peer is told that the connection is gone, rather than that nothing more comes.
_RESET = struct.pack("ii", 1, 0)


def _asked(limit: int) -> bytes:
    return f"GET /api/models?limit={limit} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def hang_up(port: int, read: int) -> None:
    """Ask, read so many bytes of the answer, and hang up."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client, suppress(ConnectionError):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        client.sendall(_asked(200))
        if read:
            client.recv(read)


def _hang_up_often(port: int, until: float) -> None:
    number = 0
    while time.monotonic() < until:
        hang_up(port, (0, 1, 400)[number % 3])
        number += 1


def test_clients_that_hang_up_in_the_middle_of_an_answer(
    postgres: Postgres, serve: Serve, asked: list[Question]
) -> None:
    served = serve(postgres.dsn)

    def rudeness() -> None:
        until = time.monotonic() + _SECONDS
        rude = [threading.Thread(target=_hang_up_often, args=(served.port, until)) for _ in range(4)]
        for thread in rude:
            thread.start()
        for thread in rude:
            thread.join()

    assert not suffer(served, asked, rudeness).of("unavailable")


@contextmanager
def not_reading(port: int, limit: int) -> Iterator[socket.socket]:
    """Ask for more lists than all buffers on the way hold, and leave the answers unread."""
    with socket.socket() as client:
        # The server's kernel buffers some segments, whose size is 64 kB within a machine; so few answers fill it.
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        client.settimeout(0)
        with suppress(BlockingIOError):
            client.sendall(_asked(limit) * 40)
        yield client


def test_clients_that_never_read_hold_no_connection_and_no_turn(
    postgres: Postgres, serve: Serve, asked: list[Question]
) -> None:
    served = serve(postgres.dsn, SCIDEX_PG_RO_POOL_MIN="2", SCIDEX_PG_RO_POOL_MAX="2")
    with ExitStack() as stack:

        def rudeness() -> None:
            for number in range(_UNREAD):
                # Of several sizes, so that some get stuck at the beginning of an answer and some within.
                stack.enter_context(not_reading(served.port, 10 + number % 19))
                time.sleep(_SECONDS / _UNREAD)
            deadline = time.monotonic() + _SECONDS
            while _stuck(served) < _UNREAD:
                assert time.monotonic() < deadline
                time.sleep(0.1)

        assert not suffer(served, asked, rudeness).of("unavailable")
        assert _stuck(served) == _UNREAD


def _stuck(served: Served) -> int:
    """Count the connections on which bytes of the server wait for a client that does not read (Linux)."""
    with open("/proc/net/tcp") as lines:  # noqa: PTH123  no file, a table of the kernel's
        rows = [line.split() for line in lines][1:]
    port = f":{served.port:04X}"
    return sum(row[1].endswith(port) and not row[4].startswith("00000000") for row in rows)
