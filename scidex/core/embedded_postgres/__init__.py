"""The default database: a PostgreSQL server of our own that starts and ends with its owner.

It listens on a socket in a private folder only. Whether it lives is decided by connecting and by a lock
that its processes hold, never by a process id. One starter owns it; those that come later borrow it.
"""

import atexit
import os
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from scidex.core.embedded_postgres import (
    binaries,
    cluster,
    connection,
    location,
    process,
    socket_directory,
)
from scidex.core.embedded_postgres.account import Account, account_for
from scidex.core.embedded_postgres.errors import EmbeddedPostgresError
from scidex.core.embedded_postgres.location import Location

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError", "start"]

_START_SECONDS = 90.0  # recovery after a crash replays what was written since the last checkpoint
_LARGEST_LOG = 10_000_000  # bytes
_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",  # only part of the socket's name
    "unix_socket_permissions": "0700",
    "max_connections": "200",  # several workers with two pools each
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class EmbeddedPostgres:
    """A running server: ``dsn`` is its libpq connection string, ``owned`` tells if it was started here."""

    def __init__(self, directory: Path, server: subprocess.Popen[bytes] | None) -> None:
        self.dsn = connection.dsn(directory)
        self.owned = server is not None
        self._directory = directory
        self._server = server
        self._owner = os.getpid()
        if self.owned:
            atexit.register(self.stop)

    def stop(self) -> None:
        """End the server if it was started here; at most half a minute, usually a tenth of a second."""
        server, self._server = self._server, None
        if server is not None and os.getpid() == self._owner:  # a forked child inherits this object too
            atexit.unregister(self.stop)
            process.shut_down(server)
            socket_directory.remove(self._directory)


def start(
    data_root: Path, pg_bin: Path | None = None, *, settings: Mapping[str, str] | None = None
) -> EmbeddedPostgres:
    """Start the server of ``data_root``, or borrow it where it runs; then its database ``scidex`` exists.

    ``pg_bin`` is a folder of PostgreSQL's programs, by default the wheel's; ``settings`` are PostgreSQL's
    own, by name. On Linux the server ends with the thread that starts it, so only the main thread may.

    Raises:
        EmbeddedPostgresError: it cannot be started, or is neither there nor gone after a minute and a half.

    """
    try:
        return _start_or_borrow(data_root.absolute(), pg_bin, dict(settings or {}))
    except OSError as error:
        message = f"The embedded PostgreSQL cannot be started under {data_root}: {error}."
        raise EmbeddedPostgresError(message) from error


def _start_or_borrow(data_root: Path, pg_bin: Path | None, settings: dict[str, str]) -> EmbeddedPostgres:
    account = account_for(data_root / "postgres" / "data")
    place = location.prepare(data_root, account)
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        lock = place.try_lock(account)
        if lock is not None:
            try:
                return _launch(place, account, binaries.find(pg_bin), lock, settings)
            finally:
                os.close(lock)
        directory = socket_directory.noted(account, place.socket_note)
        if directory is not None and connection.answers(directory):
            return EmbeddedPostgres(directory, None)
        time.sleep(0.05)
    message = (
        f"Another process holds the database in {place.data}, but no server answers. "
        f"See {place.log}; end that process, then start again."
    )
    raise EmbeddedPostgresError(message)


def _launch(
    place: Location, account: Account, folder: Path, lock: int, settings: dict[str, str]
) -> EmbeddedPostgres:
    if threading.current_thread() is not threading.main_thread():
        message = (
            "Only the main thread can start the embedded PostgreSQL. Start it there, or set SCIDEX_PG_DSN."
        )
        raise EmbeddedPostgresError(message)
    folder = binaries.usable_by(account, folder, place.home)
    cluster.prepare(place, account, folder, lock)
    directory = socket_directory.make(account, place.socket_note)
    settings = _SETTINGS | {"unix_socket_directories": f'"{directory}"'} | settings
    options = [f"--{name}={value}" for name, value in settings.items()]
    log, log_start = _open_log(place.log, account)
    try:
        command: list[str | Path] = [folder / "postgres", "-D", place.data, *options]
        server = process.spawn(command, account, keep_open=lock, output=log)
    finally:
        os.close(log)
    try:
        _wait_until_ready(server, directory, place.log, log_start)
    except BaseException:
        process.shut_down(server)
        socket_directory.remove(directory)
        raise
    return EmbeddedPostgres(directory, server)


def _open_log(path: Path, account: Account) -> tuple[int, int]:
    if path.exists() and path.stat().st_size > _LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    account.own(path)
    return log, os.fstat(log).st_size


def _wait_until_ready(server: subprocess.Popen[bytes], directory: Path, log: Path, log_start: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not connection.answers(directory, "postgres"):
        ended = server.poll() is not None
        if ended or time.monotonic() > deadline:
            with log.open("rb") as lines:
                lines.seek(log_start)
                said = lines.read()[-2000:].decode(errors="replace").strip()
            what = "ended at once" if ended else f"did not answer within {_START_SECONDS:.0f} seconds"
            message = f"The embedded PostgreSQL {what}. The end of {log}:\n{said}"
            raise EmbeddedPostgresError(message)
        time.sleep(0.01)
    connection.create_database(directory)
