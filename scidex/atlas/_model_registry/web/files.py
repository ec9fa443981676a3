"""Answers that are files, written whole before they are sent."""

from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from starlette.responses import Response, StreamingResponse

from scidex.atlas._model_registry.web.errors import Responses

CSV: Final = "text/csv; charset=utf-8"
# The OpenAPI description of an answer that may be a table.
AS_TABLE: Final[Responses] = {
    200: {
        "content": {"text/csv": {"schema": {"type": "string"}, "example": "id,title\r\nmodel-a,A model\r\n"}}
    }
}

_BLOCK = 1 << 16


def file_of_lines(lines: Iterable[str], *, name: str, media_type: str) -> Response:
    """Return an answer that sends lines as a file.

    The lines go to a temporary file first. So a slow client holds no connection to the database, and an error while
    they are written is still answered as that error.
    """
    file = TemporaryFile()  # noqa: SIM115  closed after it is sent
    try:
        for line in lines:
            file.write(line.encode())
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)}
    return StreamingResponse(_blocks(file), media_type=media_type, headers=headers)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while block := file.read(_BLOCK):
            yield block
