"""``init-db`` beside a host: where its tables are, while it writes, at once with others, whatever the defaults."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from scidex.atlas.model_registry import (
    RegistryNotInstalled,
    RegistryUnavailable,
    check,
    fold,
    get_impact,
    get_model_detail,
    list_models,
)
from scidex.core.schema import TablesOutOfReach, init_db
from tests.integration.host_writers import Writers, forget_triggers, run_init_db, writing
from tests.registry import rows

_ARTIFACT = "INSERT INTO artifacts (id, artifact_type, title) VALUES (%s, 'model', 'A')"
_LINK = "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type) VALUES (%s, 'd', 'trained_on')"
_VERSION = "INSERT INTO model_versions (artifact_id) VALUES (%s)"
# Installed one after the other while others read and write.
RELEASES = pytest.mark.parametrize("releases", [2, pytest.param(4, marks=[pytest.mark.slow, pytest.mark.ci])])


def found(dsn: str, schema: str) -> list[str]:
    """Name what a schema holds."""
    with psycopg.connect(dsn) as conn:
        rows = conn.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'v')",
            [schema],
        )
        return [name for (name,) in rows]


@pytest.fixture
def schemas(dsn: str) -> str:
    """Name an emptied database whose search path leads to the schemas app and host."""
    with psycopg.connect(dsn) as conn:
        conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA app; CREATE SCHEMA host")
    return make_conninfo(dsn, options="-csearch_path=app,host")


def test_tables_further_down_the_search_path_are_taken_where_they_are(schemas: str) -> None:
    with psycopg.connect(make_conninfo(schemas, options="-csearch_path=host")) as conn:
        init_db(conn)
        conn.execute(_ARTIFACT, ["model-a"])
    run_init_db(schemas)
    run_init_db(schemas)
    assert found(schemas, "app") == []
    with psycopg.connect(schemas) as conn:
        conn.execute(_ARTIFACT, ["model-b"])
        assert list_models(conn=conn)["total"] == 2
        assert conn.execute("SELECT count(*) FROM host.model_registry_changes").fetchone() == (1,)
        conn.execute("DROP TABLE model_versions CASCADE")
        conn.commit()
        init_db(conn)
        assert conn.execute(
            "SELECT 'model_versions'::regclass::oid = 'host.model_versions'::regclass"
        ).fetchone() == (True,)
        assert conn.execute("SHOW search_path").fetchone() == ("app,host",)


def test_a_schema_with_capitals_and_blanks_holds_what_any_other_does(dsn: str) -> None:
    with psycopg.connect(dsn) as conn:
        conn.execute('DROP SCHEMA public CASCADE; CREATE SCHEMA "The Host"')
        conn.execute(f'ALTER DATABASE {conn.info.dbname} SET search_path = "The Host"'.encode())
    run_init_db(dsn)
    run_init_db(dsn)
    with psycopg.connect(dsn) as conn:
        conn.execute(_ARTIFACT, ["model-a"])
        assert list_models(conn=conn)["total"] == 1
        assert fold(conn=conn) == 1
        assert check(conn=conn) == []


def test_tables_that_the_role_may_not_see_are_not_hidden_by_empty_ones(schemas: str) -> None:
    with psycopg.connect(make_conninfo(schemas, options="-csearch_path=host")) as conn:
        init_db(conn)
    with psycopg.connect(schemas) as conn:
        conn.execute("CREATE ROLE scidex_stranger; GRANT ALL ON SCHEMA app TO scidex_stranger")
        conn.execute("SET LOCAL ROLE scidex_stranger")
        with pytest.raises(
            TablesOutOfReach, match=r"host\.artifact_links, host\.artifacts, host\.model_versions"
        ):
            init_db(conn)
        conn.rollback()
    assert found(schemas, "app") == []


@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
def test_first_installations_at_once_under_any_default(dsn: str, isolation: str) -> None:
    with psycopg.connect(dsn) as conn:
        conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        name = sql.Identifier(conn.info.dbname)
        isolated = sql.SQL("ALTER DATABASE {} SET default_transaction_isolation = {}")
        conn.execute(isolated.format(name, sql.Literal(isolation)))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run_init_db, [dsn] * 4))
    with psycopg.connect(dsn) as conn:
        conn.execute(_ARTIFACT, ["model-a"])
        assert list_models(conn=conn)["total"] == 1
        assert conn.execute("SELECT count(*) FROM model_registry_changes").fetchone() == (1,)


@pytest.mark.parametrize(
    "orders",
    [
        [[_ARTIFACT, _LINK]],
        [[_LINK, _ARTIFACT]],
        [[_ARTIFACT, _VERSION, _LINK], [_LINK, _ARTIFACT], [_LINK]],
    ],
)
@pytest.mark.parametrize("rounds", [1, pytest.param(3, marks=[pytest.mark.slow, pytest.mark.ci])])
def test_no_writer_of_the_host_is_a_victim(dsn: str, rounds: int, orders: list[list[str]]) -> None:
    for _ in range(rounds):
        forget_triggers(dsn)
        writers = Writers(dsn, 0.15)
        with writing(writers, orders, 4):
            time.sleep(0.3)
            run_init_db(dsn)
            run_init_db(dsn)  # nothing is left to attach, so no lock of the host is taken
        assert writers.failures == []
        assert writers.written > 8
        assert writers.longest < 5
    with psycopg.connect(dsn) as conn:
        ((models,),) = conn.execute("SELECT count(*) FROM artifacts")
        assert list_models(conn=conn)["total"] == models
        assert check(conn=conn) == []


def test_what_is_installed_takes_no_lock_of_the_host(dsn: str) -> None:
    with psycopg.connect(dsn) as writer:
        for statement in (_ARTIFACT, _VERSION, _LINK):
            writer.execute(statement.encode(), ["model-a"])
        run_init_db(dsn)


def test_a_writer_that_never_ends_is_told_of_and_goes_on(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scidex.atlas._model_registry.store.installation._QUEUED_SECONDS", (0.05, 0.1))
    forget_triggers(dsn)
    with psycopg.connect(dsn) as writer:
        writer.execute(_ARTIFACT, ["model-a"])
        with pytest.raises(RegistryUnavailable, match="in use"):
            run_init_db(dsn)
        writer.execute(_LINK, ["model-a"])
        writer.commit()


@RELEASES
def test_readers_meet_nothing_but_a_moment_of_unavailability_while_releases_change(
    dsn: str, releases: int
) -> None:
    """Each installation replaces every function, and the tables too, as those of another layout."""
    met: set[str] = set()
    stopped = threading.Event()

    def read() -> int:
        answered = 0
        with psycopg.connect(dsn) as conn:
            while not stopped.is_set():
                try:
                    assert list_models(facets=True, conn=conn)["total"] == 2
                    assert get_model_detail("model-a", conn=conn)["links"]
                    answered += 1
                except Exception as failure:
                    met.add(type(failure).__name__)
        return answered

    with psycopg.connect(dsn) as conn:
        rows.traceable_model(conn, "model-a")
        rows.model(conn, "model-b")
    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for _ in range(releases):
                with psycopg.connect(dsn) as conn:
                    conn.execute("COMMENT ON TABLE model_registry_projection IS 'layout 1'")
                run_init_db(dsn)
        finally:
            stopped.set()
        assert all(reader.result() for reader in readers)
    assert met <= {"RegistryNotInstalled", "RegistryUnavailable"}


@RELEASES
def test_writers_and_readers_at_once_while_the_tables_are_made_anew(dsn: str, releases: int) -> None:
    writers = Writers(dsn, 0.02)
    met: set[str] = set()

    def read() -> int:
        answered = 0
        with psycopg.connect(dsn, autocommit=True) as conn:
            while not writers.stopped.is_set():
                try:
                    before = _models(conn)
                    total = list_models(facets=True, conn=conn)["total"]
                    assert before <= total <= _models(conn)
                    answered += 1
                except (RegistryNotInstalled, RegistryUnavailable) as failure:
                    met.add(type(failure).__name__)
        return answered

    with (
        ThreadPoolExecutor(2) as pool,
        writing(writers, [[_ARTIFACT, _LINK], [_LINK, _ARTIFACT, _VERSION]], 3),
    ):
        readers = [pool.submit(read) for _ in range(2)]
        for _ in range(releases):
            with psycopg.connect(dsn) as conn:
                conn.execute("COMMENT ON TABLE model_registry_projection IS 'layout 1'")
            run_init_db(dsn)
    assert all(reader.result() for reader in readers)
    assert writers.failures == []
    with psycopg.connect(dsn) as conn:
        while fold(conn=conn):
            pass
        assert list_models(conn=conn)["total"] == _models(conn) == writers.written
        assert check(conn=conn) == []


def _models(conn: psycopg.Connection) -> int:
    ((number,),) = conn.execute("SELECT count(*) FROM artifacts WHERE artifact_type = 'model'").fetchall()
    return int(number)


def test_what_was_there_before_the_registry_and_its_first_model_is_walked(dsn: str) -> None:
    with psycopg.connect(dsn) as conn:
        rows.dataset(conn, "dataset-raw")
        rows.dataset(conn, "dataset-train")
        rows.link(conn, "dataset-train", "dataset-raw", "derives_from")
        conn.execute("COMMENT ON TABLE model_registry_projection IS 'layout 1'")
    run_init_db(dsn)
    with psycopg.connect(dsn) as conn:
        assert get_impact("dataset-raw", conn=conn)["others"] == {"dataset": 1}
        rows.model(conn, "model-first", {"trained_on_dataset_id": "dataset-train"})
        conn.execute("UPDATE artifacts SET lifecycle_state = 'flagged' WHERE id = 'dataset-raw'")
        for _ in range(2):
            assert list_models(standing=["disputed"], conn=conn)["total"] == 1
            assert get_impact("dataset-raw", conn=conn)["total_models"] == 1
            while fold(conn=conn):
                pass
        assert check(conn=conn) == []


def test_a_transaction_that_began_before_an_upgrade_reads_right_lists(dsn: str) -> None:
    with psycopg.connect(dsn) as conn, psycopg.connect(dsn) as reader:
        for name in ("model-a", "model-b"):
            rows.model(conn, name)
        conn.execute("COMMENT ON TABLE model_registry_projection IS 'layout 1'")
        conn.commit()
        while fold(conn=conn):
            pass
        rows.model(conn, "model-c")
        conn.commit()
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT count(*) FROM artifacts")
        run_init_db(dsn)
        assert list_models(conn=reader)["total"] == 3
        assert len(list_models(conn=reader)["models"]) == 3
