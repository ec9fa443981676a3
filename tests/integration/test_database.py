"""The pools: reads that cannot write, waits that end, connections that come back."""

import contextvars
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from psycopg_pool import PoolTimeout

from scidex.core import turns
from scidex.core.connections import BoundedConnection
from scidex.core.database import (
    Database,
    close_database,
    get_db,
    get_db_ro,
    open_database,
)
from scidex.core.schema import init_db, missing_tables
from scidex.core.settings import Settings

POOL_SECONDS = 0.5
STATEMENT_MILLISECONDS = 300


@pytest.fixture
def database(dsn: str) -> Iterator[Database]:
    """Open small pools with short bounds on this test's own database."""
    environment = {
        "SCIDEX_PG_DSN": dsn,
        "SCIDEX_PG_RO_POOL_MAX": "2",
        "SCIDEX_PG_POOL_TIMEOUT": str(POOL_SECONDS),
        "SCIDEX_PG_STATEMENT_TIMEOUT": str(STATEMENT_MILLISECONDS),
    }
    yield open_database(Settings.from_environment(environment))
    close_database()


def _insert(conn: psycopg.Connection, name: str) -> None:
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES (%s, 'dataset', 'A')", [name])


def _insert_and_fail(conn: psycopg.Connection) -> None:
    _insert(conn, "dataset-lost")
    raise ZeroDivisionError


def _ids(conn: psycopg.Connection) -> list[str]:
    return [name for (name,) in conn.execute("SELECT id FROM artifacts ORDER BY id")]


def _wait_until_idle(database: Database) -> None:
    # A connection is reset in the background after it came back.
    deadline = time.monotonic() + 5
    while database.figures()["read"]["available"] < database.figures()["read"]["size"]:
        assert time.monotonic() < deadline, "a connection did not come back"
        time.sleep(0.01)


@pytest.mark.usefixtures("database")
def test_the_read_pool_refuses_writes() -> None:
    with pytest.raises(errors.ReadOnlySqlTransaction), get_db_ro() as conn:
        _insert(conn, "dataset-a")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_a_reader_that_ended_its_transaction_still_cannot_write(end: str) -> None:
    with get_db_ro() as conn:
        getattr(conn, end)()
        with pytest.raises(errors.ReadOnlySqlTransaction):
            _insert(conn, "dataset-a")


@pytest.mark.usefixtures("database")
def test_a_reader_that_asks_to_write_does_not_spoil_the_connection_for_the_next() -> None:
    for _ in range(3):
        with get_db_ro() as conn:
            conn.rollback()
            conn.read_only = False
    for _ in range(3):
        with pytest.raises(errors.ReadOnlySqlTransaction), get_db_ro() as conn:
            _insert(conn, "dataset-a")


@pytest.mark.usefixtures("database")
def test_a_write_is_committed_and_a_failed_one_is_not() -> None:
    with get_db() as conn:
        _insert(conn, "dataset-kept")
    with pytest.raises(ZeroDivisionError), get_db() as conn:
        _insert_and_fail(conn)
    with get_db_ro() as conn:
        assert _ids(conn) == ["dataset-kept"]


@pytest.mark.usefixtures("database")
def test_one_read_sees_one_state() -> None:
    with get_db_ro() as reader:
        before = _ids(reader)
        with get_db() as writer:
            _insert(writer, "dataset-new")
        assert _ids(reader) == before
    with get_db_ro() as reader:
        assert _ids(reader) == ["dataset-new"]


def test_a_read_begins_with_its_settings_in_one_message(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.read.wait()
    database.primary.wait()
    begun: list[bytes] = []
    begin = BoundedConnection.begin

    def noted(conn: BoundedConnection, statements: bytes) -> None:
        begun.append(statements)
        begin(conn, statements)

    monkeypatch.setattr(BoundedConnection, "begin", noted)
    monkeypatch.setattr(BoundedConnection, "execute", None)
    with get_db_ro() as conn:
        monkeypatch.undo()
        settings = ("statement_timeout", "transaction_isolation", "transaction_read_only")
        shown = [conn.execute("SELECT current_setting(%s)", [name]).fetchall()[0][0] for name in settings]
    assert shown == [f"{STATEMENT_MILLISECONDS}ms", "repeatable read", "on"]
    assert len(begun) == 1


@pytest.mark.usefixtures("database")
def test_a_slow_statement_is_cancelled() -> None:
    began = time.monotonic()
    with pytest.raises(errors.QueryCanceled), get_db_ro() as conn:
        conn.execute("SELECT pg_sleep(30)")
    assert time.monotonic() - began < STATEMENT_MILLISECONDS / 1000 + 5


@pytest.mark.usefixtures("database")
def test_what_a_reader_computes_between_answers_counts_as_work() -> None:
    with get_db_ro() as conn:
        conn.execute("SELECT 1")
        time.sleep(STATEMENT_MILLISECONDS / 1000 + 1.5)
        assert conn.execute("SELECT 2").fetchone() == (2,)


@pytest.mark.usefixtures("database")
def test_answers_that_come_one_by_one_are_waited_for_only_so_long() -> None:
    began = time.monotonic()
    with get_db_ro() as conn, pytest.raises(psycopg.OperationalError):
        _ask_slowly(conn, times=200)
    assert time.monotonic() - began < 5 * (STATEMENT_MILLISECONDS / 1000 + 1)


def _ask_slowly(conn: psycopg.Connection, *, times: int) -> None:
    for _ in range(times):
        conn.execute("SELECT pg_sleep(%s)", [STATEMENT_MILLISECONDS / 2000])


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="stops a process of the server")
def test_a_server_that_never_answers_is_given_up_and_its_connection_replaced(database: Database) -> None:
    before = database.figures()["read"]
    with get_db_ro() as conn:
        stopped = conn.info.backend_pid
        os.kill(stopped, signal.SIGSTOP)
        try:
            began = time.monotonic()
            with pytest.raises(psycopg.OperationalError):
                conn.execute("SELECT 1")
            assert time.monotonic() - began < POOL_SECONDS + STATEMENT_MILLISECONDS / 1000 + 1
        finally:
            os.kill(stopped, signal.SIGCONT)
    with get_db_ro() as conn:
        assert conn.info.backend_pid != stopped
    _wait_until_idle(database)
    assert database.figures()["read"]["size"] == before["size"]


@pytest.mark.usefixtures("database")
def test_an_exhausted_pool_is_waited_for_only_so_long() -> None:
    began = time.monotonic()
    with get_db_ro(), get_db_ro(), pytest.raises(PoolTimeout), get_db_ro():
        pass
    assert POOL_SECONDS <= time.monotonic() - began < POOL_SECONDS + 5


@pytest.mark.usefixtures("database")
def test_a_request_that_waited_for_its_turn_waits_no_longer_for_a_connection() -> None:
    def borrow() -> None:
        turns._asked.set(time.monotonic() - 0.9 * POOL_SECONDS)
        with get_db_ro():
            pass

    with get_db_ro(), get_db_ro():
        began = time.monotonic()
        with pytest.raises(PoolTimeout):
            contextvars.copy_context().run(borrow)
        assert time.monotonic() - began < 0.5 * POOL_SECONDS


def test_connections_come_back_whatever_happens(database: Database) -> None:
    for _ in range(20):
        with pytest.raises(errors.UndefinedTable), get_db_ro() as conn:
            conn.execute("SELECT name FROM nowhere")
    _wait_until_idle(database)


def test_a_read_ends_its_transaction(database: Database, own_database: psycopg.Connection) -> None:
    with get_db_ro() as conn:
        _ids(conn)
    _wait_until_idle(database)
    own_database.rollback()
    row = own_database.execute(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND pid <> pg_backend_pid()"
    ).fetchone()
    assert row == (0,)


@pytest.mark.usefixtures("database")
def test_connections_that_died_in_the_pool_are_passed_over(own_database: psycopg.Connection) -> None:
    with get_db_ro(), get_db_ro():
        pass
    own_database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with get_db_ro() as conn:
        assert _ids(conn) == []


def test_a_database_that_is_away_is_said_within_the_bound(tmp_path: Path) -> None:
    away = {"SCIDEX_PG_DSN": f"host={tmp_path}", "SCIDEX_PG_POOL_TIMEOUT": str(POOL_SECONDS)}
    open_database(Settings.from_environment(away))
    try:
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError), get_db_ro():
            pass
        assert time.monotonic() - began < POOL_SECONDS + 5
    finally:
        close_database()


def test_init_db_keeps_what_is_there(own_database: psycopg.Connection) -> None:
    _insert(own_database, "dataset-kept")
    init_db(own_database)
    assert _ids(own_database) == ["dataset-kept"]
    assert missing_tables(own_database) == []


def test_missing_tables_are_named(own_database: psycopg.Connection) -> None:
    own_database.execute("DROP TABLE model_versions CASCADE")
    assert missing_tables(own_database) == ["model_versions"]


def test_each_mutation_is_counted(own_database: psycopg.Connection) -> None:
    _insert(own_database, "dataset-a")
    own_database.execute("UPDATE artifacts SET title = 'B'")
    assert own_database.execute("SELECT version FROM artifacts").fetchone() == (2,)
