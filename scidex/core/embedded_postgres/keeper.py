"""Starts the server again after it was killed or failed, as on a full disk."""

import logging
import os
import subprocess
import threading
import time
from collections.abc import Callable

from scidex.core.embedded_postgres import connection, process, socket_directory
from scidex.core.embedded_postgres.errors import EmbeddedPostgresError
from scidex.core.embedded_postgres.launch import START_SECONDS, Launch

_LOG = logging.getLogger("scidex.embedded_postgres")

_LOOK_SECONDS = 0.1
# Seconds that a borrower waits before it starts a server itself, as the owner comes first.
_BORROWERS_PATIENCE = 1.0
# The first start is at once, the others after half a second, 1, 2, 4, 8 and 16.
_MOST_STARTS, _WITHIN_SECONDS, _FIRST_PAUSE = 7, 60.0, 0.5


class Keeper:
    """Holds a server that was started (``server``) or borrowed (None), and watches it after ``begin``.

    It starts the server from a thread that lasts as long as the process, as on Linux the server ends with that thread.
    """

    def __init__(self, launch: Launch, server: subprocess.Popen[bytes] | None) -> None:
        self.server = server
        self.failure: str | None = None
        self._launch = launch
        self._starts: list[float] = []
        self._ended = threading.Event()
        self._changing = threading.Lock()

    def begin(self, give_up: Callable[[], None]) -> None:
        """Watch in the background; ``give_up`` is called once ``failure`` is set."""
        threading.Thread(target=self._watch, args=(give_up,), name="embedded postgres", daemon=True).start()

    def end(self) -> None:
        """Stop watching, and end the server if this process started it."""
        self._ended.set()
        with self._changing:
            server, self.server = self.server, None
        if server is not None:
            process.shut_down(server)
            socket_directory.remove(self._launch.directory)

    def _watch(self, give_up: Callable[[], None]) -> None:
        try:
            while self.failure is None and not self._ended.wait(_LOOK_SECONDS):
                if self._is_gone():
                    self._start_again()
        except (OSError, EmbeddedPostgresError) as error:
            self.failure = f"The embedded PostgreSQL ended and cannot be started again: {error}"
        if self.failure is not None:
            _LOG.error("the embedded PostgreSQL ended and is not started again")
            give_up()

    def _is_gone(self) -> bool:
        if self.server is not None:
            return self.server.poll() is not None
        place, account = self._launch.place, self._launch.account
        deadline = time.monotonic() + _BORROWERS_PATIENCE
        while not place.is_held(account):
            if time.monotonic() > deadline:
                return True
            if self._ended.wait(_LOOK_SECONDS):
                return False
        return False

    def _start_again(self) -> None:
        now = time.monotonic()
        self._starts = [start for start in self._starts if now - start < _WITHIN_SECONDS]
        if len(self._starts) == _MOST_STARTS:
            self.failure = (
                f"The embedded PostgreSQL ended {_MOST_STARTS + 1} times within {_WITHIN_SECONDS:.0f} seconds and is "
                f"not started again. {self._launch.end_of_log()}"
            )
            return
        if self._starts and self._ended.wait(_FIRST_PAUSE * 2 ** (len(self._starts) - 1)):
            return
        self._starts.append(time.monotonic())
        lock = self._lock()
        if lock is not None:
            try:
                self._run(lock)
            except OSError as error:  # such as a full disk; it is tried again
                _LOG.warning("the embedded PostgreSQL cannot be started: %s", error.strerror)
            finally:
                os.close(lock)

    def _lock(self) -> int | None:
        """Return the lock once the former server is gone; None where another process started one, or after ``end``."""
        launch = self._launch
        deadline = time.monotonic() + START_SECONDS
        while (lock := launch.place.try_lock(launch.account)) is None:
            if connection.answers(launch.directory):
                self.server = None
                return None
            process.end_orphans(launch.place.lock)
            if self._ended.wait(_LOOK_SECONDS):
                return None
            if time.monotonic() > deadline:
                message = "something of the former server lives and does not end"
                raise EmbeddedPostgresError(message)
        return lock

    def _run(self, lock: int) -> None:
        launch = self._launch
        if socket_directory.make(launch.account, launch.place.socket_note) != launch.directory:
            message = f"somebody else has the folder of its socket, {launch.directory}"
            raise EmbeddedPostgresError(message)
        with self._changing:
            if not self._ended.is_set():
                _LOG.warning("the embedded PostgreSQL ended and is started again")
                self.server = launch.run(lock)
