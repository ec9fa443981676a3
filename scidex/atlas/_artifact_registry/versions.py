"""Creates the next version of an artifact, and tells what changed between two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection

from scidex.atlas._artifact_registry import drafts, judgement, lineages, registration, store
from scidex.atlas._artifact_registry.differences import differences
from scidex.atlas._artifact_registry.errors import ArtifactNotFound, InvalidArtifact
from scidex.atlas._artifact_registry.plain_json import Json
from scidex.atlas._artifact_registry.records import (
    Attributes,
    Link,
    RegisteredVersion,
    Version,
    VersionDifference,
)
from scidex.atlas._artifact_registry.rows import ArtifactRow, Document

_ATTRIBUTES = ("title", "content_hash", "quality_score")


@dataclass(frozen=True, slots=True)
class VersionRequest:
    """The arguments of ``create_version``; the last three are for models alone."""

    parent_id: str
    changelog: str
    candidate: bool
    title: str | None
    metadata: object
    attributes: Attributes
    links: Sequence[Link]
    model_family: object
    origins: Mapping[str, object]
    model_version: object


def create(conn: Connection, request: VersionRequest) -> RegisteredVersion:
    """Write the next version of an artifact with its links; leave one version of the lineage latest.

    Raises:
        ArtifactNotFound, ArtifactExists, InvalidArtifact: as ``create_version``.

    """
    earlier = lineages.hold(conn, request.parent_id, "parent_id")
    parent = lineages.find(earlier, request.parent_id)
    row = lineages.successor(
        _row(request, parent), parent, changelog=request.changelog, is_latest=not request.candidate
    )
    links = (Link(parent.id, "derives_from"), *request.links)
    if parent.artifact_type == "model":
        _write_model(conn, request, row, links)
    else:
        _refuse_model_arguments(request, parent)
        registration.write_artifact(conn, row, links)
    lineages.mark_latest(conn, earlier, row.id, candidate=request.candidate)
    judged = judgement.judgement(conn, row.id) if row.artifact_type == "model" else (None, ())
    return RegisteredVersion(row.id, row.version_number, row.is_latest, *judged)


def difference(conn: Connection, before: str, after: str) -> VersionDifference:
    """Answer what changes from one version to another of the same type.

    Raises:
        ArtifactNotFound: an id is unknown.
        InvalidArtifact: the types differ.

    """
    a, b = _document(conn, "a", before), _document(conn, "b", after)
    if a.artifact_type != b.artifact_type:
        raise InvalidArtifact("b", after, f"this is a {b.artifact_type} and a is a {a.artifact_type}")
    return VersionDifference(
        a=a.id,
        b=b.id,
        attributes=differences(_attributes(a), _attributes(b)),
        metadata=differences(a.metadata, b.metadata),
    )


def _row(request: VersionRequest, parent: Version) -> ArtifactRow:
    attributes = request.attributes.copy()
    if request.candidate:
        attributes.setdefault("lifecycle_state", "candidate")
    title = parent.title if request.title is None else request.title
    return drafts.artifact_row(parent.artifact_type, title=title, metadata=request.metadata, **attributes)


def _write_model(conn: Connection, request: VersionRequest, row: ArtifactRow, links: Sequence[Link]) -> None:
    family = request.model_family or row.metadata.get("model_family") or store.family(conn, request.parent_id)
    draft = registration.model_draft(row, family, request.origins, request.model_version)
    registration.write_model(conn, draft, links)


def _refuse_model_arguments(request: VersionRequest, parent: Version) -> None:
    given = {**request.origins, "model_family": request.model_family, "model_version": request.model_version}
    for field, value in given.items():
        if value not in (None, (), []):
            raise InvalidArtifact(
                field, value, f"only models have it, and the parent is a {parent.artifact_type}"
            )


def _document(conn: Connection, field: str, artifact_id: str) -> Document:
    found = store.document(conn, artifact_id)
    if found is None:
        raise ArtifactNotFound(field, artifact_id)
    return found


def _attributes(document: Document) -> dict[str, Json]:
    values: dict[str, Json] = {name: getattr(document, name) for name in _ATTRIBUTES}
    return {name: value for name, value in values.items() if value is not None}
