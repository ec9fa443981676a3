"""Loads SQL: the objects that the registry creates, and its queries, blocks that begin with ``-- name:``."""

import re
from functools import cache
from importlib.resources import files
from typing import LiteralString, cast

from psycopg import sql

# Each file needs those before it.
_OBJECTS = (
    "earlier_release",
    "waiting",
    "projection",
    "bounds",
    "text",
    "documents",
    "names",
    "evidence",
    "inputs",
    "judge",
    "search",
    "descriptions",
    "trigrams",
    "kinds",
    "narrow_rows",
    "headlines",
    "states",
    "graph",
    "standing",
    "impact",
    "settling",
    "log",
    "reading",
    "facts",
    "counts",
    "folding",
    "building",
    "bulk",
    "privileges",
)
_QUERIES = ("lists", "filters", "counts", "models", "evaluations", "headlines", "impact", "upkeep")
_BLOCK = re.compile(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", re.MULTILINE | re.DOTALL)


def statement(name: str) -> sql.SQL:
    """Return the block of that name; ``{…}`` in it are places for other blocks, ``%(…)s`` for bound parameters."""
    return sql.SQL(_blocks()[name])


def model_columns() -> sql.Composed:
    """Compose the columns of a list entry, those of ``ModelRecord``, of a relation called ``model``."""
    return statement("model_columns").format(entry=statement("entry_columns"))


def schema() -> bytes:
    """Return the script that creates the registry's own objects: the judge, then the projection of its verdicts."""
    return "".join(_own_file("objects", name) for name in _OBJECTS).encode()


@cache
def _blocks() -> dict[str, LiteralString]:
    texts = (_own_file("queries", name) for name in _QUERIES)
    return {name: _without_comments(body) for text in texts for name, body in _BLOCK.findall(text)}


def _without_comments(body: str) -> LiteralString:
    lines = (line for line in body.splitlines() if not line.startswith("--"))
    # A file of this package is as trustworthy as a literal in it.
    return cast("LiteralString", "\n".join(lines).strip())  # type: ignore[redundant-cast]  # mypy takes it for str


def _own_file(folder: str, name: str) -> str:
    path = files("scidex.atlas._model_registry.store").joinpath(folder, f"{name}.sql")
    return path.read_text(encoding="utf-8")
