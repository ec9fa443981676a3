"""What reading costs while 100,000 changes wait to be folded, and how long folding them takes."""

import time
from collections.abc import Callable
from typing import Any, LiteralString

import psycopg

from scidex.atlas import model_registry
from tests.benchmark.progress import Tell
from tests.benchmark.report import table

_ENTRIES = 100_000
_FOLDED_AT_ONCE = 2_000  # as the server's thread does
_MOST_READ, _MOST_FOLD = 120.0, 600.0  # seconds
_HEAD = ("list", "log empty", f"{_ENTRIES:,} entries", "log empty again")

# Models as those that are there, which name the same evidence.
_LOADED: LiteralString = """
INSERT INTO artifacts (id, artifact_type, title, metadata, content_hash, quality_score, created_at, is_latest)
SELECT 'loaded-' || row_number() OVER (), 'model', source.title, source.metadata, source.content_hash,
       source.quality_score, source.created_at, false
FROM artifacts AS source CROSS JOIN generate_series(1, %(times)s)
WHERE source.artifact_type = 'model'
LIMIT %(entries)s
"""
_READS: dict[str, Callable[[psycopg.Connection[Any]], object]] = {
    "first page and total": lambda conn: model_registry.list_models(conn=conn),
    "newest": lambda conn: model_registry.list_models(sort="created_at", conn=conn),
    "incomplete ones": lambda conn: model_registry.list_models(provenance="incomplete", conn=conn),
}


def measure(dsn: str, tell: Tell) -> str:
    """Return a section of the results; writes to the database, which is a copy."""
    with psycopg.connect(dsn) as conn, psycopg.connect(dsn) as holder:
        holder.execute("LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE")
        before = _read(conn)
        tell(0, "loading")
        loading = _load(conn)
        waiting = model_registry.waiting_changes(conn=conn)
        conn.rollback()
        long = _read(conn)
        holder.commit()
        folded, folding = _fold(conn, tell)
        after = _read(conn)
    rows = ([name, before[name], long[name], after[name]] for name in _READS)
    return (
        f"## A long log\n\n{_ENTRIES:,} models were loaded in {loading:.1f} s; then {waiting:,} changes waited. "
        f"Folding {folded:,} of them took {folding:.1f} s. Milliseconds of one call of `list_models`:\n\n"
        f"{table(_HEAD, rows)}"
    )


def _load(conn: psycopg.Connection[Any]) -> float:
    begun = time.monotonic()
    ((models,),) = conn.execute("SELECT count(*) FROM artifacts WHERE artifact_type = 'model'").fetchall()
    conn.execute(_LOADED, {"times": -(-_ENTRIES // models), "entries": _ENTRIES})
    conn.commit()
    return time.monotonic() - begun


def _read(conn: psycopg.Connection[Any]) -> dict[str, str]:
    """Return the milliseconds of each read, the second time it is made."""
    conn.execute(f"SET statement_timeout = '{_MOST_READ:.0f}s'")
    conn.commit()
    return {name: _milliseconds(conn, read) for name, read in _READS.items()}


def _milliseconds(conn: psycopg.Connection[Any], read: Callable[[psycopg.Connection[Any]], object]) -> str:
    try:
        read(conn)
        begun = time.perf_counter()
        read(conn)
        return f"{(time.perf_counter() - begun) * 1000:.0f}"
    except model_registry.RegistryUnavailable:
        return f"over {_MOST_READ:.0f} s"
    finally:
        conn.rollback()


def _fold(conn: psycopg.Connection[Any], tell: Tell) -> tuple[int, float]:
    """Fold until nothing is left or it has taken too long; returns how many entries in how many seconds."""
    folded, begun = 0, time.monotonic()
    while time.monotonic() - begun < _MOST_FOLD:
        taken = model_registry.fold(most=_FOLDED_AT_ONCE, conn=conn)
        if not taken:
            break
        folded += taken
        tell(folded, "folding")
    return folded, time.monotonic() - begun
