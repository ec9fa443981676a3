"""A few statements as they are sent, to be read in review; ``python3 run.py sql PATH`` prints them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from scidex.commands import statements
from scidex.commands.statements import RefusedAddress, SentStatement
from tests.registry import rows

GOLDEN = Path(__file__).parent / "golden"
PATHS = {
    "list": "/api/models",
    "list-by-metric": "/api/models?family=statistical&sort=metric:rmse",
    "list-of-dataset": "/api/models?dataset=ad-train&latest=true",
    "list-by-words": "/api/models?q=apoe+logistic&metric=auc>=0.9&created_after=2026-04-05",
    "facets": "/api/models?facets=true&family=statistical",
    "detail": "/api/models/model-a",
}


def statements_of(*arguments: Any, **options: Any) -> list[SentStatement]:
    """Ask in a thread of its own: a browser's tests leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(statements.statements_of, *arguments, **options).result()


def _model(conn: psycopg.Connection) -> None:
    """Register a model that every path finds: an empty list asks one statement more."""
    metadata = {"model_family": "statistical", "evaluation_metrics": {"rmse": 0.5, "auc": 0.95}}
    rows.model(conn, "model-a", metadata, title="Logistic regression of APOE")


@pytest.mark.parametrize("name", PATHS)
def test_a_statement_reads_as_it_did(conn: psycopg.Connection, name: str) -> None:
    _model(conn)
    texts = [statement.text for statement in statements_of(conn, PATHS[name])]
    assert ";\n\n".join(texts) + ";\n" == (GOLDEN / f"{name}.sql").read_text(encoding="utf-8")


def test_each_runs_as_it_stands_and_has_a_plan(conn: psycopg.Connection) -> None:
    _model(conn)
    counted, listed = statements_of(conn, PATHS["list-by-words"], explain=True)
    assert (counted.plan or "").startswith("Aggregate")
    assert conn.execute(listed.text.encode()).fetchall()


@pytest.mark.parametrize(
    ("path", "said"),
    [("/api/models?famly=x", "family"), ("/api/models/x", "no model"), ("/elsewhere", "Not Found")],
)
def test_a_refused_address_is_said(conn: psycopg.Connection, path: str, said: str) -> None:
    with pytest.raises(RefusedAddress, match=said):
        statements_of(conn, path)
