"""Names of metrics that models report."""

from psycopg import Connection
from psycopg.rows import scalar_row

from scidex.atlas._model_registry.store.statements import statement

# More names than models report; a registry with more than these numbers its metrics.
_MOST_NAMES = 5_000


def reported_names(conn: Connection) -> list[str]:
    """Return the first ``_MOST_NAMES`` reported names of at most 100 bytes."""
    with conn.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(statement("reported_metrics"), {"most": _MOST_NAMES}).fetchall()
