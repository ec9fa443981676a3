"""Checks an evaluation and writes it with its links, inside a transaction that the caller has opened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from psycopg import Connection

from scidex.atlas._artifact_registry import fields, judgement, store
from scidex.atlas._artifact_registry.drafts import artifact_row
from scidex.atlas._artifact_registry.errors import (
    NO_SUCH_ARTIFACT,
    ArtifactNotFound,
    Fault,
    InvalidArtifact,
    refuse,
)
from scidex.atlas._artifact_registry.plain_json import Copy, Json
from scidex.atlas._artifact_registry.records import Link
from scidex.atlas._artifact_registry.rows import ArtifactRow, VersionOf
from scidex.atlas._artifact_registry.vocabulary import DATASET_TYPES

# The deepest column of an evaluation: metadata.x.values.
_DEEPEST_COLUMN = 2


@dataclass(frozen=True, slots=True)
class EvaluationDraft:
    """An evaluation, checked as far as possible without the database; ``artifact`` has the hash of its columns."""

    artifact: ArtifactRow
    model_id: str
    dataset_id: str
    dataset_version: int | None
    produced_by: str | None


def evaluation_draft(
    metadata: object,
    said: Mapping[str, object] = MappingProxyType({}),
    produced_by: object = None,
    **attributes: Any,
) -> EvaluationDraft:
    """Return an evaluation, checked; ``said`` holds the arguments for keys of its metadata.

    Raises:
        InvalidArtifact: naming every field and row at fault.

    """
    faults: list[Fault] = []
    document = _document(metadata, said, faults)
    claims, wrong = judgement.evaluation_claims(document)
    digest = None if claims.sound is None else f"sha256:{claims.sound.digest}"
    if attributes.get("content_hash") not in (None, digest):
        advice = "it is computed from the columns; leave it out"
        faults.append(Fault("content_hash", attributes["content_hash"], advice))
    attributes["content_hash"] = None
    row = _checked(faults, lambda: artifact_row("evaluation", metadata={}, **attributes))
    analysis = _checked(
        faults, lambda: None if produced_by is None else fields.identifier("produced_by", produced_by)
    )
    refuse([*faults, *wrong])
    return EvaluationDraft(
        artifact=replace(row, metadata=document, content_hash=digest),
        model_id=str(claims.model_id),
        dataset_id=str(claims.dataset_id),
        dataset_version=claims.dataset_version,
        produced_by=analysis,
    )


def settled(conn: Connection, draft: EvaluationDraft) -> tuple[ArtifactRow, tuple[Link, ...]]:
    """Return the row with the dataset's version in it, and its links to model, dataset and analysis.

    Raises:
        ArtifactNotFound: model, dataset or analysis is not registered.
        InvalidArtifact: one of them has another type, or the dataset another version.

    """
    named = {"metadata.model_id": draft.model_id, "metadata.dataset_id": draft.dataset_id}
    if draft.produced_by is not None:
        named["produced_by"] = draft.produced_by
    found = {one.id: one for one in store.versions_of(conn, list(named.values()))}
    missing = [Fault(path, name, NO_SUCH_ARTIFACT) for path, name in named.items() if name not in found]
    if missing:
        raise ArtifactNotFound(missing[0].field, str(missing[0].value), *missing[1:])
    refuse(_unfit(named, found, draft.dataset_version))
    version = found[draft.dataset_id].version_number
    metadata: dict[str, Json] = {**draft.artifact.metadata, "dataset_version": version}
    links = [Link(draft.model_id, "evaluates"), Link(draft.dataset_id, "uses")]
    if draft.produced_by is not None:
        links.append(Link(draft.produced_by, "produced_by"))
    return replace(draft.artifact, metadata=metadata), tuple(links)


_TYPES: Mapping[str, tuple[str, ...]] = {
    "metadata.model_id": ("model",),
    "metadata.dataset_id": DATASET_TYPES,
    "produced_by": ("analysis",),
}


def _unfit(named: Mapping[str, str], found: Mapping[str, VersionOf], version: int | None) -> list[Fault]:
    faults = [
        Fault(path, name, f"this is a {found[name].artifact_type}; name a {' or '.join(_TYPES[path])}")
        for path, name in named.items()
        if found[name].artifact_type not in _TYPES[path]
    ]
    registered = found[named["metadata.dataset_id"]].version_number
    if version not in (None, registered):
        advice = f"{named['metadata.dataset_id']} is version {registered}; name the id of the version that was used"
        faults.append(Fault("metadata.dataset_version", version, advice))
    return faults


def _document(metadata: object, said: Mapping[str, object], faults: list[Fault]) -> dict[str, Json]:
    """Return the metadata as JSON with the arguments written into it; arrays become lists."""
    if not isinstance(metadata, Mapping):
        faults.append(Fault("metadata", metadata, "give a mapping with the columns of the evaluation"))
        metadata = {}
    copy = Copy("metadata", {key: _listed(value, 1) for key, value in metadata.items()})
    faults += copy.faults
    document = copy.json if isinstance(copy.json, dict) else {}
    for key, value in said.items():
        if value is None:
            continue
        argument = Copy(f"metadata.{key}", value).json
        if document.get(key) not in (None, argument):
            faults.append(
                Fault(f"metadata.{key}", document[key], f"the argument says {argument}; say it in one place")
            )
        document[key] = argument
    return document


def _listed(value: object, level: int) -> object:
    """Return the columns of an array library as lists."""
    if isinstance(value, Mapping) and level < _DEEPEST_COLUMN:
        return {key: _listed(item, level + 1) for key, item in value.items()}
    is_column = getattr(value, "ndim", None) == 1 and callable(getattr(value, "tolist", None))
    return value.tolist() if is_column else value  # type: ignore[attr-defined]  # just looked for


def _checked(faults: list[Fault], check: Any) -> Any:
    try:
        return check()
    except InvalidArtifact as refusal:
        faults += refusal.faults
        return None
