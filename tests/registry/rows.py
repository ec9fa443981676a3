"""The smallest valid row of each kind, written through a connection; what a test is about is given by name."""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection, sql
from psycopg.types.json import Jsonb

_JSON_COLUMNS = {"metadata", "entity_ids", "provenance_chain", "evidence"}

Row = Mapping[str, Any]


def artifact(conn: Connection, artifact_id: str, artifact_type: str, **columns: Any) -> str:
    """Register an artifact; returns its id. Its title is its id unless one is given."""
    row = {"id": artifact_id, "artifact_type": artifact_type, "title": artifact_id} | columns
    _insert(conn, "artifacts", row)
    return artifact_id


def model(conn: Connection, model_id: str, metadata: object = None, **columns: Any) -> str:
    """Register a model that names no origin."""
    return artifact(conn, model_id, "model", metadata={} if metadata is None else metadata, **columns)


def dataset(conn: Connection, dataset_id: str, **columns: Any) -> str:
    """Register a dataset."""
    return artifact(conn, dataset_id, "dataset", **columns)


def analysis(conn: Connection, analysis_id: str, *, pins: object = (), **columns: Any) -> str:
    """Register an analysis; ``pins`` are ids of version 1, or entries as they stand in ``pinned_artifacts``."""
    entries = [[pin, 1] if isinstance(pin, str) else pin for pin in pins] if isinstance(pins, tuple) else pins
    return artifact(conn, analysis_id, "analysis", metadata={"pinned_artifacts": entries}, **columns)


def hypothesis(conn: Connection, hypothesis_id: str, **columns: Any) -> str:
    """Register a hypothesis."""
    return artifact(conn, hypothesis_id, "hypothesis", **columns)


def traceable_model(conn: Connection, model_id: str, metadata: Row | None = None, **columns: Any) -> str:
    """Register a model whose provenance is complete; its dataset and analysis are its own."""
    trained_on = dataset(conn, f"dataset-of-{model_id}")
    produced_by = analysis(conn, f"analysis-of-{model_id}", pins=(trained_on,))
    named = {"trained_on_dataset_id": trained_on, "produced_by_analysis_id": produced_by}
    return model(conn, model_id, named | dict(metadata or {}), **columns)


def link(conn: Connection, source: str, target: str, link_type: str, **columns: Any) -> None:
    """Link two ids, registered or not; the source depends on the target."""
    ends = {"source_artifact_id": source, "target_artifact_id": target, "link_type": link_type}
    _insert(conn, "artifact_links", ends | columns)


def model_version(conn: Connection, model_id: str, **columns: Any) -> None:
    """Add the ``model_versions`` row of a model."""
    _insert(conn, "model_versions", {"artifact_id": model_id} | columns)


def _insert(conn: Connection, table: str, row: Row) -> None:
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(map(sql.Placeholder, row)),
    )
    conn.execute(statement, {name: _value(name, value) for name, value in row.items()})


def _value(column: str, value: object) -> object:
    return Jsonb(value) if column in _JSON_COLUMNS else value
