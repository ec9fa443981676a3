"""Names of metrics that models report."""

from collections.abc import Sequence

from psycopg import Connection
from psycopg.rows import scalar_row

from scidex.atlas._model_registry.store.statements import statement

# More names than models report; a registry with more than these numbers its metrics.
_MOST_NAMES = 5_000
# Bytes of the longest name that the statement returns.
_LONGEST = 100


def reported_names(conn: Connection) -> list[str]:
    """Return the first ``_MOST_NAMES`` reported names of at most 100 bytes."""
    with conn.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(statement("reported_metrics"), {"most": _MOST_NAMES}).fetchall()


def would_be_told(name: str, reported: Sequence[str]) -> bool:
    """Return whether :func:`reported_names` would hold a name that models report: it is short, and none was cut off."""
    return len(reported) < _MOST_NAMES and len(name.encode()) <= _LONGEST
