"""Loads ``queries.sql``: blocks that begin with ``-- name:``, each a statement or a fragment of one."""

import re
from functools import cache
from importlib.resources import files
from typing import LiteralString, cast

from psycopg import sql

_SCHEMA = ("schema.sql", "graph.sql", "projection.sql", "log.sql", "reading.sql", "folding.sql")
_BLOCK = re.compile(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", re.MULTILINE | re.DOTALL)


def statement(name: str) -> sql.SQL:
    """Answer the block of that name; ``{…}`` in it are places for other blocks, ``%(…)s`` for bound parameters."""
    return sql.SQL(_blocks()[name])


def schema() -> bytes:
    """Answer the script that creates the registry's own objects: the judge, then the projection of its verdicts."""
    return "".join(map(_own_file, _SCHEMA)).encode()


@cache
def _blocks() -> dict[str, LiteralString]:
    return {name: _without_comments(body) for name, body in _BLOCK.findall(_own_file("queries.sql"))}


def _without_comments(body: str) -> LiteralString:
    lines = (line for line in body.splitlines() if not line.startswith("--"))
    # A file of this package is as trustworthy as a literal in it.
    return cast("LiteralString", "\n".join(lines).strip())  # type: ignore[redundant-cast]  # mypy takes it for str


def _own_file(name: str) -> str:
    return files("scidex.atlas._model_registry.store").joinpath(name).read_text(encoding="utf-8")
