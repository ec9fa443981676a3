"""Any Python value as plain JSON that PostgreSQL can store and every reader can read, or a refusal."""

from collections.abc import Mapping
from typing import TypeAlias

from scidex.atlas._artifact_registry.errors import Fault, InvalidArtifact, refuse
from scidex.atlas._artifact_registry.numbers import finite_number, plain

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

# The bound stops a document that contains itself, and one that is too deep for parsers.
_MOST_LEVELS = 64
# Shared parts multiply when written out: fifty small lists can expand to more values than there are atoms. The
# largest metabolic reconstructions have 13,000 reactions of some fifty values each.
_MOST_VALUES = 1_000_000


def json_value(field: str, value: object) -> Json:
    """Return a copy of a value as plain JSON: mappings become objects, tuples lists; numbers must be finite doubles.

    Raises:
        InvalidArtifact: something in it is not JSON, is not finite, is not Unicode text, or nests without
        end; all such places are named.

    """
    copy = Copy(field, value)
    refuse(copy.faults)
    return copy.json


def json_object(field: str, value: object) -> dict[str, Json]:
    """Return a copy of a mapping as a plain JSON object; None is the empty one.

    Raises:
        InvalidArtifact: as :func:`json_value`, and when the value is not a mapping.

    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InvalidArtifact(field, value, "give a JSON object, that is a mapping of names to values")
    copy = json_value(field, value)
    assert isinstance(copy, dict)  # noqa: S101  for the type checker
    return copy


def clean_text(field: str, value: str) -> str:
    """Return the text if PostgreSQL can hold it.

    Raises:
        InvalidArtifact: it holds a NUL character or half of a surrogate pair.

    """
    if "\x00" in value:
        raise InvalidArtifact(field, value, "remove the NUL character; the database cannot hold it")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidArtifact(field, value, "remove the lone surrogate; it is not Unicode text") from None
    return str.__str__(value)  # the text of a subclass such as an enumeration


class Copy:
    """A value as plain JSON, with null in the place of each of the ``faults``."""

    def __init__(self, field: str, value: object) -> None:
        self._copied = 0
        self.faults: list[Fault] = []
        try:
            self.json = self._of(field, value, 0)
        except _EndlessError:
            advice = (
                f"it has more than {_MOST_LEVELS} levels or {_MOST_VALUES} values; does it contain itself?"
            )
            self.faults.append(Fault(field, value, advice))
            self.json = None

    def _of(self, field: str, value: object, level: int) -> Json:
        self._copied += 1
        if level > _MOST_LEVELS or self._copied > _MOST_VALUES:
            raise _EndlessError
        if isinstance(value, Mapping):
            return {
                key: self._of(f"{field}.{key}", item, level + 1)
                for key, item in value.items()
                if self._is_key(field, key)
            }
        if isinstance(value, (list, tuple)):
            return [self._of(f"{field}[{index}]", item, level + 1) for index, item in enumerate(value)]
        try:
            return _scalar(field, value)
        except InvalidArtifact as refusal:
            self.faults += refusal.faults
            return None

    def _is_key(self, field: str, key: object) -> bool:
        try:
            if not isinstance(key, str):
                raise InvalidArtifact(f"{field} key", key, "JSON names every value by text")
            clean_text(f"{field} key", key)
        except InvalidArtifact as refusal:
            self.faults += refusal.faults
            return False
        return True


class _EndlessError(Exception):
    pass


def _scalar(field: str, value: object) -> str | float | bool | None:
    value = plain(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean_text(field, value)
    if isinstance(value, (int, float)):
        return finite_number(field, value)
    if callable(getattr(value, "tolist", None)):
        raise InvalidArtifact(field, value, "an array becomes JSON by .tolist()")
    raise InvalidArtifact(field, value, "JSON holds text, numbers, true, false, null, lists and objects")
