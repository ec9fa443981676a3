"""What a writer's session remembers of the registry's functions never decides what runs with the owner's rights."""

from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from scidex.atlas.model_registry import waiting_changes
from tests.projection.bulks import hold_lists_to_the_judge, take_up_from, write, write_beneath
from tests.security.test_privileges import FUNCTIONS, WRITES, Function

_ROLE: LiteralString = "scidex_poisoner"
_RIGHTS = f"""
CREATE ROLE {_ROLE};
{WRITES.replace("scidex_writer", _ROLE)};
SELECT model_registry_let_read('{_ROLE}');
CREATE SCHEMA {_ROLE} AUTHORIZATION {_ROLE};
"""
_BAIT: LiteralString = """
CREATE TEMP SEQUENCE run_by_others;  -- what it counted stays, whatever is rolled back
CREATE FUNCTION pg_temp.tell() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'scidex_poisoner' THEN
        PERFORM nextval('pg_temp.run_by_others');
    END IF;
    RETURN true;
END $$;
CREATE FUNCTION scidex_poisoner.cardinality(pg_catalog.text[]) RETURNS integer LANGUAGE sql AS
    'SELECT CASE WHEN pg_temp.tell() THEN pg_catalog.cardinality($1) END';
CREATE FUNCTION scidex_poisoner.joined(pg_catalog.text[], pg_catalog.text[]) RETURNS pg_catalog.text[] LANGUAGE sql AS
    'SELECT CASE WHEN pg_temp.tell() THEN array_cat($1, $2) END';
CREATE OPERATOR scidex_poisoner.|| (FUNCTION = scidex_poisoner.joined, LEFTARG = text[], RIGHTARG = text[]);
"""
# A type for each that PostgreSQL has, a table for each of the registry's, with columns of such types.
_SHADOWS: LiteralString = """
DO $do$
DECLARE
    shadowed record;
BEGIN
    FOR shadowed IN
        SELECT type.typname AS name FROM pg_catalog.pg_type AS type
        WHERE type.typnamespace = 'pg_catalog'::regnamespace AND type.typtype = 'b' AND type.typcategory <> 'A'
    LOOP
        EXECUTE format('CREATE DOMAIN pg_temp.%1$I AS pg_catalog.%1$I CHECK (pg_temp.tell())', shadowed.name);
    END LOOP;
    FOR shadowed IN
        SELECT relation.relname AS name, string_agg(
            format('%I pg_temp.%s', part.attname, pg_catalog.format_type(part.atttypid, NULL)), ', '
        ) FILTER (WHERE pg_catalog.format_type(part.atttypid, NULL) ~ '^(text|jsonb)') AS parts
        FROM pg_catalog.pg_class AS relation
        JOIN pg_catalog.pg_attribute AS part ON part.attrelid = relation.oid AND part.attnum > 0
        WHERE relation.relnamespace = 'public'::regnamespace AND relation.relkind IN ('r', 'c', 'v')
        GROUP BY relation.relname
    LOOP
        EXECUTE format('CREATE TEMP TABLE %I (%s)', shadowed.name, shadowed.parts);
    END LOOP;
END
$do$
"""
_PATHS: tuple[LiteralString, ...] = ("public", "pg_temp, scidex_poisoner, pg_catalog, public")


@pytest.fixture
def owner(dsn: str) -> Iterator[psycopg.Connection[Any]]:
    """Lend a connection of the owner, in a registry where five entries are taken up by who wrote them."""
    with psycopg.connect(dsn, autocommit=True) as conn:
        take_up_from(conn, 5)
        write_beneath(conn)
        conn.execute(_RIGHTS.encode())
        yield conn
        conn.execute(f"DROP OWNED BY {_ROLE} CASCADE; DROP ROLE {_ROLE}".encode())


def _call_all(conn: psycopg.Connection[Any], functions: list[Function]) -> int:
    """Call every function that is no trigger's; return how many could be compiled by it."""
    called = 0
    for function in functions:
        values = sql.SQL(", ").join(
            sql.SQL("NULL::pg_catalog.{}").format(sql.SQL(argument))
            if argument in {"text", "text[]", "jsonb", "jsonb[]"}
            else sql.SQL("NULL")
            for argument in function.arguments
        )
        name = sql.SQL(function.signature.partition("(")[0].removeprefix("public."))
        try:
            with conn.transaction():
                conn.execute(sql.SQL("SELECT public.{}({})").format(name, values))
        except psycopg.errors.UndefinedFunction:
            continue
        except psycopg.Error:
            pass  # it was compiled, which is what a session remembers
        called += 1
    return called


@pytest.mark.parametrize("path", _PATHS)
def test_a_session_that_called_every_function_before_runs_nothing_as_the_owner(
    owner: psycopg.Connection[Any], path: LiteralString
) -> None:
    functions = [Function(*row) for row in owner.execute(FUNCTIONS)]
    callable_ = [function for function in functions if not function.is_of_triggers]
    with psycopg.connect(owner.info.dsn) as writer:
        writer.execute(f"SET ROLE {_ROLE}".encode())
        writer.execute(_BAIT)
        writer.execute(_SHADOWS)
        writer.execute(f"SET search_path = {path}".encode())
        assert _call_all(writer, callable_) > 100
        writer.execute("SET search_path = scidex_poisoner, public, pg_temp")
        write(writer)
        writer.commit()
        assert writer.execute("SELECT is_called FROM pg_temp.run_by_others").fetchone() == (False,)
        writer.execute("RESET ROLE")
    assert waiting_changes(conn=owner) == 0
    hold_lists_to_the_judge(owner)
