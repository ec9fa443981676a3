"""Several worker processes on one port: each answers, they fold in turn, and all end in order."""

import http.client
import os
import signal
import time

import psycopg
import pytest

from tests.faults.conftest import Serve
from tests.faults.postgres import Postgres
from tests.faults.served import health
from tests.faults.test_server_faults import workers

pytestmark = pytest.mark.slow

_TURNS_SECONDS = 2.0  # several times the pause of folding without work


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health", headers={"Connection": "close"})
        return connection.getresponse().status == 200
    finally:
        connection.close()


def test_each_of_two_workers_answers_and_all_end_with_a_signal(postgres: Postgres, serve: Serve) -> None:
    served = serve(postgres.dsn, "--workers", "2")
    both = workers(served.process.pid)
    assert len(both) == 2
    for other in both:
        # With one of them stopped it is the other that answers.
        os.kill(other, signal.SIGSTOP)
        try:
            assert _answers(served.port)
        finally:
            os.kill(other, signal.SIGCONT)
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(20) == 0
    assert not [pid for pid in both if os.path.exists(f"/proc/{pid}")]  # noqa: PTH110
    assert served.log.read_text().count("Traceback") == 0


def test_workers_fold_only_with_the_lock_that_one_at_a_time_can_have(
    postgres: Postgres, serve: Serve
) -> None:
    served = serve(postgres.dsn, "--workers", "2")
    with psycopg.connect(postgres.dsn, autocommit=True) as writer, psycopg.connect(postgres.dsn) as other:
        other.execute("LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE")
        writer.execute("UPDATE artifacts SET title = title || '.' WHERE artifact_type = 'model'")
        waiting = health(served.address)["waiting_changes"]
        assert waiting > 0
        time.sleep(_TURNS_SECONDS)
        assert health(served.address)["waiting_changes"] == waiting
        other.commit()
        deadline = time.monotonic() + 20
        while health(served.address)["waiting_changes"]:
            assert time.monotonic() < deadline, "changes are not folded"
            time.sleep(0.05)
    assert "folding failed" not in served.log.read_text()
