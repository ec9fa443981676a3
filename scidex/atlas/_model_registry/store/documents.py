"""Reads JSON documents of any author: unreadable values are left out and named, and never fatal."""

import json
import math
import re
import sys
from typing import TypeGuard, cast

from scidex.atlas._model_registry.records.models import Json

# Legal escapes in JSON text, but half a surrogate pair is not Unicode, and the database cannot store NUL.
_UNREADABLE = re.compile(r"[\x00\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_MOST_DIGITS = 310
# A number of fewer than 199 digits with an exponent below 100 is finite.
_LARGE_EXPONENT = re.compile(r"[eE]\+?[0-9]{3}")
_BLOCK = 100

_METRIC_KEYS = ("evaluation_metrics", "training_metrics", "fit_metrics")


class _NotFinite:
    """The placeholder of a number that JSON cannot carry, until it is replaced."""


_NOT_FINITE = _NotFinite()


class _Numbers:
    """Reads the numbers of one document, and records whether any is not finite."""

    def __init__(self) -> None:
        self.all_finite = True

    def parsed(self, text: str) -> Json:
        # Most documents hold no number that could be infinite; the parser's own reading takes a quarter less time.
        if _may_overflow(text):
            return json.loads(  # type: ignore[no-any-return]
                text, parse_constant=self.constant, parse_float=self.floating, parse_int=self.whole
            )
        return json.loads(text, parse_constant=self.constant)  # type: ignore[no-any-return]

    def constant(self, _: str) -> _NotFinite:
        self.all_finite = False
        return _NOT_FINITE

    def floating(self, text: str) -> float | _NotFinite:
        number = float(text)
        return number if math.isfinite(number) else self.constant(text)

    def whole(self, text: str) -> int | _NotFinite:
        # Beyond the range of a double: other readers of JSON would take it for infinity.
        small = len(text) <= _MOST_DIGITS and abs(int(text)) <= sys.float_info.max
        return int(text) if small else self.constant(text)


def read_document(text: str | None, path: str) -> tuple[Json, list[str]]:
    """Return JSON text parsed, and the paths of what was left out.

    The document is None where there is none or it cannot be parsed. The paths, beginning with ``path``, are of values
    that were replaced: numbers that no double can hold by null, invalid characters by U+FFFD. For text that is not
    JSON they are ``[path]``.
    """
    if text is None or not text.strip():
        return None, []
    unreadable: list[str] = []
    numbers = _Numbers()
    try:
        parsed = numbers.parsed(text)
        if numbers.all_finite and not _may_hold_unreadable(text):
            return parsed, []
        return _readable(parsed, path, unreadable), unreadable
    except (ValueError, RecursionError):
        return None, [path]


def unreadable_metrics(document: Json, path: str) -> list[str]:
    """Return the paths of metrics that are not numbers; the whole path where the metrics are not an object."""
    if document is None:
        return []
    if not isinstance(document, dict):
        return [path]
    return [f"{path}.{name}" for name, value in document.items() if not _is_number(value)]


def unreadable_metadata(metadata: Json) -> list[str]:
    """Return the paths in metadata of metrics that are not numbers and of a parameter count that is not a count.

    Where metadata is not an object, that is its whole path.
    """
    if not isinstance(metadata, dict):
        return ["metadata"]
    metrics = [
        path for key in _METRIC_KEYS for path in unreadable_metrics(metadata.get(key), f"metadata.{key}")
    ]
    return metrics if _is_count(metadata.get("parameter_count")) else [*metrics, "metadata.parameter_count"]


def _may_overflow(text: str) -> bool:
    """Return whether a number of a text may be beyond the range of a double, by a large exponent or 199 digits."""
    # So many digits fill a block, wherever they begin.
    blocks = range(0, len(text) - _BLOCK + 1, _BLOCK)
    return _LARGE_EXPONENT.search(text) is not None or any(
        text[start : start + _BLOCK].isdigit() for start in blocks
    )


def _may_hold_unreadable(text: str) -> bool:
    # Half a surrogate pair and NUL occur only as escapes; most documents have none, and the walk is spared.
    return "\\u" in text or not (text.isascii() or _UNREADABLE.search(text) is None)


def _readable(value: object, path: str, unreadable: list[str]) -> Json:
    match value:
        case _NotFinite():
            unreadable.append(path)
            return None
        case str():
            return _text(value, path, unreadable)
        case list():
            return [_readable(item, f"{path}[{place}]", unreadable) for place, item in enumerate(value)]
        case dict():
            return {
                _text(key, path, unreadable): _readable(item, f"{path}.{key}", unreadable)
                for key, item in value.items()
            }
    return cast("Json", value)


def _text(value: str, path: str, unreadable: list[str]) -> str:
    readable = _UNREADABLE.sub(_REPLACEMENT, value)
    if readable != value:
        unreadable.append(path)
    return readable


def _is_count(value: Json) -> bool:
    return value is None or (_is_number(value) and value >= 0 and value == int(value))


def _is_number(value: Json) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
