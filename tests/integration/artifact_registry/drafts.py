"""The smallest arguments that the write side accepts, for tests that are about something else."""

from typing import Any

import psycopg
from psycopg.rows import tuple_row

from scidex.atlas.artifact_registry import create_version, register_artifact, register_model

METADATA: dict[str, dict[str, Any]] = {
    "biophysical": {"equations": ["dA/dt = -k * A"], "parameters": {"k": {"value": 0.1, "units": "1/hr"}}},
    "deep_learning": {"architecture": "mlp", "layer_config": {"hidden_dims": [8]}},
    "statistical": {"model_type": "ols", "formula": "y ~ x"},
}


def artifact(conn: psycopg.Connection, artifact_type: str, /, **arguments: Any) -> str:
    """Register an artifact of a type."""
    return register_artifact(
        **{"artifact_type": artifact_type, "title": "An artifact", "conn": conn, **arguments}
    )


def model_arguments(**arguments: Any) -> dict[str, Any]:
    """Return the least that a statistical model is registered with, and what is given."""
    least = {
        "title": "A model",
        "model_family": "statistical",
        "metadata": METADATA["statistical"],
        "trained_on": None,
        "produced_by": None,
    }
    return {**least, **arguments}


def model(conn: psycopg.Connection, **arguments: Any) -> str:
    """Register a model."""
    return register_model(**model_arguments(**arguments), conn=conn).id


def version(conn: psycopg.Connection, parent: str, **arguments: Any) -> str:
    """Create the next version of an artifact."""
    return create_version(parent, **{"changelog": "more data", "conn": conn, **arguments}).id


def rows(conn: psycopg.Connection, query: Any, *parameters: object) -> list[tuple[Any, ...]]:
    """Return what a query finds."""
    with conn.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(query, parameters).fetchall()


def row(conn: psycopg.Connection, query: Any, *parameters: object) -> tuple[Any, ...]:
    """Return the one row that a query finds."""
    (found,) = rows(conn, query, *parameters)
    return found


def latest(conn: psycopg.Connection) -> list[str]:
    """Return the ids of all that is marked latest."""
    return [name for (name,) in rows(conn, "SELECT id FROM artifacts WHERE is_latest ORDER BY id")]


def written(conn: psycopg.Connection) -> tuple[list[tuple[Any, ...]], ...]:
    """Return all rows of the three tables, to compare before and after."""
    return (
        rows(conn, "SELECT id, version, metadata::text FROM artifacts ORDER BY id"),
        rows(
            conn, "SELECT source_artifact_id, target_artifact_id, link_type FROM artifact_links ORDER BY id"
        ),
        rows(conn, "SELECT artifact_id FROM model_versions ORDER BY artifact_id"),
    )
