"""Standings: records -> the answer, and the sentence that says what a model rests on."""

from collections.abc import Mapping
from typing import Final

from scidex.atlas._model_registry.contract.answers import Standing, StandingCause
from scidex.atlas._model_registry.records.provenance import Cause, StandingRecord

# Words for a cause, by its type; a type that is not here is its own word.
_CALLED: Final[Mapping[str, str]] = {"dataset": "data", "tabular_dataset": "data"}


def standing_answer(standing: StandingRecord) -> Standing:
    """Return a standing, nearest causes first."""
    return {
        "status": standing.status,
        "because": [_cause(cause) for cause in standing.causes],
        "truncated": standing.truncated,
    }


def standing_words(standing: Standing) -> str | None:
    """Return words that follow a model's name, such as "rests on retracted data"; None where it is sound."""
    worst = [cause for cause in standing["because"] if cause["state"] == standing["status"]]
    if not worst:
        return None
    nearest = worst[0]
    if len(nearest["path"]) == 1:
        return f"is {nearest['state']} itself"
    return f"rests on {_called(nearest)}"


def standing_sentence(model: str, standing: Standing) -> str | None:
    """Return a sentence on a model with the way to the nearest of the worst causes, in ids; None where it is sound."""
    words = standing_words(standing)
    if words is None:
        return None
    path = next(cause["path"] for cause in standing["because"] if cause["state"] == standing["status"])
    named = f": {path[-1]}" if len(path) > 1 else ""
    way = f", by way of {', then '.join(path[1:-1])}" if path[1:-1] else ""
    return f"{model} {words}{named}{way}"


def _called(cause: StandingCause) -> str:
    artifact_type = cause["artifact_type"] or "artifact"
    if artifact_type in _CALLED:
        return f"{cause['state']} {_CALLED[artifact_type]}"
    name = artifact_type.replace("_", " ")
    return f"{'an' if cause['state'] == 'outdated' else 'a'} {cause['state']} {name}"


def _cause(cause: Cause) -> StandingCause:
    return {
        "artifact_id": cause.artifact_id,
        "artifact_type": cause.artifact_type,
        "title": cause.title,
        "state": cause.state,
        "path": list(cause.path),
        "reason": cause.reason,
    }
