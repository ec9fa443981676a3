"""Logs one line for each request, with the id of its answer, and answers failures."""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scidex.core.logs import described

LOG = logging.getLogger("scidex.requests")

_LONGEST_PATH = 300
_MOST_NAMES = 20
# An unknown name may be the words of a search without `q=`.
_NAME = re.compile(rb"[A-Za-z0-9_.\[\]-]{1,40}")

AnswerFailure = Callable[[Request], Response]


class RequestLog:
    """ASGI middleware; needs the id of :class:`scidex.core.request_id.RequestId`.

    A line has the path and the names of the parameters without their values, which may be somebody's search. An
    exception that was not answered is logged by type and place and answered by ``answer_failure``; it stops here, as
    the server would log its message.
    """

    def __init__(self, app: ASGIApp, answer_failure: AnswerFailure) -> None:
        self._app = app
        self._answer_failure = answer_failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status, size = None, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        line: dict[str, Any] = {}
        try:
            line = await self._answered(scope, receive, counted, lambda: status is not None)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 2)
            LOG.log(
                logging.ERROR if line else logging.INFO,
                _request(scope) | {"status": status, "ms": milliseconds, "bytes": size} | line,
            )

    async def _answered(
        self, scope: Scope, receive: Receive, send: Send, has_begun: Callable[[], bool]
    ) -> dict[str, Any]:
        """Answer, and return the description of the failure if there was one."""
        try:
            await self._app(scope, receive, send)
        except Exception as failure:  # of any type: the server would log its message
            if not has_begun():
                await self._answer_failure(Request(scope))(scope, receive, send)
            return described(failure)
        return {}


def _request(scope: Scope) -> dict[str, Any]:
    return {
        "id": scope["state"]["request_id"],
        "method": scope["method"],
        "path": scope["path"][:_LONGEST_PATH],
        "parameters": _names(scope["query_string"]),
    }


def _names(query: bytes) -> list[str]:
    """Return the names of the parameters, each once; ``?`` stands for unknown names."""
    if not query:
        return []
    parts = (part.partition(b"=") for part in query.split(b"&", 200) if part)
    names = (name.decode("ascii") if equals and _NAME.fullmatch(name) else "?" for name, equals, _ in parts)
    return list(dict.fromkeys(names))[:_MOST_NAMES]
