"""Answers an address with a slash at its end like the one without, unless the address itself exists."""

from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REFUSED = frozenset({404, 422})


class TrailingSlash:
    """ASGI middleware; ids may end with a slash, so the address as written is tried first."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not _may_be_meant_without(scope):
            await self._app(scope, receive, send)
            return
        refused = False

        async def send_unless_refused(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start":
                refused = message["status"] in _REFUSED
            if not refused:
                await send(message)

        await self._app(scope, receive, send_unless_refused)
        if refused:
            raw = scope.get("raw_path") or scope["path"].encode()
            without = {**scope, "path": scope["path"].rstrip("/"), "raw_path": raw.rstrip(b"/")}
            await self._app(without, receive, send)


def _may_be_meant_without(scope: Scope) -> bool:
    is_read = scope["method"] in {"GET", "HEAD"} and scope["path"].endswith("/") and scope["path"].strip("/")
    # An id in the query belongs to the address with the slash.
    names_id = any(name == "id" for name, _ in parse_qsl(scope["query_string"].decode("latin-1")))
    return bool(is_read) and not names_id
