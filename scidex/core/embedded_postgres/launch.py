"""The start of the server of one data root, for the first time and again."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scidex.core.embedded_postgres import binaries, cluster, connection, process
from scidex.core.embedded_postgres.account import Account
from scidex.core.embedded_postgres.errors import EmbeddedPostgresError
from scidex.core.embedded_postgres.location import Location

START_SECONDS: Final = 90.0  # recovery after a crash replays all writes since the last checkpoint
_LARGEST_LOG = 10_000_000  # bytes
_QUOTED = 2000
_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",  # only a part of the socket's name
    "unix_socket_permissions": "0700",
    "max_connections": "200",  # several workers with two pools each
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Recovery after a crash replays what was written since the last checkpoint: of a gigabyte and of five minutes by
    # default, which takes ten seconds on busy cores.
    "max_wal_size": "128MB",
    "checkpoint_timeout": "30s",
}
if sys.platform == "linux":
    # After a crash all files are flushed before recovery: by one system call instead of thousands, in which most of
    # the recovery of a small database would pass.
    _SETTINGS["recovery_init_sync_method"] = "syncfs"


@dataclass(frozen=True, slots=True)
class Launch:
    """The arguments of a start; ``directory`` is the folder of the socket, ``settings`` are PostgreSQL's, by name."""

    place: Location
    account: Account
    pg_bin: Path | None
    settings: Mapping[str, str]
    directory: Path

    def run(self, lock: int) -> subprocess.Popen[bytes]:
        """Return the server, started; it inherits the lock, and on Linux it ends with the thread that calls this."""
        folder = binaries.usable_by(self.account, binaries.find(self.pg_bin), self.place.home)
        cluster.prepare(self.place, self.account, folder, lock)
        settings = _SETTINGS | {"unix_socket_directories": f'"{self.directory}"'} | dict(self.settings)
        options = [f"--{name}={value}" for name, value in settings.items()]
        command: list[str | Path] = [folder / "postgres", "-D", self.place.data, *options]
        log = self._open_log()
        try:
            return process.spawn(command, self.account, keep_open=lock, output=log)
        finally:
            os.close(log)

    def wait_until_ready(self, server: subprocess.Popen[bytes]) -> None:
        """Wait until the server answers, and create its database if that is missing.

        Raises:
            EmbeddedPostgresError: the server ended, or does not answer in time; the message quotes its log.

        """
        deadline = time.monotonic() + START_SECONDS
        while not connection.answers(self.directory, "postgres"):
            ended = server.poll() is not None
            if ended or time.monotonic() > deadline:
                what = "ended at once" if ended else f"did not answer within {START_SECONDS:.0f} seconds"
                message = f"The embedded PostgreSQL {what}. {self.end_of_log()}"
                raise EmbeddedPostgresError(message)
            time.sleep(0.01)
        connection.create_database(self.directory)

    def end_of_log(self) -> str:
        """Return the end of the server's log as a quotation."""
        with self.place.log.open("rb") as lines:
            lines.seek(max(0, lines.seek(0, os.SEEK_END) - _QUOTED))
            text = lines.read().decode(errors="replace").strip()
        return f"The end of {self.place.log}:\n{text}"

    def _open_log(self) -> int:
        path = self.place.log
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        self.account.own(path)
        return log
