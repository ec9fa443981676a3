"""Clients that send their requests bit by bit, or take nothing of the answers: they lose their connections."""

import threading
import time
from contextlib import ExitStack

import pytest

from tests.faults.conftest import Serve
from tests.faults.figures import note
from tests.faults.postgres import Postgres
from tests.faults.questions import Question
from tests.faults.served import open_files
from tests.faults.suffering import suffer
from tests.faults.test_rude_clients import not_reading
from tests.raw_http import converse

pytestmark = pytest.mark.slow

_TRICKLING, _UNREAD = 100, 20
_HEAD_SECONDS, _UNREAD_SECONDS, _MARGIN_SECONDS = 10.0, 30.0, 3.0


def test_heads_that_trickle_are_given_up_while_others_are_answered(
    postgres: Postgres, serve: Serve, asked: list[Question]
) -> None:
    served = serve(postgres.dsn)
    ends: list[tuple[list[int], float]] = []

    def trickle() -> None:
        pieces = [b"GET /api/models HTTP/1.1\r\n", *[b"A: b\r\n"] * 20]
        conversation = converse(served.address, pieces, pause=0.5)
        ends.append(([answer.status for answer in conversation.answers], conversation.seconds))

    def rudeness() -> None:
        rude = [threading.Thread(target=trickle) for _ in range(_TRICKLING)]
        for thread in rude:
            thread.start()
        for thread in rude:
            thread.join()

    assert not suffer(served, asked, rudeness).of("unavailable")
    longest = max(seconds for _, seconds in ends)
    note("408", longest)
    assert [statuses for statuses, _ in ends] == [[408]] * _TRICKLING
    assert longest < _HEAD_SECONDS + _MARGIN_SECONDS


def test_clients_that_take_nothing_lose_their_connections(postgres: Postgres, serve: Serve) -> None:
    served = serve(postgres.dsn)
    before = open_files(served.process.pid)
    with ExitStack() as stack:
        began = time.monotonic()
        for _ in range(_UNREAD):
            stack.enter_context(not_reading(served.port, 200))
        while open_files(served.process.pid) < before + _UNREAD:
            assert time.monotonic() - began < 10
            time.sleep(0.1)
        while open_files(served.process.pid) > before + 2:  # connections to the database come and go
            assert time.monotonic() - began < _UNREAD_SECONDS + 10 * _MARGIN_SECONDS
            time.sleep(0.5)
        note("nothing", time.monotonic() - began)
        assert time.monotonic() - began > _UNREAD_SECONDS / 2
