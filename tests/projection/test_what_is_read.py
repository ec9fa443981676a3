"""Judging and looking up read what the question needs, however many other or new rows there are."""

from typing import Any, LiteralString

import psycopg
import pytest
from psycopg.types.json import Jsonb

from scidex.atlas.model_registry import fold, list_models

_SOME: LiteralString = "SELECT id FROM artifacts WHERE artifact_type = 'model' ORDER BY md5(id) LIMIT %s"
_READ: LiteralString = """
SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0) AS rows_read
FROM pg_stat_xact_user_tables WHERE relname IN ('artifacts', 'model_versions', 'model_registry_search')
"""
_JUDGE: LiteralString = "SELECT count(*) FROM model_registry_judge(%s)"
_FACTS: LiteralString = "SELECT count(*) FROM model_registry_facts(%s)"
_GRAPHS: LiteralString = "SELECT count(*) FROM model_registry_graphs(%s, 3, 40)"
_WRITE: LiteralString = "SELECT model_registry_write(%s)"
# Ids of the registry's own tables come in another collation than the host's indexes have.
_SETTLE: LiteralString = """
SELECT model_registry_settle(ARRAY(SELECT asked.id COLLATE "C" FROM unnest(%s::text[]) AS asked (id)))
"""
# Its own row, what its links and names lead to, its inputs, and what a graph meets in 3 steps.
_MOST_FOR_A_MODEL = {"model_versions": 4, "artifacts": 40, "model_registry_search": 1}
_LOADED: LiteralString = """
INSERT INTO artifacts (id, artifact_type, title, metadata)
SELECT 'model-' || number, 'model', 'T', %s FROM generate_series(1, 1000) AS number
"""


@pytest.mark.parametrize("asked", [_JUDGE, _FACTS, _GRAPHS, _WRITE, _SETTLE])
@pytest.mark.parametrize("models", [1, 20, 60])
def test_of_each_model_only_what_hangs_on_it_is_read(
    generated_dsn: str, asked: LiteralString, models: int
) -> None:
    with psycopg.connect(generated_dsn) as conn:
        ids = [model_id for (model_id,) in conn.execute(_SOME, [models])]
        before = _rows_read(conn)
        conn.execute(asked, [ids])
        read = {name: number - before[name] for name, number in _rows_read(conn).items()}
        conn.rollback()
    assert read["artifacts"] >= models
    assert {name: number for name, number in read.items() if number > models * _MOST_FOR_A_MODEL[name]} == {}


def test_a_list_reads_the_standing_of_its_page_alone_while_something_waits(generated_dsn: str) -> None:
    with psycopg.connect(generated_dsn) as conn:
        ((models,),) = conn.execute("SELECT count(*) FROM artifacts WHERE artifact_type = 'model'")
        conn.execute("INSERT INTO model_registry_state_changes VALUES ('nowhere')")
        before = _rows_read(conn)["artifacts"]
        assert len(list_models(limit=5, conn=conn)["models"]) == 5
        read = _rows_read(conn)["artifacts"] - before
        conn.rollback()
    assert read < 5 * 60 < models


def test_building_goes_on_where_it_stood(generated_dsn: str) -> None:
    with psycopg.connect(generated_dsn) as conn:
        conn.execute("SET random_page_cost = 1000000")  # as where statistics mislead
        before = _rows_read(conn)
        ((following,),) = conn.execute("SELECT model_registry_next_models('model-0000100', 20)")
        read = _rows_read(conn)["artifacts"] - before["artifacts"]
        everything: LiteralString = (
            "SELECT array_agg(id ORDER BY id) FROM artifacts WHERE artifact_type = 'model'"
        )
        ((models,),) = conn.execute(everything)
    start = next(place for place, name in enumerate(models) if name == following[0])
    assert following == models[start : start + 20]
    assert start == 0 or models[start - 1] <= "model-0000100"
    assert read < 100


def test_a_look_for_who_watches_does_not_read_what_was_just_folded(conn: psycopg.Connection[Any]) -> None:
    conn.execute(_LOADED, [Jsonb({"trained_on_dataset_id": "dataset-a", "produced_by_analysis_id": "SDA-1"})])
    while fold(most=1000, conn=conn):
        pass
    asked: LiteralString = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT FROM model_registry_watching(%s)"
    ((found,),) = conn.execute(asked, [["dataset-b"]])
    assert found[0]["Plan"]["Shared Hit Blocks"] + found[0]["Plan"]["Shared Read Blocks"] < 10
    ((watching,),) = conn.execute("SELECT count(*) FROM model_registry_watching(%s)", [["dataset-a"]])
    assert watching == 1001


def _rows_read(conn: psycopg.Connection[Any]) -> dict[str, int]:
    return dict(conn.execute(_READ).fetchall())
