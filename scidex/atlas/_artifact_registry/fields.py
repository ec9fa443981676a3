"""Checks of single values: each returns what is stored, or raises InvalidArtifact naming the field."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from scidex.atlas._artifact_registry.errors import InvalidArtifact, gather
from scidex.atlas._artifact_registry.numbers import finite_number, plain
from scidex.atlas._artifact_registry.plain_json import clean_text

# Two ids and a link type share one index entry, which PostgreSQL bounds at about 2700 bytes.
_LONGEST_ID = 800
_LONGEST_WORD = 100

_WORD = re.compile(r"[a-z][a-z0-9_]*")


def text(field: str, value: object) -> str:
    """Return text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidArtifact(field, value, "give text that is not blank")
    return clean_text(field, value)


def optional_text(field: str, value: object) -> str | None:
    """Return None, or text that is not blank."""
    return None if value is None else text(field, value)


def identifier(field: str, value: object) -> str:
    """Return the id of an artifact: any text of up to 800 bytes."""
    checked = text(field, value)
    if len(checked.encode()) > _LONGEST_ID:
        raise InvalidArtifact(field, value, f"an id has at most {_LONGEST_ID} bytes")
    return checked


def word(field: str, value: object) -> str:
    """Return an artifact type or link type: lower case letters, digits and underscores."""
    checked = text(field, value)
    if not _WORD.fullmatch(checked) or len(checked) > _LONGEST_WORD:
        raise InvalidArtifact(
            field, value, "use lower case letters, digits and underscores, as in derives_from"
        )
    return checked


def label(field: str, value: object) -> str:
    """Return a version tag: up to 100 characters without space around them, so that equal tags look equal."""
    checked = text(field, value)
    if checked != checked.strip() or len(checked) > _LONGEST_WORD:
        raise InvalidArtifact(
            field, value, f"a tag has no space around it and at most {_LONGEST_WORD} characters"
        )
    return checked


def choice(field: str, value: object, allowed: Sequence[str]) -> str:
    """Return one of the allowed words."""
    if not isinstance(value, str) or value not in allowed:
        raise InvalidArtifact(field, value, f"use one of {', '.join(allowed)}")
    return str.__str__(value)  # the text of a subclass such as an enumeration


def flag(field: str, value: object) -> bool:
    """Return true or false."""
    truth = plain(value)
    if not isinstance(truth, bool):
        raise InvalidArtifact(field, value, "use true or false")
    return truth


def number(field: str, value: object) -> float:
    """Return a finite number."""
    given = plain(value)
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise InvalidArtifact(field, value, "give a number")
    return finite_number(field, given)


def score(field: str, value: object) -> float | None:
    """Return None, or a number from 0 to 1."""
    if value is None:
        return None
    checked = number(field, value)
    if not 0 <= checked <= 1:
        raise InvalidArtifact(
            field, value, "a score lies between 0 and 1; leave it out if the artifact has no score"
        )
    return checked


def moment(field: str, value: object) -> datetime | None:
    """Return None, or a time with its zone (a datetime or RFC 3339 text), in UTC."""
    if value is None:
        return None
    try:
        parsed = datetime.fromisoformat(value) if isinstance(value, str) else value
        if isinstance(parsed, datetime) and parsed.utcoffset() is not None:
            return parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InvalidArtifact(field, value, "give a time with its zone, such as 2026-04-05T12:00:00Z")


def sequence(field: str, value: object) -> list[object]:
    """Return a list or tuple as a list; a text, which Python would iterate by letters, is refused."""
    if not isinstance(value, (list, tuple)):
        raise InvalidArtifact(field, value, "give a list")
    return list(value)


def texts(field: str, value: object) -> list[str]:
    """Return a list of texts."""
    return _each(field, value, text)


def names(field: str, value: object) -> tuple[str, ...]:
    """Return the ids in None, one text or a list of texts, each once, in order."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (identifier(field, value),)
    return tuple(dict.fromkeys(_each(field, value, identifier)))


def _each(field: str, value: object, check: Callable[[str, object], str]) -> list[str]:
    paths = {f"{field}[{index}]": item for index, item in enumerate(sequence(field, value))}
    return list(gather(**{path: partial(check, path, item) for path, item in paths.items()}).values())
