"""Connections on which every wait is bounded, and pools that reconnect by themselves."""

import time
from collections.abc import Callable
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.abc import RV, PQGen
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool
from typing_extensions import override

# A living server answers a trivial statement within this time; otherwise the connection counts as dead.
PROBE_SECONDS = 2.0
# psycopg takes no less than 2. A request waits for the pool and not for this; commands have more patience.
_CONNECT_SECONDS, _PATIENT_CONNECT_SECONDS = 2, 5
# The pool doubles the pause after each failure, up to half of this: by default a database that was away for 20 seconds
# is noticed up to 16 seconds after it came back.
_RECONNECT_SECONDS = 0.5
# With several hosts a connection is wherever the hosts stood when it was opened; so it is replaced this often.
_LIFETIME_SECONDS, _LIFETIME_AMONG_HOSTS_SECONDS = 3600.0, 20.0

# A peer whose machine is gone is given up after this long, whatever bounds the kernel has.
_SOCKET_BOUNDS: dict[str, Any] = {
    "tcp_user_timeout": 15_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


class BoundedConnection(Connection[TupleRow]):
    """A connection that is closed when an answer does not come in time.

    PostgreSQL's own timeouts need a server that runs, and those of TCP a machine that is gone; a server that is
    stopped, or a network that swallows, is neither. ``answer_by`` is the time of ``time.monotonic`` by which whoever
    has borrowed it must have all answers; None while it lies in a pool, where two seconds are enough for anything.
    """

    answer_by: float | None = None

    @override
    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer as psycopg does, but not for longer than the bound."""
        left = PROBE_SECONDS if self.answer_by is None else max(0.0, self.answer_by - time.monotonic())
        try:
            return super().wait(gen, interval, left if timeout is None else min(timeout, left))
        except OperationalError:
            # The statement is still under way; the connection cannot be used before its answer comes.
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


def open_pool(
    name: str,
    dsn: str,
    sizes: tuple[int, int],
    timeout: float,
    *,
    configure: Callable[[BoundedConnection], None],
    reset: Callable[[BoundedConnection], None] | None,
) -> ConnectionPool[BoundedConnection]:
    """Open a pool of ``sizes`` (least, most) that is asked for ``timeout`` seconds and then refuses.

    ``configure`` prepares each new connection, ``reset`` each one that comes back. It connects in the background,
    tries again for as long as the database is away, and is whole again about a second after its return.
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
        # Having given up, a pool would wait for the next request before it tries again; a check makes it begin again.
        reconnect_failed=ConnectionPool.check,
        max_lifetime=_LIFETIME_AMONG_HOSTS_SECONDS if _has_several_hosts(dsn) else _LIFETIME_SECONDS,
        open=True,
    )


def connect(dsn: str) -> Connection:
    """Open one connection outside any pool, on which statements may take as long as they need."""
    conn = Connection.connect(dsn, **_SOCKET_BOUNDS, connect_timeout=_PATIENT_CONNECT_SECONDS)
    plan_for_poolers(conn)
    return conn


def plan_for_poolers(conn: Connection[Any]) -> None:
    """Prepare no statements where a pooler such as pgbouncer stands between.

    In its transaction mode the next statement may reach another server process, which does not know them. A pooler
    shows by the process id of the session, which it makes up.
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
