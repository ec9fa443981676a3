"""The evaluations in a record, with their columns, as planned evaluations."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from scidex.atlas.artifact_registry import Attributes
from scidex.forge.importers.plan import LeftOut, PlannedEvaluation
from scidex.forge.importers.refusals import shown

_ATTRIBUTES: Final = ("created_by", "created_at", "origin_type", "origin_url", "lifecycle_state")
_DATASETS: Final = ("dataset", "tabular_dataset")
# Keys that are arguments of register_evaluation.
_ARGUMENTS: Final = ("model_id", "dataset_id")

Objects = Mapping[str, Mapping[str, Any]]


def objects(value: object) -> list[Mapping[str, Any]]:
    """Return the objects of a list; empty for any other value."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def evaluations(record: Mapping[str, Any], stubs: Objects) -> Iterator[PlannedEvaluation]:
    """Yield the evaluations whose columns are in the record and whose dataset can be registered with them."""
    for each in objects(record.get("evaluation_documents")):
        if _why_not(each, stubs) is None:
            yield _planned(each, record, stubs)


def left_out_evaluations(record: Mapping[str, Any], stubs: Objects) -> Iterator[LeftOut]:
    """Yield the other evaluations of the record, each with the reason why it is left out."""
    documents = {str(each.get("id")): each for each in objects(record.get("evaluation_documents"))}
    for each in objects(record.get("evaluations")):
        name = str(each.get("id"))
        document = documents.get(name)
        reason = "the record does not hold them" if document is None else _why_not(document, stubs)
        if reason is not None:
            yield LeftOut(f"the predictions of {name}", reason)
    for name, document in documents.items():
        analysis = document.get("produced_by")
        if (
            _why_not(document, stubs) is None
            and analysis is not None
            and not _is(analysis, stubs, ("analysis",))
        ):
            yield LeftOut(f"what produced {name}", f"{shown(analysis)} cannot be registered from the record")


def _why_not(each: Mapping[str, Any], stubs: Objects) -> str | None:
    metadata = each.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(each.get("id"), str):
        return str(each.get("left_out") or "the record does not hold them")
    dataset = metadata.get("dataset_id")
    return (
        None if _is(dataset, stubs, _DATASETS) else f"the record does not hold their dataset {shown(dataset)}"
    )


def _is(name: object, stubs: Objects, kinds: tuple[str, ...]) -> bool:
    return isinstance(name, str) and name in stubs and stubs[name].get("artifact_type") in kinds


def _planned(each: Mapping[str, Any], record: Mapping[str, Any], stubs: Objects) -> PlannedEvaluation:
    metadata = each["metadata"]
    analysis = each.get("produced_by")
    attributes = {key: each[key] for key in _ATTRIBUTES if each.get(key) is not None}
    return PlannedEvaluation(
        artifact_id=each["id"],
        title=str(each.get("title") or each["id"]),
        model=record["id"],
        dataset=metadata["dataset_id"],
        metadata={key: value for key, value in metadata.items() if key not in _ARGUMENTS},
        produced_by=str(analysis) if _is(analysis, stubs, ("analysis",)) else None,
        attributes=cast("Attributes", attributes),
    )
