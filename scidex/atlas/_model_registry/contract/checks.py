"""Checks of the values of parameters; each refusal says what would be accepted."""

import difflib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from scidex.atlas._model_registry.contract.errors import InvalidQuery

# Values of one parameter. Each costs the database time, and people choose fewer by hand.
MOST_VALUES = 50
# Longer than any id in use, shorter than what PostgreSQL can keep in an index.
LONGEST_NAME = 1_000

_SHOWN = 60
# Names of other interfaces whose spelling leads astray.
_MEANT = {
    **dict.fromkeys(("page", "skip", "start"), "offset"),
    **dict.fromkeys(("page_size", "per_page", "size"), "limit"),
    **dict.fromkeys(("query", "search"), "q"),
}


def check_text(parameter: str, value: str, *, longest: int = LONGEST_NAME) -> None:
    """Refuse text that the database cannot hold or that is longer than anything it could match.

    Raises:
        InvalidQuery: it holds NUL or half a surrogate pair, or is too long.

    """
    if len(value) > longest:
        message = f"{parameter} is {len(value)} characters long; at most {longest} are looked at"
        raise InvalidQuery(parameter, value[:_SHOWN], message)
    if not is_storable(value):
        message = (
            f"{parameter} holds NUL or half a surrogate pair, which no id or text of the registry can hold"
        )
        raise InvalidQuery(parameter, value.encode("ascii", "backslashreplace").decode(), message)


def is_storable(value: str) -> bool:
    """Return whether the database can store a text: one without NUL and without half a surrogate pair."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value


def nearest_name(name: str, known: Sequence[str]) -> str | None:
    """Return the known parameter that a name means or else is spelt most like; None where there is none."""
    if (meant := _MEANT.get(name)) in known:
        return meant
    return next(iter(difflib.get_close_matches(name[:_SHOWN], known, n=1, cutoff=0.0)), None)


def check_names(asked: Iterable[str], known: Sequence[str]) -> None:
    """Refuse unknown parameters.

    Raises:
        InvalidQuery: a name is unknown; the message names the nearest known one.

    """
    for name in asked:
        if name not in known:
            message = f"{name[:_SHOWN]} is not a parameter here; the nearest known one is {nearest_name(name, known)}"
            raise InvalidQuery(name[:_SHOWN], "", message)


def check_number(parameter: str, values: Sequence[object]) -> None:
    """Refuse more values of one parameter than are looked at."""
    if len(values) > MOST_VALUES:
        message = f"{parameter} is given {len(values)} times; at most {MOST_VALUES} are looked at"
        raise InvalidQuery(parameter, str(len(values)), message)


def check_choice(parameter: str, value: str, choices: Sequence[str], *, also: str | None = None) -> None:
    """Refuse a value that is not one of the choices."""
    if value not in choices:
        known = ", ".join([*choices, *([also] if also else [])])
        raise InvalidQuery(parameter, value, f"{parameter}={shown(value)} is unknown; use one of {known}")


def check_range(parameter: str, value: int, smallest: int, largest: int) -> None:
    """Refuse a whole number out of its range."""
    if not smallest <= value <= largest:
        message = f"{parameter}={value} is out of range; use a whole number from {smallest} to {largest}"
        raise InvalidQuery(parameter, str(value), message)


def moment(parameter: str, value: str) -> datetime:
    """Return the time, in UTC, that a date (at 0:00) or a time of ISO 8601 names; without an offset it is UTC.

    Raises:
        InvalidQuery: it is neither.

    """
    try:
        read = datetime.fromisoformat(value)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError) as unread:
        form = "write 2026-04-05 or 2026-04-05T12:00:00Z (in an address the + of an offset is %2B)"
        message = f"{parameter}={shown(value)} is neither a date nor a time; {form}"
        raise InvalidQuery(parameter, value[:_SHOWN], message) from unread


def shown(value: str) -> str:
    """Return a value as messages quote it, its end cut if it is long."""
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")
