"""The whole application, host pages and middleware included, in this process on a database of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor
from starlette.testclient import TestClient

import api
from scidex.core.database import close_database, open_database
from scidex.core.settings import Settings
from tests.conftest import database
from tests.serving import AsSent
from tests.wrong_input.rows import write_broken_rows, write_heavy_rows, write_large_graphs


@contextmanager
def _application(
    server: NoopExecutor, name: str, write: Callable[[psycopg.Connection], None]
) -> Iterator[TestClient]:
    """Lend a client of the application on new rows; failures are answered as the server answers them."""
    with database(server, name) as dsn:
        with psycopg.connect(dsn) as conn:
            write(conn)
        close_database()
        settings = replace(Settings.from_environment(), pg_dsn=dsn, pg_ro_dsn=None, statement_timeout=60_000)
        open_database(settings)
        app = AsSent(api.app)
        with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
            yield client


@pytest.fixture(scope="module")
def broken(registry_server: NoopExecutor) -> Iterator[TestClient]:
    """Serve a registry of broken rows."""
    with _application(registry_server, "broken", write_broken_rows) as client:
        yield client


@pytest.fixture(scope="module")
def large(registry_server: NoopExecutor) -> Iterator[TestClient]:
    """Serve models with documents of five megabytes and with graphs of ten thousand artifacts.

    From one database: of two applications the one that began first would find its database closed by the other.
    """
    with _application(registry_server, "large", _write_large_rows) as client:
        yield client


def _write_large_rows(conn: psycopg.Connection) -> None:
    write_heavy_rows(conn)
    write_large_graphs(conn)
