"""Writers that collide: tried again with a bound on borrowed connections, and named at once on a given one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from threading import Event

import psycopg
import pytest
from psycopg import errors

from scidex.atlas.artifact_registry import WriteConflict, create_version, register_artifact
from tests.integration.artifact_registry.drafts import artifact, model_arguments, row, rows, written
from tests.integration.artifact_registry.rivals import SECONDS, at_once, wait_until_blocked, wait_until_blocks

ATTEMPTS = 5


@contextmanager
def changed_in_turn(dsn: str, observer: psycopg.Connection, artifact_id: str, turns: int) -> Iterator[None]:
    """Change a row before each read of it, on one connection after another; the last of them changes nothing.

    Each holds the table, and changes the row and commits once somebody waits with a snapshot of before and the next
    connection waits behind. A table is granted in the order of asking, so nobody overtakes; a row is not.
    """
    with ThreadPoolExecutor(2) as pool, ExitStack() as connections:

        def begin() -> psycopg.Connection:
            conn = connections.enter_context(psycopg.connect(dsn))
            conn.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
            return conn

        def hold(conn: psycopg.Connection) -> None:
            conn.execute("LOCK TABLE artifacts IN ACCESS EXCLUSIVE MODE")

        def take_turns(holder: psycopg.Connection) -> None:
            for _ in range(turns):
                wait_until_blocks(observer, holder.info.backend_pid)
                follower = begin()
                holding = pool.submit(hold, follower)
                wait_until_blocked(observer, follower.info.backend_pid)
                holder.execute("UPDATE artifacts SET title = title WHERE id = %s", [artifact_id])
                holder.commit()
                holding.result(SECONDS)
                holder = follower
            holder.rollback()

        first = begin()
        hold(first)
        taking_turns = pool.submit(take_turns, first)
        yield
        taking_turns.result(SECONDS)


@contextmanager
def every_paper_deadlocks(
    dsn: str, observer: psycopg.Connection, *, at_commit: bool = False
) -> Iterator[None]:
    """Make who inserts a paper wait for a lock whose holder waits for it, and be the one that gives up.

    The sequence ``attempts`` counts the inserts, those rolled back too.
    """
    observer.execute("CREATE SEQUENCE attempts")
    observer.execute(
        """CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
               PERFORM nextval('attempts'), set_config('deadlock_timeout', '10ms', true), pg_advisory_xact_lock(1);
               WHILE NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 1 AND NOT granted) LOOP
                   PERFORM pg_sleep(0.001);
               END LOOP;
               PERFORM pg_advisory_xact_lock(2);
               RETURN NEW;
           END $$"""
    )
    observer.execute(
        f"""CREATE CONSTRAINT TRIGGER collide AFTER INSERT ON artifacts
            {"DEFERRABLE INITIALLY DEFERRED" if at_commit else "NOT DEFERRABLE"}
            FOR EACH ROW WHEN (NEW.artifact_type = 'paper') EXECUTE FUNCTION collide()""".encode()
    )
    holding, stop = Event(), Event()

    def rival() -> None:
        with psycopg.connect(dsn, autocommit=True) as conn:
            conn.execute("SET deadlock_timeout = '1h'")
            conn.execute("SELECT pg_advisory_lock(2)")
            holding.set()
            while not stop.is_set():
                conn.execute("SELECT pg_advisory_lock(1)")
                conn.execute("SELECT pg_advisory_unlock(1)")

    with ThreadPoolExecutor(1) as pool:
        rivalling = pool.submit(rival)
        try:
            assert holding.wait(SECONDS)
            yield
        finally:
            stop.set()
            rivalling.result(SECONDS)


@pytest.mark.parametrize("isolation", ["read committed", "repeatable read", "serializable"])
@pytest.mark.usefixtures("host")
def test_without_a_connection_those_who_collide_are_tried_again(
    observer: psycopg.Connection, isolation: str
) -> None:
    observer.execute(
        f"ALTER DATABASE \"{observer.info.dbname}\" SET default_transaction_isolation = '{isolation}'"
    )
    first = artifact(observer, "model", metadata={"model_family": "statistical"})
    metadata = model_arguments()["metadata"]
    created = at_once([lambda: create_version(first, changelog="mine", metadata=metadata).id] * 2)
    assert all(isinstance(name, str) for name in created), created
    assert row(observer, "SELECT count(*) FROM artifacts WHERE is_latest") == (1,)
    assert row(observer, "SELECT count(*) FROM artifacts") == (3,)


def test_on_a_given_connection_a_collision_is_named_and_its_transaction_stays_usable(
    dsn: str, observer: psycopg.Connection
) -> None:
    first = artifact(observer, "dataset")
    with psycopg.connect(dsn) as mine, psycopg.connect(dsn) as other:
        mine.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        kept = artifact(mine, "paper")
        create_version(first, changelog="theirs", conn=other)
        other.commit()
        with pytest.raises(WriteConflict):
            create_version(first, changelog="mine", conn=mine)
        mine.commit()
    assert row(observer, "SELECT id FROM artifacts WHERE artifact_type = 'paper'") == (kept,)
    assert row(observer, "SELECT count(*) FROM artifacts WHERE artifact_type = 'dataset'") == (2,)


@pytest.mark.usefixtures("host")
def test_a_writer_that_holds_its_lock_too_long_is_not_waited_for(
    dsn: str, observer: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "scidex.atlas._artifact_registry.transactions._LOCK_TIMEOUT", "SET LOCAL lock_timeout = '50ms'"
    )
    # So that waiting for ever fails here rather than hangs.
    observer.execute(f"ALTER DATABASE \"{observer.info.dbname}\" SET statement_timeout = '5s'")
    first = artifact(observer, "dataset")
    with psycopg.connect(dsn) as holder:
        create_version(first, changelog="slow", conn=holder)
        with pytest.raises(WriteConflict):
            create_version(first, changelog="mine")
    assert row(observer, "SELECT count(*) FROM artifacts") == (2,)


@pytest.mark.usefixtures("host")
def test_deadlocked_writers_on_borrowed_connections_both_succeed(observer: psycopg.Connection) -> None:
    observer.execute(f"ALTER DATABASE \"{observer.info.dbname}\" SET deadlock_timeout = '10ms'")
    observer.execute(
        """CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
               PERFORM pg_advisory_xact_lock(CASE NEW.title WHEN 'a' THEN 1 ELSE 2 END);
               PERFORM pg_sleep(0.2);
               PERFORM pg_advisory_xact_lock(CASE NEW.title WHEN 'a' THEN 2 ELSE 1 END);
               RETURN NEW;
           END $$"""
    )
    observer.execute(
        "CREATE TRIGGER collide AFTER INSERT ON artifacts FOR EACH ROW EXECUTE FUNCTION collide()"
    )
    works = [partial(register_artifact, artifact_type="paper", title=title) for title in "ab"]
    names = at_once(works)
    assert all(isinstance(name, str) for name in names), names
    assert row(observer, "SELECT count(*) FROM artifacts") == (2,)


@pytest.mark.parametrize(("collisions", "succeeds"), [(ATTEMPTS - 1, True), (ATTEMPTS, False)])
@pytest.mark.usefixtures("host")
def test_serialization_failures_are_tried_again_with_a_bound(
    dsn: str, observer: psycopg.Connection, collisions: int, succeeds: bool
) -> None:
    observer.execute(
        f"ALTER DATABASE \"{observer.info.dbname}\" SET default_transaction_isolation = 'repeatable read'"
    )
    first = artifact(observer, "dataset")
    with changed_in_turn(dsn, observer, first, collisions):
        if succeeds:
            create_version(first, changelog="mine")
        else:
            with pytest.raises(WriteConflict, match="nothing was written; try again") as refusal:
                create_version(first, changelog="mine")
            assert isinstance(refusal.value.__cause__, errors.SerializationFailure)
    assert row(observer, "SELECT count(*) FROM artifacts") == (1 + succeeds,)
    assert row(observer, "SELECT count(*) FROM artifacts WHERE is_latest") == (1,)


@pytest.mark.parametrize("at_commit", [False, True])
@pytest.mark.usefixtures("host")
def test_deadlocks_are_tried_again_with_a_bound(
    dsn: str, observer: psycopg.Connection, at_commit: bool
) -> None:
    before = written(observer)
    with every_paper_deadlocks(dsn, observer, at_commit=at_commit), pytest.raises(WriteConflict) as refusal:
        register_artifact(artifact_type="paper", title="A paper")
    assert isinstance(refusal.value.__cause__, errors.DeadlockDetected)
    assert row(observer, "SELECT last_value FROM attempts") == (ATTEMPTS,)
    assert written(observer) == before


def test_on_a_given_connection_nothing_is_tried_again(dsn: str, observer: psycopg.Connection) -> None:
    with psycopg.connect(dsn) as mine, every_paper_deadlocks(dsn, observer):
        kept = artifact(mine, "dataset")
        with pytest.raises(WriteConflict) as refusal:
            artifact(mine, "paper")
        mine.commit()
    assert isinstance(refusal.value.__cause__, errors.DeadlockDetected)
    assert row(observer, "SELECT last_value FROM attempts") == (1,)
    assert rows(observer, "SELECT id FROM artifacts") == [(kept,)]
