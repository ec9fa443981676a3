"""Inputs of which nothing but a name is registered: they satisfy the rules, and the page says what that is worth."""

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb
from starlette.testclient import TestClient

from scidex.atlas.artifact_registry import Link, pin_inputs, register_artifact, register_model
from scidex.atlas.model_registry import get_model_detail

SAID = "dataset-a holds nothing: registered without content hash, address and metadata"


def registered(conn: psycopg.Connection, **attributes: Any) -> dict[str, Any]:
    """Register a model trained on a dataset with these attributes, pinned, and return its detail."""
    register_artifact(artifact_type="dataset", title="A", artifact_id="dataset-a", conn=conn, **attributes)
    analysis = register_artifact(
        artifact_type="analysis", title="A", links=[Link("dataset-a", "uses")], conn=conn
    )
    model = register_model(
        title="M",
        model_family="statistical",
        metadata={"model_type": "linear", "formula": "y ~ x"},
        trained_on="dataset-a",
        produced_by=analysis,
        artifact_id="model-a",
        conn=conn,
    )
    pin_inputs(analysis, conn=conn)
    return dict(get_model_detail(model.id, conn=conn))


def test_a_placeholder_lifts_the_cap_and_is_doubted(conn: psycopg.Connection, client: TestClient) -> None:
    detail = registered(conn)
    assert detail["provenance"]["complete"]
    assert [one["empty"] for one in detail["provenance"]["inputs"]] == [True]
    assert SAID in client.get("/models/model-a").text


@pytest.mark.parametrize(
    "attributes",
    [
        {"content_hash": "sha256:ab"},
        {"origin_url": "https://example.org/a.csv"},
        {"metadata": {"rows": 5}},
        {"metadata": {"description": "x" * 5000}},
    ],
)
def test_whatever_tells_of_its_content_is_enough(
    conn: psycopg.Connection, client: TestClient, attributes: dict[str, Any]
) -> None:
    detail = registered(conn, **attributes)
    assert [one["empty"] for one in detail["provenance"]["inputs"]] == [False]
    assert SAID not in client.get("/models/model-a").text


def test_an_input_that_is_not_registered_is_missing_and_not_empty(conn: psycopg.Connection) -> None:
    registered(conn)
    conn.execute("DELETE FROM artifacts WHERE id = 'dataset-a'")
    conn.execute(
        "UPDATE artifacts SET metadata = metadata || %s WHERE artifact_type = 'analysis'",
        [Jsonb({"pinned_artifacts": [{"artifact_id": "dataset-a", "version_number": 1}]})],
    )
    inputs = get_model_detail("model-a", conn=conn)["provenance"]["inputs"]
    assert [(one["status"], one["empty"]) for one in inputs] == [("missing", False)]
