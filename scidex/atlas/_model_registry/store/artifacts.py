"""Artifacts of any type, one by one."""

from psycopg import Connection
from psycopg.rows import dict_row

from scidex.atlas._model_registry.records.artifacts import ArtifactRecord
from scidex.atlas._model_registry.store.rows import artifact_record
from scidex.atlas._model_registry.store.statements import statement


def find_artifact(conn: Connection, artifact_id: str) -> ArtifactRecord | None:
    """Return the artifact of exactly that id; None where there is none."""
    with conn.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(statement("artifact"), {"id": artifact_id}).fetchone()
    return None if row is None else artifact_record(row)
