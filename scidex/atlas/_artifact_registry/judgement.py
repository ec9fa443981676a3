"""The model registry's verdict on what is written; the write side has no judge of its own."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from psycopg import Connection

from scidex.atlas import model_registry
from scidex.atlas._artifact_registry.errors import Fault

# The most models of one page of the list.
_PAGE = 200


class Judgement(NamedTuple):
    """The verdict on a model's provenance, and the parts of its metadata that cannot be used."""

    provenance: Mapping[str, Any]
    warnings: Sequence[Mapping[str, str]]


def judgement(conn: Connection, model_id: str) -> Judgement:
    """Return the judgement that the page of a model shows."""
    detail = model_registry.get_model_detail(model_id, conn=conn)
    warnings = [{"path": each["path"], "message": each["message"]} for each in detail["warnings"]]
    return Judgement(detail["provenance"], warnings)


def evaluation_claims(metadata: Mapping[str, object]) -> tuple[model_registry.Claims, list[Fault]]:
    """Return the claims of an evaluation, and its faults."""
    claims = model_registry.read_claims(metadata)
    return claims, _faults(claims.faults)


def sample_id_faults(given: object) -> list[Fault]:
    """Return the faults in the ids of a dataset's samples."""
    _, faults = model_registry.read_sample_ids(given)
    return _faults(faults)


def _faults(found: Sequence[model_registry.EvaluationFault]) -> list[Fault]:
    return [Fault(one.path, one.value, one.remedy) for one in found]


def training_datasets(conn: Connection, analysis_id: str) -> list[str]:
    """Return the training datasets of the models that an analysis produced."""
    datasets: set[str] = set()
    cursor: str | None = None
    while True:
        page = model_registry.list_models(analysis=analysis_id, limit=_PAGE, cursor=cursor, conn=conn)
        datasets.update(name for model in page["models"] for name in model["training_datasets"])
        cursor = page["next_cursor"]
        if cursor is None:
            return sorted(datasets)
