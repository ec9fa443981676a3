"""Taking up never makes a host's write fail or wait, nor does a host's session change what is taken up."""

import threading
import time
from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
import pytest

from scidex.atlas.model_registry import list_models, waiting_changes
from tests.projection.bulks import (
    DATASET,
    fold_all,
    hold_lists_to_the_judge,
    take_up_from,
    write,
    write_beneath,
)
from tests.security.test_privileges import WRITES

_TURN = "LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE"
_SETTINGS: tuple[LiteralString, ...] = (
    "DateStyle = 'German'",
    "TimeZone = 'Pacific/Apia'",
    "IntervalStyle = 'sql_standard'",
    "extra_float_digits = -15",
    "bytea_output = 'escape'",
    "gin_fuzzy_search_limit = 1",
    "transform_null_equals = on",
    "standard_conforming_strings = off",
    "search_path = pg_temp",
    "enable_indexscan = off",
    "enable_bitmapscan = off",
    "join_collapse_limit = 1",
    "work_mem = '64kB'",
    "plan_cache_mode = force_custom_plan",
    "default_transaction_isolation = 'serializable'",
    "lock_timeout = 1",
)

Connection = psycopg.Connection[Any]


@pytest.fixture
def other(dsn: str) -> Iterator[Connection]:
    """Lend a connection of somebody else, in a registry where five entries are many."""
    with psycopg.connect(dsn, autocommit=True) as conn:
        take_up_from(conn, 5)
        write_beneath(conn)
        yield conn


@pytest.fixture
def writer(other: Connection) -> Iterator[Connection]:
    """Lend the connection of a host that writes much."""
    with psycopg.connect(other.info.dsn) as conn:
        yield conn


def _is_left(other: Connection) -> None:
    """Hold the registry to this: the write is there, lists are right, and folding takes it up."""
    assert waiting_changes(conn=other) > 5
    assert list_models(conn=other)["total"] == 5
    hold_lists_to_the_judge(other)
    fold_all(other)
    hold_lists_to_the_judge(other)


def test_the_wait_for_a_turn_that_another_session_keeps_is_bounded(
    writer: Connection, other: Connection, dsn: str
) -> None:
    write(writer)
    with psycopg.connect(dsn) as folder:
        folder.execute(_TURN)
        begun = time.monotonic()
        writer.commit()
        assert 4.5 < time.monotonic() - begun < 15.0
    _is_left(other)


def test_a_turn_that_ends_soon_is_waited_for(writer: Connection, other: Connection, dsn: str) -> None:
    write(writer)
    with psycopg.connect(dsn) as folder:
        folder.execute(_TURN)
        timer = threading.Timer(0.5, folder.commit)
        timer.start()
        writer.commit()
        timer.join()
    assert waiting_changes(conn=other) == 0
    hold_lists_to_the_judge(other)


@pytest.mark.parametrize("table", ["model_registry_projection", "model_registry_edges", "model_versions"])
def test_a_locked_table_leaves_it_to_folding(
    writer: Connection, other: Connection, dsn: str, table: LiteralString
) -> None:
    write(writer)
    with psycopg.connect(dsn) as holder:
        holder.execute(f"LOCK TABLE {table}")
        begun = time.monotonic()
        writer.commit()
        assert time.monotonic() - begun < 10.0
    assert list_models(conn=other)["total"] == 5
    hold_lists_to_the_judge(other)
    fold_all(other)
    hold_lists_to_the_judge(other)


@pytest.mark.parametrize(
    "function", ["model_registry_judge_due(integer)", "model_registry_may_take_up(text)"]
)
def test_a_failure_within_leaves_it_to_folding(
    writer: Connection, other: Connection, function: LiteralString
) -> None:
    write(writer)
    ((definition,),) = other.execute("SELECT pg_get_functiondef(%s::regprocedure)", [function]).fetchall()
    other.execute(f"DROP FUNCTION {function}")
    writer.commit()
    assert list_models(conn=other)["total"] == 5
    hold_lists_to_the_judge(other)
    other.execute(definition)
    fold_all(other)
    hold_lists_to_the_judge(other)


def test_a_cancelled_commit_is_committed(writer: Connection, other: Connection, dsn: str) -> None:
    write(writer)
    with psycopg.connect(dsn) as folder:
        folder.execute(_TURN)
        # Between two waits for the turn, of 0.1 s each: at the end of one PostgreSQL takes a cancel for its timeout.
        timer = threading.Timer(0.35, writer.cancel)
        timer.start()
        begun = time.monotonic()
        writer.commit()
        assert time.monotonic() - begun < 4.5
        timer.join()
    _is_left(other)


def test_a_statement_s_time_is_not_that_of_a_commit(writer: Connection, other: Connection) -> None:
    other.execute(
        """CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NEW; END';
        CREATE TRIGGER slow BEFORE INSERT ON model_registry_projection FOR EACH STATEMENT EXECUTE FUNCTION slow()"""
    )
    writer.execute("SET statement_timeout = '500ms'")
    write(writer)
    writer.commit()
    assert waiting_changes(conn=other) == 0
    hold_lists_to_the_judge(other)


def test_a_transaction_that_may_take_no_longer_leaves_it_to_folding(
    writer: Connection, other: Connection
) -> None:
    if writer.info.server_version < 170000:
        pytest.skip("transaction_timeout is of PostgreSQL 17")
    writer.execute("SET transaction_timeout = '4s'")
    write(writer)
    with psycopg.connect(other.info.dsn) as folder:
        folder.execute(_TURN)
        writer.commit()
    _is_left(other)


def test_who_may_only_read_at_the_end_leaves_it_to_folding(writer: Connection, other: Connection) -> None:
    write(writer)
    writer.execute("SET TRANSACTION READ ONLY")
    writer.commit()
    _is_left(other)


def test_a_replica_leaves_it_to_folding(writer: Connection, other: Connection) -> None:
    other.execute("ALTER TABLE artifacts ENABLE ALWAYS TRIGGER model_registry_inserted")
    writer.execute("SET session_replication_role = replica")
    write(writer)
    writer.commit()
    assert waiting_changes(conn=other) > 5
    assert list_models(conn=other)["total"] == 5
    assert other.execute("SELECT FROM model_registry_bulks").fetchall() == []


def test_settings_of_the_host_change_nothing(writer: Connection, other: Connection) -> None:
    other.execute("UPDATE artifacts SET title = 'a name, 1e-7 of 3.0' WHERE id = %s", [DATASET])
    write(writer)
    for setting in _SETTINGS:
        writer.execute(f"SET LOCAL {setting}")
    writer.commit()
    assert waiting_changes(conn=other) == 0
    hold_lists_to_the_judge(other)


def test_a_writer_without_rights_on_it_takes_it_up_and_no_table_of_its_own(
    writer: Connection, other: Connection
) -> None:
    other.execute("CREATE ROLE scidex_bulk_writer")
    try:
        other.execute(WRITES.replace("scidex_writer", "scidex_bulk_writer").encode())
        writer.execute("SET ROLE scidex_bulk_writer")
        for table in (
            "model_registry_projection",
            "model_registry_due",
            "model_registry_bulks",
            "model_versions",
        ):
            writer.execute(f"CREATE TEMPORARY TABLE {table} ()".encode())
        write(writer)
        writer.commit()
        assert waiting_changes(conn=other) == 0
        hold_lists_to_the_judge(other)
        writer.execute("RESET ROLE")
    finally:
        other.execute("DROP OWNED BY scidex_bulk_writer; DROP ROLE scidex_bulk_writer")
