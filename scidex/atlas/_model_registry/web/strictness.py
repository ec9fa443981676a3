"""Checks of query parameters beyond their types: undeclared ones, repeated ones, and ids with commas."""

import inspect
import itertools
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, get_args, get_origin
from urllib.parse import unquote_plus

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.datastructures import QueryParams

from scidex.atlas._model_registry.contract.checks import nearest_name
from scidex.atlas._model_registry.contract.errors import InvalidQuery

_SHOWN = 60
# Unknown parameters that are named. Comparing one with all known ones takes up to 1 ms, in which no request is read.
_MOST_NAMED = 10
_OF_ONE_PAGE = ("limit", "offset", "cursor", "facets")


def declared_parameters(endpoint: Callable[..., object]) -> Callable[[Request], Awaitable[None]]:
    """Return a dependency that refuses undeclared query parameters and names the nearest declared one.

    Of many, the first ten are named. It also refuses a second value for a parameter that takes one, of which FastAPI
    would silently take the last. The dependency raises RequestValidationError, which FastAPI answers with 422.
    """
    known = dict(_takes_several(endpoint))
    single = [name for name, several in known.items() if not several]

    # Asynchronous, as handing a request to a thread and back would take longer than the check.
    async def refuse_unfit(request: Request) -> None:
        sent = request.query_params
        unknown = itertools.islice((name for name in sent if name not in known), _MOST_NAMED)
        problems = [_unknown(name, sent[name], list(known)) for name in unknown]
        if len(sent.multi_items()) > len(sent):
            problems += [_repeated(name, sent.getlist(name)) for name in repeated(sent, single)]
        if problems:
            raise RequestValidationError(problems)

    return refuse_unfit


def _takes_several(endpoint: Callable[..., object]) -> Iterator[tuple[str, bool]]:
    """Yield each query parameter of an endpoint, and whether it takes several values."""
    for name, declared in inspect.signature(endpoint).parameters.items():
        (asked, *_) = get_args(declared.annotation) or (declared.annotation,)
        if isinstance(asked, type) and issubclass(asked, BaseModel):
            yield from (
                (field, get_origin(told.annotation) is list) for field, told in asked.model_fields.items()
            )
        elif name not in {"request", "model_id", "artifact_id"}:
            yield name, isinstance(declared.default, tuple)


def repeated(sent: QueryParams, single: Iterable[str]) -> list[str]:
    """Return the parameters among ``single`` that were sent more than once."""
    return [name for name in single if len(sent.getlist(name)) > 1]


def repetition(name: str, values: Sequence[str]) -> str:
    """Return the sentence for a parameter that was given too often."""
    return f"{name} is given {len(values)} times; it takes one value"


def check_format(sent: Collection[str], file_format: str, *, bom: bool) -> None:
    """Refuse parameters that do not go with the format: paging with a whole list, a byte order mark outside CSV.

    Raises:
        InvalidQuery: a parameter among those ``sent`` does not go with ``format``.

    """
    if bom and file_format != "csv":
        message = f"bom=true goes with format=csv only, not with format={file_format}"
        raise InvalidQuery("bom", "true", message)
    for name in _OF_ONE_PAGE:
        if file_format == "csv" and name in sent:
            raise InvalidQuery(name, "", f"{name} does not go with format=csv, which sends all that match")


def check_rows(of: str, file_format: str) -> None:
    """Refuse rows of all types but in a table.

    Raises:
        InvalidQuery: ``of`` is "all" and the format is not CSV.

    """
    if of == "all" and file_format != "csv":
        raise InvalidQuery("of", of, f"of=all goes with format=csv only, not with format={file_format}")


def compared_ids(request: Request) -> list[str]:
    """Return ``ids``: one parameter is split at commas, several only at commas that are not percent-encoded."""
    raw = request.scope["query_string"].decode("latin-1")
    values = [
        part.partition("=")[2] for part in raw.split("&") if unquote_plus(part.partition("=")[0]) == "ids"
    ]
    if len(values) == 1:
        return request.query_params["ids"].split(",")
    return [unquote_plus(piece) for value in values for piece in value.split(",")]


def _repeated(name: str, values: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "repeated_parameter",
        "loc": ("query", name),
        "msg": repetition(name, values),
        "input": values[-1][:_SHOWN],
    }


def _unknown(name: str, value: str, known: list[str]) -> dict[str, Any]:
    nearest = nearest_name(name, known)
    hint = f"the nearest known one is {nearest}" if nearest else "this address takes none"
    return {
        "type": "unknown_parameter",
        "loc": ("query", name[:_SHOWN]),
        "msg": f"{name[:_SHOWN]} is not a parameter here; {hint}",
        "input": value[:_SHOWN],
    }
