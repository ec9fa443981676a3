"""One folds at a time, and who waits too long for the turn says so."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from scidex.atlas._model_registry.store import folding
from scidex.atlas.model_registry import FoldingState, fold, keep_folded, waiting_changes

_MODEL = "INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')"
_LOCK = "LOCK TABLE model_registry_turn IN SHARE ROW EXCLUSIVE MODE"


def _states(dsn: str, number: int) -> list[FoldingState]:
    """Fold in the background until it has told that many different states."""
    stop, told = threading.Event(), list[FoldingState]()

    @contextmanager
    def lend() -> Iterator[psycopg.Connection]:
        with psycopg.connect(dsn) as conn:
            yield conn

    def tell(state: FoldingState) -> None:
        if told[-1:] != [state]:
            told.append(state)
        if len(told) == number:
            stop.set()

    guard = threading.Timer(20, stop.set)
    guard.start()
    keep_folded(lend, stop, tell)
    guard.cancel()
    return told


def test_who_keeps_the_turn_is_named_and_folding_goes_on_after(
    dsn: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(folding, "_LONG_TURN_SECONDS", 0.7)
    with psycopg.connect(dsn) as other, caplog.at_level(logging.WARNING):
        other.execute(_MODEL)
        other.commit()
        other.execute(_LOCK)
        assert fold(conn=other) == 1  # its own turn
        other.rollback()
        other.execute(_LOCK)
        assert _states(dsn, 2) == ["ok", "waits"]
        assert (
            f"folding waits: process {other.info.backend_pid} of the database keeps the turn" in caplog.text
        )
        other.commit()
        _states(dsn, 1)
        assert waiting_changes(conn=other) == 0


def test_a_build_that_an_earlier_release_asks_for_leaves_the_turn_to_others(dsn: str) -> None:
    with psycopg.connect(dsn) as other, psycopg.connect(dsn) as earlier:
        other.execute(_MODEL)
        other.execute("INSERT INTO model_registry_builds DEFAULT VALUES")
        other.commit()
        other.execute(_LOCK)
        assert earlier.execute("SELECT model_registry_build(500)").fetchone() == (0,)
        earlier.commit()
        assert other.execute("SELECT count(*) FROM model_registry_builds").fetchone() == (1,)
        other.commit()
        assert earlier.execute("SELECT model_registry_build(500)").fetchone() == (1,)


def test_with_nothing_to_fold_a_reader_answers_at_once(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "_LONG_TURN_SECONDS", -1.0)
    with psycopg.connect(dsn) as other:
        other.execute(_LOCK)
        assert _states(dsn, 1) == ["ok"]
