"""The host's access to PostgreSQL: a pool for the primary, a pool for reads, and connections lent from them."""

import atexit
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from psycopg import Connection, IsolationLevel, OperationalError
from psycopg import Error as PsycopgError
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from scidex.core import embedded_postgres
from scidex.core.connections import PROBE_SECONDS, BoundedConnection, connect, open_pool
from scidex.core.schema import UnsuitableEncoding, init_db, refuse_encoding
from scidex.core.settings import Settings
from scidex.core.turns import asked_at

_CLOSE_SECONDS = 5.0
# Long writes are allowed; the bound is for a server or a network that never answers again.
_WRITE_SECONDS = 600.0
_BEGIN_READING = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# Time for the server's cancellation of a statement to arrive before the connection is given up.
_GRACE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Database:
    """The two pools, and the embedded server if this process uses one."""

    primary: ConnectionPool[BoundedConnection]
    read: ConnectionPool[BoundedConnection]
    settings: Settings
    server: embedded_postgres.EmbeddedPostgres | None

    def figures(self) -> dict[str, dict[str, int]]:
        """Size, available, waiting and maximum of each pool, for ``/health``."""
        return {"primary": _figures(self.primary), "read": _figures(self.read)}

    def close(self) -> None:
        """Close both pools, then stop the embedded server if this process owns it."""
        for pool in (self.read, self.primary):
            pool.close(timeout=_CLOSE_SECONDS)
        if self.server is not None:
            self.server.stop()


_opening = threading.Lock()
_current: Database | None = None
_preparations: list[Callable[[Connection], None]] = []


def open_database(settings: Settings | None = None) -> Database:
    """Return the pools, opened once for this process; later calls return the same ones.

    Without a DSN this starts the embedded server and creates the host's tables in it.

    Raises:
        InvalidSetting: an environment variable cannot be used.
        EmbeddedPostgresError: the embedded server does not start.

    """
    global _current  # noqa: PLW0603  one database for each process, as in the host
    with _opening:
        if _current is None:
            _current = _open(settings or Settings.from_environment())
            atexit.register(close_database)
        return _current


def prepare_embedded(prepare: Callable[[Connection], None]) -> None:
    """Register ``prepare``, to be called with a writing connection whenever this process opens the embedded server.

    With it a plugin creates its own objects, without the host knowing the plugin.
    """
    _preparations.append(prepare)


def close_database() -> None:
    """Close what :func:`open_database` opened; does nothing when nothing is open."""
    global _current
    with _opening:
        closing, _current = _current, None
    if closing is not None:
        atexit.unregister(close_database)
        closing.close()


@contextmanager
def get_db() -> Iterator[Connection]:
    """Lend a connection to the primary: committed on a clean exit, rolled back on an exception, always returned.

    Raises:
        psycopg.OperationalError: no connection within ``SCIDEX_PG_POOL_TIMEOUT``, it broke, or it was lent for ten
            minutes.

    """
    with open_database().primary.connection() as conn:
        conn.answer_by = time.monotonic() + _WRITE_SECONDS
        yield conn


@contextmanager
def get_db_ro() -> Iterator[Connection]:
    """Lend a connection for reading, in one READ ONLY, REPEATABLE READ transaction with a bound on each statement.

    The transaction always ends and the connection always goes back. The wait for a connection and for all answers
    together ends after the pool's timeout plus the statement timeout, even if the server has stopped or the network
    drops packets. A request's wait for its turn counts as a wait for a connection.

    Raises:
        psycopg.OperationalError: no connection within ``SCIDEX_PG_POOL_TIMEOUT`` (a ``PoolTimeout``), or it broke.

    """
    database = open_database()
    conn = _living_connection(database)
    try:
        yield conn
    finally:
        conn.answer_by = None
        with suppress(PsycopgError):  # a broken connection has no transaction to end
            _end(conn)
            _reading(conn)  # the reader may have changed settings that the next one relies on
        database.read.putconn(conn)


def _end(conn: Connection) -> None:
    """Commit a transaction that only read; after a ROLLBACK the driver would prepare every statement again."""
    if conn.info.transaction_status is TransactionStatus.INTRANS:
        conn.commit()
    else:
        conn.rollback()


def connect_primary(settings: Settings) -> Connection:
    """Return a connection to the primary outside any pool, for commands; ``settings.pg_dsn`` must be set.

    Raises:
        UnsuitableEncoding: the database's encoding is not UTF8.

    """
    conn = connect(settings.pg_dsn or "")
    try:
        refuse_encoding(conn)
    except UnsuitableEncoding:
        conn.close()
        raise
    return conn


def _open(settings: Settings) -> Database:
    server = None
    dsn = settings.pg_dsn
    if dsn is None:
        server = embedded_postgres.start(settings.data_root, settings.pg_bin)
        dsn = server.dsn
        _prepare(dsn)
    primary = open_pool(
        "primary",
        dsn,
        (settings.pool_min, settings.pool_max),
        settings.pool_timeout,
        configure=_writing,
        reset=_writing,
    )
    read = open_pool(
        "read",
        settings.pg_ro_dsn or dsn,
        (settings.ro_pool_min, settings.ro_pool_max),
        settings.pool_timeout,
        configure=_reading,
        reset=None,  # get_db_ro resets connections before they go back, so that they are available at once
    )
    return Database(primary, read, settings, server)


def _prepare(dsn: str) -> None:
    with connect(dsn) as conn:
        init_db(conn)
        for prepare in _preparations:
            prepare(conn)


def _reading(conn: BoundedConnection) -> None:
    # For the BEGIN that follows where a reader ended the first transaction, so that nothing is ever written here.
    # Set by each BEGIN, not for the session, which pgbouncer may share.
    if conn.autocommit:
        conn.set_autocommit(False)
    if conn.read_only is not True:
        conn.set_read_only(True)
    if conn.isolation_level is not IsolationLevel.REPEATABLE_READ:
        conn.set_isolation_level(IsolationLevel.REPEATABLE_READ)


def _writing(conn: BoundedConnection) -> None:
    conn.answer_by = None
    conn.set_autocommit(False)
    conn.set_read_only(None)
    conn.set_isolation_level(None)


def _living_connection(database: Database) -> BoundedConnection:
    """Return a connection borrowed from the read pool, without those that died while idle."""
    milliseconds = database.settings.statement_timeout
    begin = b"%s; SET LOCAL statement_timeout = %d" % (_BEGIN_READING, milliseconds)
    deadline = asked_at() + database.settings.pool_timeout
    while True:
        conn = database.read.getconn(timeout=max(0.0, deadline - time.monotonic()))
        try:
            conn.answer_by = min(deadline, time.monotonic() + PROBE_SECONDS)
            conn.begin(begin)
        except BaseException as failure:
            conn.answer_by = None
            database.read.putconn(conn)
            if not isinstance(failure, OperationalError):
                raise
            if time.monotonic() > deadline:
                message = "no living connection within the pool's timeout"
                raise PoolTimeout(message) from failure
        else:
            answered = milliseconds / 1000
            conn.answer_by = min(deadline + answered, time.monotonic() + answered + _GRACE_SECONDS)
            return conn


def _figures(pool: ConnectionPool[BoundedConnection]) -> dict[str, int]:
    stats = pool.get_stats()
    return {
        "size": stats["pool_size"],
        "available": stats["pool_available"],
        "waiting": stats.get("requests_waiting", 0),
        "max": stats["pool_max"],
    }
