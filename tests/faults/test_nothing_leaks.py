"""10,000 requests of which a fifth meets a fault leave nothing behind: no connection, no descriptor, no thread."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

import psycopg
import pytest

from tests.faults.clients import CLIENTS, ask
from tests.faults.conftest import Serve
from tests.faults.figures import note
from tests.faults.postgres import Postgres
from tests.faults.questions import Question
from tests.faults.served import LONGEST_SECONDS, Served, figures_when_quiet, open_files
from tests.faults.test_rude_clients import hang_up

pytestmark = pytest.mark.slow

_REQUESTS, _FAULTS = 10_000, 0.2
# Several times what they take; where connections leak, nearly each waits for the pool's timeout.
_ASKING_SECONDS = 240.0
_ACTIVE_FIRST = (
    "SELECT {0}(pid) FROM pg_stat_activity WHERE application_name ~ '^scidex' "
    "ORDER BY state = 'active' DESC, random() LIMIT 1"
)
# A thread without work ends after 10 seconds; folding pauses for 15 when it fails, then tries its other connection.
_QUIET_SECONDS = 45.0


def _client(
    served: Served, postgres: Postgres, asked: Sequence[Question], seed: int, seen: list[tuple[str, float]]
) -> None:
    """Ask a client's share of the requests; a fifth of them hang up or have a backend cancelled or terminated."""
    order = random.Random(seed)  # noqa: S311
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    with psycopg.connect(postgres.dsn, autocommit=True) as admin:
        faults: list[Callable[[], object]] = [
            lambda: admin.execute(_ACTIVE_FIRST.format("pg_terminate_backend").encode()),
            lambda: admin.execute(_ACTIVE_FIRST.format("pg_cancel_backend").encode()),
        ]
        end = time.monotonic() + _ASKING_SECONDS
        for _ in range(_REQUESTS // CLIENTS):
            if time.monotonic() > end:
                break
            chance = order.random()
            if chance < _FAULTS / 2:
                hang_up(served.port, order.choice((0, 1, 400)))
                seen.append(("hung up", 0.0))
                continue
            if chance < _FAULTS:
                order.choice(faults)()
            outcome = ask(connection, order.choice(asked))
            seen.append((outcome.what or outcome.kind, outcome.ended - outcome.began))
    connection.close()


def _held(served: Served, postgres: Postgres) -> dict[str, object]:
    """Count what an idle server holds."""
    ours = "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^scidex'"
    return {
        "pools": figures_when_quiet(served.address),
        "backends": postgres.query(ours),
        "files": open_files(served.process.pid),
        "threads": served.threads(),
    }


def test_ten_thousand_requests_with_a_fifth_of_faults_leave_nothing_behind(
    postgres: Postgres, serve: Serve, asked: list[Question]
) -> None:
    served = serve(postgres.dsn)
    before = _held(served, postgres)
    seen: list[tuple[str, float]] = []
    # Lists, for details take five times as long and the number is what matters here.
    lists = [question for question in asked if "?" in question.path and "compare" not in question.path]
    clients = [
        threading.Thread(target=_client, args=(served, postgres, [*lists, asked[-1]], seed, seen))
        for seed in range(CLIENTS)
    ]
    began = time.monotonic()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    kinds = Counter(kind for kind, _ in seen)
    slowest = max(seconds for _, seconds in seen)
    seconds = time.monotonic() - began
    note(", ".join(f"{number} {kind}" for kind, number in kinds.items()) + f" in {seconds:.0f} s", slowest)
    assert set(kinds) == {"right", "unavailable", "hung up"}, kinds
    assert kinds.total() == _REQUESTS
    assert slowest < LONGEST_SECONDS
    deadline = time.monotonic() + _QUIET_SECONDS
    while (now := _held(served, postgres)) != before and time.monotonic() < deadline:
        time.sleep(0.5)
    assert now == before
