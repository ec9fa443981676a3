"""The floor: a bare route of the same server that sends what the plainest statement answers.

It is a synchronous function in the server's threads, as ours are, with a pool of its own whose connections commit by
themselves: one statement, no transaction around it, its text sent as PostgreSQL made it.
"""

import re
from pathlib import Path
from typing import Any, LiteralString, cast

from psycopg import Connection
from psycopg_pool import ConnectionPool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_BLOCK = re.compile(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", re.MULTILINE | re.DOTALL)
STATEMENTS: dict[str, LiteralString] = {
    # A file of this package is as trustworthy as a literal in it.
    name: cast("LiteralString", body)
    for name, body in _BLOCK.findall(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
}


def route(pool: ConnectionPool[Connection]) -> Route:
    """Make the route ``/floor/{name}`` on a pool's connections; the query's parameters are the statement's."""

    def floor(request: Request) -> Response:
        with pool.connection() as conn:
            text = answered(conn, request.path_params["name"], dict(request.query_params))
        return Response(text, media_type="application/json")

    return Route("/floor/{name}", floor)


def answered(conn: Connection[Any], name: str, parameters: dict[str, str]) -> str:
    """Return the JSON text of one statement of ``floors.sql``."""
    ((text,),) = conn.execute(STATEMENTS[name], parameters)
    return str(text)
