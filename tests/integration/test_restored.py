"""Rows that no trigger saw: a dump restored over an installed registry, and logical replication."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pytest_postgresql.executors import NoopExecutor

from scidex.atlas.model_registry import check, fold, install, list_models, rebuild
from scidex.core.embedded_postgres import binaries
from scidex.core.schema import HOST_TABLES
from scidex.core.settings import Settings
from tests.conftest import database
from tests.projection.bulks import take_up_from
from tests.registry import rows

# Of each kind of restoring one stays in the ordinary suite.
DEAR = [pytest.mark.slow, pytest.mark.ci]
_PROGRAMS = binaries.find(Settings.from_environment().pg_bin)


@pytest.fixture
def source(dsn: str) -> str:
    """Fill a database with three models, folded."""
    with psycopg.connect(dsn) as conn:
        rows.traceable_model(conn, "model-a", {"evaluation_metrics": {"rmse": 0.5}})
        rows.traceable_model(conn, "model-b")
        rows.model(conn, "model-c")
        rows.link(conn, "model-c", "dataset-of-model-a", "trained_on")
        while fold(conn=conn):
            pass
    return dsn


@pytest.fixture
def target(registry_server: NoopExecutor) -> Iterator[str]:
    """Make a database with the registry and no rows."""
    with database(registry_server, "restored") as dsn:
        yield dsn


def run(program: str, dsn: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's, which must succeed."""
    where = conninfo_to_dict(dsn)
    server = ["-h", str(where["host"]), "-p", str(where.get("port") or 5432), "-U", str(where["user"])]
    done = subprocess.run(
        [_PROGRAMS / program, *server, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def copy(source: str, target: str, folder: Path, *options: str, tables: tuple[str, ...] = ()) -> None:
    """Dump one database and restore its data into another."""
    dump = str(folder / "dump")
    name = {dsn: str(conninfo_to_dict(dsn)["dbname"]) for dsn in (source, target)}
    chosen = [f"--table={table}" for table in tables]
    run("pg_dump", source, "-Fc", "-f", dump, *chosen, name[source])
    run("pg_restore", target, "--data-only", "--exit-on-error", *options, "-d", name[target], dump)


def listed(dsn: str) -> dict[str, Any]:
    """Ask for a list with facets; whether a headline is computed yet is the folding's, and no more restored than it."""
    with psycopg.connect(dsn) as conn:
        answer = list_models(facets=True, conn=conn)
    assert answer["total"] == len(answer["models"])
    return {**answer, "models": [{**entry, "computed": None} for entry in answer["models"]]}


def differing(dsn: str) -> list[str]:
    """Check the database."""
    with psycopg.connect(dsn) as conn:
        return check(conn=conn)


def fold_all(dsn: str) -> None:
    """Fold until nothing waits."""
    with psycopg.connect(dsn) as conn:
        while fold(conn=conn):
            pass


def rebuild_all(dsn: str) -> None:
    """Do what the command does."""
    with psycopg.connect(dsn) as conn:
        for _ in rebuild(conn=conn):
            pass


@pytest.mark.parametrize(
    "options",
    [
        pytest.param([], marks=DEAR),
        ["--disable-triggers"],
        pytest.param(["--single-transaction"], marks=DEAR),
    ],
)
def test_a_whole_dump_brings_lists_and_totals_as_they_were(
    source: str, target: str, tmp_path: Path, options: list[str]
) -> None:
    copy(source, target, tmp_path, *options)
    for _ in range(2):
        assert listed(target) == listed(source)
        assert differing(target) == []
        fold_all(target)
    with psycopg.connect(target) as conn:
        rows.model(conn, "model-d")  # a host that writes meets nothing that the dump brought
        assert list_models(conn=conn)["total"] == 4


@pytest.mark.parametrize("is_installed", [pytest.param(False, marks=DEAR), True])
def test_a_plain_dump_goes_into_an_empty_database_and_into_an_installed_one(
    source: str, target: str, tmp_path: Path, *, is_installed: bool
) -> None:
    with psycopg.connect(source) as conn:
        rows.model(conn, "model-waiting", {"trained_on_dataset_id": "dataset-of-model-a"})
        conn.execute("UPDATE artifacts SET lifecycle_state = 'flagged' WHERE id = 'dataset-of-model-a'")
    if not is_installed:
        with psycopg.connect(target) as conn:
            conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    dump = str(tmp_path / "dump.sql")
    run("pg_dump", source, "-Fp", "-f", dump, str(conninfo_to_dict(source)["dbname"]))
    # What is there already is refused statement by statement, and the rows go in.
    stops = [] if is_installed else ["-v", "ON_ERROR_STOP=1"]
    run("psql", target, "-q", *stops, "-d", str(conninfo_to_dict(target)["dbname"]), "-f", dump)
    for _ in range(2):
        assert listed(target) == listed(source)
        assert differing(target) == []
        fold_all(target)
    with psycopg.connect(target) as conn:
        assert list_models(standing=["disputed"], conn=conn)["total"] == 3
        rows.model(conn, "model-later")
        assert list_models(conn=conn)["total"] == 5


def test_the_data_of_a_dump_is_left_to_folding(source: str, target: str, tmp_path: Path) -> None:
    with psycopg.connect(target) as conn:
        take_up_from(conn, 1)
    copy(source, target, tmp_path)
    assert differing(target) == []
    assert listed(target) == listed(source)
    fold_all(target)
    assert differing(target) == []


@pytest.mark.slow
@pytest.mark.ci
def test_the_hosts_tables_alone_are_logged(source: str, target: str, tmp_path: Path) -> None:
    copy(source, target, tmp_path, tables=HOST_TABLES)
    assert listed(target) == listed(source)
    fold_all(target)
    assert listed(target) == listed(source)
    assert differing(target) == []


def test_rows_restored_without_triggers_are_found_by_the_check_and_listed_after_a_rebuild(
    source: str, target: str, tmp_path: Path
) -> None:
    copy(source, target, tmp_path, "--disable-triggers", tables=HOST_TABLES)
    assert differing(target) == ["model-a", "model-b", "model-c"]
    rebuild_all(target)
    assert differing(target) == []
    assert listed(target) == listed(source)


def test_triggers_that_a_restore_left_disabled_are_found_and_mended(source: str) -> None:
    with psycopg.connect(source) as conn:
        conn.execute("ALTER TABLE artifact_links DISABLE TRIGGER ALL")
        conn.execute("DELETE FROM artifact_links")
        conn.commit()
        assert "(writes to artifact_links are not logged: run init-db)" in check(conn=conn)
        conn.rollback()
        install(conn)
        assert list_models(dataset="dataset-of-model-a", conn=conn)["total"] == 1
        fold_all(source)
        assert check(conn=conn) == []


def test_what_logical_replication_brings_is_found_by_the_check_and_listed_after_a_rebuild(
    source: str, target: str
) -> None:
    with (
        psycopg.connect(source, autocommit=True) as publisher,
        psycopg.connect(target, autocommit=True) as subscriber,
    ):
        publisher.execute("CREATE PUBLICATION hosts FOR TABLE artifacts, artifact_links, model_versions")
        publisher.execute("CREATE PUBLICATION everything FOR ALL TABLES")
        publisher.execute("SELECT pg_create_logical_replication_slot('restored', 'pgoutput')")
        subscription = (
            "CREATE SUBSCRIPTION restored CONNECTION {} PUBLICATION hosts WITH (create_slot = false)"
        )
        where = conninfo_to_dict(source)  # without what an older server does not know
        reached = make_conninfo("", **{name: where.get(name) for name in ("host", "port", "user", "dbname")})
        subscriber.execute(sql.SQL(subscription).format(sql.Literal(reached)))
        try:
            _wait(
                lambda: subscriber.execute("SELECT count(*) FROM pg_subscription_rel WHERE srsubstate = 'r'"),
                3,
            )
            assert differing(target) == ["model-a", "model-b", "model-c"]
            rebuild_all(target)
            publisher.execute("UPDATE artifacts SET title = 'Changed' WHERE id = 'model-a'")
            fold_all(source)  # whatever is published, folding goes on
            changed = "SELECT count(*) FROM artifacts WHERE title = 'Changed'"
            _wait(lambda: subscriber.execute(changed), 1)
            assert differing(source) == []
            assert differing(target) == ["model-a"]
            rebuild_all(target)
            assert differing(target) == []
            assert listed(target) == listed(source)
        finally:
            subscriber.execute("ALTER SUBSCRIPTION restored DISABLE")
            subscriber.execute("ALTER SUBSCRIPTION restored SET (slot_name = NONE)")
            subscriber.execute("DROP SUBSCRIPTION restored")
            _drop_slot(publisher)


def _wait(ask: Any, number: int) -> None:
    deadline = time.monotonic() + 20
    while ask().fetchone() != (number,):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _drop_slot(publisher: psycopg.Connection[Any]) -> None:
    _wait(lambda: publisher.execute("SELECT count(*) FROM pg_replication_slots WHERE active"), 0)
    publisher.execute("SELECT pg_drop_replication_slot('restored')")
