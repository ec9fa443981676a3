"""Installing the registry's own objects: again, over another release's, beside a host that writes."""

import psycopg

from scidex.atlas.model_registry import fold, install, list_models
from scidex.core.database import init_db


def test_installing_again_keeps_what_lists_read(conn: psycopg.Connection) -> None:
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
    fold(conn=conn)
    install(conn)
    assert [model["id"] for model in list_models(conn=conn)["models"]] == ["model-a"]


def test_functions_of_another_release_are_replaced(conn: psycopg.Connection) -> None:
    conn.execute("DROP VIEW model_registry_verdicts CASCADE")
    conn.execute("DROP FUNCTION model_registry_inputs(text[], text[])")
    conn.execute(
        "CREATE FUNCTION model_registry_inputs(text[], text[]) RETURNS text LANGUAGE sql RETURN 'old'"
    )
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
