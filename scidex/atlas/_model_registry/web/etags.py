"""``ETag`` and ``304 Not Modified``: a client that has the answer is not sent it again (RFC 9110, section 13).

The tag is a digest of the answer, which is made from the database each time, so it is never stale. It is a weak tag, as
the same answer may be compressed differently on its way.
"""

import hashlib
from typing import Final

from fastapi import Request
from starlette.responses import Response, StreamingResponse

# Headers of the answer that a 304 repeats (RFC 9110, section 15.4.5).
_KEPT: Final = ("cache-control", "content-location", "etag", "vary", "link")


def tagged(request: Request, response: Response) -> Response:
    """Return an answer with its tag or, where the client has it already, a 304."""
    if response.status_code != 200 or isinstance(response, StreamingResponse):  # noqa: PLR2004  OK
        return response
    tag = f'W/"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    if not _has(request, tag):
        return response
    kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
    return Response(status_code=304, headers=kept)


def _has(request: Request, tag: str) -> bool:
    """Return whether the client has the tag, by the weak comparison that the RFC requires here."""
    sent = ",".join(request.headers.getlist("if-none-match"))
    named = {one.strip().removeprefix("W/") for one in sent.split(",")}
    return "*" in named or tag.removeprefix("W/") in named
