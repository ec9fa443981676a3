"""Which statements run through a connection, without BEGIN, COMMIT, SET and savepoints."""

from typing import Any

import psycopg
from typing_extensions import override

_UNCOUNTED = ("BEGIN", "COMMIT", "SET", "SAVEPOINT", "RELEASE")


class _Noting(psycopg.Cursor[Any]):
    """Notes every statement it runs."""

    statements: list[str]

    @override
    def execute(self, query: Any, *arguments: Any, **options: Any) -> Any:
        answer = super().execute(query, *arguments, **options)
        text = bytes(self._query.query if self._query else b"").decode().lstrip()
        if not text.upper().startswith(_UNCOUNTED):
            self.statements.append(text)
        return answer


def noted(conn: psycopg.Connection) -> list[str]:
    """Return the list to which every statement is added that runs through a connection from now on."""
    statements: list[str] = []
    conn.cursor_factory = type("_NotingHere", (_Noting,), {"statements": statements})
    return statements
