"""Every case of the benchmark on two thousand models: few statements, each with an index that can serve it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.benchmark.cases import Case, every_case
from tests.benchmark.cases.chosen import choose
from tests.benchmark.statements import Recorder

# The host's tables and the registry's large ones; the log and the state are short.
_TABLES = [
    "artifacts",
    "artifact_links",
    "model_versions",
    "model_registry_projection",
    "model_registry_evidence",
    "model_registry_metrics",
    "model_registry_search",
    "model_registry_edges",
]
# Issue and contract: a list page two statements, a detail four, a comparison and an impact five, pages one more.
_MOST = {
    "/api/artifacts/": 5,
    "/api/models/compare?": 5,
    "/api/models/": 4,
    "/api/models": 2,
    "/models/compare": 5,
    "/models": 2,
}

_SCANS = b"""
    SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot(), table_of.relname, table_of.seq_scan
    FROM pg_stat_user_tables AS table_of WHERE table_of.relname = ANY (%s) AND table_of.schemaname = 'public'
"""


class Scans:
    """Counts the sequential scans of the tables, those inside of functions too."""

    def __init__(self, dsn: str) -> None:
        self._conn: psycopg.Connection[Any] = psycopg.connect(dsn, autocommit=True)

    def so_far(self) -> dict[str, int]:
        """Return for each table how often it was read from end to end."""
        return {name: number for _, _, name, number in self._conn.execute(_SCANS, [_TABLES])}

    def close(self) -> None:
        """Give the connection back."""
        self._conn.close()


@pytest.fixture(scope="module")
def recorder(generated_dsn: str) -> Iterator[Recorder]:
    """Run cases on a connection that reads a table from end to end only where no index can serve."""
    recording = Recorder(make_conninfo(generated_dsn, options="-c enable_seqscan=off"))
    yield recording
    recording.close()


@pytest.fixture(scope="module")
def cases(generated_dsn: str, recorder: Recorder) -> list[Case]:
    """List the cases with the values of this database."""
    with psycopg.connect(generated_dsn) as conn:
        chosen = choose(conn)
    return list(every_case(chosen, recorder.ask))


def test_no_case_takes_more_statements_than_promised(recorder: Recorder, cases: list[Case]) -> None:
    taken = {case.name: (len(recorder.statements(case)), _most(case, recorder)) for case in cases}
    assert {name: number for name, number in taken.items() if number[0] > number[1]} == {}
    assert len(taken) > 40


def test_an_index_can_serve_every_case(generated_dsn: str, recorder: Recorder, cases: list[Case]) -> None:
    scans = Scans(generated_dsn)
    scanned: dict[str, dict[str, int]] = {}
    before = scans.so_far()
    assert set(before) == set(_TABLES)
    for case in cases:
        recorder.statements(case)
        recorder.flush_statistics()
        after = scans.so_far()
        scanned[case.name] = {
            name: after[name] - before[name] for name in after if after[name] > before[name]
        }
        before = after
    scans.close()
    assert {name: tables for name, tables in scanned.items() if tables} == {}


def test_the_links_of_one_model_are_found_by_an_index_where_the_planner_chooses(
    generated_dsn: str, cases: list[Case]
) -> None:
    # An index in another collation than the ids compared serves no search by them, but is skipped through.
    recorder, scans = Recorder(generated_dsn), Scans(generated_dsn)
    before = scans.so_far()
    recorder.statements(next(case for case in cases if case.name == "detail of 1 version"))
    recorder.flush_statistics()
    after = scans.so_far()
    recorder.close()
    scans.close()
    assert after["artifact_links"] == before["artifact_links"]


def _most(case: Case, recorder: Recorder) -> int:
    """Return what is promised: one more reads evaluations, or names of metrics for the hint where nothing matches."""
    promised = next(number for beginning, number in _MOST.items() if case.path.startswith(beginning))
    return promised + (
        "evaluated" in case.path
        or (
            case.path.startswith("/api/models?")
            and "metric" in case.path
            and not recorder.ask(case.path)["total"]
        )
    )
