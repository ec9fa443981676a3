"""Measurements of the tests, printed at the end of a run as in the table of docs/operations.md."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from tests.faults.clients import Record

_ROWS: list[str] = []
_HEAD = ("| test | clients saw | longest answer | back |", "|---|---|---|---|")


def note(saw: str, longest: float, back: float | None = None) -> None:
    """Keep figures of the test that runs; both times are in seconds."""
    test = os.environ["PYTEST_CURRENT_TEST"].rpartition("/")[2].partition(" ")[0]
    _ROWS.append(f"| {test} | {saw} | {longest:.2f} s | {'' if back is None else f'{back:.2f} s'} |")


def note_record(record: Record, end: float | None = None) -> None:
    """Keep what clients saw, and how long after ``end`` all was as before."""
    note(record.summary(), record.slowest(), None if end is None else record.back_after(end))


def table() -> Sequence[str]:
    """Return the lines of the table and of the machine it was measured on; none where nothing was measured."""
    if not _ROWS:
        return ()
    now = datetime.now(UTC).strftime("%-d %B %Y, %H:%M UTC")
    load = " ".join(f"{average:.1f}" for average in os.getloadavg())
    return (*_HEAD, *_ROWS, "", f"{now}; {os.cpu_count()} cores, load averages {load}")
