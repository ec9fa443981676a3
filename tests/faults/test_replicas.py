"""Reads go to a standby, go on with the primary when it dies, and return to it when it is back."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from scidex.core.embedded_postgres import connection
from tests.faults.clients import Record, asking
from tests.faults.conftest import Serve
from tests.faults.figures import note, note_record
from tests.faults.postgres import Postgres
from tests.faults.questions import Question, questions
from tests.faults.served import LONGEST_SECONDS, figures_when_quiet
from tests.faults.suffering import BACK_SECONDS

pytestmark = pytest.mark.slow

_RETURN_SECONDS = 30.0


@pytest.fixture(scope="module")
def primary(filled: Postgres, place: Path) -> Iterator[Postgres]:
    """Run a primary."""
    server = filled.copy(place / "primary")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def standby(filled: Postgres, primary: Postgres, place: Path) -> Iterator[Postgres]:
    """Run a standby that streams from it: a copy of the same data that says whom it follows."""
    server = filled.copy(place / "standby")
    server.follow(primary)
    server.start()
    yield server
    server.stop()


def _readers(server: Postgres) -> int:
    """Count the connections of the pool for reads on a server."""
    ((number,),) = server.query(
        "SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'scidex read'"
    )
    assert isinstance(number, int)
    return number


def _wait(condition: Callable[[], bool], seconds: float) -> float:
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds
        time.sleep(0.1)
    return time.monotonic() - began


def _undisturbed(record: Record, since: float) -> bool:
    return all(outcome.kind == "right" for outcome in record.outcomes if outcome.began > since)


def test_reads_prefer_the_standby_and_survive_its_death(
    primary: Postgres, standby: Postgres, serve: Serve
) -> None:
    hosts = f"host=127.0.0.1,127.0.0.1 port={primary.port},{standby.port}"
    who = f"user={connection.ROLE} dbname={connection.DATABASE}"
    served = serve(primary.dsn, SCIDEX_PG_RO_DSN=f"{hosts} {who} target_session_attrs=prefer-standby")
    before = figures_when_quiet(served.address)
    assert standby.query("SELECT pg_is_in_recovery()") == [(True,)]
    assert (_readers(primary), _readers(standby)) == (0, 8)
    asked = _after_a_write(primary, standby)

    with asking(served.address, asked) as record:
        time.sleep(1)
        assert _undisturbed(record, 0)
        died = time.monotonic()
        standby.kill()
        time.sleep(4)
        assert record.back_after(died) < BACK_SECONDS
        assert _readers(primary) == 8
        note_record(record, died)

        standby.start()
        returned = time.monotonic()
        used = _wait(lambda: _readers(standby) > 0, _RETURN_SECONDS)
        all_used = used + _wait(lambda: _readers(standby) == 8, _RETURN_SECONDS - used)
        assert _readers(primary) == 0
        time.sleep(0.5)
    note(f"first read of the standby after {used:.1f} s, all after {all_used:.1f} s", record.slowest())
    assert not record.of("wrong"), record.of("wrong")[:3]
    assert not record.of("broken")
    assert record.slowest() < LONGEST_SECONDS
    assert _undisturbed(record, returned)
    assert figures_when_quiet(served.address) == before


def _after_a_write(primary: Postgres, standby: Postgres) -> list[Question]:
    """Write on the primary, wait until the standby has it, and name what reads must answer then."""
    with psycopg.connect(primary.dsn) as conn:
        conn.execute(
            "UPDATE artifacts SET title = title || ' (seen on the standby)' WHERE artifact_type = 'model'"
        )
    (row,) = primary.query("SELECT pg_current_wal_lsn()::text")
    _wait(lambda: standby.query(f"SELECT pg_last_wal_replay_lsn() >= '{row[0]}'::pg_lsn") == [(True,)], 10)
    return questions(primary.dsn)
