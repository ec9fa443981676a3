"""Whatever is written, by whom, committed or not, folded or not: lists read what the judge says at that moment."""

from contextlib import suppress
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from typing_extensions import override

from scidex.atlas.model_registry import RegistryUnavailable, check, fold, rebuild
from tests.projection.questions import JUDGED, QUERIES, WORDS, check_list

# Few ids, bare and prefixed, so that names, links and rows meet; every one may be any type.
IDS = st.sampled_from(
    ["m1", "model-m2", "m3", "d1", "dataset-d1", "d2", "a1", "analysis-a1", "a2", "h1", "hypothesis-h1"]
)
TYPES = st.sampled_from(["model", "model", "dataset", "tabular_dataset", "analysis", "hypothesis", "paper"])
LINKS = st.sampled_from(["trained_on", "produced_by", "derives_from", "tests", "cites", "uses", "mentions"])
NAMES = st.one_of(IDS, st.lists(IDS, max_size=2), st.none(), st.just(7))
PINS = st.lists(st.fixed_dictionaries({"artifact_id": IDS, "version_number": st.integers(0, 2)}), max_size=3)
METADATA = st.one_of(
    st.fixed_dictionaries(
        {
            "trained_on_dataset_id": NAMES,
            "produced_by_analysis_id": NAMES,
            "tests_hypothesis_id": NAMES,
            "pinned_artifacts": PINS,
            "fit_metrics": st.fixed_dictionaries({"rmse": st.floats(0, 1)}),
        }
    ),
    st.just([1]),
)
WRITERS = st.integers(0, 1)


class Writers(RuleBasedStateMachine):
    """Two connections that write in transactions of their own, and one that folds."""

    dsn: str

    def __init__(self) -> None:
        """Begin with empty tables."""
        super().__init__()
        self.asked = 0
        self.writers = [psycopg.connect(self.dsn) for _ in range(2)]
        for writer in self.writers:
            # One thread plays all parts, so a lock held by the other would be waited for without end.
            writer.execute("SET lock_timeout = '20ms'")
            writer.commit()
        self.folder = psycopg.connect(self.dsn, autocommit=True)
        self.folder.execute("SET lock_timeout = '20ms'")
        self.folder.execute("TRUNCATE artifacts, artifact_links, model_versions CASCADE")

    @override
    def teardown(self) -> None:
        """Leave no connection behind."""
        for connection in (*self.writers, self.folder):
            connection.close()

    def _write(self, writer: int, query: str, parameters: list[Any]) -> None:
        try:
            self.writers[writer].execute(query.encode(), parameters)
        except psycopg.Error:
            self.writers[writer].rollback()

    @rule(writer=WRITERS, name=IDS, kind=TYPES, metadata=METADATA, score=st.floats(0, 1))
    def insert(self, writer: int, name: str, kind: str, metadata: Any, score: float) -> None:
        """Register an artifact."""
        self._write(
            writer,
            "INSERT INTO artifacts (id, artifact_type, title, metadata, quality_score) VALUES (%s, %s, 'T', %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET metadata = excluded.metadata, artifact_type = excluded.artifact_type",
            [name, kind, Jsonb(metadata), score],
        )

    @rule(writer=WRITERS, name=IDS, other=IDS)
    def rename(self, writer: int, name: str, other: str) -> None:
        """Change an artifact's id."""
        self._write(writer, "UPDATE artifacts SET id = %s WHERE id = %s", [other, name])

    @rule(writer=WRITERS, name=IDS, kind=TYPES)
    def retype(self, writer: int, name: str, kind: str) -> None:
        """Change an artifact's type."""
        self._write(writer, "UPDATE artifacts SET artifact_type = %s WHERE id = %s", [kind, name])

    @rule(writer=WRITERS, name=IDS, words=st.sampled_from(WORDS))
    def retitle(self, writer: int, name: str, words: str) -> None:
        """Change an artifact's title."""
        self._write(writer, "UPDATE artifacts SET title = %s WHERE id = %s", [words, name])

    @rule(writer=WRITERS, name=IDS, words=st.sampled_from(WORDS))
    def describe_anew(self, writer: int, name: str, words: str) -> None:
        """Change an artifact's description and nothing else of its document."""
        self._write(
            writer,
            "UPDATE artifacts SET metadata = metadata || %s WHERE id = %s AND jsonb_typeof(metadata) = 'object'",
            [Jsonb({"description": words}), name],
        )

    @rule(writer=WRITERS, name=IDS)
    def delete(self, writer: int, name: str) -> None:
        """Delete an artifact."""
        self._write(writer, "DELETE FROM artifacts WHERE id = %s", [name])

    @rule(writer=WRITERS, source=IDS, end=IDS, kind=LINKS)
    def link(self, writer: int, source: str, end: str, kind: str) -> None:
        """Link two artifacts, registered or not."""
        self._write(
            writer,
            "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type) VALUES (%s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            [source, end, kind],
        )

    @rule(writer=WRITERS, source=IDS, other=IDS)
    def relink(self, writer: int, source: str, other: str) -> None:
        """Let links come from another artifact."""
        self._write(
            writer,
            "UPDATE artifact_links SET source_artifact_id = %s WHERE source_artifact_id = %s",
            [other, source],
        )

    @rule(writer=WRITERS, source=IDS)
    def unlink(self, writer: int, source: str) -> None:
        """Delete links."""
        self._write(writer, "DELETE FROM artifact_links WHERE source_artifact_id = %s", [source])

    @rule(writer=WRITERS, name=IDS, metrics=st.sampled_from(['{"auc": 0.5}', "broken", None]))
    def describe(self, writer: int, name: str, metrics: str | None) -> None:
        """Write a row of model_versions."""
        self._write(
            writer,
            "INSERT INTO model_versions (artifact_id, eval_metrics_json) VALUES (%s, %s) "
            "ON CONFLICT (artifact_id) DO UPDATE SET eval_metrics_json = excluded.eval_metrics_json",
            [name, metrics],
        )

    @rule(writer=WRITERS)
    def truncate_links(self, writer: int) -> None:
        """Empty a table at once."""
        self._write(writer, "TRUNCATE artifact_links", [])

    @rule(writer=WRITERS)
    def commit(self, writer: int) -> None:
        """Let the others see it."""
        self.writers[writer].commit()

    @rule(writer=WRITERS)
    def roll_back(self, writer: int) -> None:
        """Undo it."""
        self.writers[writer].rollback()

    @rule(most=st.integers(1, 4))
    def fold(self, most: int) -> None:
        """Fold a part of the log."""
        self._fold(most)

    @rule()
    def build_anew(self) -> None:
        """Begin to build the projection; folding goes on with it."""
        self.folder.execute("INSERT INTO model_registry_builds DEFAULT VALUES")

    @rule(steps=st.integers(1, 3))
    def rebuild(self, steps: int) -> None:
        """Make a part of the projection anew."""
        with suppress(psycopg.errors.LockNotAvailable):
            for _ in zip(range(steps), rebuild(most=2, conn=self.folder), strict=False):
                pass

    def _fold(self, most: int) -> None:
        with suppress(psycopg.errors.LockNotAvailable):
            fold(most=most, conn=self.folder)

    @invariant()
    def lists_agree_with_the_judge(self) -> None:
        """Compare what each sees in a list with what the judge says to it."""
        self.asked += 1
        for connection in (*self.writers, self.folder):
            # Who waits for the truncating writer sees nothing at all, stale or not.
            with (
                suppress(psycopg.errors.LockNotAvailable, RegistryUnavailable),
                connection.transaction(),
                connection.cursor(row_factory=dict_row) as cursor,
            ):
                cursor.execute("SET LOCAL lock_timeout = '20ms'")
                judged = cursor.execute(JUDGED).fetchall()
                check_list(judged, *QUERIES[self.asked % len(QUERIES)], connection)
                assert check(conn=connection) == []


def _run(dsn: str, examples: int) -> None:
    machine = type("WritersHere", (Writers,), {"dsn": dsn})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("histories", [2, pytest.param(10, marks=[pytest.mark.slow, pytest.mark.ci])])
def test_lists_are_never_stale(dsn: str, histories: int) -> None:
    _run(dsn, histories)


@pytest.mark.slow
def test_lists_are_never_stale_in_many_histories(dsn: str) -> None:
    _run(dsn, 300)
