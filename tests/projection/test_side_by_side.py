"""Sessions that build side by side: each model once, none written after others took over, and lists right meanwhile."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import psycopg
import pytest
from psycopg import errors

from scidex.atlas.model_registry import build_side_by_side, check, fold, list_models, rebuild

_MODELS = """
INSERT INTO artifacts (id, artifact_type, title, metadata)
SELECT 'model-' || n, 'model', 'M', '{"trained_on_dataset_id": "d", "evaluation_metrics": {"rmse": 0.5}}'
FROM generate_series(1, 7) AS n
"""
_DATASET = """
INSERT INTO artifacts (id, artifact_type, title, version_tag) VALUES ('dataset-d', 'dataset', 'D', 'retracted')
"""
_BUILD = "INSERT INTO model_registry_builds DEFAULT VALUES"
_PARTS = "SELECT place::text, ids FROM model_registry_next_parts(2, 2)"
_PART = "SELECT model_registry_build_part(%s::tid, %s)"


@pytest.fixture
def sessions(dsn: str) -> Iterator[Sequence[psycopg.Connection]]:
    """Four sessions on a registry of seven models, all still to be built."""
    with ExitStack() as stack:
        opened = [stack.enter_context(psycopg.connect(dsn)) for _ in range(4)]
        for written in (_DATASET, _MODELS, "DELETE FROM model_registry_changes", _BUILD):
            opened[0].execute(written.encode())
        opened[0].commit()
        yield opened


def _agrees(conn: psycopg.Connection) -> None:
    conn.rollback()
    while fold(most=2, conn=conn):
        conn.commit()
    assert check(conn=conn) == []
    found = list_models(facets=True, conn=conn)
    assert found["total"] == 7
    assert [(one["value"], one["count"]) for one in found["facets"]["dataset"]] == [("dataset-d", 7)]
    conn.commit()


def test_each_model_is_built_once_and_lists_are_right_meanwhile(
    sessions: Sequence[psycopg.Connection],
) -> None:
    conn, *builders = sessions
    built = []
    for _ in range(3):
        built.append(build_side_by_side(conn=conn, builders=builders, most=2))
        assert list_models(conn=conn)["total"] == 7
        assert list_models(standing=["retracted"], conn=conn)["total"] == 7
        conn.commit()
    assert built == [6, 1, 0]
    _agrees(conn)


def test_a_part_whose_build_went_on_is_not_written(sessions: Sequence[psycopg.Connection]) -> None:
    conn, late, *_ = sessions
    place, ids = conn.execute(_PARTS).fetchall()[0]
    conn.commit()  # the turn is gone, as with a session that ended
    assert fold(most=3, conn=conn) == 3
    conn.commit()
    assert late.execute(_PART, [place, ids]).fetchone() == (False,)
    late.commit()
    _agrees(conn)


@pytest.mark.parametrize(
    "taking_over", ["SELECT model_registry_fold(9)", "SELECT model_registry_rebuild(NULL, 9)"]
)
def test_who_takes_over_waits_for_parts_that_are_being_written(
    sessions: Sequence[psycopg.Connection], taking_over: str
) -> None:
    conn, builder, *_ = sessions
    (place, ids), _ = conn.execute(_PARTS).fetchall()
    assert builder.execute(_PART, [place, ids]).fetchone() == (True,)
    conn.rollback()
    conn.execute("SET LOCAL lock_timeout = '300ms'")
    with pytest.raises(errors.LockNotAvailable) as refused:
        conn.execute(taking_over.encode())
    assert "model_registry_project" not in (refused.value.diag.context or "")  # before it writes any model
    builder.commit()
    _agrees(conn)


def test_a_build_that_is_asked_for_meanwhile_begins_after(sessions: Sequence[psycopg.Connection]) -> None:
    conn, other, *_ = sessions
    ((place, ids), _) = conn.execute(_PARTS).fetchall()
    other.execute("TRUNCATE artifact_links")
    other.commit()
    assert other.execute(_PART, [place, ids]).fetchone() == (False,)
    other.commit()
    conn.execute("SELECT model_registry_reach(%s::tid, %s)", [place, ids[-1]])
    conn.commit()
    due = conn.execute("SELECT built_to FROM model_registry_builds ORDER BY built_to NULLS FIRST").fetchall()
    assert due == [(None,), (ids[-1],)]
    conn.commit()
    assert build_side_by_side(conn=conn, builders=[other], most=2) == 0  # from the beginning, by one session
    _agrees(conn)


def test_models_with_rows_are_built_by_one_session(sessions: Sequence[psycopg.Connection]) -> None:
    conn, *builders = sessions
    _agrees(conn)
    conn.execute(_BUILD)
    conn.commit()
    assert build_side_by_side(conn=conn, builders=builders, most=2) == 0
    _agrees(conn)


def test_while_another_session_has_the_turn_nothing_is_built(sessions: Sequence[psycopg.Connection]) -> None:
    conn, holder, *builders = sessions
    holder.execute("LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE")
    assert build_side_by_side(conn=conn, builders=builders, most=2) == 0
    holder.commit()
    assert build_side_by_side(conn=conn, builders=builders, most=2) == 4
    assert len([*rebuild(conn=conn)]) == 1
    _agrees(conn)


def test_a_host_that_truncates_a_table_waits_for_no_part(sessions: Sequence[psycopg.Connection]) -> None:
    conn, builder, host, _ = sessions
    (place, ids), _ = conn.execute(_PARTS).fetchall()
    assert builder.execute(_PART, [place, ids]).fetchone() == (True,)
    host.execute("SET LOCAL lock_timeout = '300ms'")
    host.execute(_BUILD.encode())  # as its trigger does, with the table locked that the part reads next
    for one in (host, builder, conn):
        one.commit()
    _agrees(conn)


@pytest.mark.parametrize("broken", ["closed", "refused"])
def test_where_a_builder_fails_one_session_goes_on(
    sessions: Sequence[psycopg.Connection], broken: str
) -> None:
    conn, builder, other, _ = sessions
    if broken == "closed":
        other.close()
    else:
        other.execute("SET statement_timeout = 1")
        other.execute("SET lock_timeout = 1")
        other.commit()
    assert build_side_by_side(conn=conn, builders=[builder, other], most=2) == 0
    _agrees(conn)


def test_the_session_with_the_turn_outlives_the_longest_idle_time(
    sessions: Sequence[psycopg.Connection],
) -> None:
    conn, *_ = sessions
    conn.execute("SET idle_in_transaction_session_timeout = '1s'")
    conn.commit()
    assert len(conn.execute(_PARTS).fetchall()) == 2
    assert conn.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("0",)
    conn.commit()
    assert conn.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("1s",)


def test_words_that_were_kept_before_a_build_are_kept_anew(sessions: Sequence[psycopg.Connection]) -> None:
    conn, *builders = sessions
    conn.execute("INSERT INTO model_registry_described (id, words) VALUES ('dataset-d', 'stale')")
    conn.execute("UPDATE artifacts SET title = 'Zebrafish' WHERE id = 'dataset-d'")
    conn.execute("DELETE FROM model_registry_word_changes")  # as where triggers were missing
    conn.commit()
    assert build_side_by_side(conn=conn, builders=builders, most=2) == 6
    _agrees(conn)
    assert list_models(q="zebrafish", conn=conn)["total"] == 7
