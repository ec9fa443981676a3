"""Pins the inputs of an analysis, inside the caller's transaction."""

from collections.abc import Iterable

from psycopg import Connection

from scidex.atlas._artifact_registry import judgement, store
from scidex.atlas._artifact_registry.errors import ArtifactNotFound, InvalidArtifact
from scidex.atlas._artifact_registry.records import Pin
from scidex.atlas._artifact_registry.rows import PinnedDocument, RegisteredInput
from scidex.atlas._artifact_registry.vocabulary import id_prefix, spellings

# Names in pins may omit the prefixes of these types (provenance.md, evidence).
_PREFIXED_TYPES = ("dataset", "tabular_dataset", "analysis", "hypothesis", "model")


def pin(conn: Connection, analysis_id: str) -> tuple[Pin, ...]:
    """Pin the inputs of an analysis and the training data of its models; return the new pins.

    Raises:
        ArtifactNotFound: the id is unknown.
        InvalidArtifact: it is not an analysis, or its metadata cannot take pins.

    """
    datasets = judgement.training_datasets(conn, analysis_id)
    _check(store.lock_pinned_document(conn, analysis_id), analysis_id)
    inputs = store.inputs(conn, analysis_id, datasets)
    pins = tuple(
        Pin(artifact_id=each.artifact_id, version_number=each.version_number, content_hash=each.content_hash)
        for each in inputs
    )
    if pins:
        store.write_pins(conn, analysis_id, pins, _replaced(conn, inputs))
    return pins


def _check(found: PinnedDocument | None, analysis_id: str) -> None:
    if found is None:
        raise ArtifactNotFound("analysis_id", analysis_id)
    if found.artifact_type != "analysis":
        raise InvalidArtifact(
            "analysis_id", analysis_id, f"this is a {found.artifact_type}; only analyses have inputs"
        )
    if found.metadata_type != "object":
        advice = f"metadata of {analysis_id} must be a JSON object to take pins; repair it first"
        raise InvalidArtifact("metadata", f"JSON of type {found.metadata_type}", advice)
    if found.pins_type not in (None, "null", "array"):
        advice = f"pinned_artifacts of {analysis_id} must be a list; repair it first"
        raise InvalidArtifact("metadata.pinned_artifacts", f"JSON of type {found.pins_type}", advice)


def _replaced(conn: Connection, inputs: Iterable[RegisteredInput]) -> list[str]:
    """Return the names of these inputs in earlier pins, except those that are ids of other artifacts."""
    ids = {each.artifact_id for each in inputs}
    others = {
        name
        for each in inputs
        if each.artifact_type in _PREFIXED_TYPES
        for name in spellings(each.artifact_id, id_prefix(each.artifact_type))
    } - ids
    taken = {found.id for found in store.registered(conn, sorted(others))}
    return sorted(ids | others - taken)
