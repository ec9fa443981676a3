"""Which datasets must be looked up before models can be compared."""

from collections.abc import Iterator, Sequence

from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import ModelEvidence


def dataset_names(evidence: Sequence[ModelEvidence]) -> list[str]:
    """List, sorted, every dataset that some model was trained on or says it was evaluated on, as written."""
    return sorted({name for one in evidence for name in _names(one)})


def _names(evidence: ModelEvidence) -> Iterator[str]:
    document = evidence.document
    yield from document.model.datasets
    if document.model_version is not None and document.model_version.eval_dataset_artifact_id is not None:
        yield document.model_version.eval_dataset_artifact_id
    declared = _entries(document.metadata).get("metric_metadata")
    for of_metric in _entries(declared).values():
        name = _entries(of_metric).get("dataset")
        # A text that holds NUL names no artifact, and the database would not take it.
        if isinstance(name, str) and "\0" not in name:
            yield name


def _entries(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
