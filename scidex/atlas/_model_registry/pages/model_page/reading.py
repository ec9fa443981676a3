"""What tables of the page read from metadata: objects by name, and nested objects as paths."""

from collections.abc import Iterator

from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.values import as_object, as_text

# More rows than anyone reads in a table; the whole document is one click away.
MOST_TABLE_ROWS = 300


def by_name(value: Json) -> dict[str, Json]:
    """Return an object; a list of objects with a name or an id becomes an object keyed by these."""
    items = value if isinstance(value, list) else []
    named = [
        (as_text(item.get("name")) or as_text(item.get("id")), item)
        for item in items
        if isinstance(item, dict)
    ]
    return {**as_object(value), **{name: item for name, item in named if name}}


def dotted(value: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield the leaves of nested objects by their dotted paths; a list is one leaf."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from dotted(item, f"{path}.{key}" if path else key)
    else:
        yield path, value
