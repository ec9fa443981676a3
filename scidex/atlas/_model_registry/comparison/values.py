"""JSON values in a comparison: their types, and values that any encoder can write without exhausting the stack."""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType
from typing import Literal

from scidex.atlas._model_registry.records.models import Json

JsonKind = Literal["number", "text", "boolean", "null", "list", "object"]

# Deeper values are compared and shown by a digest: recursion would exhaust the stack, here or in an encoder.
DEEPEST = 32

_CONTAINERS = frozenset({list, dict})
_KINDS: Mapping[type, JsonKind] = {
    NoneType: "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "text",
    list: "list",
    dict: "object",
}


def value_kind(value: Json) -> JsonKind:
    """Return the JSON type of a value; a boolean is not a number."""
    return _KINDS[type(value)]


def is_single(value: Json) -> bool:
    """Return whether a value is null, a boolean or a number that any encoder can write."""
    kind = type(value)
    return (
        kind is int or kind is bool or kind is NoneType or (isinstance(value, float) and math.isfinite(value))
    )


def bounded(value: Json) -> Json:
    """Return a value that any encoder can write: NaN and infinities as text, too deep a value as its digest."""
    if _is_plain(value, DEEPEST):
        return value
    if _is_deeper(value, DEEPEST):
        return f"nested more than {DEEPEST} levels deep, {_digest(value)}"
    return _finite(value)


def summary(value: Json) -> str:
    """Return words for a value with too many settings to compare; equal words mean equal values."""
    number = len(value) if isinstance(value, list | dict) else 1
    return f"too many to compare one by one, {number} at the top, {_digest(value)}"


def _digest(value: Json) -> str:
    try:
        flat = json.dumps(value, sort_keys=True)
    except RecursionError:
        flat = "\0".join(_flat(value))
    return f"sha256:{hashlib.sha256(flat.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _is_plain(value: Json, depth: int) -> bool:
    """Return whether all numbers in a value are finite and it nests fewer than ``depth`` levels."""
    if isinstance(value, float):
        return math.isfinite(value)
    if not isinstance(value, list | dict) or not value:
        return True
    contents = _contents(value)
    types = set(map(type, contents))
    if _CONTAINERS.isdisjoint(types):  # most values are long lists of numbers
        floats = [item for item in contents if type(item) is float] if float in types else []
        return depth > 1 and all(map(math.isfinite, floats))
    return depth > 1 and all(_is_plain(inner, depth - 1) for inner in contents)


def _is_deeper(value: Json, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [inner for outer in level if isinstance(outer, list | dict) for inner in _contents(outer)]
        if not level:
            return False
    return True


def _contents(value: list[Json] | dict[str, Json]) -> Iterable[Json]:
    return value if isinstance(value, list) else value.values()


def _finite(value: Json) -> Json:
    match value:
        case float() if not math.isfinite(value):
            return str(value)
        case list():
            return [_finite(item) for item in value]
        case dict():
            return {key: _finite(item) for key, item in value.items()}
        case _:
            return value


def _flat(value: Json) -> Iterator[str]:
    """Yield pieces of text that only an equal value gives, at any depth and without recursion."""
    pending: list[Json | tuple[str]] = [value]
    while pending:
        item = pending.pop()
        match item:
            case tuple():
                yield f"key {item[0]}"
            case dict():
                yield f"object {len(item)}"
                for key in sorted(item):
                    pending += [item[key], (key,)]
            case list():
                yield f"list {len(item)}"
                pending += item
            case _:
                yield f"{value_kind(item)} {item!r}"
