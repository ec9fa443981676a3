"""Any Python value to plain JSON that PostgreSQL stores and every reader gets back, or a refusal."""

import math
from collections.abc import Mapping
from typing import TypeAlias

from scidex.atlas._artifact_registry.errors import InvalidArtifact

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

# A document that contains itself ends here, as does one nested deeper than parsers of readers stand.
_MOST_LEVELS = 64
# Shared parts multiply when written out: fifty small lists can spell more values than there are atoms.
_MOST_VALUES = 200_000


def json_value(field: str, value: object) -> Json:
    """Copy a value as plain JSON: mappings become objects, tuples lists; numbers must be finite doubles.

    Raises:
        InvalidArtifact: something in it is not JSON, is not finite, is not Unicode text, or nests without
        end.

    """
    return _Copy().of(field, value, 0)


def json_object(field: str, value: object) -> dict[str, Json]:
    """Copy a mapping as a plain JSON object; None is the empty one.

    Raises:
        InvalidArtifact: as :func:`json_value`, and when the value is not a mapping.

    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InvalidArtifact(field, value, "give a JSON object, that is a mapping of names to values")
    copy = json_value(field, value)
    assert isinstance(copy, dict)  # noqa: S101  tells the type checker what a mapping is copied to
    return copy


def clean_text(field: str, value: str) -> str:
    """Answer the text if PostgreSQL can hold it.

    Raises:
        InvalidArtifact: it holds a NUL character or half of a surrogate pair.

    """
    if "\x00" in value:
        raise InvalidArtifact(field, value, "remove the NUL character; the database cannot hold it")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidArtifact(field, value, "remove the lone surrogate; it is not Unicode text") from None
    return str.__str__(value)  # of a subclass such as an enumeration: its text


def finite_number(field: str, value: float) -> float:
    """Answer the number, whole numbers as ``int``, if a double can hold it.

    Raises:
        InvalidArtifact: it is infinite, not a number, or too large.

    """
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite:
        raise InvalidArtifact(field, value, "give a finite number within double precision, or leave it out")
    return int(value) if isinstance(value, int) else float(value)


class _Copy:
    def __init__(self) -> None:
        self._copied = 0

    def of(self, field: str, value: object, level: int) -> Json:
        self._copied += 1
        if level > _MOST_LEVELS or self._copied > _MOST_VALUES:
            advice = (
                f"it has more than {_MOST_LEVELS} levels or {_MOST_VALUES} values; does it contain itself?"
            )
            raise InvalidArtifact(field, value, advice)
        if isinstance(value, Mapping):
            return {
                self._key(field, key): self.of(f"{field}.{key}", item, level + 1)
                for key, item in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.of(f"{field}[{index}]", item, level + 1) for index, item in enumerate(value)]
        return _scalar(field, value)

    @staticmethod
    def _key(field: str, key: object) -> str:
        if not isinstance(key, str):
            raise InvalidArtifact(f"{field} key", key, "JSON names every value by text")
        return clean_text(f"{field} key", key)


def _scalar(field: str, value: object) -> str | float | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean_text(field, value)
    if isinstance(value, (int, float)):
        return finite_number(field, value)
    raise InvalidArtifact(field, value, "JSON holds text, numbers, true, false, null, lists and objects")
