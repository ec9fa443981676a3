"""Creates the registry's own objects, beside a host that goes on writing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection, Error, errors, sql
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.contract.errors import RegistryUnavailable
from scidex.atlas._model_registry.store.statements import schema, statement, triggers
from scidex.atlas._model_registry.store.transaction import read_committed

# What a host that writes, or another session that installs, can cause; all of it is tried again.
_COLLISIONS: tuple[type[Error], ...] = (
    errors.LockNotAvailable,
    errors.DeadlockDetected,
    errors.UniqueViolation,
    errors.DuplicateTable,
    errors.InternalError_,  # "tuple concurrently updated"
)
# How long each attempt queues for a table of the host, where writers queue behind it; twice as long passes before the
# next. The last are longer than PostgreSQL lets an automatic vacuum keep others from a lock.
_QUEUED_SECONDS = (0.1, 0.2, 0.4, 0.8, *12 * (1.5,))
_TURN_SECONDS = 5.0  # a folder has the turn for a second or two
_HOST_TABLES = ("artifacts", "artifact_links", "model_versions")


def install(conn: Connection) -> None:
    """Create or replace the registry's own objects; the host's tables get triggers that log writes, nothing else.

    No writer of the host waits for longer than the installation queues and then takes, and none is ever the victim of a
    deadlock with it: it waits while it has no lock that a writer could want, and else gives up before PostgreSQL looks
    for deadlocks.

    Raises:
        RegistryUnavailable: the tables were in use for most of a minute.

    """
    for attempt, queued in enumerate(_QUEUED_SECONDS):
        try:
            with read_committed(conn), _settings_kept(conn):
                _install(conn, attempt, queued)
        except _COLLISIONS as collision:
            if attempt + 1 == len(_QUEUED_SECONDS):
                message = (
                    "the tables were in use for most of a minute, so nothing was changed; "
                    "try again when the transactions that are open have ended (pg_stat_activity names them)"
                )
                raise RegistryUnavailable(message) from collision
            time.sleep(2 * queued)
        else:
            return


def index_host_tables(conn: Connection) -> None:
    """Create the index on the host's links without keeping its writers waiting; ``conn`` is in autocommit."""
    conn.execute(statement("index_links"))  # waits for others that build it
    # What an interrupted build leaves behind has the name, serves nobody, and would never be completed.
    if conn.execute(statement("has_unfinished_index")).fetchone():
        conn.execute(statement("drop_unfinished_index"))
        conn.execute(statement("index_links"))


def _install(conn: Connection, attempt: int, queued: float) -> None:
    conn.execute(statement("put_home_first"))
    conn.execute(statement("create_turn"))
    _wait_at_most(conn, _TURN_SECONDS)
    conn.execute(statement("take_turn"))
    is_logged = conn.execute(statement("unlogged")).fetchone() is None
    if not is_logged:
        _wait_at_most(conn, queued)
        first = attempt % len(_HOST_TABLES)  # writers that begin with another table are waited for, too
        for table in (*_HOST_TABLES[first:], *_HOST_TABLES[:first]):
            conn.execute(statement("lock_host_table").format(table=sql.Identifier(table)))
            conn.execute(statement("hardly_wait"))
    conn.execute(statement("hardly_wait"))
    conn.execute(schema())
    if not is_logged:
        conn.execute(triggers())


def _wait_at_most(conn: Connection, seconds: float) -> None:
    conn.execute(statement("wait_at_most"), {"milliseconds": f"{seconds * 1000:.0f}"})


@contextmanager
def _settings_kept(conn: Connection) -> Iterator[None]:
    """Leave the caller's transaction the settings it had."""
    with conn.cursor(row_factory=tuple_row) as cursor:
        ((path, timeout),) = cursor.execute(statement("settings"))
    yield
    conn.execute(statement("set_back"), {"path": path, "timeout": timeout})
