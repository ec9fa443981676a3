"""The statements of an answer, caught as they run: how many, how each is planned, how long each takes alone."""

import statistics
import time
from collections.abc import Callable, Iterator
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
# Columns of statements that count rather than fetch.
_COUNTS = {"total", "number"}
_FRAME = ("BEGIN", "COMMIT", "SET", "SAVEPOINT", "RELEASE", "ROLLBACK")


_AS_IT_IS, _EXPLAIN = sql.SQL(""), sql.SQL("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ")

# Executes a statement with something before it.
_Execute = Callable[[sql.SQL], psycopg.Cursor[Any]]


@dataclass(frozen=True)
class Statement:
    """A statement as it reached the server: text with $1, types of its parameters, their values.

    ``planned_once`` where the driver prepares it, so that the server may keep one plan for all values.
    """

    text: str
    types: tuple[int, ...]
    values: tuple[Any, ...]
    counts: bool
    planned_once: bool
    asked: tuple[Any, Any]

    def alone(self, conn: psycopg.Connection[Any]) -> "Alone":
        """Run it by itself, planned as on the server's connections."""
        with _prepared(conn, self) if self.planned_once else _unprepared(conn, self) as execute:
            times: list[float] = []
            begun = time.monotonic()
            while len(times) < _MOST_RUNS and (
                time.monotonic() - begun < _MOST_SECONDS or len(times) < _RUNS_BEFORE_GENERIC + _FEWEST_RUNS
            ):
                start = time.perf_counter()
                execute(_AS_IT_IS).fetchall()
                times.append(time.perf_counter() - start)
            (((explained,),),) = execute(_EXPLAIN).fetchall()
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
            counts = any(column.name in _COUNTS for column in self.description or ())
            planned_once = options.get("prepare") is not False
            values = self._values(params)
            self.statements.append(
                Statement(text, self._query.types, values, counts, planned_once, (query, params))
            )
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
        """Return the statements of one answer to a case, in their order."""
        self._noted.clear()
        answer = self._client.get(case.path)
        assert answer.status_code == 200, answer.text
        return list(self._noted)

    def ask(self, path: str) -> Any:
        """Return the JSON of a path."""
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
def _prepared(conn: psycopg.Connection[Any], statement: Statement) -> Iterator[_Execute]:
    """Prepare a statement as the driver does; returns what executes it with its own values."""
    types = [_type_name(conn, oid) for oid in statement.types]
    declared = sql.SQL("({})").format(sql.SQL(", ").join(types)) if types else sql.SQL("")
    values = sql.SQL("({})").format(sql.SQL(", ").join(map(sql.Literal, statement.values)))
    run = sql.SQL("EXECUTE measured {}").format(values if types else sql.SQL(""))
    # The text is what the driver sent, with every value taken out.
    conn.execute(sql.SQL("PREPARE measured {} AS ").format(declared) + sql.SQL(statement.text))
    try:
        yield lambda before: conn.execute(before + run)
        conn.execute("DEALLOCATE measured")
    finally:
        conn.rollback()


@contextmanager
def _unprepared(conn: psycopg.Connection[Any], statement: Statement) -> Iterator[_Execute]:
    """Return what executes a statement with its own values, planned for them each time."""
    query, parameters = statement.asked
    try:
        yield lambda before: conn.execute(before + query, parameters, prepare=False)
    finally:
        conn.rollback()


def _type_name(conn: psycopg.Connection[Any], oid: int) -> sql.Composable:
    ((name,),) = conn.execute("SELECT format_type(%s, NULL)", [oid or 705]).fetchall()
    return sql.SQL(name)
