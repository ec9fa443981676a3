"""A model is read in one round trip, and behind a pooler statement by statement; the answers are the same."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg.pq import PipelineStatus
from typing_extensions import override

from scidex.atlas import model_registry
from scidex.atlas.model_registry import ModelNotFound, RegistryNotInstalled
from tests.registry import rows

_ANSWERS: dict[str, Callable[[psycopg.Connection], Any]] = {
    "detail": lambda conn: model_registry.get_model_detail("model-a", conn=conn),
    "detail by a name without the prefix": lambda conn: model_registry.get_model_detail("a", conn=conn),
    "comparison": lambda conn: model_registry.compare_models(["model-b", "model-a"], conn=conn),
    "comparison by names": lambda conn: model_registry.compare_models(["b", "model-a"], conn=conn),
}


@pytest.fixture
def registry(conn: psycopg.Connection) -> psycopg.Connection:
    """Return a connection to two models, one with an earlier version."""
    rows.traceable_model(conn, "model-a", {"evaluation_metrics": {"rmse": 1}})
    rows.traceable_model(conn, "model-b", {"evaluation_metrics": {"rmse": 2}})
    rows.artifact(conn, "model-a-v2", "model", parent_version_id="model-a", version_number=2)
    rows.link(conn, "model-b", "model-a", "derives_from")
    return conn


def _statuses(conn: psycopg.Connection) -> list[PipelineStatus]:
    """Return the list to which every statement adds whether it is sent in a pipeline."""
    statuses: list[PipelineStatus] = []

    class Noting(psycopg.Cursor[Any]):
        @override
        def execute(self, *arguments: Any, **options: Any) -> Any:
            statuses.append(PipelineStatus(self.connection.pgconn.pipeline_status))
            return super().execute(*arguments, **options)

    conn.cursor_factory = Noting
    return statuses


@pytest.mark.parametrize("name", _ANSWERS)
def test_behind_a_pooler_the_answer_is_the_same(registry: psycopg.Connection, name: str) -> None:
    statuses = _statuses(registry)
    together = _ANSWERS[name](registry)
    assert PipelineStatus.ON in statuses
    statuses.clear()
    registry.prepare_threshold = None
    assert _ANSWERS[name](registry) == together
    assert set(statuses) == {PipelineStatus.OFF}


def test_a_detail_waits_once(registry: psycopg.Connection) -> None:
    statuses = _statuses(registry)
    assert model_registry.get_model_detail("model-a", conn=registry)["links"]["incoming"]
    assert statuses == [PipelineStatus.ON] * 4


@pytest.mark.parametrize("prepare_threshold", [5, None])
def test_an_error_among_them_is_named_as_such(
    registry: psycopg.Connection, prepare_threshold: int | None
) -> None:
    registry.prepare_threshold = prepare_threshold
    with pytest.raises(ModelNotFound), registry.transaction():
        model_registry.get_model_detail("model-c", conn=registry)
    registry.execute("DROP FUNCTION model_registry_graphs(text[], integer, integer)")
    with pytest.raises(RegistryNotInstalled), registry.transaction():
        model_registry.get_model_detail("model-a", conn=registry)
    assert registry.execute("SELECT 1").fetchall() == [(1,)]
