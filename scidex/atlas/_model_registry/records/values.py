"""Reads metadata that may hold anything: a value of an unexpected shape counts as absent."""

import math
from collections.abc import Mapping

from scidex.atlas._model_registry.records.models import Json


def as_object(value: Json) -> Mapping[str, Json]:
    """Return an object; an empty one for any other value."""
    return value if isinstance(value, dict) else {}


def as_number(value: Json) -> float | None:
    """Return a finite number, whole ones as integers; None for any other value."""
    if type(value) is float:
        return value if math.isfinite(value) else None
    if type(value) is not int:  # a boolean is one to isinstance
        return None
    try:
        return value if math.isfinite(value) else None
    except OverflowError:  # a whole number beyond the range of floats
        return None


def as_text(value: Json) -> str | None:
    """Return a text that is not blank, without the space around it; None for any other value."""
    return (value.strip() or None) if isinstance(value, str) else None


def as_texts(value: Json) -> list[str]:
    """Return the texts of a list; a single text counts as a list of one."""
    items = value if isinstance(value, list) else [value]
    return [text for item in items if (text := as_text(item)) is not None]
