"""The evaluations of models as they are stored, unread."""

from collections.abc import Sequence
from typing import NamedTuple

from psycopg import Connection
from psycopg.rows import class_row

from scidex.atlas._model_registry.records.states import State
from scidex.atlas._model_registry.store.statements import statement

# A model has a few datasets and splits; of one that somebody evaluates every day the newest are read.
_MOST, _MOST_ALIKE = 60, 3
# 8 MB of JSON takes at most as much as jsonb; what is read at once is bounded by what a worker may hold.
_BOUNDS = {"most_bytes": 8_000_000, "most_stored": 8_388_608, "most_together": 25_165_824}


class StoredEvaluation(NamedTuple):
    """An evaluation and the model that it links to; ``document`` is None where it is larger than is read.

    ``own_state`` is its own, ``dataset_state`` that of its dataset, None where that is not registered.
    """

    model_id: str | None
    id: str
    title: str
    version_number: int
    document: str | None
    own_state: State | None
    dataset_state: State | None


def stored_evaluations(
    conn: Connection, ids: Sequence[str], datasets: Sequence[str]
) -> tuple[list[StoredEvaluation], dict[str, str]]:
    """Return the evaluations of some models, and the sample ids of some datasets as JSON by dataset id.

    Evaluations are newest first: at most three of one model, dataset version and split.
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
