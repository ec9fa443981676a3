"""More clients than are worked on at a time: each is answered as soon as any other, and health is told meanwhile."""

import time
from typing import Any

import httpx2
import pytest

from scidex.core.turns import AT_ONCE
from tests.faults.clients import asking
from tests.faults.conftest import Serve
from tests.faults.figures import note_record
from tests.faults.postgres import Postgres
from tests.faults.questions import Question
from tests.faults.served import LONGEST_SECONDS, health
from tests.faults.suffering import suffer

pytestmark = pytest.mark.slow

_CROWD = 5 * AT_ONCE // 2
_STILL_SECONDS = 6.0
_TAKEN_SECONDS = 8.0


def _type_of_refusal(address: str, path: str) -> str:
    answer = httpx2.get(f"{address}{path}", timeout=LONGEST_SECONDS)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    return answer.headers["Content-Type"].partition(";")[0]


def test_a_crowd_before_a_database_that_stands_still(
    postgres: Postgres, serve: Serve, asked: list[Question]
) -> None:
    served = serve(postgres.dsn)

    def gather() -> None:
        with postgres.frozen(), asking(served.address, asked, _CROWD) as crowd:
            end = time.monotonic() + _STILL_SECONDS
            while time.monotonic() < end:
                assert _type_of_refusal(served.address, "/models") == "text/html"
                assert _type_of_refusal(served.address, "/health") == "application/json"
        note_record(crowd)
        assert len(crowd.of("unavailable")) == len(crowd.outcomes), crowd.of("wrong")[:3]
        assert crowd.slowest() < LONGEST_SECONDS

    suffer(served, asked, gather)


def test_health_is_told_while_every_turn_is_taken(
    postgres: Postgres, serve: Serve, asked: list[Question]
) -> None:
    pool = {"SCIDEX_PG_RO_POOL_MIN": str(AT_ONCE + 2), "SCIDEX_PG_RO_POOL_MAX": str(AT_ONCE + 2)}
    served = serve(postgres.dsn, **pool)
    with asking(served.address, asked, _CROWD) as crowd, postgres.locked():
        deadline = time.monotonic() + _TAKEN_SECONDS
        while _busy(told := health(served.address)) < AT_ONCE:
            assert time.monotonic() < deadline, told
        assert time.monotonic() < deadline
        assert told["status"] == "database unavailable"
    assert not crowd.of("wrong"), crowd.of("wrong")[:3]


def _busy(told: Any) -> int:
    read = told["pools"]["read"]
    return int(read["size"]) - int(read["available"])
