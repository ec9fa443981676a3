"""Datasets that all derive from each other: a comparison reads each of them once."""

from typing import Any

import psycopg
from starlette.testclient import TestClient

from tests.registry import rows

MANY = 60


def test_datasets_are_read_once_however_many_lead_to_them(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    for model in ("model-a", "model-b"):
        rows.model(conn, model)
    conn.execute(
        "INSERT INTO artifacts (id, artifact_type, title)"
        " SELECT 'dataset-' || i, 'dataset', 'D' FROM generate_series(1, %s) AS i",
        [MANY],
    )
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " SELECT 'model-a', 'dataset-' || i, 'trained_on' FROM generate_series(1, %(most)s) AS i"
        " UNION ALL SELECT 'dataset-' || i, 'dataset-' || j, 'derives_from'"
        " FROM generate_series(1, %(most)s) AS i, generate_series(1, %(most)s) AS j WHERE i <> j",
        {"most": MANY},
    )
    conn.execute("CREATE SEQUENCE read")
    _count_reads(conn)
    assert client.get("/api/models/compare?ids=model-a,model-b").status_code == 200
    ((number,),) = conn.execute("SELECT last_value FROM read")
    assert number <= 4 * MANY  # for the graph, the standing and the descent of data


def _count_reads(conn: psycopg.Connection[Any]) -> None:
    """Count how often the dependencies of any artifact are read."""
    ((definition,),) = conn.execute("SELECT pg_get_functiondef('model_registry_dependencies'::regproc)")
    conn.execute(definition.replace("model_registry_dependencies", "model_registry_own_dependencies"))
    conn.execute("""
        CREATE OR REPLACE FUNCTION model_registry_dependencies(source_id text)
        RETURNS TABLE (target_id text, relation text, origin text) LANGUAGE plpgsql VOLATILE AS $$
        BEGIN
            PERFORM nextval('read');
            RETURN QUERY SELECT own.* FROM model_registry_own_dependencies(source_id) AS own;
        END
        $$""")
