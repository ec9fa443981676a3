"""Compresses answers for clients that accept gzip."""

import re

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send
from typing_extensions import override


class Compression(GZipMiddleware):
    """Starlette's middleware, which takes ``gzip;q=0`` for a wish, for clients that weigh codings too."""

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            wanted = b"gzip" if accepts_gzip(Headers(scope=scope).get("Accept-Encoding", "")) else b"identity"
            others = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": [*others, (b"accept-encoding", wanted)]}
        await super().__call__(scope, receive, send)


def accepts_gzip(wanted: str) -> bool:
    """Return whether a header accepts gzip by its name (RFC 9110, section 12.5.3): with any weight but 0."""
    for coding in wanted.lower().split(","):
        name, *parameters = (part.strip() for part in coding.split(";"))
        if name in {"gzip", "x-gzip"}:
            return not any(_is_nought(parameter) for parameter in parameters)
    return False


def _is_nought(parameter: str) -> bool:
    name, _, weight = parameter.partition("=")
    return name.strip() == "q" and re.fullmatch(r"0(\.0{0,3})?", weight.strip()) is not None
