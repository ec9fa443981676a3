"""A load in one go and a dataset that changes, each with one reader a second, as a section of Markdown."""

import os
import time
from collections.abc import Callable, Sequence
from typing import Any, LiteralString

import psycopg

from scidex.atlas import model_registry
from tests.benchmark.bulk.reader import ask, reading
from tests.benchmark.bulk.source import Loaded, load
from tests.benchmark.bulk.truth import Asked, State, is_stale
from tests.benchmark.cases.case import Answer, list_path
from tests.benchmark.progress import Tell
from tests.benchmark.report import table
from tests.benchmark.server import Server

# By turns: a page, a filter, a search, facets, and orders and filters that hang on what the judge says.
_PATHS = (
    list_path(),
    list_path(provenance="incomplete"),
    list_path(q="regression"),
    list_path(facets="true"),
    list_path(sort="created_at"),
    list_path(dataset="dataset-000", facets="true"),
)
_CHANGES, _EVERY_SECONDS = 10, 6.0
_LOOK_SECONDS, _MOST_SECONDS = 0.2, 7200.0
_BEFORE_SECONDS = 6.0  # so that lists of before the load are asked too
_HEAD = ("", "seconds until at rest", "lists", "slowest", "median", "503", "other errors", "stale")

# Every other model of the first so many, so that each has the dataset beside what else it rests on.
_SHARE: LiteralString = """
WITH shared AS (
    INSERT INTO artifacts (id, artifact_type, title) VALUES ('dataset-shared', 'dataset', 'Cohort change0')
    RETURNING id
)
INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)
SELECT model.id, shared.id, 'trained_on'
FROM artifacts AS model CROSS JOIN shared
WHERE model.artifact_type = 'model'
ORDER BY model.id
LIMIT %s
"""
_CHANGE: LiteralString = "UPDATE artifacts SET title = %s WHERE id = 'dataset-shared'"
_NOTHING: Answer = {"ids": [], "total": 0}


def bulk_load(served: Server, source_dsn: str, dsn: str, tell: Tell) -> list[str]:
    """Load while lists are asked for; returns a line of the table."""
    before = _answers(served, _PATHS)
    with (
        psycopg.connect(dsn, autocommit=True) as conn,
        reading(served.address, lambda number: _PATHS[number % len(_PATHS)]) as asked,
    ):
        time.sleep(_BEFORE_SECONDS)
        loaded = load(source_dsn, dsn, tell)
        seconds = _until_at_rest(conn, loaded, tell)
    after = State(loaded.begun, loaded.ended, _answers(served, _PATHS))
    states = [State(0.0, 0.0, before), after]
    return _line(f"loaded in {loaded.seconds:.0f} s", seconds, asked, states)


def changed_dataset(served: Server, dsn: str, models: int, tell: Tell) -> list[str]:
    """Change the title of a dataset that ``models`` models rest on; returns a line of the table."""
    paths = [*_PATHS, *map(_search, range(_CHANGES + 1))]
    with psycopg.connect(dsn, autocommit=True) as conn:
        tell(0, "sharing a dataset")
        conn.execute(_SHARE, [models])
        _until_at_rest(conn, Loaded(time.monotonic(), time.monotonic(), 0.0), tell)
        still = _answers(served, [*_PATHS, _search(0)])
        states = [_state(0.0, 0.0, still, 0)]
        with reading(served.address, lambda number: _path(number, len(states) - 1)) as asked:
            for number in range(1, _CHANGES + 1):
                tell(number, "changing it")
                begun = time.monotonic()
                conn.execute(_CHANGE, [f"Cohort change{number}"])
                states.append(_state(begun, time.monotonic(), still, number))
                time.sleep(max(0.0, begun + _EVERY_SECONDS - time.monotonic()))
            last = states[-1]
            seconds = _until_at_rest(conn, Loaded(last.begun, last.ended, 0.0), tell)
    assert {one.path for one in asked} <= set(paths)
    return _line(f"dataset of {models:,} models changed {_CHANGES} times in a minute", seconds, asked, states)


def section(models: int, lines: Sequence[list[str]], dsn: str) -> str:
    """Return the section of the results."""
    with psycopg.connect(dsn) as conn:
        wrong = model_registry.check(conn=conn) if models <= 100_000 else None
    load_average = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    checked = "" if wrong is None else f" `check` named {len(wrong)} models afterwards."
    return (
        f"## {models:,} models in one go\n\nCopied with their links and `model_versions` in one transaction into an "
        "empty registry; documents of 1 to 2 kB. A list is asked for each second, whether or not the one before was "
        "answered: a page, a filter, a search, facets by turns. Stale is what is right in no state of the database "
        f"that the request can have seen. Seconds; at rest is when nothing waits to be folded.{checked} Load average "
        f"at the end: {load_average}.\n\n{table(_HEAD, iter(lines))}"
    )


def _until_at_rest(conn: psycopg.Connection[Any], loaded: Loaded, tell: Tell) -> float:
    while (
        waiting := model_registry.waiting_changes(conn=conn)
    ) and time.monotonic() < loaded.ended + _MOST_SECONDS:
        tell(waiting, "waiting")
        time.sleep(_LOOK_SECONDS)
    return time.monotonic() - loaded.ended


def _answers(served: Server, paths: Sequence[str]) -> dict[str, Answer]:
    answers = {path: ask(served.address, path).answer for path in paths}
    assert None not in answers.values(), answers
    return {path: answer for path, answer in answers.items() if answer is not None}


def _search(number: int) -> str:
    return list_path(q=f"change{number}")


def _path(number: int, changes: int) -> str:
    """Ask for the words of the title that is there now, by turns with the others."""
    place = number % (len(_PATHS) + 1)
    return _PATHS[place] if place < len(_PATHS) else _search(changes)


def _state(begun: float, ended: float, still: dict[str, Answer], number: int) -> State:
    """Describe the state after so many changes: only the search for its words finds the models."""
    words = {_search(other): _NOTHING for other in range(_CHANGES + 1)}
    return State(begun, ended, still | words | {_search(number): still[_search(0)]})


def _line(name: str, seconds: float, asked: Sequence[Asked], states: Sequence[State]) -> list[str]:
    took = sorted(one.seconds for one in asked)
    return [
        name,
        f"{seconds:.1f}",
        str(len(asked)),
        f"{took[-1]:.2f}",
        f"{took[len(took) // 2]:.2f}",
        _count(asked, lambda one: one.status == 503),
        _count(asked, lambda one: one.status not in {200, 503}),
        _count(asked, lambda one: is_stale(one, states)),
    ]


def _count(asked: Sequence[Asked], counts: Callable[[Asked], bool]) -> str:
    return str(sum(map(counts, asked)))
