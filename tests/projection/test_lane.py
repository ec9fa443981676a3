"""While many changes wait to be folded, lists make way: one at a time judges them, and no list is stale for it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from scidex.atlas._model_registry.reads import lane
from scidex.atlas._model_registry.reads.lane import Lane
from scidex.atlas.model_registry import RegistryUnavailable, fold, list_models

_MODELS: dict[str, int] = {"few": 3, "many": 12, "load": 40}
_SHORT = 0.3  # seconds of patience


@pytest.fixture(autouse=True)
def _bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "FEW", 5)
    monkeypatch.setattr(lane, "is_busy", lambda: True)
    monkeypatch.setattr(lane, "_MANY", 20)
    monkeypatch.setattr(lane, "_PATIENCE_SECONDS", _SHORT)


def _write(dsn: str, number: int) -> None:
    with psycopg.connect(dsn) as conn:
        conn.execute(
            "INSERT INTO artifacts (id, artifact_type, title) "
            "SELECT 'model-' || n, 'model', 'M' FROM generate_series(1, %s) AS n",
            [number],
        )


def _lane(dsn: str) -> Lane:
    @contextmanager
    def reading() -> Iterator[psycopg.Connection]:
        with psycopg.connect(dsn) as conn:
            yield conn

    return Lane(reading)


def _fold_all(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn:
        while fold(conn=conn):
            pass


@pytest.mark.parametrize("waiting", _MODELS)
def test_a_list_is_right_however_many_changes_wait_without_folding(dsn: str, waiting: str) -> None:
    _write(dsn, _MODELS[waiting])
    with _lane(dsn)() as conn:
        assert list_models(conn=conn)["total"] == _MODELS[waiting]


def test_one_list_at_a_time_judges_what_waits(dsn: str) -> None:
    _write(dsn, _MODELS["many"])
    lend = _lane(dsn)
    with lend(), pytest.raises(RegistryUnavailable, match="many changes are being taken up"), lend():
        pass
    with lend() as conn:  # the first has gone
        assert list_models(conn=conn)["total"] == _MODELS["many"]


def test_lists_of_a_short_log_are_answered_at_once(dsn: str) -> None:
    _write(dsn, _MODELS["few"])
    lend = _lane(dsn)
    with lend(), lend() as conn:
        assert list_models(conn=conn)["total"] == _MODELS["few"]


def test_a_list_waits_until_folding_has_left_few(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "_PATIENCE_SECONDS", 20.0)
    _write(dsn, _MODELS["load"])
    folding = threading.Timer(0.5, _fold_all, [dsn])
    folding.start()
    begun = time.monotonic()
    with _lane(dsn)() as conn:
        assert conn.execute("SELECT count(*) FROM model_registry_due").fetchall() == [(0,)]
        assert list_models(conn=conn)["total"] == _MODELS["load"]
    folding.join()
    assert 0.5 < time.monotonic() - begun < 20.0
