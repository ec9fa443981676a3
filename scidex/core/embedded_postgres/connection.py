"""Connections to the server: its address, and whether it answers."""

from pathlib import Path

import psycopg
from psycopg import conninfo

ROLE = "scidex"
DATABASE = "scidex"
_CONNECT_SECONDS = 5


def dsn(directory: Path, database: str = DATABASE) -> str:
    """Return the connection string; it has the port, as PGPORT would otherwise change the socket's name."""
    return conninfo.make_conninfo(host=str(directory), port=5432, user=ROLE, dbname=database)


def answers(directory: Path, database: str = DATABASE) -> bool:
    """Return whether a connection to the database succeeds now."""
    try:
        psycopg.connect(dsn(directory, database), connect_timeout=_CONNECT_SECONDS).close()
    except psycopg.OperationalError:
        return False
    return True


def create_database(directory: Path) -> None:
    """Create the database if it is missing; the lock must be held."""
    with psycopg.connect(
        dsn(directory, "postgres"), connect_timeout=_CONNECT_SECONDS, autocommit=True
    ) as connection:
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchall():
            connection.execute("CREATE DATABASE scidex ENCODING 'UTF8' TEMPLATE template0")
