"""Only the owner runs anything with the owner's rights: checked for every function of the registry."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString, NamedTuple

import psycopg
import pytest
from psycopg import sql

from scidex.atlas.model_registry import (
    check,
    compare_models,
    fold,
    get_model_detail,
    install,
    list_models,
    waiting_changes,
)
from tests.registry import rows

GRANTS = (Path(__file__).resolve().parents[2] / "docs" / "reader.sql").read_bytes()
ROLES = ("scidex_reader", "scidex_writer", "scidex_nobody")
WRITES: LiteralString = (
    "GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES "
    "ON artifacts, artifact_links, model_versions TO scidex_writer; "
    "GRANT USAGE ON SEQUENCE artifact_links_id_seq TO scidex_writer"
)
FUNCTIONS: LiteralString = """
SELECT function.oid::regprocedure::text, function.prosecdef, function.prorettype = 'trigger'::regtype,
       ARRAY(SELECT format_type(argument, NULL)
             FROM unnest(function.proargtypes::oid[]) WITH ORDINALITY AS types (argument, place) ORDER BY place),
       function.proconfig
FROM pg_proc AS function
WHERE starts_with(function.proname, 'model_registry_') AND function.pronamespace = current_schema()::regnamespace
ORDER BY 1
"""
TABLES: LiteralString = """
SELECT relation.relname FROM pg_class AS relation
WHERE relation.relnamespace = 'public'::regnamespace AND relation.relkind = 'r' ORDER BY 1
"""
# A type, a domain and a cast whose functions tell on whose behalf they run; a table with a column of each name.
BAIT: LiteralString = """
CREATE TEMP TABLE seen (role text);
CREATE TYPE pg_temp.evil AS (x int);
CREATE FUNCTION pg_temp.tell() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    IF current_user NOT IN ('scidex_reader', 'scidex_writer', 'scidex_nobody') THEN
        RAISE EXCEPTION 'this runs as %', current_user USING ERRCODE = 'XX999';
    END IF;
    RETURN 'model-a';
END $$;
CREATE FUNCTION pg_temp.cast_evil(evil pg_temp.evil) RETURNS text LANGUAGE sql AS 'SELECT pg_temp.tell()';
CREATE CAST (pg_temp.evil AS text) WITH FUNCTION pg_temp.cast_evil(pg_temp.evil) AS ASSIGNMENT;
CREATE DOMAIN pg_temp.told AS text CHECK (pg_temp.tell() IS NOT NULL);
CREATE TABLE pg_temp.artifacts (
    id pg_temp.evil, artifact_id pg_temp.evil, source_artifact_id pg_temp.evil, artifact_type pg_temp.told
);
CREATE TABLE pg_temp.changed (id text, artifact_id text, source_artifact_id text);
"""


class Function(NamedTuple):
    """A function of the registry."""

    signature: str
    is_definers: bool
    is_of_triggers: bool
    arguments: list[str]
    settings: list[str] | None


@pytest.fixture
def roles(conn: psycopg.Connection) -> psycopg.Connection:
    """Lend the connection with the documented reader, a writer of the three tables, and a role without any right."""
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
    for role in ROLES:
        conn.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
    conn.execute(GRANTS)
    conn.execute(WRITES)
    return conn


def functions(conn: psycopg.Connection) -> list[Function]:
    """List every function of the registry."""
    return [Function(*row) for row in conn.execute(FUNCTIONS)]


def contents(conn: psycopg.Connection) -> dict[str, list[Any]]:
    """Read every row of every table."""
    names = [sql.Identifier("public", name) for (name,) in conn.execute(TABLES)]
    return {
        name.as_string(): sorted(conn.execute(sql.SQL("SELECT held::text FROM {} AS held").format(name)))
        for name in names
    }


def become(conn: psycopg.Connection, role: str) -> None:
    """Go on as another role."""
    conn.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))


def attempts(function: Function) -> Iterator[sql.Composed]:
    """Attach a function to tables of one's own, each way there is, or call it."""
    name = sql.SQL(function.signature)
    if not function.is_of_triggers:
        nulls = sql.SQL(", ").join(
            sql.SQL("NULL::{}").format(sql.SQL(argument)) for argument in function.arguments
        )
        called = sql.SQL(function.signature.partition("(")[0])
        yield sql.SQL("SELECT {}({})").format(called, nulls)
        return
    evil = sql.SQL("(ROW(1)::pg_temp.evil, ROW(1)::pg_temp.evil, ROW(1)::pg_temp.evil, 'model')")
    for table, values in (("artifacts", evil), ("changed", sql.SQL("('model-a', 'model-a', 'model-a')"))):
        for transition in ("after", "changed"):
            yield sql.SQL(
                "CREATE TRIGGER t AFTER INSERT ON pg_temp.{table} REFERENCING NEW TABLE AS {transition} "
                "FOR EACH STATEMENT EXECUTE FUNCTION {name}; INSERT INTO pg_temp.{table} VALUES {values}"
            ).format(
                table=sql.Identifier(table), transition=sql.Identifier(transition), name=name, values=values
            )
        yield sql.SQL(
            "CREATE TRIGGER t AFTER TRUNCATE ON pg_temp.{table} FOR EACH STATEMENT EXECUTE FUNCTION {name}; "
            "TRUNCATE pg_temp.{table}"
        ).format(table=sql.Identifier(table), name=name)


@pytest.mark.parametrize("role", ROLES)
def test_no_function_runs_as_its_owner_or_writes(roles: psycopg.Connection, role: str) -> None:
    before = contents(roles)
    every = functions(roles)
    become(roles, role)
    roles.execute(BAIT)
    refused, told = 0, list[str]()
    for function in every:
        for attempt in attempts(function):
            try:
                with roles.transaction():
                    roles.execute(attempt)
            except psycopg.errors.InsufficientPrivilege:
                refused += 1
            except psycopg.Error as error:
                told += [f"{function.signature}: {error}"] if error.sqlstate == "XX999" else []
    roles.execute("RESET ROLE")
    assert told == []
    assert contents(roles) == before
    assert refused >= sum(function.is_definers for function in every) > 0


def test_what_runs_with_its_owners_rights_is_the_owners_alone_and_looks_nowhere_else(
    roles: psycopg.Connection,
) -> None:
    definers = [function for function in functions(roles) if function.is_definers]
    assert len(definers) == 4
    for function in definers:
        assert function.is_of_triggers
        assert function.settings == ["search_path=pg_catalog, pg_temp"]
        for role in ROLES:
            asked = roles.execute(
                "SELECT has_function_privilege(%s, %s, 'EXECUTE')", [role, function.signature]
            )
            assert asked.fetchone() == (False,)


def test_a_dump_restored_without_its_privileges_gives_none_away(roles: psycopg.Connection) -> None:
    before = contents(roles)
    definers = [function for function in functions(roles) if function.is_definers]
    for function in definers:
        roles.execute(f"GRANT EXECUTE ON FUNCTION {function.signature} TO PUBLIC".encode())
    become(roles, "scidex_reader")
    roles.execute(BAIT)
    for function in definers:
        for attempt in attempts(function):
            with roles.transaction(force_rollback=True):
                roles.execute(attempt)
                roles.execute("RESET ROLE")
                assert contents(roles) == before


def test_writers_log_what_they_write_without_a_right_on_the_log(roles: psycopg.Connection) -> None:
    while fold(conn=roles):
        pass
    become(roles, "scidex_writer")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), roles.transaction():
        roles.execute("SELECT FROM model_registry_changes")
    roles.execute("SET LOCAL search_path = pg_temp")
    roles.execute("CREATE TEMP TABLE model_registry_changes (artifact_id text)")
    roles.execute(
        "INSERT INTO public.artifacts (id, artifact_type, title) VALUES ('dataset-d', 'dataset', 'D')"
    )
    roles.execute(
        "INSERT INTO public.artifact_links (source_artifact_id, target_artifact_id, link_type) "
        "VALUES ('model-a', 'dataset-d', 'trained_on')"
    )
    roles.execute("INSERT INTO public.model_versions (artifact_id) VALUES ('model-a')")
    roles.execute("DROP TABLE pg_temp.model_registry_changes")
    roles.execute("SET LOCAL search_path = public")
    roles.execute("RESET ROLE")
    logged = roles.execute("SELECT artifact_id FROM model_registry_changes ORDER BY 1").fetchall()
    assert logged == [("dataset-d",), ("model-a",), ("model-a",)]
    become(roles, "scidex_writer")
    roles.execute("TRUNCATE public.artifacts CASCADE")
    roles.execute("RESET ROLE")
    assert waiting_changes(conn=roles) > 3


def test_no_lock_that_a_reader_can_take_keeps_from_folding(shared_dsn: str) -> None:
    with psycopg.connect(shared_dsn) as reader:
        tables = [name for (name,) in reader.execute(TABLES) if name.startswith("model_registry_")]
        reader.execute("CREATE ROLE scidex_reader")
        reader.execute(GRANTS)
        become(reader, "scidex_reader")
        reader.execute("SELECT pg_advisory_lock(key) FROM generate_series(7305000, 7305200) AS key")
        for table in tables:
            reader.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(sql.Identifier(table)))
            for mode in (
                "ROW EXCLUSIVE",
                "SHARE UPDATE EXCLUSIVE",
                "SHARE ROW EXCLUSIVE",
                "ACCESS EXCLUSIVE",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege), reader.transaction():
                    reader.execute(f"LOCK TABLE {table} IN {mode} MODE".encode())
        with psycopg.connect(shared_dsn) as folder:
            folder.execute(
                "INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-b', 'model', 'B')"
            )
            assert fold(conn=folder) == 1
            assert list_models(conn=folder)["total"] == 1
            folder.rollback()
        reader.rollback()


def test_the_documented_grants_suffice_where_the_public_may_execute_nothing(conn: psycopg.Connection) -> None:
    conn.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
    install(conn)
    rows.traceable_model(conn, "model-a")
    rows.model(conn, "model-b")
    conn.execute("CREATE ROLE scidex_reader")
    conn.execute(GRANTS)
    become(conn, "scidex_reader")
    assert list_models(q="model", facets=True, conn=conn)["total"] == 2
    assert get_model_detail("model-a", conn=conn)["provenance"]
    assert len(compare_models(["model-a", "model-b"], conn=conn)["models"]) == 2
    assert waiting_changes(conn=conn) > 0
    assert check(conn=conn) == []
