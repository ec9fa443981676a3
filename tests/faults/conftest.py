"""A PostgreSQL of each test's own with the demo models, the application on it, and what it must answer."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from scidex.atlas.model_registry import fold, install
from scidex.core import embedded_postgres
from scidex.core.embedded_postgres import binaries
from scidex.core.embedded_postgres.account import account_for
from scidex.core.schema import init_db
from scidex.core.settings import Settings
from scidex.forge.demo import register_demo
from tests.faults import figures
from tests.faults.postgres import Postgres
from tests.faults.questions import Question, questions
from tests.faults.served import Served
from tests.folders import open_folder

Serve = Callable[..., Served]

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]  # processes are found, stopped and counted by /proc


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of docs/operations.md."""
    for line in figures.table():
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def filled() -> Iterator[Postgres]:
    """Make a data directory with the demo models, whose server is stopped."""
    pg_bin = Settings.from_environment().pg_bin
    with open_folder("faults-") as root:
        server = embedded_postgres.start(root, pg_bin, settings={"fsync": "off"})
        with psycopg.connect(server.dsn) as conn:
            init_db(conn)
            install(conn)
            register_demo(conn)
        with psycopg.connect(server.dsn) as conn:
            while fold(conn=conn):
                pass
            conn.execute("ANALYZE")
        server.stop()
        data = (root / "postgres").resolve() / "data"
        account = account_for(data)
        folder = binaries.usable_by(account, binaries.find(pg_bin), data.parent)
        yield Postgres(data, folder, account)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Make a folder for data directories and logs."""
    with open_folder("faults-") as path:
        yield path


@pytest.fixture(scope="module")
def postgres(filled: Postgres, place: Path) -> Iterator[Postgres]:
    """Run a PostgreSQL server of these tests' own, with the demo models."""
    server = filled.copy(place / "data")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def asked(postgres: Postgres) -> list[Question]:
    """Name requests and their right answers."""
    return questions(postgres.dsn)


@pytest.fixture
def serve(place: Path) -> Iterator[Serve]:
    """Start the application, on the database of a DSN; it ends with the test, without a traceback in its log."""
    started: list[Served] = []

    def run(dsn: str, *arguments: str, **environment: str) -> Served:
        log = place / f"served-{len(list(place.iterdir()))}.log"
        started.append(Served(log, arguments, environment | {"SCIDEX_PG_DSN": dsn}))
        started[-1].start()
        return started[-1]

    yield run
    for served in started:
        served.stop()
        assert "Traceback" not in served.log.read_text()
