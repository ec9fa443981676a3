"""Words suggested where nothing is found: by pg_trgm where the server has it, else by letters in common."""

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import install
from tests.registry import rows
from tests.registry.requests import listed

AVAILABLE = "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'"
INSTALLED = "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'"


@pytest.fixture(autouse=True)
def _models(conn: psycopg.Connection) -> None:
    rows.model(conn, "model-a", {"description": "Dementia of the Alzheimer type"}, title="Hippocampus")
    rows.model(conn, "model-b", title="Pharmacokinetics of indomethacin")
    conn.execute("SELECT model_registry_fold(1000)")


def suggested(client: TestClient, words: str) -> str | None:
    """Return the first suggestion for a search that finds nothing."""
    answer = listed(client, q=words)
    assert answer["total"] == 0
    first: str | None = answer.get("suggestions", [None])[0]
    return first


NEAREST = [
    ("alzhiemer", "alzheimer"),
    ("lzheimer", "alzheimer"),
    ("hyppocampus", "hippocampus"),
    ("farmacokinetics", "pharmacokinetics"),
    ("indometacin", "indomethacin"),
    ("qwertz", None),
]


@pytest.mark.parametrize(("words", "near"), NEAREST)
def test_the_nearest_word_is_suggested(client: TestClient, words: str, near: str | None) -> None:
    assert suggested(client, words) == near


def test_a_word_that_an_earlier_suggestion_finds_is_left_out(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.model(conn, "model-c", {"description": "Alzheimers"}, title="C")
    conn.execute("SELECT model_registry_fold(1000)")
    assert listed(client, q="alzhiemer")["suggestions"] == ["alzheimer"]


def test_trigrams_are_there_where_the_server_has_them(conn: psycopg.Connection) -> None:
    assert conn.execute(INSTALLED).fetchone() == conn.execute(AVAILABLE).fetchone()


@pytest.mark.parametrize(("words", "near"), NEAREST)
def test_without_trigrams_letters_in_common_are_counted(
    conn: psycopg.Connection, client: TestClient, words: str, near: str | None
) -> None:
    conn.execute("DROP EXTENSION IF EXISTS pg_trgm")
    assert suggested(client, words) == near


def test_an_extension_in_a_schema_of_its_own_is_found_and_one_out_of_reach_is_left(
    conn: psycopg.Connection, client: TestClient
) -> None:
    """A reader without rights on the schema has suggestions all the same."""
    if conn.execute(INSTALLED).fetchone() == (1,):
        conn.execute("CREATE SCHEMA apart; ALTER EXTENSION pg_trgm SET SCHEMA apart")
    assert suggested(client, "alzhiemer") == "alzheimer"
    conn.execute(
        "CREATE ROLE scidex_guest; GRANT SELECT ON ALL TABLES IN SCHEMA public TO scidex_guest;"
        "SET LOCAL ROLE scidex_guest"
    )
    assert suggested(client, "alzhiemer") == "alzheimer"


def test_an_extension_that_cannot_be_created_keeps_nothing_from_being_installed(
    own_database: psycopg.Connection,
) -> None:
    own_database.execute("DROP EXTENSION IF EXISTS pg_trgm")
    own_database.execute("CREATE FUNCTION similarity(text, text) RETURNS real LANGUAGE sql RETURN 0::real")
    install(own_database)
    assert own_database.execute(INSTALLED).fetchone() == (0,)
    own_database.execute("DROP FUNCTION similarity(text, text)")
    install(own_database)
    assert own_database.execute(INSTALLED).fetchone() == own_database.execute(AVAILABLE).fetchone()
