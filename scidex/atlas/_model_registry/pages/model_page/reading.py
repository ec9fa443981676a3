"""Reads metadata that may hold anything: what is not of the expected shape is absent."""

from collections.abc import Iterator, Mapping

from scidex.atlas._model_registry.records.models import Json

# More rows than anyone reads as a table; the whole document is one click away.
MOST_ROWS = 300


def as_object(value: Json) -> Mapping[str, Json]:
    """Return an object, an empty one for everything else."""
    return value if isinstance(value, dict) else {}


def as_text(value: Json) -> str | None:
    """Return a text that says something, None for everything else."""
    return value if isinstance(value, str) and value.strip() else None


def as_texts(value: Json) -> list[str]:
    """Return the texts of a list, or the one text that stands for a list."""
    items = value if isinstance(value, list) else [value]
    return [text for item in items if (text := as_text(item)) is not None]


def as_number(value: Json) -> float | None:
    """Return a number, None for everything else; truth values are no numbers."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def by_name(value: Json) -> dict[str, Json]:
    """Return an object, and a list of objects that carry a name or an id as an object of them by it."""
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
