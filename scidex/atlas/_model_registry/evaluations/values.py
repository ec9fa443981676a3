"""Single values and columns of an evaluation: each reader returns the value, or None after adding a fault."""

import math
from collections.abc import Mapping, Sequence
from typing import TypeVar

from scidex.atlas._model_registry.evaluations.bounds import LONGEST_TEXT
from scidex.atlas._model_registry.evaluations.faults import Faults
from scidex.atlas._model_registry.records.evaluations import Labels, Numbers

Word = TypeVar("Word", bound=str)

NUMBER = "give a finite number"
LABEL = f"give text of at most {LONGEST_TEXT} characters that is not blank, a whole number, true or false"


def number(value: object) -> float | None:
    """Return a finite number as a double; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        double = float(value)
    except OverflowError:
        return None
    return double + 0.0 if math.isfinite(double) else None  # zero has one sign


def label(value: object) -> str | None:
    """Return a label or id as text, a whole number in digits, a boolean as ``true`` or ``false``."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return label(str(value)) if number(value) is not None else None
        case float():
            return str(int(value)) if value.is_integer() else None
        case str():
            return value if value.strip() and len(value) <= LONGEST_TEXT else None
    return None


def rows_of(path: str, value: object, rows: int | None, faults: Faults) -> list[object] | None:
    """Return a list; if ``rows`` is given, it must have so many values."""
    if not isinstance(value, list):
        faults.add(path, value, "give a list with one value for each row")
        return None
    if rows is not None and len(value) != rows:
        faults.add(path, f"{len(value)} values", f"give {rows}, one for each value of observed")
        return None
    return value


def numbers(path: str, value: object, rows: int | None, faults: Faults) -> Numbers | None:
    """Return a column of finite numbers."""
    given = rows_of(path, value, rows, faults)
    if given is None:
        return None
    if set(map(type, given)) == {float}:  # the quick way where all are floats
        column = [cell + 0.0 for cell in given]  # type: ignore[operator]  # all are floats
        if all(map(math.isfinite, column)):
            return tuple(column)
    return faults.column(path, given, number, NUMBER)


def labels(path: str, value: object, rows: int | None, faults: Faults) -> Labels | None:
    """Return a column of labels or ids."""
    given = rows_of(path, value, rows, faults)
    return None if given is None else faults.column(path, given, label, LABEL)


def groups(path: str, value: object, rows: int, faults: Faults) -> tuple[str | None, ...] | None:
    """Return a column of labels, each None where the row has none."""
    given = rows_of(path, value, rows, faults)
    if given is None:
        return None
    column = [label(one) for one in given]
    bad = (
        (row, given[row], f"{LABEL}, or null where the row belongs to no group")
        for row, one in enumerate(column)
        if one is None and given[row] is not None
    )
    return None if faults.rows(path, bad) else tuple(column)


def within(path: str, column: Numbers | None, most: float, remedy: str, faults: Faults) -> Numbers | None:
    """Return the numbers if all lie between 0 and ``most``."""
    bad = [(row, one, remedy) for row, one in enumerate(column or ()) if not 0 <= one <= most]
    return None if faults.rows(path, bad) else column


def unique(path: str, column: Sequence[str] | None, faults: Faults) -> None:
    """Add a fault for each row whose id occurs on an earlier row."""
    first: dict[str, int] = {}
    bad = [
        (row, one, f"row {first[one]} has this id already; give every row an id of its own")
        for row, one in enumerate(column or ())
        if first.setdefault(one, row) != row
    ]
    faults.rows(path, bad)


def choice(path: str, value: object, words: Sequence[Word], faults: Faults) -> Word | None:
    """Return the value if it is one of the words."""
    for word in words:
        if isinstance(value, str) and value == word:
            return word
    faults.add(path, value, f"use one of {', '.join(words)}")
    return None


def text(path: str, value: object, faults: Faults) -> str | None:
    """Return text that is not blank and not too long."""
    if isinstance(value, str) and value.strip() and len(value) <= LONGEST_TEXT:
        return value
    faults.add(path, value, f"give text of at most {LONGEST_TEXT} characters that is not blank")
    return None


def object_of(path: str, value: object, keys: str, faults: Faults) -> Mapping[str, object] | None:
    """Return the value if it is an object."""
    if isinstance(value, Mapping):
        return value
    faults.add(path, value, f"give an object with {keys}")
    return None
