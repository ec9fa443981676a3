"""The server's log: one JSON object on each line of stderr, whatever library wrote the record."""

import json
import logging
import math
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typing_extensions import override

_CHECKOUT = Path(__file__).resolve().parents[2]
_OWN = "scidex"
_UVICORN = "uvicorn"  # it has its own handlers and does not propagate
_LONGEST = 500
_MOST_FRAMES = 20
_REPEATED_SECONDS = 600.0
_MOST_REMEMBERED = 1000


class JsonLines(logging.Formatter):
    """Writes a record as one line. A mapping is written as it is; an exception by its types and places only."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": time.replace("+00:00", "Z"), "level": record.levelname.lower()}
        if isinstance(record.msg, dict):
            line |= record.msg
        else:
            line |= {"logger": record.name, "message": record.getMessage()[:_LONGEST]}
        if record.exc_info and record.exc_info[1] is not None:
            line |= described(record.exc_info[1])
        return json.dumps(line)


class Repetitions(logging.Filter):
    """Passes a message once in ten minutes: a recurring fault must not fill the disk."""

    def __init__(self) -> None:
        super().__init__()
        self._passed: dict[tuple[str, str], float] = {}

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, dict):  # a request, which has its own id
            return True
        key = (record.name, record.getMessage()[:_LONGEST])
        if record.created - self._passed.get(key, -math.inf) < _REPEATED_SECONDS:
            return False
        if len(self._passed) >= _MOST_REMEMBERED:
            self._passed.clear()
        self._passed[key] = record.created
        return True


def described(failure: BaseException) -> dict[str, list[str]]:
    """Return an exception's type with those of its causes, and its places in the code, innermost last.

    Its message is left out, as a driver's or a parser's may repeat the content of a row or a request.
    """
    frames = traceback.extract_tb(failure.__traceback__)[-_MOST_FRAMES:]
    return {
        "failure": [type(one).__qualname__ for one in _chain(failure)],
        "places": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


@contextmanager
def json_lines() -> Iterator[None]:
    """Let every logger of this process write JSON lines to stderr while the block runs."""
    root, own, handler = logging.getLogger(), logging.getLogger(_OWN), logging.StreamHandler()
    handler.setFormatter(JsonLines())
    handler.addFilter(Repetitions())
    root.addHandler(handler)
    level = own.level
    own.setLevel(logging.INFO)
    others = [(other, other.formatter) for other in logging.getLogger(_UVICORN).handlers]
    for other, _ in others:
        other.setFormatter(handler.formatter)
    try:
        yield
    finally:
        root.removeHandler(handler)
        own.setLevel(level)
        for other, formatter in others:
            other.setFormatter(formatter)


def _chain(failure: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = failure
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _short(path: str) -> str:
    """Return the path of a file from the checkout on, or of a library's file from its package on."""
    file = Path(path)
    parts = file.parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return str(file.relative_to(_CHECKOUT)) if file.is_relative_to(_CHECKOUT) else file.name
