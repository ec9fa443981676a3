"""Indexes on the host's tables while another session builds the same."""

import time
from unittest.mock import Mock

import psycopg
import pytest
from psycopg import errors

from scidex.atlas.model_registry import index_host_tables


def test_an_index_is_tried_again_for_most_of_a_minute_after_deadlocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    nothing = Mock(fetchone=lambda: None)
    conn = Mock(spec=psycopg.Connection)
    conn.execute.side_effect = [*11 * [errors.DeadlockDetected()], *6 * [nothing]]
    index_host_tables(conn=conn)
    assert len(pauses) == 11
    assert sum(pauses) > 20
