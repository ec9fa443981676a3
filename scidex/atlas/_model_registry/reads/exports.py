"""One model in the format of another tool: its detail, the artifacts that it links to, and its predictions."""

import os
from typing import Final

from psycopg import Connection

from scidex.atlas._model_registry.contract.answers.files import Exported
from scidex.atlas._model_registry.exports.formats import FORMATS, exported, holds_predictions
from scidex.atlas._model_registry.exports.record import Record, related_ids
from scidex.atlas._model_registry.reads.details import model_detail
from scidex.atlas._model_registry.store import models
from scidex.atlas._model_registry.store.evaluations import evaluation_documents, training_samples

MODEL_FORMATS: Final = tuple(FORMATS)
_PUBLIC_URL: Final = "SCIDEX_PUBLIC_URL"
# Where `python3 run.py` serves. The Host header of a request is no source: its sender chooses it.
_LOCAL: Final = "http://127.0.0.1:8000"


def public_address() -> str:
    """Return the address that the registry is known by, without a slash at its end."""
    return (os.environ.get(_PUBLIC_URL) or _LOCAL).rstrip("/")


def record(conn: Connection, model_id: str, *, with_predictions: bool = True) -> Record:
    """Return a model with what it links to and its evaluations. Raises what :func:`model_detail` raises."""
    model = model_detail(conn, model_id)
    ids = [one["id"] for one in model["evaluations"]] if with_predictions else []
    evaluations = evaluation_documents(conn, ids) if ids else []
    samples = training_samples(conn, model["training_datasets"]) if evaluations else {}
    return Record(
        model, models.related_artifacts(conn, related_ids(model)), public_address(), evaluations, samples
    )


def export(conn: Connection, model_id: str, name: str) -> Exported:
    """Return a model as a file in the format of that name.

    Raises:
        InvalidQuery: there is no such format, or it cannot express the model.
        ModelNotFound: no model has the id.

    """
    return exported(record(conn, model_id, with_predictions=holds_predictions(name)), name)
