"""The differences between two JSON documents, leaf by leaf. Pure."""

import json
import re
from collections.abc import Iterator

from scidex.atlas._artifact_registry.json_shapes import kind
from scidex.atlas._artifact_registry.plain_json import Json
from scidex.atlas._artifact_registry.records import Change

Keys = tuple[str | int, ...]

_PLAIN_NAME = re.compile(r"[^\W\d]\w*", re.ASCII)


def differences(before: Json, after: Json) -> tuple[Change, ...]:
    """Return the changes that turn one document into the other.

    Objects are compared key by key, lists position by position; numbers by value (1 is 1.0, but not true).
    Keys come in their order in ``before``, then the new ones; entries that a list loses are removed from its end.
    """
    return tuple(_changes((), before, after))


def _changes(keys: Keys, before: Json, after: Json) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _object_changes(keys, before, after)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_changes(keys, before, after)
    elif kind(before) != kind(after) or before != after:
        yield Change(kind="changed", path=json_path(keys), keys=keys, before=before, after=after)


def _object_changes(keys: Keys, before: dict[str, Json], after: dict[str, Json]) -> Iterator[Change]:
    for key in before | after:
        if key not in after:
            yield _removed((*keys, key), before[key])
        elif key not in before:
            yield _added((*keys, key), after[key])
        else:
            yield from _changes((*keys, key), before[key], after[key])


def _list_changes(keys: Keys, before: list[Json], after: list[Json]) -> Iterator[Change]:
    for index, (old, new) in enumerate(zip(before, after, strict=False)):
        yield from _changes((*keys, index), old, new)
    for index in reversed(range(len(after), len(before))):
        yield _removed((*keys, index), before[index])
    for index in range(len(before), len(after)):
        yield _added((*keys, index), after[index])


def _added(keys: Keys, value: Json) -> Change:
    return Change(kind="added", path=json_path(keys), keys=keys, before=None, after=value)


def _removed(keys: Keys, value: Json) -> Change:
    return Change(kind="removed", path=json_path(keys), keys=keys, before=value, after=None)


def json_path(keys: Keys) -> str:
    """Return keys as a JSONPath (RFC 9535): ``$.layer_config.hidden_dims[1]``, ``$["a.b"]``."""
    return "$" + "".join(_step(key) for key in keys)


def _step(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    return f".{key}" if _PLAIN_NAME.fullmatch(key) else f"[{json.dumps(key, ensure_ascii=False)}]"
