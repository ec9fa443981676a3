"""Creates the registry's own objects while the host goes on writing."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from psycopg import Connection, Error, ProgrammingError, errors, sql
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.contract.errors import RegistryUnavailable
from scidex.atlas._model_registry.store.statements import schema, statement
from scidex.atlas._model_registry.store.transaction import read_committed

T = TypeVar("T")
_LOG = logging.getLogger(__name__)

# Errors that a writing host or another installation can cause; the step is tried again.
_COLLISIONS: tuple[type[Error], ...] = (
    errors.LockNotAvailable,
    errors.DeadlockDetected,
    errors.UniqueViolation,
    errors.DuplicateTable,
    errors.InternalError_,  # "tuple concurrently updated"
)
# Seconds that each attempt queues for a lock, while others queue behind it; twice as long passes before the next.
# The last are longer than PostgreSQL lets an automatic vacuum keep others from a lock.
_QUEUED_SECONDS = (0.1, 0.2, 0.4, 0.8, *12 * (1.5,))
_DEADLOCK_SECONDS = 1.5  # ends one of two sessions, a reader and an installation, that wait for each other
_HARDLY_SECONDS = 0.05  # below what PostgreSQL waits before it looks for deadlocks (deadlock_timeout)
_TURN_SECONDS = 5.0  # a folding session has the turn for a second or two
_INDEXES = (
    "model_registry_links_by_target",
    "model_registry_versions_by_base",
    "model_registry_artifacts_by_successor",
)


def install(conn: Connection) -> None:
    """Create or replace the registry's own objects; the host's tables only get triggers that log writes.

    Inside a transaction of the caller, the caller commits. Outside of one, each of the host's tables is locked in a
    transaction of its own while four triggers are attached, and only where one is missing, so that no writer of the
    host can deadlock with it. Until all are attached, lists ask the judge. It is safe to repeat.

    Raises:
        RegistryUnavailable: a table was in use for most of a minute, or the database's encoding is not UTF8.

    """
    if (encoding := conn.info.parameter_status("server_encoding")) not in {None, "UTF8"}:
        message = f"the database has the encoding {encoding}; the registry needs UTF8"
        raise RegistryUnavailable(message)
    refreshing = _again(conn, _create, _DEADLOCK_SECONDS)
    for host, logs in _again(conn, _unlogged):
        _again(conn, partial(_attach, host=host, logs=logs))
    _again(conn, _finish)
    for refresh in refreshing:
        _again(conn, partial(_run, text=refresh))


def index_host_tables(*, conn: Connection) -> None:
    """Create the indexes on the host's tables without blocking writers; ``conn`` must be in autocommit.

    :func:`install` creates them too, but blocks writers meanwhile, which on a large table takes long.
    """
    for name in _INDEXES:
        _index(conn, name)


def _index(conn: Connection, name: str) -> None:
    drop = statement("drop_unfinished_index").format(name=sql.Identifier(name))
    for pause in (*_QUEUED_SECONDS, None):
        try:
            conn.execute(statement(name))  # waits for another session that builds it
            # An interrupted build leaves an invalid index of that name, which would never be completed.
            if not conn.execute(statement("has_unfinished_index"), {"name": name}).fetchone():
                return
            conn.execute(drop)
        except _COLLISIONS:  # such as with that other session
            if pause is None:
                raise
            time.sleep(2 * pause)  # it may wait for the host, and each attempt be a deadlock


def _again(conn: Connection, step: Callable[[Connection], T], at_least: float = 0.0) -> T:
    """Return a step's result, taken in a transaction and again after collisions; each queues ``at_least`` so long."""
    is_own = conn.info.transaction_status is TransactionStatus.IDLE
    for queued in _QUEUED_SECONDS:
        try:
            with read_committed(conn), _settings_kept(conn):
                conn.execute(statement("put_home_first"))
                _wait_at_most(conn, max(queued, at_least) if is_own else _HARDLY_SECONDS)
                return step(conn)
        except _COLLISIONS as failure:
            collision = failure
        time.sleep(2 * queued)
    message = (
        "a table was in use for most of a minute, so not all was installed; lists are right. Run it again when the "
        "transactions that are open have ended (pg_stat_activity names them)"
    )
    raise RegistryUnavailable(message) from collision


def _create(conn: Connection) -> list[str]:
    """Create everything except triggers; return the statements that refill the host's materialized views."""
    with _settings_kept(conn):
        _wait_at_most(conn, _TURN_SECONDS)
        conn.execute(statement("create_turn"))
        conn.execute(statement("take_turn"))
    readers = _rows(conn, "readers")
    views = _rows(conn, "views_of_the_host")
    for name, _, _ in reversed(views):
        _run(conn, f"DROP {name}")
    conn.execute(schema())
    for (role,) in readers:
        conn.execute(statement("let_read"), {"role": role})
    return [refresh for name, made, refresh in views if _is_made_again(conn, name, made) and refresh]


def _is_made_again(conn: Connection, view: str, made: str) -> bool:
    try:
        with conn.transaction():
            _run(conn, made)
    except ProgrammingError as failure:
        reason = failure.diag.message_primary
        _LOG.warning("%s is gone, since this release lacks what it read: %s. It was: %s", view, reason, made)
        return False
    return True


def _run(conn: Connection, text: str) -> None:
    """Run a statement about the host's objects that was made from the catalogue of the database."""
    conn.execute(text.encode())


def _rows(conn: Connection, name: str) -> list[tuple[str, ...]]:
    with conn.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(statement(name)).fetchall()


def _unlogged(conn: Connection) -> list[tuple[str, ...]]:
    return _rows(conn, "unlogged")


def _attach(conn: Connection, host: str, logs: str) -> None:
    conn.execute(statement("attach").format(host=sql.Identifier(host), logging=sql.Identifier(logs)))


def _finish(conn: Connection) -> None:
    conn.execute(statement("finish"))


def _wait_at_most(conn: Connection, seconds: float) -> None:
    conn.execute(statement("wait_at_most"), {"milliseconds": f"{seconds * 1000:.0f}"})


@contextmanager
def _settings_kept(conn: Connection) -> Iterator[None]:
    """Restore the settings of the caller's transaction at the end."""
    with conn.cursor(row_factory=tuple_row) as cursor:
        ((path, timeout),) = cursor.execute(statement("settings"))
    yield
    conn.execute(statement("set_back"), {"path": path, "timeout": timeout})
