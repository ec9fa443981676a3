"""Installing the registry's own objects: again, over another release's, beside a host that writes."""

import psycopg

from scidex.atlas.model_registry import fold, index_host_tables, install, list_models, vacuum
from scidex.core.database import init_db


def test_installing_again_keeps_what_lists_read(conn: psycopg.Connection) -> None:
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
    fold(conn=conn)
    install(conn)
    assert [model["id"] for model in list_models(conn=conn)["models"]] == ["model-a"]


def test_functions_of_another_release_are_replaced(conn: psycopg.Connection) -> None:
    conn.execute("DROP FUNCTION model_registry_current(text[])")
    conn.execute("CREATE FUNCTION model_registry_current(text[]) RETURNS text LANGUAGE sql RETURN 'old'")
    conn.execute("CREATE VIEW model_registry_verdicts AS SELECT 'old' AS model_id")
    conn.execute("CREATE FUNCTION model_registry_gone() RETURNS text LANGUAGE sql RETURN 'old'")
    install(conn)
    assert list_models(conn=conn)["total"] == 0
    assert conn.execute("SELECT to_regproc('model_registry_gone')").fetchone() == (None,)


def test_models_that_were_there_before_are_listed_at_once(own_database: psycopg.Connection) -> None:
    own_database.execute("DROP SCHEMA public CASCADE")
    own_database.execute("CREATE SCHEMA public")
    init_db(own_database)
    own_database.execute(
        "INSERT INTO artifacts (id, artifact_type, title) "
        "SELECT 'model-' || n, 'model', 'A' FROM generate_series(1, 5) AS n"
    )
    install(own_database)
    own_database.commit()
    assert list_models(conn=own_database)["total"] == 5
    assert [fold(most=2, conn=own_database) for _ in range(4)] == [2, 2, 1, 0]
    assert list_models(conn=own_database)["total"] == 5
    assert own_database.execute("SELECT count(*) FROM model_registry_projection").fetchone() == (5,)


def test_an_index_half_built_is_built_anew_beside_writers(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn, psycopg.connect(dsn) as writer:
        conn.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'model_registry_links_by_target'::regclass"
        )
        index_host_tables(conn=conn)
        index_host_tables(conn=conn)
        valid = (
            "SELECT indisvalid FROM pg_index WHERE indexrelid = 'model_registry_links_by_target'::regclass"
        )
        assert conn.execute(valid).fetchall() == [(True,)]
        writer.execute("SELECT count(*) FROM artifact_links")


def test_a_vacuum_tells_the_planner_how_much_there_is(dsn: str) -> None:
    tuples = "SELECT reltuples FROM pg_class WHERE oid = 'model_registry_projection'::regclass"
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
        fold(conn=conn)
        assert conn.execute(tuples).fetchone() == (-1,)
        vacuum(conn=conn)
        assert conn.execute(tuples).fetchone() == (1,)


def test_tables_of_another_layout_are_made_anew(conn: psycopg.Connection) -> None:
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
    fold(conn=conn)
    conn.execute("DROP TABLE model_registry_evidence CASCADE")
    conn.execute("COMMENT ON TABLE model_registry_projection IS 'layout 4'")
    install(conn)
    assert [model["id"] for model in list_models(conn=conn)["models"]] == ["model-a"]
    while fold(conn=conn):
        pass
    assert conn.execute("SELECT id FROM model_registry_projection").fetchall() == [("model-a",)]
