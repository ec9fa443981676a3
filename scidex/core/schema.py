"""Creates the host's three tables where they are missing."""

import time
from importlib.resources import files
from typing import Final

from psycopg import Connection, errors
from psycopg.pq import TransactionStatus

HOST_TABLES = ("artifacts", "artifact_links", "model_versions")

# Errors of two processes that create the same tables at once, or of a host that writes meanwhile.
_COLLISIONS = (
    errors.UniqueViolation,
    errors.DuplicateTable,
    errors.DuplicateObject,
    errors.InternalError_,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
)
_ATTEMPTS = 20

_PAUSE_SECONDS = 0.4
# Short, so that no writer waits for long or is aborted as part of a deadlock.
_HOME_FIRST: Final = """
SELECT set_config('lock_timeout', '100ms', true), (
    SELECT set_config('search_path', quote_ident(namespace.nspname) || ', ' || current_setting('search_path'), true)
    FROM unnest(%s::text[]) WITH ORDINALITY AS host (name, place)
    JOIN pg_class AS relation ON relation.oid = to_regclass(quote_ident(host.name))
    JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
    ORDER BY host.place
    LIMIT 1
)
"""
# PostgreSQL skips schemas that the role may not use when it looks for a name.
_HIDDEN: Final = """
SELECT format('%%I.%%I', namespace.nspname, relation.relname)
FROM regexp_split_to_table(current_setting('search_path'), ',') AS entry
JOIN pg_namespace AS namespace
    ON namespace.nspname = CASE btrim(entry, ' "') WHEN '$user' THEN current_user ELSE btrim(entry, ' "') END
JOIN pg_class AS relation ON relation.relnamespace = namespace.oid
WHERE relation.relname = ANY (%s) AND relation.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND NOT has_schema_privilege(namespace.oid, 'USAGE')
ORDER BY 1
"""


class TablesOutOfReach(Exception):
    """A schema of the search path holds the host's tables, and this role may not use it."""


class UnsuitableEncoding(Exception):
    """The database's encoding cannot hold the host's text."""


def refuse_encoding(conn: Connection) -> None:
    """Refuse a database with another encoding than UTF8.

    Raises:
        UnsuitableEncoding: its encoding is another one.

    """
    encoding = conn.info.parameter_status("server_encoding")
    if encoding not in {None, "UTF8"}:
        message = (
            f"The database {conn.info.dbname} has the encoding {encoding}; it must be UTF8. "
            "Make one with: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0"
        )
        raise UnsuitableEncoding(message)


def init_db(conn: Connection) -> None:
    """Create those of the host's three tables that are missing, beside those in the search path. Safe to repeat.

    Inside a transaction of the caller, the caller commits; outside of one, they are committed at once.

    Raises:
        TablesOutOfReach: the new tables would hide others that this role may not see.
        psycopg.errors.LockNotAvailable: an existing table was in use for ten seconds.

    """
    for attempt in range(_ATTEMPTS):
        is_own = conn.info.transaction_status is TransactionStatus.IDLE
        try:
            with conn.transaction():
                if is_own:  # it must see what was committed meanwhile, whatever the default of the database
                    conn.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE")
                _create_missing(conn)
        except _COLLISIONS:
            if attempt + 1 == _ATTEMPTS:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _create_missing(conn: Connection) -> None:
    if not (missing := missing_tables(conn)):
        return
    if hidden := conn.execute(_HIDDEN, [missing]).fetchall():
        message = (
            f"{', '.join(name for (name,) in hidden)}: in the search path, but this role may not use the schema. "
            "Empty tables in front of them would hide them; let the role use it: GRANT USAGE ON SCHEMA"
        )
        raise TablesOutOfReach(message)
    ((path, timeout),) = conn.execute(
        "SELECT current_setting('search_path'), current_setting('lock_timeout')"
    )
    conn.execute(_HOME_FIRST, [list(HOST_TABLES)])
    conn.execute(files("scidex.core").joinpath("schema.sql").read_bytes())
    conn.execute(
        "SELECT set_config('search_path', %s, true), set_config('lock_timeout', %s, true)", [path, timeout]
    )


def missing_tables(conn: Connection) -> list[str]:
    """Return the host's tables that are not in the connection's search path."""
    rows = conn.execute(
        "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(quote_ident(name)) IS NULL ORDER BY name",
        [list(HOST_TABLES)],
    )
    return [name for (name,) in rows]
