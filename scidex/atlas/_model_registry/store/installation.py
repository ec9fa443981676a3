"""Creates the registry's own objects."""

from psycopg import Connection

from scidex.atlas._model_registry.store.statements import schema, statement

# Two processes that replace the same view at once would fail on each other; the number is arbitrary.
_INSTALLATION_LOCK = 7_305_114


def install(conn: Connection) -> None:
    """Create or replace the registry's own objects; the host's tables get triggers that log writes, nothing else."""
    with conn.transaction():
        conn.execute("SELECT pg_advisory_xact_lock(%s)", [_INSTALLATION_LOCK])
        conn.execute(schema())


def index_host_tables(conn: Connection) -> None:
    """Create the index on the host's links without keeping its writers waiting; ``conn`` is in autocommit."""
    # What an interrupted build leaves behind has the name, serves nobody, and would never be completed.
    if conn.execute(statement("has_unfinished_index")).fetchone():
        conn.execute(statement("drop_unfinished_index"))
    conn.execute(statement("index_links"))
