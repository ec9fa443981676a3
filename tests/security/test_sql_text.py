"""Parameters never reach SQL as text: the type checker accepts only literals as SQL."""

from pathlib import Path

import pytest
from mypy import api

CHECKOUT = Path(__file__).resolve().parents[2]

LITERALS = """
from typing import Final
from psycopg import Connection, sql

NAMED: Final = "SELECT 3"

def literals(conn: Connection, name: str) -> None:
    conn.execute("SELECT %s", [name])
    conn.execute("SELECT" " 2")
    conn.execute(NAMED)
    conn.execute(b"SELECT 4")
    conn.execute(sql.SQL("SELECT {}").format(sql.Identifier(name)))
"""
TEXTS = """
from typing import Any
from psycopg import Connection, Cursor, sql

def texts(conn: Connection, cursor: Cursor, name: str, anything: Any, either: str | bytes) -> None:
    conn.execute(f"SELECT * FROM artifacts WHERE id = '{name}'")
    conn.execute("SELECT " + name)
    conn.execute("SELECT %s" % name)
    conn.execute("SELECT {}".format(name))
    conn.execute(query=name)
    conn.execute(anything)
    conn.execute(either)
    cursor.execute(name)
    cursor.executemany(name, [])
    cursor.copy(name)
    sql.SQL(name)
"""


def checked(folder: Path, code: str) -> list[str]:
    """Type-check a file as the application's are; returns the complaints."""
    (folder / "asked.py").write_text(code)
    configuration = folder / "mypy.ini"
    plugin = CHECKOUT / "tests/security/sql_text.py"
    configuration.write_text(f"[mypy]\nplugins = {plugin}\n")
    options = ["--no-incremental", "--config-file", str(configuration)]
    said, failed, _ = api.run([*options, str(folder / "asked.py")])
    assert failed == ""
    return said.splitlines()[:-1]


@pytest.mark.slow
def test_the_type_checker_refuses_sql_other_than_literals(tmp_path: Path) -> None:
    assert checked(tmp_path, LITERALS) == []
    complaints = checked(tmp_path, TEXTS)
    number = len([line for line in TEXTS.splitlines() if line.startswith("    ")])
    assert len(complaints) == number, complaints
    assert all(complaint.endswith("[sql-text]") for complaint in complaints)


def test_the_type_checker_looks_so_at_the_application() -> None:
    configured = (CHECKOUT / "pyproject.toml").read_text()
    assert 'plugins = ["tests/security/sql_text.py"]' in configured
    assert "sql-text" not in "".join(path.read_text() for path in (CHECKOUT / "scidex").rglob("*.py"))
