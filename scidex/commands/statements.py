"""The statements that answer an address, as they are sent to PostgreSQL, ready for psql."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from fastapi import FastAPI
from psycopg.abc import Params
from starlette.templating import Jinja2Templates
from starlette.types import Message
from typing_extensions import override

from scidex.atlas.model_registry import register_routes

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# Statements that begin, end or bound a transaction are the host's, and the same for every answer.
_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET")
_FIRST_ERROR = 400


class RefusedAddress(Exception):
    """The address is refused; the text is that of the answer."""


@dataclass(frozen=True, slots=True)
class SentStatement:
    """One statement with its values in place, and its plan if requested."""

    text: str
    plan: str | None


def statements_of(conn: psycopg.Connection, path: str, *, explain: bool = False) -> list[SentStatement]:
    """Return the statements that answer ``path`` on ``conn``, in order; ``explain`` runs each once more for its plan.

    Raises:
        Refused: the address is refused, or no route serves it.

    """
    texts: list[str] = []
    conn.cursor_factory = type("_Noting", (_Noting,), {"texts": texts})
    conn.server_cursor_factory = type("_NotingServer", (_NotingServer,), {"texts": texts})
    status, body = asyncio.run(_ask(_application(conn), path))
    conn.cursor_factory, conn.server_cursor_factory = psycopg.Cursor, psycopg.ServerCursor
    if status >= _FIRST_ERROR:
        raise RefusedAddress(f"{path} is answered {status}: {_sentence(body)}")
    return [SentStatement(text, _plan(conn, text) if explain else None) for text in texts]


class _Noting(psycopg.Cursor[Any]):
    texts: list[str]

    @override
    def execute(self, query: Any, params: Params | None = None, **options: Any) -> Any:
        text = psycopg.ClientCursor(self.connection).mogrify(query, params).strip()
        if not text.upper().startswith(_FRAME):
            self.texts.append(text)
        return super().execute(query, params, **options)


class _NotingServer(psycopg.ServerCursor[Any]):
    texts: list[str]

    @override
    def execute(self, query: Any, params: Params | None = None, **options: Any) -> Any:
        self.texts.append(psycopg.ClientCursor(self.connection).mogrify(query, params).strip())
        return super().execute(query, params, **options)


def _application(conn: psycopg.Connection) -> FastAPI:
    @contextmanager
    def lend() -> Iterator[psycopg.Connection]:
        yield conn

    app = FastAPI()
    register_routes(app, templates=Jinja2Templates(_TEMPLATES), get_connection=lend)
    return app


async def _ask(app: FastAPI, path: str) -> tuple[int, bytes]:
    """Return the status and the body of the application's answer to a request."""
    target = urlsplit(path)
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(target.path),
        "raw_path": target.path.encode(),
        "query_string": target.query.encode(),
        "headers": [(b"host", b"127.0.0.1")],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def _plan(conn: psycopg.Connection, text: str) -> str:
    # The text is a statement of this package, with values quoted by the driver.
    lines = conn.execute(b"EXPLAIN (ANALYZE, BUFFERS) " + text.encode()).fetchall()
    return "\n".join(line for (line,) in lines)


def _sentence(body: bytes) -> str:
    try:
        detail = json.loads(body)["detail"]
    except (ValueError, KeyError, TypeError):
        return "not an address of the registry, or a page that says why"
    return detail if isinstance(detail, str) else "; ".join(problem["msg"] for problem in detail)
