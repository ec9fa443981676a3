"""Behind pgbouncer in transaction mode every transaction may run in another session: nothing relies on one."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from scidex.core.embedded_postgres import connection
from tests.faults.clients import asking
from tests.faults.conftest import Serve
from tests.faults.postgres import Postgres
from tests.faults.questions import Question
from tests.faults.served import figures_when_quiet, health
from tests.serving import CHECKOUT, free_port

_PGBOUNCER = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(_PGBOUNCER is None, reason="there is no pgbouncer here")]

_REQUESTS = 600


@pytest.fixture(scope="module")
def bouncer(postgres: Postgres, place: Path) -> Iterator[str]:
    """Run pgbouncer in transaction mode, with fewer sessions than the application has connections."""
    port = free_port()
    users = place / "users.txt"
    users.write_text(f'"{connection.ROLE}" ""\n')
    configuration = place / "pgbouncer.ini"
    configuration.write_text(
        f"[databases]\n{connection.DATABASE} = host=127.0.0.1 port={postgres.port}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = trust\nauth_file = {users}\npool_mode = transaction\ndefault_pool_size = 5\n"
    )
    log = place / "pgbouncer.log"
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [str(_PGBOUNCER), configuration], stderr=lines, **postgres.account.spawn_options()
        )
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except ConnectionRefusedError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
    yield f"host=127.0.0.1 port={port} user={connection.ROLE} dbname={connection.DATABASE}"
    process.terminate()
    process.wait(10)


def test_reads_and_folding_rely_on_no_session(
    bouncer: str, postgres: Postgres, serve: Serve, asked: list[Question]
) -> None:
    served = serve(bouncer)
    before = figures_when_quiet(served.address)
    few = [asked[0], asked[1], asked[20], asked[-1]]  # each often enough on each connection to be prepared
    with asking(served.address, few) as record, psycopg.connect(postgres.dsn, autocommit=True) as conn:
        while len(record.outcomes) < _REQUESTS:
            conn.execute("UPDATE artifacts SET quality_score = quality_score WHERE artifact_type = 'model'")
            time.sleep(0.5)
    assert len(record.of("right")) == len(record.outcomes), (record.summary(), record.of("wrong")[:3])
    deadline = time.monotonic() + 10
    while health(served.address)["waiting_changes"]:
        assert time.monotonic() < deadline, "changes are not folded"
    assert "folding failed" not in served.log.read_text()
    assert figures_when_quiet(served.address) == before


@pytest.mark.parametrize("command", ["init-db", "rebuild", "check"])
def test_commands_rely_on_no_session(command: str, bouncer: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scidex", command],
        cwd=CHECKOUT,
        env={"SCIDEX_PG_DSN": bouncer, "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
