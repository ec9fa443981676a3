"""Creates the host's three tables where they are missing."""

import time
from importlib.resources import files
from typing import Final

from psycopg import Connection, errors
from psycopg.pq import TransactionStatus

HOST_TABLES = ("artifacts", "artifact_links", "model_versions")

# What two processes that create the same tables at once, or a host that writes meanwhile, can cause.
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
# So short that no writer waits for long, or is taken for the culprit of a deadlock.
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
# A name is not looked for in a schema that the role may not use.
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
    """The database keeps text in an encoding that cannot hold the host's."""


def refuse_encoding(conn: Connection) -> None:
    """Refuse a database that keeps text in another encoding than UTF8.

    Raises:
        UnsuitableEncoding: it does.

    """
    encoding = conn.info.parameter_status("server_encoding")
    if encoding not in {None, "UTF8"}:
        message = (
            f"The database {conn.info.dbname} has the encoding {encoding}; it must be UTF8. "
            "Make one with: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0"
        )
        raise UnsuitableEncoding(message)


def init_db(conn: Connection) -> None:
    """Create what is missing of the host's three tables, beside those that the search path leads to. Safe to repeat.

    Inside a transaction of the caller's they are the caller's to commit; outside of one they are committed at once.

    Raises:
        TablesOutOfReach: what was created would hide tables that this role may not see.
        psycopg.errors.LockNotAvailable: a table that is there was in use for ten seconds.

    """
    for attempt in range(_ATTEMPTS):
        is_own = conn.info.transaction_status is TransactionStatus.IDLE
        try:
            with conn.transaction():
                if is_own:  # what was committed meanwhile must be seen, whatever the database's default
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
    """Name the host's tables that the connection's search path does not lead to."""
    rows = conn.execute(
        "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(quote_ident(name)) IS NULL ORDER BY name",
        [list(HOST_TABLES)],
    )
    return [name for (name,) in rows]
