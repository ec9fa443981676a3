"""All connections to the database end while clients ask; the other faults are in the slow suite, ``tests/faults``."""

import time
from typing import LiteralString

import psycopg
import pytest

from tests.faults.clients import Record, asking
from tests.faults.postgres import TERMINATE
from tests.faults.questions import list_questions
from tests.faults.served import figures_when_quiet

_CLIENTS, _ANSWERS = 4, 20
_REGISTER: LiteralString = (
    "INSERT INTO artifacts (id, artifact_type, title) VALUES ('paper-late', 'paper', 'Late')"
)
_REMOVE: LiteralString = "DELETE FROM artifacts WHERE id = 'paper-late'"


def _wait_for_rights(record: Record, since: float) -> None:
    deadline = time.monotonic() + 20
    while record.rights_after(since) < _ANSWERS:
        assert time.monotonic() < deadline, record.summary()
        time.sleep(0.01)


@pytest.mark.usefixtures("live_server")
def test_folding_goes_on_after_its_connection_ended(demo_dsn: str) -> None:
    with psycopg.connect(demo_dsn, autocommit=True) as admin:
        _fold(admin, 30)  # after the faults of other tests it may wait longer
        admin.execute(TERMINATE)
        _fold(admin, 5)


def test_only_what_was_under_way_is_lost(live_server: str, demo_dsn: str) -> None:
    with psycopg.connect(demo_dsn, autocommit=True) as admin:
        questions = list_questions(admin)
        with asking(live_server, questions, _CLIENTS) as record:
            _wait_for_rights(record, 0)
            assert admin.execute(TERMINATE).fetchall()
            _wait_for_rights(record, time.monotonic())
        assert len(record.of("right")) + len(record.of("unavailable")) == len(record.outcomes)
        figures_when_quiet(live_server)
        assert admin.execute(TERMINATE).fetchall()
        with asking(live_server, questions, _CLIENTS) as record:
            _wait_for_rights(record, 0)
        assert len(record.of("right")) == len(record.outcomes), record.summary()


def _fold(admin: psycopg.Connection, most_seconds: float) -> None:
    admin.execute(_REGISTER)
    admin.execute(_REMOVE)
    deadline = time.monotonic() + most_seconds
    while admin.execute("SELECT FROM model_registry_changes LIMIT 1").fetchone():
        assert time.monotonic() < deadline, "changes wait longer than it takes to open a connection"
        time.sleep(0.05)
