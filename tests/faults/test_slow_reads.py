"""Reads that do not end: they are cancelled, and those that wait for a connection meanwhile are not kept waiting."""

import time

import pytest

from tests.faults.conftest import Serve
from tests.faults.postgres import Postgres
from tests.faults.questions import Question
from tests.faults.served import POOL_SECONDS
from tests.faults.suffering import suffer

pytestmark = pytest.mark.slow


_SECONDS = 5.0


def _lock(postgres: Postgres) -> None:
    with postgres.locked():
        time.sleep(_SECONDS)


def _cancelled(postgres: Postgres) -> int:
    log = postgres.data.parent / f"{postgres.data.name}.log"
    return log.read_text().count("canceling statement due to statement timeout")


def test_a_statement_that_takes_for_ever(postgres: Postgres, serve: Serve, asked: list[Question]) -> None:
    before = _cancelled(postgres)
    record = suffer(serve(postgres.dsn), asked, lambda: _lock(postgres))
    # By the server and with the connection kept, rather than given up.
    assert 0 < len(record.of("unavailable")) <= _cancelled(postgres) - before


def test_a_pool_exhausted_by_slow_readers(postgres: Postgres, serve: Serve, asked: list[Question]) -> None:
    two = {"SCIDEX_PG_RO_POOL_MIN": "2", "SCIDEX_PG_RO_POOL_MAX": "2", "SCIDEX_PG_STATEMENT_TIMEOUT": "10000"}
    longest = POOL_SECONDS + 10 + 1
    before = _cancelled(postgres)
    record = suffer(serve(postgres.dsn, **two), asked, lambda: _lock(postgres), longest=longest)
    assert _cancelled(postgres) == before
    refused = [outcome.ended - outcome.began for outcome in record.of("unavailable")]
    assert len(refused) >= 6
    assert max(refused) < POOL_SECONDS + 1
