"""Bulks beside writers of what they rest on, and one that folds: in every state of the database lists are right."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from scidex.atlas.model_registry import fold
from tests.projection.bulks import fold_all, hold_lists_to_the_judge, take_up_from
from tests.registry import rows

Connection = psycopg.Connection[Any]
_BENEATH = ("dataset-d1", "d1", "dataset-d2", "analysis-a1", "a1", "analysis-a2", "hypothesis-h1")
_STATES = ("active", "rejected", "flagged", "superseded")
_FEWEST_STATES, _PATIENCE = 4, 60.0  # on a busy machine a state takes a second
# Commits of bulks stay open for a while behind the registry's trigger.
_SLOW = """
CREATE OR REPLACE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN PERFORM pg_sleep(0.2 * random()); RETURN NULL; END'
"""
_COLLISIONS = (psycopg.errors.UniqueViolation, psycopg.OperationalError)


def _bulk(conn: Connection, chance: Random) -> None:
    """Write, rewrite or delete a dozen models of this writer's, of which some evaluate or succeed others."""
    group = f"model-{conn.info.backend_pid}-{chance.randrange(8)}"  # a list holds 200
    ids = [f"{group}-{number}" for number in range(12)]
    conn.execute("DELETE FROM artifact_links WHERE source_artifact_id = ANY (%s)", [ids])
    if chance.random() < 0.3:
        conn.execute("DELETE FROM artifacts WHERE id = ANY (%s)", [ids])
        return
    named = [
        Jsonb(
            {
                "trained_on_dataset_id": chance.choice(_BENEATH),
                "produced_by_analysis_id": chance.choice(_BENEATH),
                "fit_metrics": {"rmse": round(chance.random(), 2)},
            }
        )
        for _ in ids
    ]
    conn.execute(
        """INSERT INTO artifacts (id, artifact_type, title, metadata, quality_score)
        SELECT one.id, 'model', 'T', one.metadata, 0.5 FROM unnest(%s::text[], %s::jsonb[]) AS one (id, metadata)
        ON CONFLICT (id) DO UPDATE SET metadata = excluded.metadata, title = excluded.title""",
        [ids, named],
    )
    conn.execute(
        """INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)
        SELECT one.id, %s, %s FROM unnest(%s::text[]) AS one (id)""",
        [chance.choice(_BENEATH), chance.choice(("trained_on", "produced_by", "tests", "derives_from")), ids],
    )
    conn.execute("INSERT INTO pauses DEFAULT VALUES")


def _beneath(conn: Connection, chance: Random) -> None:
    """Write one row of what models rest on."""
    name, other = chance.sample(_BENEATH, 2)
    kind = {"d": "dataset", "a": "analysis", "h": "hypothesis"}[name[0]]
    match chance.randrange(4):
        case 0:
            conn.execute("DELETE FROM artifacts WHERE id = %s", [name])
        case 1:
            state = chance.choice(_STATES)
            conn.execute("UPDATE artifacts SET lifecycle_state = %s WHERE id = %s", [state, name])
        case 2:
            conn.execute("DELETE FROM artifact_links WHERE source_artifact_id = %s", [name])
            rows.link(conn, name, other, "derives_from")
        case _:
            conn.execute(
                """INSERT INTO artifacts (id, artifact_type, title, metadata) VALUES (%s, %s, %s, %s)
                ON CONFLICT (id) DO UPDATE SET title = excluded.title, metadata = excluded.metadata""",
                [name, kind, f"title {chance.randrange(9)}", Jsonb({"pinned_artifacts": [[other, 1]]})],
            )


@dataclass
class _Hammer:
    """Sessions that go on until a moment and until a few states were held to the judge, or until a list was wrong."""

    dsn: str
    until: float
    failed: threading.Event = field(default_factory=threading.Event)
    states: int = 0

    def goes_on(self) -> bool:
        is_seen = self.states >= _FEWEST_STATES or time.monotonic() > self.until + _PATIENCE
        return not self.failed.is_set() and not (is_seen and time.monotonic() > self.until)

    def write(self, one: Callable[[Connection, Random], None], seed: int) -> None:
        chance = Random(seed)  # noqa: S311
        with psycopg.connect(self.dsn) as conn:
            while self.goes_on():
                try:
                    one(conn, chance)
                    time.sleep(chance.random() * 0.02)
                    conn.commit()
                except _COLLISIONS:
                    conn.rollback()

    def fold(self) -> None:
        with psycopg.connect(self.dsn, autocommit=True) as conn:
            while self.goes_on():
                fold(most=3, conn=conn)
                time.sleep(0.02)

    def read(self) -> None:
        with psycopg.connect(self.dsn, autocommit=True) as conn:
            while self.goes_on():
                try:
                    hold_lists_to_the_judge(conn)
                except BaseException:
                    self.failed.set()
                    raise
                self.states += 1


def _hammer(dsn: str, seconds: float) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn:
        take_up_from(conn, 5)
        conn.execute(_SLOW)
        hammer = _Hammer(dsn, time.monotonic() + seconds)
        with ThreadPoolExecutor() as pool:
            writers = enumerate([_bulk, _bulk, _beneath, _beneath])
            tasks = [pool.submit(hammer.write, write, seed) for seed, write in writers]
            tasks += [pool.submit(hammer.fold), pool.submit(hammer.read)]
        for task in tasks:
            task.result()
        assert hammer.states >= _FEWEST_STATES
        fold_all(conn)
        hold_lists_to_the_judge(conn)


@pytest.mark.parametrize("seconds", [4.0, pytest.param(8.0, marks=[pytest.mark.slow, pytest.mark.ci])])
def test_lists_are_right_beside_bulks(dsn: str, seconds: float) -> None:
    _hammer(dsn, seconds)


@pytest.mark.slow
def test_lists_are_right_beside_bulks_for_long(dsn: str) -> None:
    _hammer(dsn, 120.0)
