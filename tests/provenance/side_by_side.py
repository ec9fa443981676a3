"""Many registries in one database, each under its own ids, so that nothing in one can mean anything in another."""

from collections.abc import Sequence
from typing import Any

from tests.provenance.registry import Registry, Row

# In columns and links, of which the others hold no id and no digest.
_NAMING = ("content_hash", "parent_version_id", "superseded_by", "base_model_id")


def side_by_side(registries: Sequence[Registry]) -> list[Registry]:
    """Return the registries with an ending of its own at every id and name, the first as it is.

    Endings leave a name with and without the prefix of its type what they were to each other. Of ids and names
    that are empty the first registry alone keeps both.
    """
    first, *others = registries
    return [first, *(_renamed(one, f" #{number}") for number, one in enumerate(others, 1))]


def united(registries: Sequence[Registry]) -> Registry:
    """Return one registry with all of several that share no id."""
    artifacts = {key: row for one in registries for key, row in one.artifacts.items()}
    assert len(artifacts) == sum(len(one.artifacts) for one in registries)
    return Registry(artifacts, tuple(link for one in registries for link in one.links))


def _renamed(registry: Registry, ending: str) -> Registry:
    rows = {key + ending: _row(row, ending) for key, row in registry.artifacts.items()}
    links = ((source + ending, kind, target + ending) for source, kind, target in registry.links)
    return Registry(rows, tuple(links))


def _row(row: Row, ending: str) -> Row:
    named = {column: row[column] + ending for column in _NAMING if row[column] is not None}
    documents = {column: _document(row[column], ending) for column in ("metadata", "provenance_chain")}
    return {**row, **named, **documents}


def _document(value: Any, ending: str) -> Any:
    match value:
        case str():
            return value and value + ending
        case list():
            return [_document(one, ending) for one in value]
        case dict():
            return {key: _document(one, ending) for key, one in value.items()}
    return value
