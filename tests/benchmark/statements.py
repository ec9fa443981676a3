"""The statements of an answer, caught as they run: how many, how each is planned, how long each takes alone."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from fastapi import FastAPI
from psycopg import IsolationLevel, sql
from starlette.templating import Jinja2Templates
from starlette.testclient import TestClient
from typing_extensions import override

from scidex.atlas.model_registry import register_routes
from tests.benchmark.cases import Case
from tests.benchmark.database import CHECKOUT

# After five runs with a plan of their own PostgreSQL decides whether a prepared statement keeps one plan for all.
_RUNS_BEFORE_GENERIC = 6
_MOST_RUNS, _FEWEST_RUNS, _MOST_SECONDS = 40, 3, 2.0
# What opens and ends a transaction is the host's and the same for every answer.
# The first column of statements that count rather than fetch.
_COUNTING = ("total", "facet")
_FRAME = ("BEGIN", "COMMIT", "SET", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Statement:
    """A statement as it reached the server: text with $1, types of its parameters, their values."""

    text: str
    types: tuple[int, ...]
    values: tuple[Any, ...]
    counts: bool

    def alone(self, conn: psycopg.Connection[Any]) -> "Alone":
        """Run it by itself, prepared for good as the server's connections have it."""
        with _prepared(conn, self) as execute:
            times: list[float] = []
            begun = time.monotonic()
            while len(times) < _MOST_RUNS and (
                time.monotonic() - begun < _MOST_SECONDS or len(times) < _RUNS_BEFORE_GENERIC + _FEWEST_RUNS
            ):
                start = time.perf_counter()
                conn.execute(execute).fetchall()
                times.append(time.perf_counter() - start)
            explain = sql.SQL("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ") + execute
            (((explained,),),) = conn.execute(explain).fetchall()
        return Alone(self, statistics.median(times[_RUNS_BEFORE_GENERIC:]) * 1000, explained)


@dataclass(frozen=True)
class Alone:
    """A statement run by itself: the median in milliseconds with its rows fetched, and what ``EXPLAIN`` says."""

    statement: Statement
    milliseconds: float
    explained: dict[str, Any]


class _Noting(psycopg.Cursor[Any]):
    """Notes every statement it runs."""

    statements: list[Statement]

    @override
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        answer = super().execute(query, params, **options)
        assert self._query is not None
        text = bytes(self._query.query).decode().strip()
        if not text.upper().startswith(_FRAME):
            first = next((column.name for column in self.description or ()), "")
            counts = first in _COUNTING
            self.statements.append(Statement(text, self._query.types, self._values(params), counts))
        return answer

    def _values(self, params: Any) -> tuple[Any, ...]:
        order = self._query._order if self._query else None
        return tuple(params or ()) if order is None else tuple(params[name] for name in order)


class Recorder:
    """Runs cases through the routes in this process, on one connection that notes its statements."""

    def __init__(self, dsn: str) -> None:
        self._noted: list[Statement] = []
        cursor = type("_NotingHere", (_Noting,), {"statements": self._noted})
        self.connection = psycopg.connect(dsn)
        self._lent = psycopg.connect(dsn, cursor_factory=cursor)
        self._lent.prepare_threshold = None  # a cursor forgets the text of what it has prepared
        self._lent.set_read_only(True)
        self._lent.set_isolation_level(IsolationLevel.REPEATABLE_READ)
        app = FastAPI()
        templates = Jinja2Templates(CHECKOUT / "templates")
        register_routes(app, templates=templates, get_connection=self._lend)
        self._client = TestClient(app)

    def statements(self, case: Case) -> list[Statement]:
        """Answer the statements of one answer to a case, in their order."""
        self._noted.clear()
        answer = self._client.get(case.path)
        assert answer.status_code == 200, answer.text
        return list(self._noted)

    def ask(self, path: str) -> Any:
        """Answer the JSON of a path."""
        return self._client.get(path).json()

    def flush_statistics(self) -> None:
        """Let the server count at once what the statements did."""
        self._lent.execute("SELECT pg_stat_force_next_flush()")
        self._lent.rollback()

    def close(self) -> None:
        """Give back both connections."""
        self.connection.close()
        self._lent.close()

    @contextmanager
    def _lend(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            yield self._lent
        finally:
            self._lent.rollback()


@contextmanager
def _prepared(conn: psycopg.Connection[Any], statement: Statement) -> Iterator[sql.Composed]:
    """Prepare a statement as the driver does; answers the one that executes it with its own values."""
    types = [_type_name(conn, oid) for oid in statement.types]
    declared = sql.SQL("({})").format(sql.SQL(", ").join(types)) if types else sql.SQL("")
    values = sql.SQL(", ").join(map(sql.Literal, statement.values))
    # The text came from the server's own log of what ran, with every value taken out.
    text = sql.SQL(statement.text)
    conn.execute(sql.SQL("PREPARE measured {} AS ").format(declared) + text)
    try:
        yield sql.SQL("EXECUTE measured {}").format(sql.SQL("({})").format(values) if types else sql.SQL(""))
        conn.execute("DEALLOCATE measured")
    finally:
        conn.rollback()


def _type_name(conn: psycopg.Connection[Any], oid: int) -> sql.Composable:
    ((name,),) = conn.execute("SELECT format_type(%s, NULL)", [oid or 705]).fetchall()
    return sql.SQL(name)
