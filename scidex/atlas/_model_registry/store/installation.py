"""Creates the registry's own objects."""

from psycopg import Connection

from scidex.atlas._model_registry.store.statements import schema

# Two processes that replace the same view at once would fail on each other; the number is arbitrary.
_INSTALLATION_LOCK = 7_305_114


def install(conn: Connection) -> None:
    """Create or replace the registry's own objects; the host's tables get triggers that log writes, nothing else."""
    with conn.transaction():
        conn.execute("SELECT pg_advisory_xact_lock(%s)", [_INSTALLATION_LOCK])
        conn.execute(schema())
