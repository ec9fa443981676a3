"""The server process is killed under load and started again; one of several workers is killed."""

import os
import signal
import time

import pytest

from tests.faults.clients import CLIENTS
from tests.faults.conftest import Serve
from tests.faults.postgres import Postgres, children
from tests.faults.questions import Question
from tests.faults.served import open_files
from tests.faults.suffering import suffer

pytestmark = pytest.mark.slow

_SETTLED_SECONDS = 3.0  # one that is replaced for no reason ends once its successor answers


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


def test_a_killed_worker_is_replaced_while_others_answer(
    postgres: Postgres, serve: Serve, asked: list[Question]
) -> None:
    served = serve(postgres.dsn, "--workers", "2")
    former = workers(served.process.pid)
    assert len(former) == 2
    killed: list[int] = []

    def kill() -> None:
        killed.append(max(former, key=open_files))  # at least half of the clients are connected to it
        os.kill(killed[0], signal.SIGKILL)

    record = suffer(served, asked, kill, breaking=True)
    assert CLIENTS / 2 <= len(record.of("broken")) <= CLIENTS
    deadline = time.monotonic() + 20
    while len(workers(served.process.pid)) < 2:
        assert time.monotonic() < deadline, "the worker is not replaced"
        time.sleep(0.1)
    time.sleep(_SETTLED_SECONDS)
    now = workers(served.process.pid)
    assert len(now) == 2
    assert set(now) & set(former) == set(former) - set(killed)


def workers(pid: int) -> list[int]:
    """Name the worker processes of a server, without multiprocessing's tracker of resources."""
    return [child for child in children(pid) if "spawn_main" in _command(child)]


def _command(pid: int) -> str:
    with open(f"/proc/{pid}/cmdline") as line:  # noqa: PTH123  no file, a view of the kernel's
        return line.read()
