"""All connections to the database end while clients ask; the other faults are in the slow suite, ``tests/faults``."""

import time

import psycopg

from tests.faults.clients import Record, asking
from tests.faults.postgres import TERMINATE
from tests.faults.questions import list_questions
from tests.faults.served import figures_when_quiet

_CLIENTS, _ANSWERS = 4, 20


def _wait_for_rights(record: Record, since: float) -> None:
    deadline = time.monotonic() + 20
    while record.rights_after(since) < _ANSWERS:
        assert time.monotonic() < deadline, record.summary()
        time.sleep(0.01)


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
