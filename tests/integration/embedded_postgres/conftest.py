"""Data roots and owners for the tests of the embedded server."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from scidex.core.embedded_postgres import EmbeddedPostgres, start
from tests.folders import open_folder

CHECKOUT = Path(__file__).resolve().parents[3]

# Starts a server, tells so, and owns it until its standard input ends.
_OWNER = """
import sys
from pathlib import Path
from scidex.core.embedded_postgres import start
server = start(Path(sys.argv[1]))
print(server.owned, server.dsn, sep="|", flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Owner:
    """Another process that started a server, or borrowed one."""

    process: subprocess.Popen[str]

    def report(self) -> tuple[bool, str]:
        """Wait until it has its server; return whether it owns it, and the connection string."""
        assert self.process.stdout is not None
        owned, dsn = self.process.stdout.readline().strip().split("|")
        return owned == "True", dsn


@pytest.fixture
def folder() -> Iterator[Path]:
    """Make an empty folder that every account can enter."""
    with open_folder("test scidex ") as path:
        yield path


@pytest.fixture(scope="session")
def root() -> Iterator[Path]:
    """Make a data root whose server has run once. Tests share it and leave it as sound as they found it."""
    with open_folder("test-scidex-") as path:
        start(path / ".scidex").stop()
        yield path / ".scidex"


@pytest.fixture
def own_root(root: Path, folder: Path) -> Path:
    """Copy the data root, for a test that spoils it."""
    subprocess.run(["cp", "-a", root, folder / ".scidex"], check=True)
    return folder / ".scidex"


@pytest.fixture
def started() -> Iterator[Callable[..., EmbeddedPostgres]]:
    """Start servers that end with the test."""
    servers: list[EmbeddedPostgres] = []

    def run(root: Path, pg_bin: Path | None = None, **settings: str) -> EmbeddedPostgres:
        servers.append(start(root, pg_bin, settings=settings))
        return servers[-1]

    yield run
    for server in servers:
        server.stop()


@pytest.fixture
def owner() -> Iterator[Callable[[Path], Owner]]:
    """Start owners in processes of their own, which end with the test."""
    processes: list[subprocess.Popen[str]] = []

    def run(root: Path) -> Owner:
        command = [sys.executable, "-c", _OWNER, str(root)]
        pipe = subprocess.PIPE
        processes.append(subprocess.Popen(command, cwd=CHECKOUT, stdin=pipe, stdout=pipe, text=True))
        return Owner(processes[-1])

    yield run
    for process in processes:
        process.communicate(timeout=30)


def server_pid(root: Path) -> int:
    """Read the process id of a running server."""
    return int((root / "postgres/data/postmaster.pid").read_text().split("\n", 1)[0])


def kill(pid: int) -> None:
    """End a process without its say."""
    os.kill(pid, signal.SIGKILL)


def query(dsn: str, statement: str) -> object:
    """Run and commit; return the one value that the last statement gives, or None if it gives none."""
    with psycopg.connect(dsn, connect_timeout=5) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None
