"""Reads the files of a source with bounds on size and depth; faults are refused with their place."""

import csv
import io
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scidex.forge.importers.refusals import Refused

MOST_BYTES = 16 * 2**20
_MOST_LEVELS = 60
_MOST_COLUMNS = 2_000


def read_bytes(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """Return the content of a file of at most ``most`` bytes.

    Raises:
        Refused: it is larger, is not an ordinary file, or cannot be read.

    """
    try:
        if not path.is_file():
            raise Refused(path.name, "this is not an ordinary file", "name a file that was logged")
        with path.open("rb") as opened:
            content = opened.read(most + 1)
    except OSError as error:
        raise Refused(
            path.name, f"it cannot be read: {error.strerror or error}", "make it readable"
        ) from error
    if len(content) > most:
        raise Refused(path.name, f"it is larger than {most / 2**20:g} MB", "import a smaller part of it")
    return content


def read_text(path: Path, *, most: int = MOST_BYTES) -> str:
    """Return the text of a UTF-8 file. Raises as :func:`read_bytes`, and where it is not UTF-8."""
    return decoded(path.name, read_bytes(path, most=most))


def decoded(place: str, content: bytes) -> str:
    """Return bytes as text without a byte order mark. Raises :class:`Refused` where they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(place, f"byte {error.start} is not UTF-8", "save it as UTF-8") from error


def read_json(path: Path, *, most: int = MOST_BYTES) -> Any:
    """Return a JSON document of at most 60 levels. Raises :class:`Refused` where it is not one."""
    return parsed_json(path.name, read_text(path, most=most))


def parsed_json(place: str, text: str) -> Any:
    """Return the document of a JSON text; NaN and infinities, which loggers write, are accepted."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        remedy = "give a file of JSON"
        raise Refused(f"{place} line {error.lineno}", f"this is not JSON: {error.msg}", remedy) from error
    except (RecursionError, ValueError) as error:  # ValueError: an integer with more digits than Python reads
        reason = "it nests too deep" if isinstance(error, RecursionError) else str(error)
        raise Refused(place, f"this JSON cannot be read: {reason}", "give a smaller document") from error
    refuse_depth(place, document)
    return document


def refuse_depth(place: str, document: object, level: int = 0) -> None:
    """Raise :class:`Refused` where a document has more than 60 levels."""
    if level > _MOST_LEVELS:
        raise Refused(place, f"it nests more than {_MOST_LEVELS} levels deep", "give a flatter document")
    if isinstance(document, (dict, list)):
        for item in document.values() if isinstance(document, dict) else document:
            if isinstance(item, (dict, list)):
                refuse_depth(place, item, level + 1)


def read_csv(
    path: Path, *, most: int = 4 * MOST_BYTES, delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the cells by column of each row of a CSV file with a header; missing cells are empty.

    Raises:
        Refused: there is no header, it names a column twice, or a row cannot be read.

    """
    rows = csv.reader(io.StringIO(read_text(path, most=most), newline=""), delimiter=delimiter)
    try:
        header = [name.strip() for name in next(rows, [])]
        _refuse_header(path.name, header)
        for row in rows:
            if len(row) > len(header):
                reason = f"{len(row)} cells under {len(header)} columns"
                raise Refused(f"{path.name} line {rows.line_num}", reason, "write one cell for each column")
            if row:
                cells = [*row, *[""] * (len(header) - len(row))]
                yield rows.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise Refused(
            f"{path.name} line {rows.line_num}", f"this is not CSV: {error}", "give a CSV file"
        ) from error


def _refuse_header(name: str, header: list[str]) -> None:
    if not any(header):
        raise Refused(f"{name} line 1", "there is no header", "name the columns in the first line")
    if len(header) > _MOST_COLUMNS:
        raise Refused(f"{name} line 1", f"more than {_MOST_COLUMNS} columns", "log fewer metrics to one file")
    twice = next((each for each in header if header.count(each) > 1), None)
    if twice is not None:
        raise Refused(f"{name} line 1", f"the column {twice!r} stands there twice", "name each column once")


def number(value: object) -> float | None:
    """Return a finite number, also from text; None for any other value."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        read = float(value) if isinstance(value, str) else value
        return read if math.isfinite(read) else None
    except (ValueError, OverflowError):
        return None
