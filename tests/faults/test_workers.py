"""Several worker processes on one port: each answers, one at a time folds, and all end in order."""

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

_FOLDING = "SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND objid = 7305115 AND granted"


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


def test_two_workers_fold_one_at_a_time(postgres: Postgres, serve: Serve) -> None:
    served = serve(postgres.dsn, "--workers", "2")
    most = 0
    with psycopg.connect(postgres.dsn, autocommit=True) as conn:
        deadline = time.monotonic() + 20
        for _ in range(5):
            conn.execute("UPDATE artifacts SET title = title || '.' WHERE artifact_type = 'model'")
            while health(served.address)["waiting_changes"]:
                ((folding,),) = conn.execute(_FOLDING)
                most = max(most, folding)
                assert time.monotonic() < deadline, "changes are not folded"
    assert most <= 1
    assert "folding failed" not in served.log.read_text()
