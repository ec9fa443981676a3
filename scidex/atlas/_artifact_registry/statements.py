"""The statements of ``queries.sql`` by name."""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import LiteralString, cast

from psycopg import sql

_BLOCK = re.compile(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", re.MULTILINE | re.DOTALL)


def _read() -> Mapping[str, sql.SQL]:
    text = files(__package__).joinpath("queries.sql").read_text(encoding="utf-8")
    # A file of this package is as trustworthy as its code, which LiteralString stands for.
    return {name: sql.SQL(cast("LiteralString", body)) for name, body in _BLOCK.findall(text)}


STATEMENTS = _read()
