"""Bounds the number of requests at work, and the time for which one waits for its turn."""

import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from contextvars import ContextVar

from anyio import Semaphore, WouldBlock, move_on_after, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Requests at work at the same time; most of them wait for the database.
AT_ONCE = 40
# Probes have their own turns, so that monitoring is answered while all others are stuck.
PROBES_AT_ONCE = 4

AnswerLate = Callable[[Request], Response]

_asked: ContextVar[float] = ContextVar("asked")


def asked_at() -> float:
    """Return when the current request arrived, by ``time.monotonic``; outside a request, the time now."""
    return _asked.get(time.monotonic())


def have_a_thread_for_each_turn() -> None:
    """Give the running loop a thread for every turn, as the wait for a thread has no bound."""
    to_thread.current_default_thread_limiter().total_tokens = AT_ONCE + PROBES_AT_ONCE


class Turns:
    """ASGI middleware: with :data:`AT_ONCE` others at work, a request waits for its turn and is then refused.

    It waits for at most ``patience()`` seconds; if its turn has not come by then, ``answer_late`` answers it. A turn
    ends when its answer begins to be sent, so that clients that do not read hold no turn. Requests for the path
    ``probe`` have their own :data:`PROBES_AT_ONCE` turns.
    """

    def __init__(
        self, app: ASGIApp, probe: str, patience: Callable[[], float], answer_late: AnswerLate
    ) -> None:
        self._app = app
        self._probe = probe
        self._patience = patience
        self._answer_late = answer_late
        self._turns, self._probes = Semaphore(AT_ONCE), Semaphore(PROBES_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request when it is its turn, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _asked.set(time.monotonic())
        turns = self._probes if scope["path"] == self._probe else self._turns
        if not await self._comes(turns):
            await self._answer_late(Request(scope))(scope, receive, send)
            return
        with ExitStack() as turn:
            turn.callback(turns.release)

            async def send_after_turn(message: Message) -> None:
                turn.close()
                await send(message)

            await self._app(scope, receive, send_after_turn)

    async def _comes(self, turns: Semaphore) -> bool:
        """Return whether a turn came in time."""
        with suppress(WouldBlock):
            turns.acquire_nowait()
            return True
        with move_on_after(self._patience()):
            await turns.acquire()
            return True
        return False
