"""``/health`` answers 503 whenever lists are unavailable, whatever the reason."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from starlette.testclient import TestClient

import api
from scidex.core.database import close_database, get_db_ro, open_database
from scidex.core.settings import Settings
from tests.registry import rows

ROLE = "scidex_without_grants"


@contextmanager
def _application(dsn: str, **environment: str) -> Iterator[TestClient]:
    """Lend a client of the application in this process."""
    close_database()
    open_database(Settings.from_environment({"SCIDEX_PG_DSN": dsn} | environment))
    try:
        yield TestClient(api.app.build_middleware_stack())
    finally:
        close_database()


def _health(client: TestClient) -> tuple[int, str]:
    answer = client.get("/health")
    if answer.status_code == 503:
        assert answer.headers["Retry-After"] == "2"
    assert answer.json()["pools"]["read"]["max"] > 0
    return answer.status_code, answer.json()["status"]


@pytest.mark.parametrize(
    ("damage", "status"),
    [
        ("DROP TABLE model_versions CASCADE", "registry not installed"),
        ("DROP TABLE artifact_links CASCADE", "registry not installed"),
        ("ALTER TABLE artifacts RENAME TO former_artifacts", "registry not installed"),
        ("DROP TABLE model_registry_projection CASCADE", "registry not installed"),
        ("DROP TABLE model_registry_changes CASCADE", "registry not installed"),
        ("DROP FUNCTION model_registry_affected", "registry not installed"),
        ("ALTER TABLE model_registry_projection RENAME quality_score TO score", "registry not installed"),
        ("ALTER TABLE model_registry_changes RENAME TO another_release", "registry not installed"),
    ],
)
def test_what_lists_need_and_the_database_lacks_is_not_healthy(dsn: str, damage: str, status: str) -> None:
    with psycopg.connect(dsn) as conn:
        rows.model(conn, "model-a")
        conn.execute(damage.encode())
    with _application(dsn) as client:
        assert _health(client) == (503, status)


def test_rights_that_were_lost_and_given_back(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(ROLE)))
        try:
            with _application(make_conninfo(dsn, user=ROLE)) as client:
                assert _health(client) == (503, "lists fail")
                conn.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(ROLE)))
                assert _health(client) == (200, "ok")
        finally:
            conn.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(ROLE)))


def test_a_pool_whose_connections_are_all_lent(dsn: str) -> None:
    one = {"SCIDEX_PG_RO_POOL_MIN": "1", "SCIDEX_PG_RO_POOL_MAX": "1", "SCIDEX_PG_POOL_TIMEOUT": "0.2"}
    with _application(dsn, **one) as client:
        with get_db_ro():
            assert _health(client) == (503, "database unavailable")
        assert _health(client) == (200, "ok")


def test_a_table_that_a_migration_locks(dsn: str) -> None:
    with psycopg.connect(dsn) as conn, _application(dsn, SCIDEX_PG_STATEMENT_TIMEOUT="200") as client:
        conn.execute("LOCK TABLE model_registry_projection IN ACCESS EXCLUSIVE MODE")
        assert _health(client) == (503, "database unavailable")
        conn.rollback()
        assert _health(client) == (200, "ok")


def test_lists_that_wait_for_folding_are_told(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn, _application(dsn) as client:
        conn.execute(
            "INSERT INTO model_registry_changes (artifact_id) SELECT 'a' || n FROM generate_series(1, 20001) AS n"
        )
        answer = client.get("/health").json()
        assert (answer["waiting_changes"], answer["folding"]) == (20_001, "behind")
        conn.execute("DELETE FROM model_registry_changes WHERE artifact_id = 'a1'")
        answer = client.get("/health").json()
        assert (answer["waiting_changes"], answer["folding"]) == (20_000, "ok")
