"""Reads which planned artifacts are registered, and with which content."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An artifact that is registered."""

    id: str
    artifact_type: str
    content_hash: str | None


def registered(conn: Connection, ids: Sequence[str]) -> dict[str, Registered]:
    """Return the registered artifacts among some ids, by id."""
    query = files("scidex.forge.importers").joinpath("registered.sql").read_bytes()
    with conn.cursor(row_factory=class_row(Registered)) as cursor:
        return {row.id: row for row in cursor.execute(query, {"ids": list(ids)})}
