"""Ids that a model rests on, many and long: as many are followed as a list can judge at once, and the rest is named."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import check, fold
from tests.registry import rows
from tests.registry.requests import listed, opened

MOST_BYTES, MOST_LINKS, MOST_ANALYSES, MOST_INPUTS = 100_000, 1_000, 50, 2_000
MANY = 40
# An id of so many letters that compress badly, as hashes do.
_LONG = "left(%s || i || '.' || (SELECT string_agg(md5(i || '.' || part), '') FROM generate_series(1, 32) AS part), %s)"


def _link(
    conn: psycopg.Connection[Any], source: str, number: int, size: int, kind: str = "trained_on"
) -> None:
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"  # noqa: S608  text of this file
        f" SELECT %s, {_LONG}, %s FROM generate_series(1, %s) AS i",
        [source, "dataset-", size, kind, number],
    )


def _name(conn: psycopg.Connection[Any], model: str, number: int, size: int) -> None:
    conn.execute(
        "UPDATE artifacts SET metadata = jsonb_build_object('trained_on_dataset_id',"  # noqa: S608  text of this file
        f" (SELECT jsonb_agg({_LONG}) FROM generate_series(1, %s) AS i)) WHERE id = %s",
        ["dataset-", size, number, model],
    )


@pytest.mark.parametrize(("write", "named"), [(_link, "links"), (_name, "metadata.trained_on_dataset_id")])
def test_long_ids_are_followed_up_to_their_bytes(
    conn: psycopg.Connection[Any], client: TestClient, write: Any, named: str
) -> None:
    for model, size in (("model-long", 900), ("model-short", MOST_BYTES // MOST_LINKS)):
        rows.model(conn, model)
        write(conn, model, MOST_LINKS, size)
    for _ in range(2):  # while it waits to be folded, and afterwards
        entries = {entry["id"]: entry["unreadable"] for entry in listed(client)["models"]}
        assert entries == {"model-long": [named], "model-short": []}
        detail = opened(client, "model-long")
        assert "pinned_inputs" in detail["provenance_missing"]
        edges = detail["provenance"]["graph"]["edges"]
        assert sum(len(edge["target"]) for edge in edges) <= MOST_BYTES
        assert len(edges) == MOST_BYTES // 900
        _fold_all(conn)
    assert check(conn=conn) == []


def test_pages_of_models_with_long_ids_stay_small(conn: psycopg.Connection[Any], client: TestClient) -> None:
    for model in ("model-a", "model-b"):
        rows.model(conn, model)
        _link(conn, model, MOST_LINKS, 900)
    assert len(client.get("/models/model-a").content) < 1_500_000
    assert len(client.get("/models/compare?ids=model-a,model-b").content) < 3_000_000


def test_a_graph_holds_a_megabyte_of_ids(conn: psycopg.Connection[Any], client: TestClient) -> None:
    rows.model(conn, "model-m")
    _link(conn, "model-m", MANY, 900)
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " SELECT one.target_artifact_id, other.target_artifact_id, 'derives_from'"
        " FROM artifact_links AS one, artifact_links AS other"
        " WHERE one.target_artifact_id <> other.target_artifact_id"
    )
    for _ in range(2):
        answer = client.get("/api/models/model-m")
        graph = answer.json()["provenance"]["graph"]
        assert graph["truncated"]
        assert len(graph["nodes"]) == 1 + MANY
        assert sum(len(edge["source"]) + len(edge["target"]) for edge in graph["edges"]) <= 10 * MOST_BYTES
        assert len(answer.content) < 1_500_000
        assert len(client.get("/models/model-m").content) < 3_000_000
        _fold_all(conn)


@pytest.mark.parametrize(
    ("analyses", "inputs", "is_read"),
    [
        (MOST_ANALYSES, 1, True),
        (MOST_ANALYSES + 1, 1, False),
        (3, MOST_INPUTS // 3, True),
        (3, MOST_INPUTS // 3 + 1, False),
    ],
)
def test_inputs_of_all_analyses_of_a_model_are_bounded_together(
    conn: psycopg.Connection[Any], client: TestClient, analyses: int, inputs: int, *, is_read: bool
) -> None:
    rows.traceable_model(conn, "model-m")
    for number in range(analyses - 1):
        rows.analysis(conn, f"analysis-{number}")
        rows.link(conn, "model-m", f"analysis-{number}", "produced_by")
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " SELECT analysis.id, analysis.id || '.' || i, 'uses'"
        " FROM artifacts AS analysis, generate_series(1, %s) AS i WHERE analysis.artifact_type = 'analysis'",
        [inputs],
    )
    for _ in range(2):
        assert listed(client)["models"][0]["unreadable"] == ([] if is_read else ["provenance.inputs"])
        detail = opened(client, "model-m")
        assert "pinned_inputs" in detail["provenance_missing"]
        assert len(detail["provenance"]["inputs"]) == 1 + min(
            analyses * inputs, MOST_INPUTS, MOST_ANALYSES * inputs
        )
        _fold_all(conn)
    assert check(conn=conn) == []


def test_a_standing_is_walked_along_so_many_edges(conn: psycopg.Connection[Any], client: TestClient) -> None:
    rows.model(conn, "model-m")
    _link(conn, "model-m", 20, 100)
    rows.dataset(conn, "dataset-0", lifecycle_state="rejected")
    rows.link(conn, "model-m", "dataset-0", "trained_on")
    assert opened(client, "model-m")["standing"]["truncated"] is False
    conn.execute(
        "CREATE OR REPLACE FUNCTION model_registry_most_rested_on() RETURNS integer"
        " LANGUAGE sql IMMUTABLE AS 'SELECT 2'"
    )
    for _ in range(2):
        assert opened(client, "model-m")["standing"]["truncated"] is True
        _fold_all(conn)


def _fold_all(conn: psycopg.Connection[Any]) -> None:
    while fold(conn=conn):
        pass


def _reads_of_parts(conn: psycopg.Connection[Any]) -> int:
    """Return how often this transaction put a long value of models that no index holds together."""
    ((number,),) = conn.execute(
        """SELECT pg_stat_get_xact_numscans(index.indexrelid)
           FROM pg_class AS relation JOIN pg_index AS index ON index.indrelid = relation.reltoastrelid
           WHERE relation.oid = 'model_registry_unindexed'::regclass"""
    ).fetchall()
    return int(number)


def test_models_with_long_ids_are_folded_and_read_without_comparing_each_with_each(
    conn: psycopg.Connection[Any],
) -> None:
    number = 60
    conn.execute(
        "INSERT INTO artifacts (id, artifact_type, title)"
        " SELECT left('model-' || i || (SELECT string_agg(md5(i || '.' || k), '')"
        " FROM generate_series(1, 84) AS k), 2600), 'model', 'long' FROM generate_series(10, 9 + %s) AS i",
        [number],
    )
    while fold(conn=conn):
        pass
    conn.execute("UPDATE artifacts SET title = 'longer'")
    before = _reads_of_parts(conn)
    while fold(conn=conn):
        pass
    folded = _reads_of_parts(conn) - before
    ids = [one for (one,) in conn.execute("SELECT id FROM artifacts")]
    conn.execute("SELECT count(*) FROM model_registry_current(%s)", [ids])
    read = _reads_of_parts(conn) - before - folded
    assert (folded < 10 * number, read < 10 * number) == (True, True), (folded, read)
