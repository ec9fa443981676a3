"""Several writers at once, each on a connection of its own."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import ExitStack
from functools import partial

import psycopg
import pytest

from scidex.atlas.artifact_registry import (
    ArtifactExists,
    VersionTagTaken,
    create_link,
    create_version,
    pin_version,
)
from tests.integration.artifact_registry.drafts import artifact, row, rows
from tests.integration.artifact_registry.rivals import SECONDS, at_once, wait_until_blocked


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


def test_one_version_is_latest_though_the_first_is_deleted_while_two_wait(
    dsn: str, observer: psycopg.Connection
) -> None:
    first = artifact(observer, "dataset")
    second = create_version(first, changelog="next", conn=observer).id
    with ExitStack() as connections, ThreadPoolExecutor(2) as pool:
        deleter, *writers = (connections.enter_context(psycopg.connect(dsn)) for _ in range(3))
        deleter.execute("DELETE FROM artifacts WHERE id = %s", [first])
        waiting = {pool.submit(create_version, second, changelog="mine", conn=conn): conn for conn in writers}
        for conn in writers:
            wait_until_blocked(observer, conn.info.backend_pid)
        deleter.commit()
        (ahead,), (behind,) = wait(waiting, SECONDS, FIRST_COMPLETED)
        wait_until_blocked(observer, waiting[behind].info.backend_pid)
        waiting[ahead].commit()
        made = behind.result(SECONDS).id
        waiting[behind].commit()
    assert rows(observer, "SELECT id FROM artifacts WHERE is_latest") == [(made,)]


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
