"""The database of a command: the one that the environment names, else the embedded one, filled as needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import psycopg

from scidex.atlas import model_registry
from scidex.commands.console import Failure, say
from scidex.core import database, embedded_postgres, schema, signals
from scidex.core.settings import Settings
from scidex.forge import demo


@dataclass(frozen=True, slots=True)
class Target:
    """The database of a command; ``ours`` if it is that of the embedded server, which is filled as needed."""

    settings: Settings
    ours: bool


@contextmanager
def opened(*, keep: bool = False) -> Iterator[Target]:
    """Yield the database that the environment names, else the embedded one while the block runs.

    With ``keep``, the server is started again when it ends; if that fails, this process terminates.
    """
    settings = Settings.from_environment()
    if settings.pg_dsn is not None:
        yield Target(settings, ours=False)
        return
    server = embedded_postgres.start(settings.data_root, settings.pg_bin)
    os.environ["SCIDEX_PG_DSN"] = server.dsn  # for the application, also in worker processes
    if keep:
        server.keep(signals.terminate)
    try:
        yield Target(replace(settings, pg_dsn=server.dsn), ours=True)
    finally:
        with signals.undisturbed():
            server.stop()
        if server.failure is not None:
            raise Failure(server.failure)


def make_ready(target: Target, *, with_demo: bool) -> None:
    """Fill the database; ``with_demo`` registers the demo if our database has no artifacts."""
    with database.connect_primary(target.settings) as conn:
        fill(conn, target)
        if not target.ours or not with_demo:
            return
        if conn.execute("SELECT NOT EXISTS (SELECT FROM artifacts)").fetchone() == (True,):
            say(f"{demo.register_demo(conn)} demo models registered.")


def fill(conn: psycopg.Connection, target: Target) -> None:
    """Create the tables in our own database; in any other, refuse where they are missing."""
    if target.ours:
        create(conn)
    else:
        refuse_missing_tables(conn)


def create(conn: psycopg.Connection) -> None:
    """Create the host's tables and the registry's objects where they are missing."""
    schema.init_db(conn)
    with autocommit(conn):
        model_registry.index_host_tables(conn=conn)
    model_registry.install(conn)


@contextmanager
def autocommit(conn: psycopg.Connection) -> Iterator[None]:
    """Let each statement be a transaction, as VACUUM and CREATE INDEX CONCURRENTLY need."""
    conn.autocommit = True
    try:
        yield
    finally:
        conn.autocommit = False


def refuse_missing_tables(conn: psycopg.Connection) -> None:
    """Raise :class:`Failure` for a database that lacks a table or the registry's objects."""
    missing = schema.missing_tables(conn)
    try:
        if not missing:
            model_registry.list_models(limit=1, conn=conn)
            model_registry.waiting_changes(conn=conn)
    except model_registry.RegistryNotInstalled:
        missing = ["the registry's own objects"]
    if missing:
        message = (
            f"The database of SCIDEX_PG_DSN lacks {', '.join(missing)}. "
            "Create what is missing with: python3 run.py init-db"
        )
        raise Failure(message)
