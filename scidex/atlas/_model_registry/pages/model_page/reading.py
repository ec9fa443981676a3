"""Reads metadata that may hold anything: a value of an unexpected shape counts as absent."""

from collections.abc import Iterator, Mapping

from scidex.atlas._model_registry.records.models import Json

# More rows than anyone reads in a table; the whole document is one click away.
MOST_ROWS = 300


def as_object(value: Json) -> Mapping[str, Json]:
    """Return an object; an empty one for any other value."""
    return value if isinstance(value, dict) else {}


def as_text(value: Json) -> str | None:
    """Return a text that is not blank; None for any other value."""
    return value if isinstance(value, str) and value.strip() else None


def as_texts(value: Json) -> list[str]:
    """Return the texts of a list; a single text counts as a list of one."""
    items = value if isinstance(value, list) else [value]
    return [text for item in items if (text := as_text(item)) is not None]


def as_number(value: Json) -> float | None:
    """Return a number; None for any other value, truth values included."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def by_name(value: Json) -> dict[str, Json]:
    """Return an object; a list of objects with a name or an id becomes an object keyed by these."""
    items = value if isinstance(value, list) else []
    named = [
        (as_text(item.get("name")) or as_text(item.get("id")), item)
        for item in items
        if isinstance(item, dict)
    ]
    return {**as_object(value), **{name: item for name, item in named if name}}


def leaves(value: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield the leaves of nested objects by their dotted paths; a list is one leaf."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    else:
        yield path, value
