"""An upgrade over a layout before: the same answers as from a fresh installation, and nothing of the old one left."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from scidex.atlas.model_registry import (
    check,
    compare_models,
    find_headlines,
    fold,
    get_impact,
    get_model_detail,
    install,
    list_models,
)
from scidex.core.schema import init_db
from tests.registry import rows
from tests.unit.evaluations.columns import regression

# The layout before the present one, and one of another kind of projection.
_BEFORE = {number: Path(__file__).with_name(f"layout_{number}.sql") for number in (17, 5)}
_OWN = r"""
    SELECT relation.relname FROM pg_class AS relation
    WHERE starts_with(relation.relname, 'model_registry_') AND relation.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT function.oid::regprocedure::text FROM pg_proc AS function
    WHERE starts_with(function.proname, 'model_registry_')
    UNION ALL
    SELECT format('%s ON %s', trigger.tgname, trigger.tgrelid::regclass) FROM pg_trigger AS trigger
    WHERE NOT trigger.tgisinternal
"""


@pytest.fixture(params=_BEFORE)
def upgraded(own_database: psycopg.Connection, request: pytest.FixtureRequest) -> psycopg.Connection:
    """Return a database of a layout before, filled and folded by it, with a write that waits in its log."""
    _empty(own_database)
    own_database.execute(_BEFORE[request.param].read_bytes())
    own_database.execute("SET search_path TO DEFAULT")
    _write(own_database)
    own_database.execute("SELECT model_registry_fold(500), model_registry_fold(500)")
    _write_later(own_database)
    own_database.commit()
    return own_database


def _empty(conn: psycopg.Connection) -> None:
    conn.execute("DROP SCHEMA public CASCADE")
    conn.execute("CREATE SCHEMA public")


def _write(conn: psycopg.Connection) -> None:
    rows.traceable_model(conn, "model-whole", {"model_family": "statistical", "fit_metrics": {"rmse": 0.25}})
    rows.traceable_model(
        conn, "model-waiting", {"evaluation_metrics": {"rmse": 0.5, "auc": 9007199254740993}}
    )
    parent = {"parent_version_id": "model-whole", "version_number": 2}
    rows.model(conn, "model-v2", {"trained_on_dataset_id": "whole"}, **parent)
    rows.model(conn, "model-of-a-list", ["no object"], quality_score=0.9)
    tests = {"tests_hypothesis_id": ["hypothesis-a", "nowhere"]}
    rows.model(conn, "model-long-" + "x" * 400, tests, quality_score=0.8)
    rows.model(conn, "", {"model_family": "unknown"}, created_by="日本", version_tag="best")
    rows.hypothesis(conn, "hypothesis-a")
    rows.link(conn, "model-v2", "dataset-of-model-whole", "trained_on")
    rows.link(conn, "model-of-a-list", "hypothesis-nowhere", "tests")
    rows.dataset(conn, "dataset-raw", version_tag="retracted")
    rows.link(conn, "dataset-of-model-whole", "dataset-raw", "derives_from")
    rows.artifact(conn, "evaluation-e", "evaluation", metadata=regression(model_id="model-v2"))
    rows.link(conn, "evaluation-e", "model-v2", "evaluates")
    rows.model_version(conn, "model-v2", eval_metrics_json='{"rmse": 0.1}', promotion_state="promoted")
    for table in ("artifacts", "artifact_links", "model_versions"):
        conn.execute(f"UPDATE {table} SET created_at = '2026-04-05'")  # noqa: S608  tables of the host


def _write_later(conn: psycopg.Connection) -> None:
    conn.execute("UPDATE artifacts SET title = 'Told later' WHERE id = 'model-waiting'")


def _verdicts(conn: psycopg.Connection) -> list[tuple[Any, ...]]:
    return conn.execute(
        "SELECT id, complete, quality_score, missing, datasets, analyses, hypotheses "
        "FROM model_registry_models ORDER BY id"
    ).fetchall()


def _answers(conn: psycopg.Connection) -> list[Any]:
    asked: list[dict[str, Any]] = [
        {"facets": True},
        {"sort": "title", "order": "asc"},
        {"sort": "metric:rmse"},
        {"metric": "rmse<0.4"},
        {"q": "later"},
        {"dataset": "of-model-whole"},
        {"hypothesis": "a"},
        {"provenance": "complete"},
        {"standing": ["retracted"], "facets": True},
    ]
    ids = [model["id"] for model in list_models(conn=conn)["models"]]
    lists = [list_models(conn=conn, **parameters) for parameters in asked]
    for model in (model for answer in lists for model in answer["models"]):
        model["computed"], model["contradicted"] = True, []  # lists do not say while a change waits
    details = [get_model_detail(model_id, conn=conn) for model_id in ids if model_id]
    assert (
        lists[-1]["total"] == 2
    )  # the model whose dataset derives from what is retracted, and one linked to it
    compared = compare_models(["model-whole", "model-v2", "model-waiting"], conn=conn)
    return [*lists, *details, compared, get_impact("dataset-raw", conn=conn)]


def _fold_all(conn: psycopg.Connection) -> None:
    while fold(conn=conn) or find_headlines(conn=conn):
        pass


def _objects(conn: psycopg.Connection) -> list[Any]:
    return sorted(conn.execute(_OWN).fetchall())


def test_an_upgrade_answers_as_a_fresh_installation_does(upgraded: psycopg.Connection) -> None:
    before = _verdicts(upgraded)
    install(upgraded)
    assert _verdicts(upgraded) == before
    waiting = _answers(upgraded)
    _fold_all(upgraded)
    folded, objects = _answers(upgraded), _objects(upgraded)
    assert check(conn=upgraded) == []

    _empty(upgraded)
    init_db(upgraded)
    install(upgraded)
    _write(upgraded)
    _write_later(upgraded)
    _fold_all(upgraded)
    assert objects == _objects(upgraded)
    assert folded == _answers(upgraded)
    assert waiting == folded
