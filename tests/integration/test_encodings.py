"""Databases of other encodings and locales than the embedded server's."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from scidex.atlas.model_registry import RegistryUnavailable, install, list_models
from scidex.commands import program as commands
from scidex.core.schema import init_db
from tests.registry import rows


@contextmanager
def database(dsn: str, encoding: str) -> Iterator[str]:
    """Make a database of an encoding whose locale is C."""
    name = sql.Identifier(f"locale_c_{encoding.lower()}")
    with psycopg.connect(dsn, autocommit=True) as conn:
        create = sql.SQL("CREATE DATABASE {} ENCODING {} LOCALE 'C' TEMPLATE template0")
        conn.execute(create.format(name, sql.Literal(encoding)))
        try:
            yield make_conninfo(dsn, dbname=f"locale_c_{encoding.lower()}")
        finally:
            conn.execute(sql.SQL("DROP DATABASE {} (FORCE)").format(name))


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1", "EUC_JP"])
def test_another_encoding_is_refused_in_a_sentence(
    dsn: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    with database(dsn, encoding) as other:
        monkeypatch.setenv("SCIDEX_PG_DSN", other)
        for command in ("init-db", "check", "serve"):
            assert commands.main([command, "--port", "0"] if command == "serve" else [command]) == 1
            said = capsys.readouterr().err
            assert f"has the encoding {encoding}; it must be UTF8" in said
            assert said.count("\n") == 1
        with psycopg.connect(other) as conn, pytest.raises(RegistryUnavailable, match=encoding):
            install(conn)


def test_where_the_locale_is_c_words_and_titles_mind_no_case(dsn: str) -> None:
    with database(dsn, "UTF8") as other, psycopg.connect(other) as conn:
        init_db(conn)
        install(conn)
        for title in ("Éclat RÉNAL", "ämter", "Ämter 2", "ÄMTER 1"):
            rows.model(conn, title, title=title)
        for words in ("éclat", "rénal", "ÉCLAT", "Renal"):
            assert [model["id"] for model in list_models(q=words, conn=conn)["models"]] == ["Éclat RÉNAL"]
        titles = [model["title"] for model in list_models(sort="title", conn=conn)["models"]]
        assert titles == ["ämter", "ÄMTER 1", "Ämter 2", "Éclat RÉNAL"]
