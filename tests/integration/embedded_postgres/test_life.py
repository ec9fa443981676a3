"""Started, started again, borrowed, stopped."""

import os
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from scidex.core.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError, start
from tests.integration.embedded_postgres.conftest import Owner, query, server_pid

# Programs are started and stopped: seconds each, and the same on every PostgreSQL that is tested against.
pytestmark = [pytest.mark.slow, pytest.mark.ci]

Started = Callable[..., EmbeddedPostgres]


def test_the_first_start_makes_a_durable_unicode_database_behind_a_private_socket(
    folder: Path, started: Started
) -> None:
    server = started(folder / "a long and spaced name" / ("x" * 150))
    socket = Path(str(conninfo_to_dict(server.dsn)["host"]))
    assert server.owned
    assert query(server.dsn, "SELECT current_database()") == "scidex"
    assert query(server.dsn, "SHOW server_encoding") == "UTF8"
    assert query(server.dsn, "SELECT lower('Ä')") == "ä"
    assert query(server.dsn, "SELECT array_agg(t ORDER BY t) FROM (VALUES ('a'), ('B')) AS v (t)") == [
        "B",
        "a",
    ]
    assert query(server.dsn, "SHOW timezone") == "UTC"
    assert query(server.dsn, "SHOW fsync") == "on"
    assert query(server.dsn, "SHOW listen_addresses") == ""
    assert len(str(socket / ".s.PGSQL.5432")) < 100
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700


def test_everything_lies_under_the_data_root(root: Path, started: Started) -> None:
    started(root)
    assert {path.name for path in root.iterdir()} == {"postgres", "postgres.log"}
    names = {path.name for path in (root / "postgres").iterdir()}
    # From a checkout in a private folder the account of the server can run no programs, so it has copies of them.
    assert {name for name in names if not name.startswith("binaries-")} == {"data", "lock", "socket"}
    assert stat.S_IMODE((root / "postgres/data").stat().st_mode) == 0o700


def test_a_second_start_finds_what_the_first_one_wrote(root: Path, started: Started) -> None:
    first = started(root)
    query(first.dsn, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS seven")
    first.stop()
    second = started(root)
    assert second.owned
    assert query(second.dsn, "SELECT seven FROM kept") == 7


def test_stopping_leaves_nothing_behind_and_may_be_repeated(root: Path, started: Started) -> None:
    server = started(root)
    socket = Path(str(conninfo_to_dict(server.dsn)["host"]))
    pid = server_pid(root)
    began = time.monotonic()
    server.stop()
    server.stop()
    assert time.monotonic() - began < 10
    assert not socket.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_stopping_does_not_wait_for_idle_or_open_connections(root: Path, started: Started) -> None:
    server = started(root)
    connection = psycopg.connect(server.dsn)
    connection.execute("SELECT 1")
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 10
    connection.close()


def test_a_running_server_is_borrowed_and_survives_its_borrower(root: Path, started: Started) -> None:
    first, second = started(root), started(root)
    assert (first.owned, second.owned) == (True, False)
    assert first.dsn == second.dsn
    second.stop()
    assert query(first.dsn, "SELECT 1") == 1


def test_of_two_starters_at_once_one_owns_and_one_borrows(
    folder: Path, owner: Callable[[Path], Owner]
) -> None:
    both = [owner(folder / ".scidex"), owner(folder / ".scidex")]
    reports = [one.report() for one in both]
    assert sorted(owned for owned, _ in reports) == [False, True]
    assert len({dsn for _, dsn in reports}) == 1
    assert query(reports[0][1], "SELECT current_database()") == "scidex"


def test_the_keys_of_a_terminal_do_not_reach_the_server(root: Path, started: Started) -> None:
    started(root)
    assert os.getsid(server_pid(root)) != os.getsid(0)


def test_only_the_main_thread_starts_a_server_but_any_thread_borrows_one(
    root: Path, started: Started
) -> None:
    outcomes: list[object] = []

    def attempt() -> None:
        try:
            outcomes.append(start(root).owned)
        except EmbeddedPostgresError as error:
            outcomes.append(str(error))

    for prepare in (lambda: None, lambda: started(root)):
        prepare()
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join(30)
    assert "main thread" in str(outcomes[0])
    assert outcomes[1] is False
