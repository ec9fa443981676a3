"""Ids so long that an index cannot hold two of them: their models are listed, and nobody else's are kept waiting."""

import random
import string

import psycopg

from scidex.atlas.model_registry import check, fold, get_model_detail, list_models
from tests.registry import rows


def test_a_model_that_no_index_can_hold_is_judged_when_it_is_read(conn: psycopg.Connection) -> None:
    chance = random.Random(1)  # noqa: S311  what compresses would fit
    dataset, model = (f"{kind}-{''.join(chance.choices(string.printable[:94], k=900))}" for kind in "dm")
    rows.dataset(conn, dataset)
    rows.model(
        conn, model, {"trained_on_dataset_id": dataset, "fit_metrics": {"rmse": 0.1}}, quality_score=0.9
    )
    rows.model(conn, "model-short", {"fit_metrics": {"rmse": 0.2}}, quality_score=0.2)
    while fold(conn=conn):
        pass
    assert conn.execute("SELECT id FROM model_registry_projection").fetchall() == [("model-short",)]
    answer = list_models(conn=conn, sort="metric:rmse", facets=True)
    assert [entry["id"] for entry in answer["models"]] == [model, "model-short"]
    assert answer["total"] == 2
    assert list_models(conn=conn, q="short")["total"] == 1
    assert get_model_detail(model, conn=conn)["training_datasets"] == [dataset]
    conn.execute("DELETE FROM artifacts WHERE id = %s", [model])
    while fold(conn=conn):
        pass
    assert list_models(conn=conn)["total"] == 1
    assert check(conn=conn) == []
