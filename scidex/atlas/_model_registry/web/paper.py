"""What stands in the margins of a printed page beside its number: its address and when it was shown.

A style sheet cannot name the page that it is of, and a page may hold no style of its own (Content-Security-Policy), so
the margins are a style sheet made for the page that asks for it, by its ``Referer``.
"""

from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

_MARGINS: Final = "margins"
# Nobody keeps it: it holds for one page at one time.
_HEADERS: Final = {"Cache-Control": "no-store", "Vary": "Referer"}

# Signs of an address as browsers write them, and none that ends a text of CSS.
_ADDRESS: Final = "/:?&=%+,.;@!~*$-_[]"
_LONGEST: Final = 360  # four lines below a sheet of A4


def margins_or(style: Response, request: Request) -> Response:
    """Return the margins where they are asked for, else the style of the pages."""
    if _MARGINS not in request.query_params:
        return style
    text = margins(request.headers.get("Referer", ""), datetime.now(UTC))
    return Response(text, media_type="text/css", headers=_HEADERS)


def margins(page: str, now: datetime) -> str:
    """Return the style of the margins of the page at an address; of no address where it is empty."""
    address = quote(page, safe=_ADDRESS)
    shown = address if len(address) <= _LONGEST else f"{address[:_LONGEST]}…"
    return (
        f'@page {{ @bottom-left {{ content: "{shown}"; }} '
        f'@bottom-center {{ content: "{now.day} {now:%b %Y, %H:%M} UTC"; }} }}\n'
    )
