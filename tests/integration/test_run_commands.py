"""The commands as a person types them, in a checkout of their own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from scidex.commands import program as commands
from tests.folders import open_folder
from tests.integration.running import copy_checkout, get, served_at, server_lives

# Programs are started and stopped: seconds each, and the same on every PostgreSQL that is tested against.
pytestmark = [pytest.mark.slow, pytest.mark.ci]

Start = Callable[..., subprocess.Popen[str]]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """Copy what runs, so that the data of whoever runs the tests stay out of it."""
    with open_folder("commands test ") as folder:
        yield copy_checkout(folder / "check out")


@pytest.fixture
def start(checkout: Path) -> Iterator[Start]:
    """Start commands that end with the test."""
    processes: list[subprocess.Popen[str]] = []

    def run(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SCIDEX_")}
        command = [sys.executable, "-m", "scidex", *arguments]
        pipe = subprocess.PIPE
        processes.append(
            subprocess.Popen(
                command, cwd=checkout, env=kept | environment, stdout=pipe, stderr=pipe, text=True
            )
        )
        return processes[-1]

    yield run
    for process in processes:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


def _finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    said, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    return process.returncode, said, errors


def test_serve_starts_empty_or_with_the_demo_and_ctrl_c_ends_everything(checkout: Path, start: Start) -> None:
    empty = start("serve", "--port", "0", "--no-demo")
    assert get(served_at(empty) + "/api/models")["total"] == 0
    empty.send_signal(signal.SIGINT)
    assert _finish(empty)[:2] == (0, "")
    assert not server_lives(checkout)

    filled = start("serve", "--port", "0")
    address = served_at(filled)
    assert get(address + "/api/models")["total"] >= 18
    assert get(address + "/health")["status"] == "ok"
    filled.send_signal(signal.SIGINT)
    assert _finish(filled)[0] == 0
    assert not server_lives(checkout)


def test_many_interrupts_end_everything_in_order_too(checkout: Path, start: Start) -> None:
    serving = start("serve", "--port", "0", "--no-demo")
    served_at(serving)
    for _ in range(20):
        if serving.poll() is None:
            serving.send_signal(signal.SIGINT)
            time.sleep(0.02)
    assert _finish(serving) == (0, "", "")
    assert not server_lives(checkout)


def test_an_interrupt_while_modules_load_leaves_no_traceback(start: Start) -> None:
    starting = start("serve", "--port", "0", "--no-demo")
    time.sleep(0.3)
    starting.send_signal(signal.SIGINT)
    returned, said, errors = _finish(starting)
    assert returned in {-signal.SIGINT, 130}
    assert (said, errors) == ("", "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_killed_parent_leaves_no_worker_on_the_port_and_no_server(checkout: Path, start: Start) -> None:
    serving = start("serve", "--port", "0", "--workers", "2", "--no-demo")
    port = int(served_at(serving).rpartition(":")[2])
    serving.kill()
    deadline = time.monotonic() + 20
    while _is_taken(port) or server_lives(checkout):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _is_taken(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return True
    return False


@pytest.fixture
def empty_dsn(dsn: str) -> Iterator[str]:
    """Make a database without tables."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE DATABASE without_tables TEMPLATE template0")
        yield make_conninfo(dsn, dbname="without_tables")
        connection.execute("DROP DATABASE without_tables WITH (FORCE)")


@pytest.fixture
def crowded_dsn(dsn: str) -> Iterator[str]:
    """Make a database for a role that the server lets in twice."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE ROLE let_in_twice LOGIN CONNECTION LIMIT 2")
        connection.execute("CREATE DATABASE crowded TEMPLATE template0 OWNER let_in_twice")
        yield make_conninfo(dsn, dbname="crowded", user="let_in_twice")
        connection.execute("DROP DATABASE crowded WITH (FORCE)")
        connection.execute("DROP ROLE let_in_twice")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command in this process, on the database that it names."""
    handler = signal.getsignal(signal.SIGTERM)

    def main(*arguments: str, **environment: str) -> tuple[int, str, str]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        status = commands.main(arguments)
        return (status, *capsys.readouterr())

    yield main
    signal.signal(signal.SIGTERM, handler)


def test_in_a_database_of_ones_own_only_init_db_creates(empty_dsn: str, run: Run) -> None:
    for command in (("serve", "--port", "0"), ("demo",)):
        status, said, errors = run(*command, SCIDEX_PG_DSN=empty_dsn)
        assert (status, said) == (1, "")
        assert "lacks artifact_links, artifacts, model_versions" in errors
        assert "python3 run.py init-db" in errors
    with psycopg.connect(empty_dsn) as connection:
        assert connection.execute("SELECT FROM pg_tables WHERE schemaname = 'public'").fetchall() == []
    status, said, _ = run("init-db", SCIDEX_PG_DSN=empty_dsn)
    assert (status, "created artifact_links, artifacts, model_versions" in said) == (0, True)
    status, said, _ = run("init-db", SCIDEX_PG_DSN=empty_dsn)
    assert (status, "all of them were there" in said) == (0, True)


def test_init_db_goes_on_with_the_connections_it_gets(crowded_dsn: str, run: Run) -> None:
    status, _, errors = run("init-db", SCIDEX_PG_DSN=crowded_dsn)
    assert (status, errors) == (0, "")


def test_the_demo_is_registered_once(dsn: str, run: Run) -> None:
    status, said, _ = run("demo", SCIDEX_PG_DSN=dsn)
    assert status == 0
    assert re.fullmatch(r"\d+ demo models registered.\n", said)
    assert run("demo", SCIDEX_PG_DSN=dsn) == (0, "The demo models were all registered before.\n", "")


@pytest.mark.parametrize(
    ("ending", "workers"),
    [(signal.SIGTERM, "2"), (signal.SIGHUP, "2"), (signal.SIGHUP, "1"), (signal.SIGQUIT, "1")],
)
def test_a_database_of_ones_own_is_served_as_it_is_until_a_signal_ends_it(
    ending: signal.Signals, workers: str, dsn: str, checkout: Path, start: Start
) -> None:
    serving = start("serve", "--port", "0", "--workers", workers, SCIDEX_PG_DSN=dsn)
    address = served_at(serving)
    assert get(address + "/api/models")["total"] == 0
    assert not server_lives(checkout)
    serving.send_signal(ending)
    returned, said, log = _finish(serving)
    assert (returned, said) == (0, "")
    assert [json.loads(line)["path"] for line in log.splitlines()] == ["/api/models"]
    with pytest.raises(OSError, match="refused"):
        get(address + "/health")


def test_under_nohup_a_hangup_ends_nothing(dsn: str, start: Start) -> None:
    former = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # inherited by what is started
    try:
        serving = start("serve", "--port", "0", "--workers", "2", SCIDEX_PG_DSN=dsn)
    finally:
        signal.signal(signal.SIGHUP, former)
    address = served_at(serving)
    serving.send_signal(signal.SIGHUP)
    time.sleep(1)
    assert get(address + "/api/models")["total"] == 0
    serving.terminate()
    assert _finish(serving)[0] == 0


@pytest.mark.parametrize(
    "damage", ["DROP FUNCTION model_registry_affected", "DROP TABLE model_registry_changes CASCADE"]
)
def test_what_the_registry_lacks_is_named(damage: str, dsn: str, run: Run) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute(damage.encode())
    status, _, errors = run("serve", "--port", "0", SCIDEX_PG_DSN=dsn)
    assert status == 1
    assert "lacks the registry's own objects" in errors
    assert "python3 run.py init-db" in errors


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SCIDEX_PG_DSN": "host=/nowhere dbname=x"}, "cannot be reached"),
        ({"SCIDEX_PG_DSN": "no such thing"}, "cannot be reached"),
        ({"SCIDEX_PG_POOL_MAX": "many"}, "SCIDEX_PG_POOL_MAX is 'many'"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(environment: dict[str, str], words: str, run: Run) -> None:
    status, said, errors = run("serve", "--port", "0", **environment)
    assert (status, said) == (1, "")
    assert words in errors
    assert errors.count("\n") == 1


def test_a_port_in_use_is_named_before_anything_starts(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, errors = run("serve", "--port", str(port), SCIDEX_PG_DSN="host=/nowhere")
    assert status == 1
    assert f"Cannot listen on 127.0.0.1, port {port}: Address already in use." in errors


@pytest.mark.parametrize("arguments", [("--workers", "0"), ("--port", "70000"), ("--nonsense",)])
def test_options_that_make_no_sense_are_refused(arguments: tuple[str, ...], run: Run) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("serve", *arguments)
