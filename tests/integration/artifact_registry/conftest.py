"""A host of the test's own, for calls without a connection."""

from collections.abc import Iterator

import psycopg
import pytest

from scidex.core import database


@pytest.fixture
def observer(dsn: str) -> Iterator[psycopg.Connection]:
    """Lend a second connection to the test's own database, which sees only what is committed."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield connection


@pytest.fixture
def host(dsn: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Point the host's pools at the test's own database."""
    database.close_database()
    monkeypatch.setenv("SCIDEX_PG_DSN", dsn)
    monkeypatch.delenv("SCIDEX_PG_RO_DSN", raising=False)
    yield
    database.close_database()
