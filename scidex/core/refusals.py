"""Answers bytes that the server could not read as a request."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

AnswerRefusal = Callable[[Request, int, str], Response]


class Refusals:
    """ASGI middleware; ``answer`` gets the status and the sentence of a refusal by ``scidex.core.http_protocol``."""

    def __init__(self, app: ASGIApp, answer: AnswerRefusal) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        refusal = scope.get("state", {}).get("refusal")
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await self._answer(Request(scope), refusal.status, refusal.sentence)(scope, receive, send)
