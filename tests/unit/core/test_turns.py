"""Requests beyond those that are worked on: each has its turn in time, or is refused in time."""

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scidex.core.turns import AT_ONCE, PROBES_AT_ONCE, Turns, asked_at

_IMPATIENT_SECONDS, _PATIENT_SECONDS = 0.02, 60.0


class _Stuck:
    """An application that answers ``/stuck`` and ``/health`` only when told to go on, and the rest at once."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != "/other":
            await self.go_on.wait()
        await PlainTextResponse("answered")(scope, receive, send)


def _in_turn(app: ASGIApp, *patience: float) -> Turns:
    """Let requests wait as long as said, one after the other; by default not for long."""
    seconds = chain(patience, repeat(_IMPATIENT_SECONDS))

    def refuse(_: Request) -> Response:
        return PlainTextResponse("too late", 503)

    return Turns(app, "/health", lambda: next(seconds), refuse)


def _run(scenario: Coroutine[None, None, None]) -> None:
    """Run it in a thread of its own: in this one a browser's tests may have left a loop running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, scenario).result()


async def _nothing() -> Message:
    return {"type": "http.request"}


async def _ask(app: Turns, path: str) -> str:
    sent: list[str] = []

    async def collect(message: Message) -> None:
        sent.append(message.get("body", b"").decode())

    await app({"type": "http", "method": "GET", "path": path}, _nothing, collect)
    return "".join(sent)


async def _begun(*asked: Coroutine[None, None, str]) -> list[asyncio.Task[str]]:
    """Start requests and let each run until it first waits."""
    tasks = [asyncio.create_task(one) for one in asked]
    await asyncio.sleep(0)
    return tasks


@pytest.mark.parametrize(
    ("stuck", "most", "free"), [("/stuck", AT_ONCE, "/health"), ("/health", PROBES_AT_ONCE, "/stuck")]
)
def test_one_too_many_waits_for_so_long_and_probes_and_others_do_without_each_other(
    stuck: str, most: int, free: str
) -> None:
    async def scenario() -> None:
        inner = _Stuck()
        app = _in_turn(inner, _IMPATIENT_SECONDS, _PATIENT_SECONDS)
        at_work = await _begun(*[_ask(app, stuck) for _ in range(most)], _ask(app, free))
        began = time.monotonic()
        assert await _ask(app, stuck) == "too late"
        assert _IMPATIENT_SECONDS <= time.monotonic() - began < _IMPATIENT_SECONDS + 5
        at_work += await _begun(_ask(app, stuck))
        inner.go_on.set()
        assert await asyncio.gather(*at_work) == ["answered"] * (most + 2)

    _run(scenario())


def test_others_are_served_while_clients_do_not_read() -> None:
    async def never_read(_: Message) -> None:
        await asyncio.Event().wait()

    async def scenario() -> None:
        app = _in_turn(_Stuck())
        asked = {"type": "http", "method": "GET", "path": "/other"}
        unread = [asyncio.ensure_future(app(asked, _nothing, never_read)) for _ in range(AT_ONCE)]
        await asyncio.sleep(0)
        assert await _ask(app, "/other") == "answered"
        assert not any(one.done() for one in unread)

    _run(scenario())


def test_what_fails_gives_its_turn_back() -> None:
    async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ZeroDivisionError

    async def scenario() -> None:
        app = _in_turn(fail)
        for _ in range(AT_ONCE + 1):
            with pytest.raises(ZeroDivisionError):
                await _ask(app, "/other")

    _run(scenario())


def test_what_a_request_waited_for_its_turn_counts_where_its_work_is_done() -> None:
    go_on = asyncio.Event()
    counted: list[float] = []

    async def count(scope: Scope, receive: Receive, send: Send) -> None:
        await go_on.wait()
        counted.append(await asyncio.to_thread(asked_at))
        await PlainTextResponse("answered")(scope, receive, send)

    async def scenario() -> None:
        app = _in_turn(count, _PATIENT_SECONDS)
        at_work = await _begun(*[_ask(app, "/stuck") for _ in range(AT_ONCE + 1)])
        begun = time.monotonic()
        go_on.set()
        assert await asyncio.gather(*at_work) == ["answered"] * (AT_ONCE + 1)
        assert max(counted) <= begun

    _run(scenario())
