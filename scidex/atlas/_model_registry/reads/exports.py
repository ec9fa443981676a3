"""One model in a format of others: its detail, and one statement more for what it links to."""

import os
from typing import Final

from psycopg import Connection

from scidex.atlas._model_registry.exports.formats import Exported, exported
from scidex.atlas._model_registry.exports.record import Record, related_ids
from scidex.atlas._model_registry.reads.details import model_detail
from scidex.atlas._model_registry.store import models

_PUBLIC_URL: Final = "SCIDEX_PUBLIC_URL"
# Where `python3 run.py` serves. The name that a request gives its server is anybody's to choose.
_LOCAL: Final = "http://127.0.0.1:8000"


def public_address() -> str:
    """Return the address that the registry is known by, without a slash at its end."""
    return (os.environ.get(_PUBLIC_URL) or _LOCAL).rstrip("/")


def record(conn: Connection, model_id: str) -> Record:
    """Return a model with what it links to. Raises what :func:`model_detail` raises."""
    model = model_detail(conn, model_id)
    return Record(model, models.related(conn, related_ids(model)), public_address())


def export(conn: Connection, model_id: str, name: str) -> Exported:
    """Return a model as a file of that format.

    Raises:
        InvalidQuery: there is no such format, or it cannot say what the model is.
        ModelNotFound: no model has the id.

    """
    return exported(record(conn, model_id), name)
