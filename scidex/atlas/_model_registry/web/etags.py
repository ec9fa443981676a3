"""``ETag`` and ``304 Not Modified``: a client that has the answer already is not sent it again (RFC 9110, section 13).

The tag is a digest of the answer itself, made from the database each time: it is never stale. It is weak, as the same
answer may be packed into other bytes on its way.
"""

import hashlib
from typing import Final

from fastapi import Request
from starlette.responses import Response, StreamingResponse

# What a 304 carries of the headers of the answer (RFC 9110, section 15.4.5).
_KEPT: Final = ("cache-control", "content-location", "etag", "vary", "link")


def tagged(request: Request, response: Response) -> Response:
    """Give an answer its tag; where the client has it already, return the 304 for it instead."""
    if response.status_code != 200 or isinstance(response, StreamingResponse):  # noqa: PLR2004  OK
        return response
    tag = f'W/"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    if not _has(request, tag):
        return response
    kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
    return Response(status_code=304, headers=kept)


def _has(request: Request, tag: str) -> bool:
    """Return whether the client names the tag among those it has; by the weak comparison, as the RFC wants it here."""
    sent = ",".join(request.headers.getlist("if-none-match"))
    named = {one.strip().removeprefix("W/") for one in sent.split(",")}
    return "*" in named or tag.removeprefix("W/") in named
