"""Sixteen writers on one lineage: whatever was answered is there, and no reader ever sees two versions latest."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import psycopg
import pytest

from scidex.atlas.artifact_registry import get_version_history
from tests.integration.artifact_registry.drafts import artifact, row, rows
from tests.integration.artifact_registry.many_writers import Lineage

WRITERS = 16
SECONDS = 120
ELSEWHERE = {"artifact_id": "dataset-elsewhere", "version_number": 4}


@pytest.fixture
def lineage(observer: psycopg.Connection) -> Lineage:
    """Register an analysis that holds a pin of its own, and datasets to cite."""
    metadata = {"seed": 1, "pinned_artifacts": [ELSEWHERE]}
    analysis = artifact(observer, "analysis", metadata=metadata)
    return Lineage([analysis], [artifact(observer, "dataset") for _ in range(40)])


def watch(dsn: str, stop: Event) -> int:
    """Look at the lineage repeatedly until ``stop`` is set; return how many times."""
    moments, pinned = 0, set[str]()
    with psycopg.connect(dsn, autocommit=True) as conn:
        while not stop.is_set():
            latest, repeated_tags, pins = row(
                conn,
                """SELECT count(*) FILTER (WHERE is_latest), count(version_tag) - count(DISTINCT version_tag),
                       array(SELECT jsonb_array_elements(first.metadata -> 'pinned_artifacts') ->> 'artifact_id'
                             FROM artifacts AS first
                             WHERE first.artifact_type = 'analysis' AND first.parent_version_id IS NULL)
                   FROM artifacts WHERE artifact_type = 'analysis'""",
            )
            assert (latest, repeated_tags) == (1, 0)
            assert pinned <= set(pins), "pins were lost"
            pinned, moments = set(pins), moments + 1
    return moments


@pytest.mark.parametrize("calls", [8, pytest.param(150, marks=pytest.mark.slow)])
@pytest.mark.parametrize("seed", [1])
@pytest.mark.usefixtures("host")
def test_what_sixteen_writers_of_one_lineage_were_answered_is_kept(
    dsn: str, observer: psycopg.Connection, lineage: Lineage, seed: int, calls: int
) -> None:
    stop = Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(watch, dsn, stop)
        # Every second one borrows from the host; the others bring a connection and commit it themselves.
        writing = [
            pool.submit(lineage.write, dsn if number % 2 else None, f"{seed} {number}", calls)
            for number in range(WRITERS)
        ]
        try:
            for writer in writing:
                writer.result(SECONDS)
        finally:
            stop.set()
        assert reader.result(SECONDS) > calls
    _check_versions(observer, lineage)
    _check_tags(observer, lineage)
    _check_links(observer, lineage)
    _check_pins(observer, lineage)


def _check_versions(observer: psycopg.Connection, lineage: Lineage) -> None:
    """Check that each version answered is stored one above its parent, and that the last finished one is latest."""
    first = lineage.versions[0]
    history = {version.id: version for version in get_version_history(first, conn=observer)}
    assert set(history) == {first, *(made.id for _, made in lineage.created)}
    for parent, made in lineage.created:
        stored = history[made.id]
        assert (stored.parent_version_id, stored.version_number) == (parent, made.version_number)
        assert made.version_number == history[parent].version_number + 1
    finished = [made.id for _, made in lineage.created if made.is_latest]
    # Versions are written while the lineage is held, so the order of their times is the order of writing.
    last = max(finished, key=lambda version: history[version].created_at, default=first)
    assert [version.id for version in history.values() if version.is_latest] == [last]


def _check_tags(observer: psycopg.Connection, lineage: Lineage) -> None:
    """Check that each tagged version carries one of its tags, and every other version none."""
    stored = dict(rows(observer, "SELECT id, version_tag FROM artifacts WHERE version_tag IS NOT NULL"))
    assert set(stored) == set(lineage.tagged)
    assert all(tag in lineage.tagged[version] for version, tag in stored.items())
    assert len(set(stored.values())) == len(stored)


def _check_links(observer: psycopg.Connection, lineage: Lineage) -> None:
    """Check that the stored links are those answered, each under its id."""
    stored = rows(
        observer,
        "SELECT id, source_artifact_id, target_artifact_id FROM artifact_links WHERE link_type = 'cites'",
    )
    assert set(stored) == set(lineage.linked)
    steps = rows(
        observer,
        "SELECT source_artifact_id, target_artifact_id FROM artifact_links WHERE link_type = 'derives_from'",
    )
    assert sorted(steps) == sorted((made.id, parent) for parent, made in lineage.created)


def _check_pins(observer: psycopg.Connection, lineage: Lineage) -> None:
    """Check that each pin answered is stored once, beside the analysis's earlier metadata."""
    first = lineage.versions[0]
    for analysis, metadata in rows(
        observer, "SELECT id, metadata FROM artifacts WHERE artifact_type = 'analysis'"
    ):
        before = {"seed": 1} if analysis == first else {}
        named = [pin.pop("artifact_id") for pin in metadata.pop("pinned_artifacts", [])]
        answered = {
            pin.artifact_id for version, pins in lineage.pinned if version == analysis for pin in pins
        }
        kept = {ELSEWHERE["artifact_id"]} if analysis == first else set()
        assert metadata == before
        assert len(named) == len(set(named))
        assert set(named) == answered | kept
