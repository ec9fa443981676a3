"""The margins of a printed page: its address and the time at which it was shown.

A style sheet cannot name the page that uses it, and a page may hold no style itself (Content-Security-Policy). So the
margins are a style sheet made for the page in the ``Referer`` of the request.
"""

from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

_MARGINS: Final = "margins"
# Never cached: it is for one page at one time.
_HEADERS: Final = {"Cache-Control": "no-store", "Vary": "Referer"}

# Characters of an address as browsers write it; none of them ends a string in CSS.
_ADDRESS: Final = "/:?&=%+,.;@!~*$-_[]"
_LONGEST: Final = 360  # four lines below a sheet of A4


def margins_or(style: Response, request: Request) -> Response:
    """Return the margins if the request asks for them, else the style of the pages."""
    if _MARGINS not in request.query_params:
        return style
    text = margins(request.headers.get("Referer", ""), datetime.now(UTC))
    return Response(text, media_type="text/css", headers=_HEADERS)


def margins(page: str, now: datetime) -> str:
    """Return the style of the margins for the page at an address, which may be empty."""
    address = quote(page, safe=_ADDRESS)
    shown = address if len(address) <= _LONGEST else f"{address[:_LONGEST]}…"
    return (
        f'@page {{ @bottom-left {{ content: "{shown}"; }} '
        f'@bottom-right {{ content: "{now.day} {now:%b %Y, %H:%M} UTC" '
        '", " counter(page) " of " counter(pages); } }\n'
    )
