"""Serves the application under a path of another server: requests lose the path, and answers gain it."""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Quotes in the text of a page are escaped, so this matches only markup. Two slashes lead to another host.
_ADDRESS = re.compile(rb'((?:href|action|src)=")/(?!/)')


class UnderPath:
    """ASGI middleware; ``root`` is empty, or begins with a slash and ends without one.

    The other server may send the path or remove it. Pages (HTML) and redirects get it before every address of this
    host; data have no such addresses. The application finds it as the ``root_path`` of the scope.
    """

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not self._root:
            await self._app(scope, receive, send)
            return
        inside = {**scope, "root_path": self._root, "path": _without(scope["path"], self._root)}
        if raw := scope.get("raw_path"):
            inside["raw_path"] = _without(raw.decode("latin-1"), self._root).encode("latin-1")
        await self._app(inside, receive, _Prefixed(send, self._root.encode()))


class _Prefixed:
    """Sends an answer with the path in its addresses; a page is held until it is complete."""

    def __init__(self, send: Send, root: bytes) -> None:
        self._send = send
        self._root = root
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            _lead(MutableHeaders(scope=message), self._root.decode())
            if MutableHeaders(scope=message).get("Content-Type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            await self._send_page(self._start)

    async def _send_page(self, start: Message) -> None:
        page = _ADDRESS.sub(rb"\1" + self._root + b"/", b"".join(self._parts))
        headers = MutableHeaders(scope=start)
        if page:
            headers["Content-Length"] = str(len(page))
        elif "Content-Length" in headers:  # of an answer to HEAD, whose page is not known here
            del headers["Content-Length"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": page})


def _without(path: str, root: str) -> str:
    return path.removeprefix(root) or "/" if path == root or path.startswith(f"{root}/") else path


def _lead(headers: MutableHeaders, root: str) -> None:
    location = headers.get("Location", "")
    if location.startswith("/") and not location.startswith("//"):
        headers["Location"] = root + location
