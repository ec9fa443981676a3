"""The database fails while 8 clients ask: no wrong answer, none that is late, and it goes on by itself."""

import time

import pytest

from scidex.core.embedded_postgres import connection
from tests.faults.clients import asking
from tests.faults.conftest import Serve
from tests.faults.postgres import TERMINATE, Postgres
from tests.faults.proxy import Network
from tests.faults.questions import Question
from tests.faults.suffering import suffer

pytestmark = pytest.mark.slow

_AWAY_SECONDS = 20.0
_DEAD_SECONDS = 8.0  # a pool that doubles its pauses, its own default, tries after 7 and 15 seconds
_AGAIN_SECONDS = 1.0
_STILL_SECONDS = 6.0  # longer than the pool's timeout and the statement timeout together


def test_killed_and_started_again(postgres: Postgres, serve: Serve, asked: list[Question]) -> None:
    def kill() -> None:
        postgres.kill()
        time.sleep(_DEAD_SECONDS)
        postgres.start()

    assert suffer(serve(postgres.dsn), asked, kill).of("unavailable")


def test_all_connections_terminated(postgres: Postgres, serve: Serve, asked: list[Question]) -> None:
    served = serve(postgres.dsn)

    def terminate() -> None:
        assert len(postgres.query(TERMINATE)) == 10

    suffer(served, asked, terminate)
    assert postgres.query(TERMINATE)  # nothing is under way now, so nothing may fail
    with asking(served.address, asked) as record:
        time.sleep(_AGAIN_SECONDS)
    assert len(record.of("right")) == len(record.outcomes), (record.summary(), record.of("wrong")[:3])


def test_a_network_that_swallows_everything(postgres: Postgres, serve: Serve, asked: list[Question]) -> None:
    with Network(postgres.port) as network:

        def swallow() -> None:
            network.swallow()
            time.sleep(_AWAY_SECONDS)
            network.pass_on()

        dsn = f"host=127.0.0.1 port={network.port} user={connection.ROLE} dbname={connection.DATABASE}"
        assert suffer(serve(dsn), asked, swallow).of("unavailable")


def test_a_server_that_stands_still(postgres: Postgres, serve: Serve, asked: list[Question]) -> None:
    def freeze() -> None:
        with postgres.frozen():
            time.sleep(_STILL_SECONDS)

    assert suffer(serve(postgres.dsn), asked, freeze).of("unavailable")
