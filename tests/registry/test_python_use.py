"""The functions called from Python: the caller's connection stays as it was, errors are the registry's own."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from starlette.testclient import TestClient

from scidex.atlas import model_registry
from scidex.atlas.model_registry import (
    InvalidQuery,
    ModelNotFound,
    NotAModel,
    RegistryError,
    RegistryNotInstalled,
    RegistryUnavailable,
)
from tests.registry import rows
from tests.registry.requests import listed, opened

CALLS: list[Callable[[Any], object]] = [
    lambda conn: model_registry.list_models(facets=True, conn=conn),
    lambda conn: model_registry.get_model_detail("model-a", conn=conn),
    lambda conn: model_registry.compare_models(["model-a", "b"], conn=conn),
    lambda conn: model_registry.render_model_compare_page("model-a,b", conn=conn),
]
REFUSED: list[Callable[[Any], object]] = [
    lambda conn: model_registry.list_models(limit=0, conn=conn),
    lambda conn: model_registry.get_model_detail("model-x", conn=conn),
    lambda conn: model_registry.compare_models(["model-a", "x"], conn=conn),
]


@pytest.fixture
def committed(dsn: str) -> str:
    """Name a database of this test's own that holds two models."""
    with psycopg.connect(dsn) as conn:
        rows.traceable_model(conn, "model-a", {"evaluation_metrics": {"rmse": 1}})
        rows.model(conn, "model-b", {"evaluation_metrics": {"rmse": 2}})
        rows.dataset(conn, "dataset-a")
    return dsn


def test_a_connection_is_left_as_it_was(committed: str) -> None:
    for autocommit in (True, False):
        with psycopg.connect(committed, autocommit=autocommit) as conn:
            for call in CALLS:
                call(conn)
                assert conn.info.transaction_status is TransactionStatus.IDLE
            for call in REFUSED:
                with pytest.raises(RegistryError):
                    call(conn)
                assert conn.info.transaction_status is TransactionStatus.IDLE
            assert conn.read_only is None
            assert conn.isolation_level is None
            rows.dataset(conn, f"written-{autocommit}")
            conn.rollback()


def test_a_transaction_is_neither_ended_nor_hindered(committed: str) -> None:
    with psycopg.connect(committed) as conn:
        rows.model(conn, "model-uncommitted")
        for call in [*CALLS, *REFUSED]:
            with suppress(RegistryError):
                call(conn)
            assert conn.info.transaction_status is TransactionStatus.INTRANS
        assert model_registry.list_models(conn=conn)["total"] == 3
        rows.model(conn, "model-uncommitted-too")
        conn.rollback()
        assert model_registry.list_models(conn=conn)["total"] == 2


def test_rows_of_any_shape_suit(committed: str) -> None:
    with psycopg.connect(committed) as conn:
        plain = [call(conn) for call in CALLS]
    with psycopg.connect(committed, row_factory=dict_row) as other:
        assert [call(other) for call in CALLS] == plain


def test_a_read_only_connection_suffices(committed: str) -> None:
    with psycopg.connect(committed, options="-c default_transaction_read_only=on") as conn:
        for call in CALLS:
            call(conn)


def test_the_functions_return_what_the_routes_send(conn: psycopg.Connection, client: TestClient) -> None:
    rows.traceable_model(conn, "model-a", {"evaluation_metrics": {"rmse": 1}})
    rows.model(conn, "model-b", {"evaluation_metrics": {"rmse": 2}})
    assert model_registry.list_models(facets=True, conn=conn) == listed(client, facets="true")
    assert model_registry.get_model_detail("a", conn=conn) == opened(client, "a")
    compared = client.get("/api/models/compare?ids=b,a&baseline=a").json()
    assert model_registry.compare_models("b,a", baseline="a", conn=conn) == compared


def test_one_value_needs_no_list(conn: psycopg.Connection) -> None:
    rows.model(conn, "model-a", {"model_family": "statistical", "fit_metrics": {"auc": 0.5}})
    one = model_registry.list_models(family="statistical", metric="auc<1", conn=conn)
    several = model_registry.list_models(family=["statistical"], metric=("auc<1",), conn=conn)
    assert one == several
    assert one["total"] == 1


def test_errors_are_the_registrys_own(conn: psycopg.Connection) -> None:
    rows.dataset(conn, "dataset-a")
    rows.model(conn, "model-a")
    with pytest.raises(ModelNotFound, match="'x'") as unknown:
        model_registry.get_model_detail("x", conn=conn)
    assert unknown.value.missing == ["x"]
    with pytest.raises(NotAModel, match="dataset"):
        model_registry.get_model_detail("dataset-a", conn=conn)
    for hopeless in ("\0", "\ud800"):
        with pytest.raises(ModelNotFound):
            model_registry.get_model_detail(hopeless, conn=conn)
        with pytest.raises(InvalidQuery):
            model_registry.compare_models(["a", hopeless], conn=conn)
        with pytest.raises(InvalidQuery):
            model_registry.list_models(q=hopeless, conn=conn)
        with pytest.raises(InvalidQuery):
            model_registry.list_models(cursor=hopeless, conn=conn)
    assert conn.info.transaction_status is TransactionStatus.INTRANS


@pytest.mark.parametrize("asking", [model_registry.list_models, model_registry.render_models_page])
def test_an_unknown_parameter_is_refused_and_the_nearest_named(asking: Callable[..., object]) -> None:
    with pytest.raises(
        InvalidQuery, match=r"^familly is not a parameter here; the nearest known one is family$"
    ):
        asking(familly="x")
    with pytest.raises(InvalidQuery, match=r"the nearest known one is offset$"):
        asking(family="statistical", page=2)


def test_a_database_without_tables_or_without_the_plugin(dsn: str) -> None:
    with psycopg.connect(dsn) as conn:
        conn.execute("DROP FUNCTION model_registry_affected")
        with pytest.raises(RegistryNotInstalled, match="init-db"):
            model_registry.list_models(conn=conn)


def test_a_closed_connection_and_a_cancelled_statement_are_unavailable(committed: str) -> None:
    conn = psycopg.connect(committed)
    conn.close()
    for call in CALLS:
        with pytest.raises(RegistryUnavailable):
            call(conn)
    hurried = psycopg.connect(committed, options="-c statement_timeout=50")
    with hurried, psycopg.connect(committed) as other:
        other.execute("LOCK TABLE artifacts IN ACCESS EXCLUSIVE MODE")
        for call in CALLS:
            with pytest.raises(RegistryUnavailable):
                call(hurried)
            assert hurried.info.transaction_status is TransactionStatus.IDLE


def test_installing_again_changes_nothing(committed: str) -> None:
    with psycopg.connect(committed) as conn:
        before = [call(conn) for call in CALLS]
        conn.execute("SELECT")
        for _ in range(2):
            model_registry.install(conn)
            assert conn.info.transaction_status is TransactionStatus.INTRANS, "the caller's to commit"
        conn.commit()
        assert [call(conn) for call in CALLS] == before
        conn.commit()
        model_registry.install(conn)
        assert conn.info.transaction_status is TransactionStatus.IDLE
