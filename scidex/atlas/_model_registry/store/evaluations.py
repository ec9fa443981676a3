"""The evaluations of models as they are stored, not yet read."""

from collections.abc import Sequence
from typing import NamedTuple

from psycopg import Connection
from psycopg.rows import class_row

from scidex.atlas._model_registry.records.states import State
from scidex.atlas._model_registry.store.statements import statement

# A model has a few datasets and splits. Of a model that is evaluated every day, only the newest are read.
_MOST, _MOST_ALIKE = 60, 3
# 8 MB of JSON takes at most as much as jsonb; the total is bounded by the memory of a worker.
_BOUNDS = {"most_bytes": 8_000_000, "most_stored": 8_388_608, "most_together": 25_165_824}


# Bytes of predictions in a package: an import reads files of up to 16 MB.
MOST_SENT = 4_000_000
_MOST_SAMPLE_BYTES = 1_000_000


class StoredEvaluation(NamedTuple):
    """An evaluation and the model that it links to; ``document`` is None where it is too large to read.

    ``own_state`` is its own state, ``dataset_state`` its dataset's, None where the dataset is not registered.
    """

    model_id: str | None
    id: str
    title: str
    version_number: int
    document: str | None
    own_state: State | None
    dataset_state: State | None


class EvaluationDocument(NamedTuple):
    """An evaluation with all that is registered of it; ``document`` is None where it is too large to send."""

    id: str
    title: str
    content_hash: str | None
    created_by: str | None
    created_at: str | None
    origin_type: str | None
    origin_url: str | None
    lifecycle_state: str | None
    produced_by: str | None
    bytes: int
    document: str | None


def evaluation_documents(conn: Connection, ids: Sequence[str]) -> list[EvaluationDocument]:
    """Return some evaluations in the order of ``ids``, with documents of at most 4 MB in total."""
    with conn.cursor(row_factory=class_row(EvaluationDocument)) as cursor:
        parameters = {"ids": list(ids), "most_bytes": MOST_SENT}
        return cursor.execute(statement("evaluation_documents"), parameters).fetchall()


def training_samples(conn: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the sample ids of some datasets as JSON, by dataset id; those of more than a megabyte are left out."""
    parameters = {"ids": list(ids), "most_bytes": _MOST_SAMPLE_BYTES}
    rows = conn.execute(statement("training_samples"), parameters).fetchall()
    return {name: document for name, document in rows if document is not None}


def stored_evaluations(
    conn: Connection, ids: Sequence[str], datasets: Sequence[str]
) -> tuple[list[StoredEvaluation], dict[str, str]]:
    """Return the evaluations of some models, and the sample ids of some datasets as JSON by dataset id.

    Evaluations come newest first, at most three for one model, dataset version and split.
    """
    parameters = {
        "ids": list(ids),
        "datasets": list(datasets),
        "most": _MOST,
        "most_alike": _MOST_ALIKE,
        **_BOUNDS,
    }
    with conn.cursor(row_factory=class_row(StoredEvaluation)) as cursor:
        found = cursor.execute(statement("evaluations"), parameters).fetchall()
    sample_ids = {row.id: row.document for row in found if row.model_id is None and row.document is not None}
    return [row for row in found if row.model_id is not None], sample_ids
