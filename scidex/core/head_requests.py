"""Answers HEAD like GET, without the body; FastAPI's routes take only the methods they name."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REFUSED = 405


class HeadRequests:
    """ASGI middleware; where an answer allows only GET, it adds HEAD."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] == "GET":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, _without_body(send))
            return
        await self._app(scope, receive, _naming_head(send))


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        await send(message if "body" not in message else {**message, "body": b""})

    return send_head


def _naming_head(send: Send) -> Send:
    async def send_named(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == _REFUSED:
            headers = MutableHeaders(scope=message)
            if headers.get("Allow") == "GET":
                headers["Allow"] = "GET, HEAD"
        await send(message)

    return send_named
