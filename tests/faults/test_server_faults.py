"""The server process is killed under load and started again; one of several workers is killed."""

import os
import signal
import time

import pytest

from tests.faults.clients import CLIENTS
from tests.faults.conftest import Serve
from tests.faults.postgres import Postgres, children
from tests.faults.questions import Question
from tests.faults.suffering import suffer

pytestmark = pytest.mark.slow


def test_killed_and_started_again(postgres: Postgres, serve: Serve, asked: list[Question]) -> None:
    served = serve(postgres.dsn)

    def kill() -> None:
        served.kill()
        time.sleep(1)
        served.start()

    record = suffer(served, asked, kill, breaking=True)
    assert record.of("broken")
    ours = postgres.query("SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^scidex'")
    assert ours == [(10,)], "connections of the killed process are left"


def test_a_worker_that_is_killed_is_replaced_and_missed_by_nobody_else(
    postgres: Postgres, serve: Serve, asked: list[Question]
) -> None:
    served = serve(postgres.dsn, "--workers", "2")
    former = workers(served.process.pid)
    assert len(former) == 2

    def kill() -> None:
        os.kill(former[0], signal.SIGKILL)

    record = suffer(served, asked, kill, breaking=True)
    assert len(record.of("broken")) <= CLIENTS
    deadline = time.monotonic() + 20
    while len(now := workers(served.process.pid)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert former[1] in now
    assert former[0] not in now


def workers(pid: int) -> list[int]:
    """Name the worker processes of a server; multiprocessing's tracker of resources is none."""
    return [child for child in children(pid) if "spawn_main" in _command(child)]


def _command(pid: int) -> str:
    with open(f"/proc/{pid}/cmdline") as line:  # noqa: PTH123  no file, a view of the kernel's
        return line.read()
