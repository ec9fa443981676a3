"""Several writers at once, each on a connection of its own."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import psycopg
import pytest

from scidex.atlas.artifact_registry import (
    ArtifactExists,
    VersionTagTaken,
    WriteConflict,
    create_link,
    create_version,
    pin_version,
    register_artifact,
)
from tests.integration.artifact_registry.drafts import artifact, model_arguments, row, rows

SECONDS = 30


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all works at the same moment; answer what each answered or raised."""
    barrier = Barrier(len(works), timeout=SECONDS)

    def start(work: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return work()
        except Exception as failure:
            return failure

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(start, works, timeout=SECONDS))


def wait_until_blocked(observer: psycopg.Connection, backend: int) -> None:
    """Return once the backend waits for a lock."""
    deadline = time.monotonic() + SECONDS
    while not row(observer, "SELECT cardinality(pg_blocking_pids(%s)) > 0", backend)[0]:
        assert time.monotonic() < deadline, "it never waited"
        time.sleep(0.01)


def test_who_extends_a_parent_waits_for_who_does_so_already(dsn: str, observer: psycopg.Connection) -> None:
    first = artifact(observer, "dataset")
    with psycopg.connect(dsn) as early, psycopg.connect(dsn) as late, ThreadPoolExecutor(1) as pool:
        ahead = create_version(first, changelog="early", conn=early)
        waiting = pool.submit(create_version, first, changelog="late", conn=late)
        wait_until_blocked(observer, late.info.backend_pid)
        early.commit()
        behind = waiting.result(SECONDS)
    assert (ahead.version_number, behind.version_number) == (2, 2)
    assert rows(observer, "SELECT id FROM artifacts WHERE is_latest") == [(behind.id,)]


@pytest.mark.parametrize("writers", [2, 8])
def test_all_who_extend_one_parent_succeed_and_one_version_is_latest(
    dsn: str, observer: psycopg.Connection, writers: int
) -> None:
    first = artifact(observer, "dataset")

    def extend() -> str:
        with psycopg.connect(dsn) as conn:
            return create_version(first, changelog="mine", conn=conn).id

    created = at_once([extend] * writers)
    assert sorted(created) == [
        name for (name,) in rows(observer, "SELECT id FROM artifacts WHERE id <> %s ORDER BY id", first)
    ]
    assert rows(observer, "SELECT DISTINCT version_number FROM artifacts WHERE id <> %s", first) == [(2,)]
    (latest,) = row(observer, "SELECT id FROM artifacts WHERE is_latest")
    assert latest in created


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


def test_of_several_who_take_one_id_one_gets_it(dsn: str) -> None:
    def take() -> str:
        with psycopg.connect(dsn) as conn:
            return artifact(conn, "paper", artifact_id="paper-1")

    answers = at_once([take] * 4)
    assert answers.count("paper-1") == 1
    assert sum(isinstance(answer, ArtifactExists) for answer in answers) == 3


def test_of_several_who_give_one_tag_one_gets_it(dsn: str, observer: psycopg.Connection) -> None:
    first = artifact(observer, "dataset")
    versions = [create_version(first, changelog="next", conn=observer).id for _ in range(4)]

    def tag(version: str) -> str:
        with psycopg.connect(dsn) as conn:
            return pin_version(version, "best", conn=conn).id

    answers = at_once([partial(tag, version) for version in versions])
    (holder,) = row(observer, "SELECT id FROM artifacts WHERE version_tag = 'best'")
    taken = [answer for answer in answers if isinstance(answer, VersionTagTaken)]
    assert answers.count(holder) == 1
    assert [refusal.holder for refusal in taken] == [holder] * 3


def test_several_who_make_one_link_all_get_its_id(dsn: str, observer: psycopg.Connection) -> None:
    source, target = artifact(observer, "analysis"), artifact(observer, "paper")

    def link() -> int:
        with psycopg.connect(dsn) as conn:
            return create_link(source, target, "cites", conn=conn)

    assert set(at_once([link] * 4)) == set(row(observer, "SELECT id FROM artifact_links"))
