"""Who writes much takes it up when committing: lists meet it judged, and nothing of others is missed."""

from typing import Any, LiteralString

import psycopg
import pytest

from scidex.atlas.model_registry import fold, list_models, waiting_changes
from tests.projection.bulks import (
    DATASET,
    fold_all,
    held_open,
    hold_lists_to_the_judge,
    take_up_from,
    write,
    write_beneath,
)
from tests.registry import rows

_TURN = "LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE NOWAIT"


@pytest.fixture
def other(dsn: str) -> Any:
    """Lend a connection of somebody else, in a registry where five entries are many."""
    with psycopg.connect(dsn, autocommit=True) as conn:
        take_up_from(conn, 5)
        yield conn


@pytest.fixture
def writer(other: Any) -> Any:
    """Lend the connection of a host that writes much."""
    with psycopg.connect(other.info.dsn) as conn:
        yield conn


Connection = psycopg.Connection[Any]


def _complete(conn: Connection) -> int:
    return list_models(provenance="complete", conn=conn)["total"]


def test_nothing_of_a_bulk_ever_waits(writer: Connection, other: Connection) -> None:
    write_beneath(other)
    write(writer)
    assert waiting_changes(conn=writer) > 5
    assert waiting_changes(conn=other) == 2
    writer.commit()
    assert waiting_changes(conn=other) == 0
    assert _complete(other) == 5
    hold_lists_to_the_judge(other)
    writer.execute("UPDATE artifacts SET title = 'renamed', metadata = '{}'")
    writer.execute("DELETE FROM artifact_links")
    writer.commit()
    assert waiting_changes(conn=other) == 0
    assert _complete(other) == 0
    hold_lists_to_the_judge(other)
    writer.execute("DELETE FROM artifacts")
    writer.commit()
    assert waiting_changes(conn=other) == 0
    assert other.execute("SELECT count(*) FROM model_registry_search").fetchone() == (0,)
    hold_lists_to_the_judge(other)


def test_changed_words_of_a_bulk_never_wait(writer: Connection, other: Connection) -> None:
    for number in range(6):
        rows.dataset(other, f"dataset-{number}", title="Mouse")
        rows.model(other, f"model-{number}", {"trained_on_dataset_id": f"dataset-{number}"})
    fold_all(other)
    writer.execute("UPDATE artifacts SET title = 'Zebra' WHERE artifact_type = 'dataset'")
    assert waiting_changes(conn=writer) == 6
    assert other.execute("SELECT FROM model_registry_affected()").fetchall() == []
    writer.commit()
    assert waiting_changes(conn=other) == 0
    assert [list_models(q=words, conn=other)["total"] for words in ("zebra", "mouse")] == [6, 0]
    hold_lists_to_the_judge(other)


def test_few_rows_are_left_to_folding(writer: Connection, other: Connection) -> None:
    write(writer, 4)
    writer.commit()
    assert waiting_changes(conn=other) == 8
    hold_lists_to_the_judge(other)


def test_what_others_commit_meanwhile_is_folded_after_it(
    writer: Connection, other: Connection, dsn: str
) -> None:
    write(writer)
    with held_open(writer, dsn):
        assert list_models(conn=other)["total"] == 0
        write_beneath(other)
        folded = fold(conn=other)
        hold_lists_to_the_judge(other)
    assert _complete(other) == 5
    assert folded == 0  # the turn was the writer's
    hold_lists_to_the_judge(other)
    fold_all(other)
    assert _complete(other) == 5
    hold_lists_to_the_judge(other)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_who_keeps_to_one_snapshot_leaves_it_to_folding(
    writer: Connection, other: Connection, level: LiteralString
) -> None:
    writer.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
    writer.execute("SELECT FROM artifacts")
    write_beneath(other)
    fold_all(other)
    write(writer)
    writer.commit()
    assert _complete(other) == 5
    hold_lists_to_the_judge(other)
    assert waiting_changes(conn=other) > 5
    fold_all(other)
    assert _complete(other) == 5


def test_what_is_rolled_back_is_left_out_of_the_lists(writer: Connection, other: Connection) -> None:
    write_beneath(other)
    with writer.transaction(force_rollback=True):
        with writer.transaction(force_rollback=True):
            write(writer)
        rows.model(writer, "model-alone")
    with writer.transaction():
        with writer.transaction(force_rollback=True):
            write(writer)
        rows.model(writer, "model-kept")
    assert waiting_changes(conn=other) == 3
    with writer.transaction(), writer.transaction():
        write(writer)
    assert waiting_changes(conn=other) == 0
    assert list_models(conn=other)["total"] == 6
    hold_lists_to_the_judge(other)


def test_a_commit_that_fails_after_it_leaves_nothing(writer: Connection, other: Connection) -> None:
    write_beneath(other)
    fold_all(other)
    writer.execute("CREATE TABLE named (id text REFERENCES artifacts DEFERRABLE INITIALLY DEFERRED)")
    writer.commit()
    write(writer)
    writer.execute("INSERT INTO named VALUES ('nobody')")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        writer.commit()
    assert list_models(conn=other)["total"] == 0
    assert waiting_changes(conn=other) == 0
    hold_lists_to_the_judge(other)


def test_a_truncating_bulk_leaves_a_build(writer: Connection, other: Connection) -> None:
    rows.traceable_model(other, "model-before")
    fold_all(other)
    writer.execute("TRUNCATE artifacts CASCADE")
    write(writer)
    writer.commit()
    assert list_models(conn=other)["total"] == 5
    hold_lists_to_the_judge(other)
    fold_all(other)
    hold_lists_to_the_judge(other)


def test_a_bulk_takes_up_what_others_committed_before(writer: Connection, other: Connection) -> None:
    rows.dataset(other, DATASET)
    write(writer)
    rows.model(other, "model-beside", {"trained_on_dataset_id": DATASET})
    writer.commit()
    assert waiting_changes(conn=other) == 0
    assert list_models(dataset=DATASET, conn=other)["total"] == 6
    hold_lists_to_the_judge(other)


@pytest.mark.parametrize(
    "tested",
    [
        "SET CONSTRAINTS ALL IMMEDIATE",
        "DO $$ BEGIN EXECUTE 'SET CONS' || 'TRAINTS ALL IMMEDIATE'; END $$",
    ],
)
@pytest.mark.parametrize("is_first", [False, True])
def test_others_fold_while_a_writer_tests_constraints_before_the_end(
    writer: Connection, other: Connection, tested: LiteralString, is_first: bool
) -> None:
    if is_first:
        writer.execute(tested)
    write(writer)
    if not is_first:
        writer.execute(tested)
    with other.transaction():
        other.execute(_TURN)
    writer.commit()
    hold_lists_to_the_judge(other)
    fold_all(other)
    assert list_models(conn=other)["total"] == 5


def test_others_fold_while_a_transaction_is_prepared(writer: Connection, other: Connection) -> None:
    write(writer)
    writer.execute("PREPARE TRANSACTION 'bulk'")
    try:
        with other.transaction():
            other.execute(_TURN)
    finally:
        other.execute("COMMIT PREPARED 'bulk'")
    assert waiting_changes(conn=other) > 5
    hold_lists_to_the_judge(other)


def test_lists_are_planned_with_statistics_of_the_bulk(writer: Connection, other: Connection) -> None:
    write_beneath(other)
    write(writer)
    writer.commit()
    known = other.execute(
        "SELECT DISTINCT tablename FROM pg_stats WHERE tablename LIKE 'model_registry_%'"
    ).fetchall()
    assert {"model_registry_projection", "model_registry_search", "model_registry_evidence"} <= {
        name for (name,) in known
    }
