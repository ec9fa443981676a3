"""A real PostgreSQL for every test: one server for the session, the host's tables and the registry in a template."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI
from hypothesis import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import tuple_row
from pytest_postgresql import factories
from pytest_postgresql.executors import NoopExecutor
from pytest_postgresql.janitor import DatabaseJanitor
from starlette.templating import Jinja2Templates
from starlette.testclient import TestClient
from typing_extensions import override

from scidex.atlas.model_registry import fold, install, register_routes
from scidex.core import embedded_postgres
from scidex.core.schema import init_db
from scidex.core.settings import Settings
from tests.distribution import pytest_collection_modifyitems, pytest_xdist_make_scheduler  # noqa: F401  hooks
from tests.folders import open_folder
from tests.serving import AsSent, serve

# Of the programs that tests start, each would compile every module anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A machine under load is no fault of the code, and what failed is printed rather than kept in a folder.
settings.register_profile("ordinary", deadline=None, database=None, max_examples=30, print_blob=True)
settings.load_profile("ordinary")

CHECKOUT = Path(__file__).resolve().parents[1]

# What is lost with the machine does not matter to a test; that it is written at once would take its time.
_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
# So that a test can subscribe to a database, and prepare a transaction.
_SETTINGS = _FAST | {"wal_level": "logical", "max_prepared_transactions": "4"}


# A shell ignores these for what it starts in the background, and children inherit that: a server that tests send
# them to would go on.
for _ignored in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
    if signal.getsignal(_ignored) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
        signal.signal(_ignored, signal.SIG_DFL)

FIGURES = "figures"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave modules and tests out of every search for garbage: they stay, and each search took half a second."""
    gc.disable()
    done = yield
    gc.collect()
    gc.freeze()
    gc.enable()
    return done


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell the figures that tests recorded, in whichever process they ran."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == FIGURES:
                terminalreporter.write_line(f"{report.nodeid}: {value}")


@dataclass(frozen=True)
class _Server:
    """The embedded server as pytest-postgresql wants a server it did not start described."""

    host: str
    port: int
    user: str
    password: str = ""
    options: str = ""
    maintenance_dbname: str = "postgres"
    template_dbname: str | None = None


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[_Server]:
    """Start the embedded server, on the binaries of ``PG_BIN`` where that is set."""
    with open_folder("tests-") as root:
        server = embedded_postgres.start(root, Settings.from_environment().pg_bin, settings=_SETTINGS)
        where = conninfo_to_dict(server.dsn)
        yield _Server(host=str(where["host"]), port=int(where.get("port") or 5432), user=str(where["user"]))
        server.stop()


def _install(**where: Any) -> None:
    with psycopg.connect(**where) as conn:
        init_db(conn)
        install(conn)


registry_server = factories.postgresql_noproc(
    dbname="registry", load=[_install], depends_on="embedded_server"
)


class _Janitor(DatabaseJanitor):
    """Copies the files of the template, which takes half the time of writing each of its pages to the log."""

    @override
    def _build_create_database_sql(self) -> sql.Composed:
        return super()._build_create_database_sql() + sql.SQL(" STRATEGY file_copy")


@contextmanager
def database(server: NoopExecutor, name: str) -> Iterator[str]:
    """Make a database from the template, for as long as the block runs."""
    janitor = _Janitor(
        user=server.user,
        host=server.host,
        port=server.port,
        dbname=name,
        template_dbname=server.template_dbname,
        maintenance_dbname=server.maintenance_dbname,
    )
    with janitor:
        yield make_conninfo(host=server.host, port=server.port, user=server.user, dbname=name)


@pytest.fixture
def own_database(registry_server: NoopExecutor) -> Iterator[psycopg.Connection]:
    """Connect to a database that is this test's alone."""
    with database(registry_server, "own") as dsn, closing(psycopg.connect(dsn)) as conn:
        yield conn


@pytest.fixture
def dsn(own_database: psycopg.Connection) -> str:
    """Name a database that is this test's alone, with the host's tables and the registry installed."""
    return own_database.info.dsn


@pytest.fixture(scope="session")
def shared_dsn(registry_server: NoopExecutor) -> Iterator[str]:
    """Name the database that ``conn`` reads and writes without ever committing."""
    with database(registry_server, "shared") as dsn:
        yield dsn


@pytest.fixture(scope="session")
def _kept(shared_dsn: str) -> Iterator[list[psycopg.Connection]]:
    """Keep the connection of ``conn`` between tests, as a pool would: a new one compiles every function anew."""
    kept = [psycopg.connect(shared_dsn)]
    yield kept
    kept[0].close()


# Every list reads the rows that earlier tests wrote and rolled back; a test after large ones took 30 times as long.
_MOST_LEFT = 1_000_000


def _sweep(kept: psycopg.Connection) -> None:
    """Vacuum the tables of ``conn`` where more bytes are left in them than tests need."""
    kept.row_factory = tuple_row
    ((size, tables),) = kept.execute(
        "SELECT sum(pg_table_size(oid)), string_agg(oid::regclass::text, ', ') FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ).fetchall()
    kept.rollback()
    if size > _MOST_LEFT:
        kept.autocommit = True
        kept.execute(f"VACUUM {tables}".encode())
        kept.autocommit = False


@pytest.fixture
def conn(shared_dsn: str, _kept: list[psycopg.Connection]) -> Iterator[psycopg.Connection]:
    """Lend a connection to an empty registry; what the test writes is rolled back."""
    if _kept[0].closed:
        _kept[0] = psycopg.connect(shared_dsn)
    kept = _kept[0]
    kept.row_factory, kept.prepare_threshold = tuple_row, 5  # a test may have set others
    with kept.transaction(force_rollback=True):
        yield kept
    if not kept.closed:
        _sweep(kept)


class _Lender:
    """Lends the connection of the running test to an application that outlives it; building one takes 0.1 s."""

    conn: psycopg.Connection

    @contextmanager
    def lend(self) -> Iterator[psycopg.Connection]:
        yield self.conn


@pytest.fixture(scope="session")
def _registry_client() -> Iterator[tuple[TestClient, _Lender]]:
    app, lender = FastAPI(), _Lender()
    register_routes(app, templates=Jinja2Templates(CHECKOUT / "templates"), get_connection=lender.lend)
    with TestClient(AsSent(app)) as client:
        yield client, lender


@pytest.fixture
def client(conn: psycopg.Connection, _registry_client: tuple[TestClient, _Lender]) -> TestClient:
    """Lend a client of the four routes that see what the test wrote through ``conn``."""
    client, lender = _registry_client
    lender.conn = conn
    return client


@pytest.fixture(scope="session")
def demo_dsn(registry_server: NoopExecutor) -> Iterator[str]:
    """Name a database that holds the demo models; tests only read it."""
    from scidex.forge.demo import register_demo  # noqa: PLC0415  only tests of the demo need it

    with database(registry_server, "demo") as dsn:
        with psycopg.connect(dsn) as conn:
            register_demo(conn)
        yield dsn


@pytest.fixture(scope="session")
def generated_dsn(registry_server: NoopExecutor) -> Iterator[str]:
    """Name a database of two thousand generated models, folded and analysed, with the benchmark's floor tables."""
    from tests.benchmark.database import FLOOR  # noqa: PLC0415  only tests of many models need it
    from tests.benchmark.load import load  # noqa: PLC0415
    from tests.benchmark.registry import Registry  # noqa: PLC0415

    with database(registry_server, "generated") as dsn:
        load(dsn, Registry(2000, (1_000, 2_000)), lambda _what, _rows: None)
        with psycopg.connect(dsn, autocommit=True) as conn:
            while fold(conn=conn):
                pass
            conn.execute(FLOOR.read_bytes())
            conn.execute("VACUUM (ANALYZE)")
        yield dsn


@pytest.fixture(scope="session")
def live_server(demo_dsn: str) -> Iterator[str]:
    """Return the base address of the whole application, served by uvicorn in a process of its own on the demo."""
    with serve(demo_dsn) as address:
        yield address
