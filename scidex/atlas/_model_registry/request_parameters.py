"""Query parameters that need more than a type: those nobody declared, and ids that may hold commas."""

import difflib
import inspect
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote_plus

from fastapi import Request
from fastapi.exceptions import RequestValidationError

_SHOWN = 60


def declared_parameters(endpoint: Callable[..., object]) -> Callable[[Request], Awaitable[None]]:
    """Make a dependency that refuses query parameters the endpoint does not declare, naming the nearest one it does.

    The dependency raises RequestValidationError, which FastAPI answers with 422.
    """
    known = [name for name in inspect.signature(endpoint).parameters if name not in {"request", "model_id"}]

    # Asynchronous, so that it needs no thread of its own: handing a request to one and back takes longer than this.
    async def refuse_unknown(request: Request) -> None:
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            raise RequestValidationError(
                [_unknown(name, request.query_params[name], known) for name in unknown]
            )

    return refuse_unknown


def compared_ids(request: Request) -> list[str]:
    """Read ``ids``: one parameter is cut at its commas; of several only at commas that are not percent-encoded."""
    raw = request.scope["query_string"].decode("latin-1")
    values = [
        part.partition("=")[2] for part in raw.split("&") if unquote_plus(part.partition("=")[0]) == "ids"
    ]
    if len(values) == 1:
        return request.query_params["ids"].split(",")
    return [unquote_plus(piece) for value in values for piece in value.split(",")]


def _unknown(name: str, value: str, known: list[str]) -> dict[str, Any]:
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    hint = f"the nearest known one is {nearest[0]}" if nearest else "this address takes none"
    return {
        "type": "unknown_parameter",
        "loc": ("query", name[:_SHOWN]),
        "msg": f"{name[:_SHOWN]} is no parameter here; {hint}",
        "input": value[:_SHOWN],
    }
