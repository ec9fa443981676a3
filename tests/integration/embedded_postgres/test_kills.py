"""A killed server recovers at the next start with every committed row."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from scidex.core.embedded_postgres import EmbeddedPostgres
from scidex.core.embedded_postgres.account import account_for
from tests.integration.embedded_postgres.conftest import Owner, kill, query, server_pid

# Programs are started and stopped: seconds each, and the same on every PostgreSQL that is tested against.
pytestmark = [pytest.mark.slow, pytest.mark.ci]

Started = Callable[..., EmbeddedPostgres]


def _wait_for_the_end_of(pid: int) -> None:
    deadline = time.monotonic() + 15
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < deadline, "the server outlives its owner"
        time.sleep(0.02)


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="only Linux ends a process with its parent")
def test_a_killed_owner_takes_the_server_along_and_the_next_start_works(
    root: Path, started: Started, owner: Callable[[Path], Owner]
) -> None:
    former = owner(root)
    owned, dsn = former.report()
    assert owned
    query(dsn, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS seven")
    pid = server_pid(root)
    kill(former.process.pid)
    _wait_for_the_end_of(pid)
    assert query(started(root).dsn, "SELECT seven FROM kept") == 7


def test_a_start_right_after_the_owner_was_killed_waits_for_the_dying_server(
    root: Path, started: Started, owner: Callable[[Path], Owner]
) -> None:
    former = owner(root)
    former.report()
    kill(former.process.pid)
    former.process.wait(10)
    server = started(root)
    assert server.owned
    assert query(server.dsn, "SELECT 1") == 1


def test_a_killed_server_loses_no_committed_row(root: Path, started: Started) -> None:
    former = started(root)
    query(former.dsn, "DROP TABLE IF EXISTS kept; CREATE TABLE kept (n integer)")
    with psycopg.connect(former.dsn) as committed, psycopg.connect(former.dsn) as uncommitted:
        committed.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
        uncommitted.execute("INSERT INTO kept VALUES (-1)")
        committed.commit()
        kill(server_pid(root))
        committed.close()
        uncommitted.close()
    server = started(root)
    assert server.owned
    assert query(server.dsn, "SELECT (count(*), min(n), max(n))::text FROM kept") == "(1000,1,1000)"
    assert server.dsn == former.dsn


def test_a_process_id_that_somebody_else_has_now_does_not_stop_a_start(root: Path, started: Started) -> None:
    data = root / "postgres/data"
    account = account_for(data)
    stranger = subprocess.Popen(["sleep", "60"], **account.spawn_options())
    try:
        # The lines of PostgreSQL's own file: process, data, start time, port, socket folder, address, state.
        lines = (stranger.pid, data, 1760000000, 5432, "/tmp/scidex-gone", "", "ready   ")  # noqa: S108
        (data / "postmaster.pid").write_text("\n".join(map(str, lines)) + "\n")
        account.own(data / "postmaster.pid")
        assert query(started(root).dsn, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_an_interrupted_first_start_is_begun_anew(folder: Path, started: Started) -> None:
    unfinished = folder / ".scidex/postgres/data.new"
    (unfinished / "base").mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    assert query(started(folder / ".scidex").dsn, "SELECT 1") == 1
    assert not unfinished.exists()
