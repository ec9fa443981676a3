"""What agents and people register, and the catalogue of it.

Whoever opens this checkout's embedded server from here finds the registry's own objects in it.
"""

from psycopg import Connection

from scidex.core.database import prepare_embedded


def _install(conn: Connection) -> None:
    # Imported here: the registry opens the database by default, and is no part of opening it.
    from scidex.atlas.model_registry import install  # noqa: PLC0415

    install(conn)


prepare_embedded(_install)
