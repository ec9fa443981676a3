"""SERIALIZABLE transactions that read what the other writes: PostgreSQL ends one of them (SQLSTATE 40001)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import errors

from scidex.atlas.artifact_registry import Link, WriteConflict, get_version_history, register_artifact
from tests.integration.artifact_registry.drafts import artifact, latest, row, version
from tests.integration.artifact_registry.rivals import SECONDS, wait_until_blocks

ATTEMPTS = 5
ADVICE = "nothing was written; try again in a new transaction"


@contextmanager
def serializable(dsn: str) -> Iterator[psycopg.Connection]:
    """Lend a connection whose transaction has read every artifact."""
    with psycopg.connect(dsn) as conn:
        conn.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
        row(conn, "SELECT count(*) FROM artifacts")
        yield conn


@contextmanager
def papers_collide(dsn: str, observer: psycopg.Connection, read: str, times: int) -> Iterator[None]:
    """Let a rival read each paper that is being committed and write what its writer ``read``, so many times.

    The sequence ``attempts`` counts the papers, those rolled back too.
    """
    observer.execute("CREATE SEQUENCE attempts")
    observer.execute(
        """CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN PERFORM nextval('attempts'), pg_advisory_xact_lock(1); RETURN NEW; END $$"""
    )
    observer.execute(
        """CREATE CONSTRAINT TRIGGER collide AFTER INSERT ON artifacts DEFERRABLE INITIALLY DEFERRED
           FOR EACH ROW WHEN (NEW.artifact_type = 'paper') EXECUTE FUNCTION collide()"""
    )

    def rival(holder: psycopg.Connection) -> None:
        for _ in range(times):
            wait_until_blocks(observer, holder.info.backend_pid)
            with serializable(dsn) as conn:
                conn.execute("UPDATE artifacts SET title = 'theirs' WHERE id = %s", [read])
            holder.execute("SELECT pg_advisory_unlock(1)")
            holder.execute("SELECT pg_advisory_lock(1)")  # it waits for the end of who got it meanwhile
        holder.execute("SELECT pg_advisory_unlock(1)")

    with psycopg.connect(dsn, autocommit=True) as holder, ThreadPoolExecutor(1) as pool:
        holder.execute("SELECT pg_advisory_lock(1)")
        rivalling = pool.submit(rival, holder)
        yield
        rivalling.result(SECONDS)


def test_on_a_given_connection_it_is_named_and_the_same_succeeds_in_a_new_transaction(
    dsn: str, observer: psycopg.Connection
) -> None:
    with serializable(dsn) as mine, serializable(dsn) as other:
        theirs = artifact(other, "paper")
        other.commit()
        with pytest.raises(WriteConflict, match=ADVICE) as refusal:
            artifact(mine, "paper")
        assert isinstance(refusal.value.__cause__, errors.SerializationFailure)
        mine.rollback()
        again = artifact(mine, "paper")
        mine.commit()
    assert latest(observer) == sorted([theirs, again])


def test_reading_on_a_given_connection_names_it_too(dsn: str, observer: psycopg.Connection) -> None:
    first = artifact(observer, "dataset")
    with serializable(dsn) as mine, serializable(dsn) as other:
        artifact(mine, "paper")
        row(other, "SELECT count(*) FROM artifacts")
        second = version(other, first)
        other.commit()
        with pytest.raises(WriteConflict, match=ADVICE) as refusal:
            get_version_history(first, conn=mine)
        assert isinstance(refusal.value.__cause__, errors.SerializationFailure)
        mine.rollback()
        assert [one.id for one in get_version_history(first, conn=mine)] == [first, second]


@pytest.mark.slow
@pytest.mark.parametrize(("collisions", "succeeds"), [(ATTEMPTS - 1, True), (ATTEMPTS, False)])
@pytest.mark.usefixtures("host")
def test_on_a_borrowed_connection_it_is_tried_again_with_a_bound(
    dsn: str, observer: psycopg.Connection, collisions: int, succeeds: bool
) -> None:
    cited = artifact(observer, "dataset")
    observer.execute(
        f"ALTER DATABASE \"{observer.info.dbname}\" SET default_transaction_isolation = 'serializable'"
    )
    with papers_collide(dsn, observer, cited, collisions):
        if succeeds:
            register_artifact(artifact_type="paper", title="Mine", links=[Link(cited, "cites")])
        else:
            with pytest.raises(WriteConflict, match=ADVICE) as refusal:
                register_artifact(artifact_type="paper", title="Mine", links=[Link(cited, "cites")])
            assert isinstance(refusal.value.__cause__, errors.SerializationFailure)
    assert row(observer, "SELECT last_value FROM attempts") == (ATTEMPTS,)
    assert row(observer, "SELECT count(*) FROM artifacts WHERE artifact_type = 'paper'") == (succeeds,)
    assert row(observer, "SELECT count(*) FROM artifact_links") == (succeeds,)
    assert row(observer, "SELECT title FROM artifacts WHERE id = %s", cited) == ("theirs",)
