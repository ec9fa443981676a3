"""Artifacts of any type, one by one."""

from collections.abc import Sequence

from psycopg import Connection
from psycopg.rows import dict_row

from scidex.atlas._model_registry.records.artifacts import ArtifactRecord
from scidex.atlas._model_registry.store.rows import artifact_record
from scidex.atlas._model_registry.store.statements import statement


def find_artifact(conn: Connection, artifact_id: str) -> ArtifactRecord | None:
    """Return the artifact with exactly that id; None if there is none."""
    return next(iter(find_artifacts(conn, [artifact_id])), None)


def find_artifacts(conn: Connection, ids: Sequence[str]) -> list[ArtifactRecord]:
    """Return the artifacts of some ids, in that order; ids that are not registered are left out."""
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(statement("artifacts"), {"ids": list(ids)}).fetchall()
    found = {row["id"]: artifact_record(row) for row in rows}
    return [found[one] for one in ids if one in found]
