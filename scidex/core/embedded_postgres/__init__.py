"""The default database: a PostgreSQL server that starts and ends with its owner.

It listens only on a socket in a private folder. Whether it runs is decided by a connection and by a lock that its
processes hold, never by a process id. The process that starts it owns it; later ones borrow it. A process that
keeps it starts it again after it was killed.
"""

import atexit
import errno
import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from scidex.core.embedded_postgres import connection, location, process, socket_directory
from scidex.core.embedded_postgres.account import Account, account_for
from scidex.core.embedded_postgres.errors import EmbeddedPostgresError
from scidex.core.embedded_postgres.keeper import Keeper
from scidex.core.embedded_postgres.launch import START_SECONDS, Launch
from scidex.core.embedded_postgres.location import Location

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError", "start"]

# Seconds for which others than PostgreSQL's programs may hold the lock: starting a server takes one or two.
_STRANGERS_SECONDS = 5.0


class EmbeddedPostgres:
    """A running server: ``dsn`` is its libpq connection string, ``owned`` tells whether it was started here.

    ``failure`` is why a server that is kept (:meth:`keep`) was given up; it is None until then.
    """

    def __init__(self, launch: Launch, server: subprocess.Popen[bytes] | None) -> None:
        self.dsn = connection.dsn(launch.directory)
        self._keeper = Keeper(launch, server)
        self._owner = os.getpid()
        atexit.register(self.stop)

    @property
    def owned(self) -> bool:
        """Whether this process started the server that runs now."""
        return self._keeper.server is not None

    @property
    def failure(self) -> str | None:
        """The reason why the server ended and could not be started again; None while it runs."""
        return self._keeper.failure

    def keep(self, give_up: Callable[[], None]) -> None:
        """Start the server again whenever it ends, even a borrowed one whose owner is gone.

        ``give_up`` is called in another thread when it has ended eight times within a minute.
        """
        self._keeper.begin(give_up)

    def stop(self) -> None:
        """End the server if it was started here; this takes a tenth of a second, at most half a minute."""
        if os.getpid() == self._owner:  # a forked child inherits this object
            atexit.unregister(self.stop)
            self._keeper.end()


def start(
    data_root: Path, pg_bin: Path | None = None, *, settings: Mapping[str, str] | None = None
) -> EmbeddedPostgres:
    """Return the server of ``data_root``, started or, if it runs, borrowed; its database ``scidex`` exists then.

    ``pg_bin`` is a folder of PostgreSQL's programs, by default the wheel's; ``settings`` are those of PostgreSQL, by
    name. On Linux the server ends with the thread that starts it, so only the main thread may start it.

    Raises:
        EmbeddedPostgresError: it cannot be started; or it neither answers nor is gone after a minute and a half, or
            after 5 seconds where others than PostgreSQL hold its data.

    """
    try:
        return _start_or_borrow(data_root.absolute(), pg_bin, dict(settings or {}))
    except OSError as error:
        if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            message = (
                f"The embedded PostgreSQL keeps its data in {data_root}, which cannot be written "
                f"({error.strerror}). Start as the account that owns the folder, or set SCIDEX_PG_DSN to a server of "
                "your own."
            )
            raise EmbeddedPostgresError(message) from error
        message = f"The embedded PostgreSQL cannot be started under {data_root}: {error}."
        raise EmbeddedPostgresError(message) from error


def _start_or_borrow(data_root: Path, pg_bin: Path | None, settings: dict[str, str]) -> EmbeddedPostgres:
    account = account_for(data_root / "postgres" / "data")
    place = location.prepare(data_root, account)
    deadline = time.monotonic() + START_SECONDS
    hopeless = time.monotonic() + _STRANGERS_SECONDS
    held = dict[int, bool]()
    while time.monotonic() < min(deadline, hopeless):
        lock = place.try_lock(account)
        if lock is not None:
            try:
                return _start(place, account, pg_bin, settings, lock)
            finally:
                os.close(lock)
        directory = socket_directory.noted(account, place.socket_note)
        if directory is not None and connection.answers(directory):
            return EmbeddedPostgres(Launch(place, account, pg_bin, settings, directory), None)
        process.end_orphans(place.lock)
        held = process.holders(place.lock)
        if not held or any(held.values()):  # unknown holders, or a server that is starting or ending
            hopeless = time.monotonic() + _STRANGERS_SECONDS
        time.sleep(0.05)
    named = ", ".join(map(str, held))
    message = (
        f"Another process{f' ({named})' if named else ''} holds the database in {place.data}, but no server answers. "
        f"See {place.log}; end that process, then start again."
    )
    raise EmbeddedPostgresError(message)


def _start(
    place: Location, account: Account, pg_bin: Path | None, settings: dict[str, str], lock: int
) -> EmbeddedPostgres:
    if threading.current_thread() is not threading.main_thread():
        message = (
            "Only the main thread can start the embedded PostgreSQL. Start it there, or set SCIDEX_PG_DSN."
        )
        raise EmbeddedPostgresError(message)
    launch = Launch(place, account, pg_bin, settings, socket_directory.make(account, place.socket_note))
    try:
        server = launch.run(lock)
    except BaseException:
        socket_directory.remove(launch.directory)
        raise
    try:
        launch.wait_until_ready(server)
    except BaseException:
        process.shut_down(server)
        socket_directory.remove(launch.directory)
        raise
    return EmbeddedPostgres(launch, server)
