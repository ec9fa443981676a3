"""The rows that are loaded: generated once into a database that is kept, and copied from it in one transaction."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from scidex.atlas import model_registry
from scidex.core.schema import init_db
from tests.benchmark.database import SHORT, kept, lent
from tests.benchmark.load import load_rows
from tests.benchmark.progress import Tell, shown
from tests.benchmark.registry import Registry

# As they come: the host's tables in the order that their references allow, artifacts by the time of their creation.
_TABLES: tuple[LiteralString, ...] = ("artifacts", "artifact_links", "model_versions")
# All but the numbers of links, which the database gives.
_COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
  AND (attrelid, attname) <> ('artifact_links'::regclass, 'id')
ORDER BY attnum
"""


@dataclass(frozen=True)
class Loaded:
    """When the commit of a load began and ended on the monotonic clock, and the seconds of all of it."""

    begun: float
    ended: float
    seconds: float


def source(server: str, models: int) -> str:
    """Return the DSN of a database with the rows of so many models, of 1 to 2 kB each."""
    return kept(server, f"source_{models}", lambda dsn: _fill(dsn, models))


@contextmanager
def installed(server: str) -> Iterator[str]:
    """Lend an empty database in which the registry is installed; drops it afterwards."""
    with lent(server, "bulk_load") as dsn:
        with psycopg.connect(dsn, autocommit=True) as conn:
            init_db(conn)
            model_registry.install(conn)
            model_registry.index_host_tables(conn=conn)
        yield dsn


def load(source_dsn: str, dsn: str, tell: Tell) -> Loaded:
    """Copy everything in one transaction."""
    first = time.monotonic()
    with psycopg.connect(source_dsn) as source_conn, psycopg.connect(dsn) as conn:
        for table in _TABLES:
            tell(0, table)
            _copy(source_conn, conn, table)
        begun = time.monotonic()
        conn.commit()
        ended = time.monotonic()
    return Loaded(begun, ended, ended - first)


def _fill(dsn: str, models: int) -> None:
    registry = Registry(models, SHORT)
    with shown(f"generating {models} models:", None) as tell:
        load_rows(dsn, registry.artifacts(), registry.links(), registry.model_versions(), tell)


def _copy(source_conn: psycopg.Connection[Any], conn: psycopg.Connection[Any], table: LiteralString) -> None:
    columns = sql.SQL(", ").join(
        sql.Identifier(name) for (name,) in source_conn.execute(_COLUMNS, [table]).fetchall()
    )
    out = sql.SQL("COPY {} ({}) TO STDOUT (FORMAT binary)").format(sql.Identifier(table), columns)
    into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(sql.Identifier(table), columns)
    with source_conn.cursor().copy(out) as read, conn.cursor().copy(into) as written:
        for part in read:
            written.write(part)
