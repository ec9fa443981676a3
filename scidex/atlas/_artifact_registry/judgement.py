"""What the model registry says of what was just written: nothing is judged twice."""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection

from scidex.atlas import model_registry

# The most that one page of the list holds.
_PAGE = 200


def verdict(conn: Connection, model_id: str) -> Mapping[str, Any]:
    """Answer the provenance of a model as its page shows it."""
    return model_registry.get_model_detail(model_id, conn=conn)["provenance"]


def training_datasets(conn: Connection, analysis_id: str) -> list[str]:
    """List what the models that an analysis produced were trained on."""
    datasets: set[str] = set()
    cursor: str | None = None
    while True:
        page = model_registry.list_models(analysis=analysis_id, limit=_PAGE, cursor=cursor, conn=conn)
        datasets.update(name for model in page["models"] for name in model["training_datasets"])
        cursor = page["next_cursor"]
        if cursor is None:
            return sorted(datasets)
