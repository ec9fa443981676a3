"""PostgreSQL servers of a test's own, on TCP, that can be killed, stopped, started again and followed by a standby."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg

from scidex.core.embedded_postgres import connection
from scidex.core.embedded_postgres.account import Account
from tests.serving import free_port

_START_SECONDS = 30.0
# Ends every connection of the application to the database that is asked, then waits until they are gone.
TERMINATE: Final = """
    SELECT pg_terminate_backend(pid, 5000) FROM unnest((
        SELECT array_agg(pid) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE application_name ~ '^scidex' AND datname = current_database()
    )) AS pid
"""
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "hot_standby_feedback": "on",
    "max_connections": "200",  # a standby must have as many as the data's former server
}


@dataclass(slots=True)
class Postgres:
    """A server on a data directory of its own; ``folder`` holds PostgreSQL's programs."""

    data: Path
    folder: Path
    account: Account
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def dsn(self) -> str:
        """Its connection string, over TCP."""
        return f"host=127.0.0.1 port={self.port} user={connection.ROLE} dbname={connection.DATABASE}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # left behind by one that was killed
        options = [f"--{name}={value}" for name, value in (_SETTINGS | {"port": str(self.port)}).items()]
        with (self.data.parent / f"{self.data.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.folder / "postgres", "-D", self.data, *options],
                cwd="/",
                env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account.spawn_options(),
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self.answers():
            assert self.process.poll() is None, log_of(self)
            assert time.monotonic() < deadline, log_of(self)
            time.sleep(0.02)

    def answers(self) -> bool:
        """Return whether a connection succeeds now."""
        try:
            psycopg.connect(self.dsn, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """Run a statement, commit, and answer its rows."""
        with psycopg.connect(self.dsn, autocommit=True) as conn:
            cursor = conn.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def kill(self) -> None:
        """End the postmaster and all its backends without their say, as a power failure does."""
        assert self.process is not None
        processes = [self.process.pid, *children(self.process.pid)]
        for pid in processes:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        _wait_for_the_end_of(processes)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop the postmaster and all its backends for as long as the block runs, so that the kernel alone answers."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)
        processes = [self.process.pid, *children(self.process.pid)]
        for pid in processes:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in processes:
                os.kill(pid, signal.SIGCONT)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let every read of models wait for as long as the block runs, as a migration does that takes its time."""
        with psycopg.connect(self.dsn) as conn:
            conn.execute("LOCK TABLE artifacts, model_registry_projection IN ACCESS EXCLUSIVE MODE")
            yield

    def stop(self) -> None:
        """End it in order, at once."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(20)

    def copy(self, data: Path) -> "Postgres":
        """Copy a stopped server's data directory, for a server of its own."""
        subprocess.run(["cp", "-a", self.data, data], check=True)
        return Postgres(data, self.folder, self.account)

    def follow(self, primary: "Postgres") -> None:
        """Make this copy of the primary's data a streaming standby of it."""
        signal_file, configuration = self.data / "standby.signal", self.data / "postgresql.auto.conf"
        signal_file.touch()
        with configuration.open("a") as lines:
            where = f"host=127.0.0.1 port={primary.port} user={connection.ROLE}"
            lines.write(f"primary_conninfo = '{where}'\n")
        for path in (signal_file, configuration):
            self.account.own(path)

    def remove(self) -> None:
        """End it and take its data away."""
        self.stop()
        shutil.rmtree(self.data)


def children(pid: int) -> list[int]:
    """Name the processes that a process started (Linux)."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def log_of(server: Postgres) -> str:
    """Read the end of a server's log."""
    return (server.data.parent / f"{server.data.name}.log").read_text(errors="replace")[-3000:]


def _wait_for_the_end_of(processes: list[int]) -> None:
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in processes):
        assert time.monotonic() < deadline
        time.sleep(0.01)
