"""Connections on which every wait is bounded, and pools that reconnect by themselves."""

import time
from collections.abc import Callable
from typing import Any

from psycopg import Connection, OperationalError, generators
from psycopg.abc import RV, PQGen
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool
from typing_extensions import override

# A live server answers a trivial statement within this time; otherwise the connection counts as dead.
PROBE_SECONDS = 2.0
# psycopg allows no less than 2. Requests wait for the pool instead; commands may wait longer.
_CONNECT_SECONDS, _PATIENT_CONNECT_SECONDS = 2, 5
# The pool doubles the pause after each failure, up to half of this: by default a database that was down for 20 seconds
# is noticed up to 16 seconds after its return.
_RECONNECT_SECONDS = 0.5
# With several hosts a connection stays with the host that served when it was opened, so it is replaced this often.
_LIFETIME_SECONDS, _LIFETIME_AMONG_HOSTS_SECONDS = 3600.0, 20.0

# A peer whose machine is gone is given up after this time, whatever the kernel's own bounds.
_SOCKET_BOUNDS: dict[str, Any] = {
    "tcp_user_timeout": 15_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


class BoundedConnection(Connection[TupleRow]):
    """A connection that is closed when an answer does not come in time.

    PostgreSQL's own timeouts need a running server, and those of TCP a machine that is gone; a stopped server or a
    network that drops packets meets neither. ``answer_by`` is the time, by ``time.monotonic``, at which the borrower
    must have all answers; None while it is in a pool, where two seconds are enough for everything. Only waiting counts:
    what the borrower computes between two answers moves it on, since a table of 100,000 models takes longer to write
    than to read.
    """

    _answer_by: float | None = None
    _answered_at: float | None = None

    @property
    def answer_by(self) -> float | None:
        """The time at which the borrower must have all answers."""
        return self._answer_by

    @answer_by.setter
    def answer_by(self, value: float | None) -> None:
        self._answer_by, self._answered_at = value, None

    def begin(self, statements: bytes) -> None:
        """Begin a transaction by statements without answers, such as its settings, all in one round trip."""
        with self.lock:
            self.wait(self._begun(statements))

    def _begun(self, statements: bytes) -> PQGen[None]:
        self.pgconn.send_query(statements)
        results = yield from generators.execute(self.pgconn)
        if results[-1].status != ExecStatus.COMMAND_OK:
            raise error_from_result(results[-1])

    @override
    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer as psycopg does, but at most for the bound."""
        now = time.monotonic()
        if self._answer_by is not None and self._answered_at is not None:
            self._answer_by += now - self._answered_at
        left = PROBE_SECONDS if self._answer_by is None else max(0.0, self._answer_by - now)
        try:
            return super().wait(gen, interval, left if timeout is None else min(timeout, left))
        except OperationalError:
            # The statement is still running, so the connection cannot be used before its answer.
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise
        finally:
            self._answered_at = time.monotonic()


def open_pool(
    name: str,
    dsn: str,
    sizes: tuple[int, int],
    timeout: float,
    *,
    configure: Callable[[BoundedConnection], None],
    reset: Callable[[BoundedConnection], None] | None,
) -> ConnectionPool[BoundedConnection]:
    """Return an open pool of ``sizes`` (least, most) that refuses after a wait of ``timeout`` seconds.

    ``configure`` prepares each new connection, ``reset`` each one that is returned. It connects in the background,
    tries again while the database is down, and is complete again about a second after its return.
    """

    def prepare(conn: BoundedConnection) -> None:
        plan_for_poolers(conn)
        configure(conn)

    smallest, largest = sizes
    return ConnectionPool(
        dsn,
        name=name,
        connection_class=BoundedConnection,
        kwargs=_SOCKET_BOUNDS
        | {"connect_timeout": _CONNECT_SECONDS, "fallback_application_name": f"scidex {name}"},
        min_size=smallest,
        max_size=largest,
        timeout=timeout,
        configure=prepare,
        reset=reset,
        reconnect_timeout=_RECONNECT_SECONDS,
        # After giving up, a pool waits for the next request before it tries again; a check makes it try now.
        reconnect_failed=ConnectionPool.check,
        max_lifetime=_LIFETIME_AMONG_HOSTS_SECONDS if _has_several_hosts(dsn) else _LIFETIME_SECONDS,
        open=True,
    )


def connect(dsn: str) -> Connection:
    """Return a connection outside any pool, on which statements may take as long as they need."""
    conn = Connection.connect(dsn, **_SOCKET_BOUNDS, connect_timeout=_PATIENT_CONNECT_SECONDS)
    plan_for_poolers(conn)
    return conn


def plan_for_poolers(conn: Connection[Any]) -> None:
    """Prepare no statements behind a pooler such as pgbouncer.

    In its transaction mode the next statement may reach another server process, which does not know them. A pooler is
    recognized by the process id of the session, which it invents.
    """
    conn.set_autocommit(True)
    try:
        ((answering,),) = conn.execute("SELECT pg_backend_pid()")
    finally:
        if not conn.closed:
            conn.set_autocommit(False)
    if answering != conn.info.backend_pid:
        conn.prepare_threshold = None


def _has_several_hosts(dsn: str) -> bool:
    named = conninfo_to_dict(dsn)
    return any("," in str(named.get(keyword, "")) for keyword in ("host", "hostaddr", "port"))
