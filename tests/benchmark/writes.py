"""What the registry's triggers cost the host: the same writes with and without them, in turn."""

import statistics
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Any, LiteralString, NamedTuple

import psycopg
from psycopg import sql

from tests.benchmark.progress import Tell
from tests.benchmark.registry import Registry
from tests.benchmark.report import table

_COPIED = 10_000
# Up to this may the triggers cost a write.
_MOST_TIMES = 1.3
_HEAD = ("write", "with the triggers", "without", "ratio", "met")

_COPY: LiteralString = """
COPY artifacts (id, artifact_type, title, metadata, content_hash, quality_score, created_at, origin_type,
                version_number, parent_version_id, changelog, is_latest) FROM STDIN
"""
_ARTIFACT: LiteralString = """
INSERT INTO artifacts (id, artifact_type, title, metadata, content_hash, quality_score, created_at, origin_type,
                       version_number, parent_version_id, changelog, is_latest)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_LINK: LiteralString = (
    "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type) VALUES (%s, %s, 'cites')"
)
_TRIGGERS: LiteralString = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE starts_with(tgfoid::regproc::text, 'model_registry') ORDER BY 1, 2
"""

Row = tuple[Any, ...]
Write = Callable[[], object]


class _Rounds(NamedTuple):
    """Blocks with the triggers and as many without; each begins with writes that get warm what switching made cold."""

    blocks: int
    warm: int
    timed: int


_ONE, _MANY = _Rounds(15, 6, 20), _Rounds(7, 0, 1)


def measure(dsn: str, tell: Tell) -> str:
    """Return a section of the results; writes to the database, which is a copy."""
    with psycopg.connect(dsn) as conn:
        writes = _Writes(conn)
        rows = [
            _line("one artifact, committed", _in_turn(conn, _committed(conn, writes.artifact), _ONE, tell)),
            _line("one artifact, rolled back", _in_turn(conn, _undone(conn, writes.artifact), _ONE, tell)),
            _line("one link, committed", _in_turn(conn, _committed(conn, writes.link), _ONE, tell)),
            _line("one link, rolled back", _in_turn(conn, _undone(conn, writes.link), _ONE, tell)),
            _line(
                f"{_COPIED:,} artifacts by COPY, committed",
                _in_turn(conn, _committed(conn, writes.copy), _MANY, tell),
            ),
        ]
    return (
        "## Writes\n\nMedians in milliseconds of the same write with and without the registry's triggers, in turn; "
        f"what is rolled back leaves out waiting for the disk.\n\n{table(_HEAD, iter(rows))}"
    )


class _Writes:
    """Writes something new each time."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        self._conn = conn
        self._numbers = count()
        models = (row for row in Registry(_COPIED).artifacts() if row[1] == "model")
        self._models = list(islice(models, _COPIED))

    def artifact(self) -> None:
        """Insert one artifact with the document of a model."""
        self._conn.execute(_ARTIFACT, next(self._named()))

    def link(self) -> None:
        """Insert one link between two artifacts that are there."""
        self._conn.execute(_LINK, [f"SDA-{next(self._numbers):07}", self._models[0][0]])

    def copy(self) -> None:
        """Copy many artifacts."""
        with self._conn.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in self._named():
                copy.write_row(row)

    def _named(self) -> Iterator[Row]:
        number = next(self._numbers)
        return ((f"written-{number}-{row[0]}", *row[1:]) for row in self._models)


def _committed(conn: psycopg.Connection[Any], write: Write) -> Write:
    def committed() -> None:
        write()
        conn.commit()

    return committed


def _undone(conn: psycopg.Connection[Any], write: Write) -> Write:
    def undone() -> None:
        write()
        conn.rollback()

    return undone


def _in_turn(conn: psycopg.Connection[Any], write: Write, rounds: _Rounds, tell: Tell) -> tuple[float, float]:
    """Return the median milliseconds with the triggers and without."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for block in range(rounds.blocks):
        tell(block, "")
        for enabled, seconds in times.items():
            _switch(conn, enabled=enabled)
            for _ in range(rounds.warm):
                write()
            for _ in range(rounds.timed):
                begun = time.perf_counter()
                write()
                seconds.append(time.perf_counter() - begun)
    _switch(conn, enabled=True)
    return statistics.median(times[True]) * 1000, statistics.median(times[False]) * 1000


def _switch(conn: psycopg.Connection[Any], *, enabled: bool) -> None:
    """Enable or disable the registry's triggers, and empty the log that nobody folds."""
    switch = sql.SQL("ENABLE" if enabled else "DISABLE")
    for relation, trigger in conn.execute(_TRIGGERS).fetchall():
        alter = sql.SQL("ALTER TABLE {} {} TRIGGER {}")
        conn.execute(alter.format(sql.Identifier(relation), switch, sql.Identifier(trigger)))
    conn.execute("TRUNCATE model_registry_changes")
    conn.commit()


def _line(name: str, measured: tuple[float, float]) -> list[str]:
    given, without = measured
    ratio = given / without
    met = "yes" if ratio <= _MOST_TIMES else f"**over {_MOST_TIMES:g} times**"
    return [name, f"{given:.3f}", f"{without:.3f}", f"{ratio:.2f}", met]
