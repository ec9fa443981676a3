"""The judge answers the same for a model alone, among a few, and among many."""

from typing import Any, LiteralString

import psycopg

_SAMPLE: LiteralString = "SELECT id FROM artifacts WHERE artifact_type = 'model' ORDER BY md5(id) LIMIT 200"
_JUDGED: LiteralString = (
    "SELECT judged.id, to_jsonb(judged)::text FROM model_registry_judge(%s) AS judged ORDER BY judged.id"
)


def test_a_few_and_many_are_judged_alike(generated_dsn: str) -> None:
    with psycopg.connect(generated_dsn) as conn:
        ids = [model_id for (model_id,) in conn.execute(_SAMPLE)]
        many = _judged(conn, ids)
        few = [row for start in range(0, len(ids), 20) for row in _judged(conn, ids[start : start + 20])]
        alone = [row for model_id in ids[:20] for row in _judged(conn, [model_id])]
    assert len(many) == len(ids)
    assert sorted(few) == many
    assert set(alone) <= set(many)
    assert {"complete", "incomplete"} == {
        "complete" if '"missing": []' in row else "incomplete" for _, row in many
    }


def _judged(conn: psycopg.Connection[Any], ids: list[str]) -> list[tuple[str, str]]:
    return conn.execute(_JUDGED, [ids]).fetchall()


def test_a_model_asked_for_twice_is_judged_once_while_the_projection_is_built(generated_dsn: str) -> None:
    with psycopg.connect(generated_dsn) as conn:
        ((model,),) = conn.execute("SELECT min(id) FROM artifacts WHERE artifact_type = 'model'")
        conn.execute("INSERT INTO model_registry_builds DEFAULT VALUES")
        ((times,),) = conn.execute("SELECT count(*) FROM model_registry_current(%s)", [[model] * 6000])
        conn.rollback()
    assert times == 1
