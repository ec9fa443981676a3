"""Writers killed with SIGKILL at any point leave every model whole, or nothing of it, and nobody waiting."""

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from scidex.atlas.artifact_registry import create_version, get_version_history
from scidex.atlas.model_registry import list_models
from tests.conftest import FIGURES
from tests.integration.artifact_registry import killed_writer
from tests.integration.artifact_registry.drafts import METADATA, artifact, model, row, rows
from tests.integration.artifact_registry.killed_writer import write_until_killed

SECONDS = 30

# The writer is forked from a process that has done the imports and has no threads.
_WARM = multiprocessing.get_context("forkserver")
_WARM.set_forkserver_preload([killed_writer.__name__])

_HALF_REGISTERED = """
SELECT model.id FROM artifacts AS model
WHERE model.artifact_type = 'model'
  AND (NOT EXISTS (SELECT FROM model_versions AS version WHERE version.artifact_id = model.id)
       OR ARRAY(SELECT link.link_type FROM artifact_links AS link
                WHERE link.source_artifact_id = model.id ORDER BY link.link_type COLLATE "C")
          <> CASE WHEN model.parent_version_id IS NOT NULL THEN ARRAY['derives_from'] ELSE '{}' END
             || ARRAY['produced_by', 'tests', 'trained_on'])
"""
_OF_NOTHING = """
SELECT link.id FROM artifact_links AS link
WHERE NOT EXISTS (SELECT FROM artifacts AS source WHERE source.id = link.source_artifact_id)
"""
# The other connections of its pools lie there unused.
_WHERE_IT_IS = """
SELECT backend_xid IS NOT NULL, state || ': ' || query
FROM pg_stat_activity WHERE application_name = 'to be killed' ORDER BY state_change DESC NULLS LAST LIMIT 1
"""


class Kill(NamedTuple):
    """What a writer had answered, whether rows of it were written and not committed, and at which point of its work."""

    answered: list[str]
    in_between: bool
    point: str


@pytest.fixture
def origins(observer: psycopg.Connection) -> dict[str, Any]:
    """Register what the models come from, so that each has a link of every kind."""
    return {
        "trained_on": artifact(observer, "dataset"),
        "produced_by": artifact(observer, "analysis"),
        "tests": artifact(observer, "hypothesis"),
    }


@pytest.fixture
def slow_writing(observer: psycopg.Connection) -> None:
    """Let a model take as long to write as its verdict takes to read, so that kills meet it half written."""
    observer.execute(
        """CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN PERFORM pg_sleep(0.004); RETURN NEW; END $$"""
    )
    for table in (b"artifacts", b"artifact_links", b"model_versions"):
        observer.execute(
            b"CREATE TRIGGER dawdle AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION dawdle()" % table
        )


@contextmanager
def writing(*arguments: object) -> Iterator[tuple[Any, Connection]]:
    """Run a writer; it is dead afterwards whatever happens."""
    answers, sending = _WARM.Pipe(duplex=False)
    with answers:
        process = _WARM.Process(target=write_until_killed, args=(*arguments, sending))
        with sending:  # open in the writer alone, so that its end is seen here
            process.start()
        try:
            yield process, answers
        finally:
            process.kill()
            process.join()
            process.close()


def next_answer(answers: Connection) -> str:
    """Wait for the writer's next answer."""
    assert answers.poll(SECONDS), "the writer answers nothing"
    return str(answers.recv())


def rest(answers: Connection) -> list[str]:
    """Read what a dead writer had answered."""
    read = list[str]()
    try:
        while True:
            read.append(answers.recv())
    except EOFError:
        return read


def kill_at(moment: float, observer: psycopg.Connection, *arguments: object) -> Kill:
    """Kill a writer at a moment of its work, 0 to 1 of the time that two calls take."""
    with writing(*arguments) as (process, answers):
        answered = [next_answer(answers)]
        begun = time.monotonic()
        answered.append(next_answer(answers))
        time.sleep(moment * 2 * (time.monotonic() - begun))
        in_between, point = row(observer, _WHERE_IT_IS)
        process.kill()
        process.join()
        return Kill(answered + rest(answers), in_between, point)


def wait_until_gone(observer: psycopg.Connection) -> None:
    """Return once the server has noticed that nobody is there any more."""
    deadline = time.monotonic() + SECONDS
    while row(observer, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'to be killed'") != (
        0,
    ):
        assert time.monotonic() < deadline, "a connection of the dead writer stays"
        time.sleep(0.002)


def check_what_is_left(
    observer: psycopg.Connection, lineage: str, origins: dict[str, Any], answered: list[str]
) -> None:
    """Every model is whole, what was answered is there, one version is latest, and the next writer need not wait."""
    assert rows(observer, _HALF_REGISTERED) == []
    assert rows(observer, _OF_NOTHING) == []
    assert row(observer, "SELECT count(*) FROM artifacts WHERE id = ANY (%s)", answered) == (len(answered),)
    history = get_version_history(lineage, conn=observer)
    assert [version.id for version in history if version.is_latest] == [history[-1].id]
    observer.execute("SET lock_timeout = '100ms'")
    create_version(lineage, changelog="next", metadata=METADATA["statistical"], conn=observer, **origins)


@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.slow)])
@pytest.mark.usefixtures("slow_writing")
def test_a_killed_writer_leaves_whole_models_and_no_lock(
    dsn: str,
    observer: psycopg.Connection,
    origins: dict[str, Any],
    kills: int,
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(kills)  # noqa: S311  no secret
    theirs = make_conninfo(dsn, application_name="to be killed")
    killed: list[Kill] = []
    for _ in range(kills):
        lineage = model(observer, **origins)
        killed.append(kill_at(chance.random(), observer, theirs, lineage, origins))
        wait_until_gone(observer)
        check_what_is_left(observer, lineage, origins, killed[-1].answered)
    met = sum(kill.in_between for kill in killed)
    assert met >= kills // 5, f"only {met} of {kills} kills met rows that were not committed"
    (models,) = row(observer, "SELECT count(*) FROM artifacts WHERE artifact_type = 'model'")
    assert list_models(limit=1, conn=observer)["total"] == models
    record_property(FIGURES, _figures(killed, models))


def _figures(killed: Sequence[Kill], models: int) -> str:
    # This process wrote the first version of each lineage and the one that shows that nobody holds it.
    answered = sum(len(kill.answered) for kill in killed) + 2 * len(killed)
    kept = models - answered
    return (
        f"{len(killed)} kills at {len({kill.point for kill in killed})} different points, "
        f"{sum(kill.in_between for kill in killed)} with rows not committed; {models} models, all whole; "
        f"of the {len(killed)} under way {kept} were kept and {len(killed) - kept} left nothing"
    )
