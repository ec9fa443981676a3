"""A model or a comparison as a file over HTTP: chosen by ``Accept``, described for OpenAPI, sent with its name."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from fastapi import Request
from psycopg import Connection
from starlette.responses import JSONResponse, Response

from scidex.atlas._model_registry.contract.answers.files import Exported
from scidex.atlas._model_registry.exports.compared.formats import COMPARISON_FORMATS
from scidex.atlas._model_registry.exports.formats import FORMATS
from scidex.atlas._model_registry.reads.details import model_detail
from scidex.atlas._model_registry.reads.exports import export
from scidex.atlas._model_registry.web.errors import Responses
from scidex.atlas._model_registry.web.negotiation import preferred

_VARY: Final = {"Vary": "Accept"}

_JSON: Final = "application/json"
# The route's own JSON comes first, as ``*/*`` accepts it. The record is sent only on request by name.
_BY_TYPE: Final = [
    (_JSON, None),
    *((one.media_type, name) for name, one in FORMATS.items() if name != "json"),
]


def accepted(request: Request) -> str | None:
    """Return the format that ``Accept`` prefers; None for the route's own JSON, also where nothing is acceptable."""
    sent = request.headers.getlist("accept")
    place = preferred(", ".join(sent) if sent else None, [media_type for media_type, _ in _BY_TYPE])
    return None if place is None else _BY_TYPE[place][1]


def answer(conn: Connection, model_id: str, name: str | None) -> Response:
    """Return the answer with a model: a file in that format, or without a format the route's own JSON."""
    if name is None:
        return JSONResponse(model_detail(conn, model_id), headers=_VARY)
    return sent(export(conn, model_id, name), _VARY)


def sent(file: Exported, more: Mapping[str, str] = MappingProxyType({})) -> Response:
    """Return the answer with a file, under its name."""
    named = {"Content-Disposition": f'attachment; filename="{file.file_name}"'}
    return Response(file.content, media_type=_with_charset(file.media_type), headers=named | dict(more))


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _described(media_types: Iterable[str]) -> Responses:
    return {200: {"content": {one: {"schema": _schema(one)} for one in media_types if one != _JSON}}}


def _schema(media_type: str) -> dict[str, str]:
    """Return the schema of a file: any JSON or YAML, whose shape is that of its standard, or bytes."""
    is_structured = media_type.endswith(("json", "yaml"))
    return {} if is_structured else {"type": "string", "format": "binary"}


DESCRIBED: Final = _described(one.media_type for one in FORMATS.values())
COMPARISONS: Final = _described(one.media_type for one in COMPARISON_FORMATS.values())
