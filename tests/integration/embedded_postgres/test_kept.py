"""A server that is kept is there again after it was killed: by its owner, else by who borrowed it, else it is said."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from scidex.core.embedded_postgres import EmbeddedPostgres, keeper
from tests.integration.embedded_postgres.conftest import CHECKOUT, Owner, kill, query, server_pid

# Programs are started and stopped: seconds each, and the same on every PostgreSQL that is tested against.
pytestmark = [pytest.mark.slow, pytest.mark.ci]

Started = Callable[..., EmbeddedPostgres]

_BACK_SECONDS = (
    10.0  # two on a machine that does nothing else; tests/faults/test_embedded_server.py measures it
)
_KEEPER = """
import sys
from pathlib import Path
from scidex.core.embedded_postgres import start
server = start(Path(sys.argv[1]))
server.keep(lambda: None)
print(server.owned, server.dsn, sep="|", flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture
def other(root: Path) -> Iterator[Callable[[], Owner]]:
    """Start processes that keep the server; they end with the test."""
    processes: list[subprocess.Popen[str]] = []

    def run() -> Owner:
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", _KEEPER, str(root)]
        processes.append(subprocess.Popen(command, cwd=CHECKOUT, stdin=pipe, stdout=pipe, text=True))
        return Owner(processes[-1])

    yield run
    for process in processes:
        if process.poll() is None:
            process.communicate(timeout=30)


def _wait_until_back(dsn: str) -> None:
    deadline = time.monotonic() + _BACK_SECONDS
    while True:
        try:
            query(dsn, "SELECT 1")
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, "the server is not there again"
            time.sleep(0.02)
        else:
            return


def _kill_server(root: Path) -> None:
    pid = server_pid(root)
    kill(pid)
    while Path(f"/proc/{pid}").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z":
        time.sleep(0.01)


def _fail() -> None:
    pytest.fail("the server was given up")


def test_a_killed_server_is_started_again_by_its_owner_each_time(root: Path, started: Started) -> None:
    server = started(root)
    server.keep(_fail)
    query(server.dsn, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS seven")
    for _ in range(2):
        _kill_server(root)
        _wait_until_back(server.dsn)
    assert server.owned
    assert query(server.dsn, "SELECT seven FROM kept") == 7


def test_who_borrowed_a_server_finds_it_where_it_was(
    root: Path, started: Started, other: Callable[[], Owner]
) -> None:
    owned, dsn = other().report()
    borrowed = started(root)
    borrowed.keep(_fail)
    assert (owned, borrowed.owned, borrowed.dsn) == (True, False, dsn)
    _kill_server(root)
    _wait_until_back(borrowed.dsn)
    assert not borrowed.owned


@pytest.mark.parametrize("killed", [True, False], ids=["killed", "ended in order"])
def test_who_borrowed_a_server_whose_owner_is_gone_starts_it_itself(
    *, killed: bool, root: Path, started: Started, other: Callable[[], Owner]
) -> None:
    owner = other()
    owner.report()
    borrowed = started(root)
    borrowed.keep(_fail)
    if killed:
        owner.process.kill()
    owner.process.communicate(timeout=30)
    deadline = time.monotonic() + _BACK_SECONDS
    while not borrowed.owned:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    _wait_until_back(borrowed.dsn)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a query is waited for")
def test_a_query_that_the_killed_server_left_behind_is_not_waited_for(root: Path, started: Started) -> None:
    server = started(root)
    server.keep(_fail)
    busy = threading.Thread(target=_compute, args=(server.dsn,))
    busy.start()
    while query(server.dsn, "SELECT count(*) FROM pg_stat_activity WHERE query ~ '^SELECT count.md5'") != 1:
        time.sleep(0.01)
    _kill_server(root)
    _wait_until_back(server.dsn)
    busy.join(10)
    assert not busy.is_alive()


def _compute(dsn: str) -> None:
    bounded = make_conninfo(dsn, options="-c statement_timeout=60s")
    with psycopg.connect(bounded) as conn, pytest.raises(psycopg.OperationalError):
        conn.execute("SELECT count(md5(n::text)) FROM generate_series(1, 1000000000) AS n")


def test_one_that_ends_again_and_again_is_given_up_with_a_sentence(
    own_root: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_MOST_STARTS", 3)
    monkeypatch.setattr(keeper, "_FIRST_PAUSE", 0.01)
    given_up = threading.Event()
    server = started(own_root)
    server.keep(given_up.set)
    (own_root / "postgres/data/global/pg_control").unlink()
    _kill_server(own_root)
    assert given_up.wait(30)
    assert server.failure is not None
    assert server.failure.startswith("The embedded PostgreSQL ended 4 times within 60 seconds")
    assert "pg_control" in server.failure  # the end of its log


def test_a_server_that_is_stopped_is_not_started_again(root: Path, started: Started) -> None:
    server = started(root)
    server.keep(_fail)
    server.stop()
    time.sleep(0.5)
    assert not (root / "postgres/data/postmaster.pid").exists()
    assert server.failure is None


def test_a_folder_of_the_socket_that_somebody_else_has_by_now_is_left_to_them(
    root: Path, started: Started
) -> None:
    former = started(root)
    former.stop()
    folder = Path(str(conninfo_to_dict(former.dsn)["host"]))
    folder.mkdir(mode=0o777)
    try:
        folder.chmod(0o777)
        (folder / "theirs").touch()
        now = started(root)
        assert now.dsn != former.dsn
        assert [left.name for left in folder.iterdir()] == ["theirs"]
    finally:
        (folder / "theirs").unlink()
        folder.rmdir()
