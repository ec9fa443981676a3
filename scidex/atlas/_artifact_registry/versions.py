"""Creates the next version of an artifact, and compares two versions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

from psycopg import Connection

from scidex.atlas._artifact_registry import (
    drafts,
    evaluations,
    fields,
    judgement,
    lineages,
    registration,
    store,
)
from scidex.atlas._artifact_registry.differences import differences
from scidex.atlas._artifact_registry.errors import (
    ArtifactNotFound,
    Fault,
    InvalidArtifact,
    gather,
    refuse,
)
from scidex.atlas._artifact_registry.plain_json import Json
from scidex.atlas._artifact_registry.records import (
    Attributes,
    Link,
    RegisteredVersion,
    Version,
    VersionDifference,
)
from scidex.atlas._artifact_registry.rows import ArtifactRow, Document

Draft: TypeAlias = "registration.ModelDraft | evaluations.EvaluationDraft | ArtifactRow"

_ATTRIBUTES = ("title", "content_hash", "quality_score")


@dataclass(frozen=True, slots=True)
class VersionRequest:
    """The arguments of ``create_version``; only the first is checked, and the last three are for models."""

    parent_id: str
    changelog: object
    candidate: object
    title: str | None
    metadata: object
    attributes: Attributes
    links: object
    model_family: object
    origins: Mapping[str, object]
    model_version: object


def create(conn: Connection, request: VersionRequest) -> RegisteredVersion:
    """Write the next version of an artifact with its links; mark one version of the lineage as latest.

    Raises:
        ArtifactNotFound, ArtifactExists, InvalidArtifact: as ``create_version``.

    """
    earlier = lineages.hold(conn, request.parent_id, "parent_id")
    parent = lineages.find(earlier, request.parent_id)
    checked = gather(
        changelog=partial(fields.text, "changelog", request.changelog),
        candidate=partial(fields.flag, "candidate", request.candidate),
        links=partial(drafts.checked_links, request.links),
        draft=partial(_draft, conn, request, parent),
    )
    candidate: bool = checked["candidate"]
    row = _written(conn, checked, parent, is_latest=not candidate)
    lineages.mark_latest(conn, earlier, row.id, candidate=candidate)
    judged = judgement.judgement(conn, row.id) if row.artifact_type == "model" else (None, ())
    return RegisteredVersion(row.id, row.version_number, row.is_latest, *judged)


def difference(conn: Connection, before: str, after: str) -> VersionDifference:
    """Return the difference between two versions of one type.

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


def _written(
    conn: Connection, checked: Mapping[str, Any], parent: Version, *, is_latest: bool
) -> ArtifactRow:
    draft: Draft = checked["draft"]
    artifact = draft if isinstance(draft, ArtifactRow) else draft.artifact
    row = lineages.successor(artifact, parent, changelog=checked["changelog"], is_latest=is_latest)
    links, own = checked["links"], (Link(parent.id, "derives_from"),)
    if isinstance(draft, registration.ModelDraft):
        registration.write_model(conn, replace(draft, artifact=row), links, own)
    elif isinstance(draft, evaluations.EvaluationDraft):
        registration.write_evaluation(conn, replace(draft, artifact=row), links, own)
    else:
        registration.write_artifact(conn, row, links, own)
    return row


def _draft(conn: Connection, request: VersionRequest, parent: Version) -> Draft:
    if parent.artifact_type == "evaluation":
        return _evaluation_draft(request, parent)
    row = partial(_row, request, parent)
    if parent.artifact_type != "model":
        checked = gather(row=row, refused=partial(_refuse_model_arguments, request, parent))
        artifact: ArtifactRow = checked["row"]
        return artifact
    return registration.model_draft(
        row,
        metadata=request.metadata,
        family=_family(conn, request),
        origin_arguments=request.origins,
        model_version=request.model_version,
    )


def _evaluation_draft(request: VersionRequest, parent: Version) -> evaluations.EvaluationDraft:
    given = partial(evaluations.evaluation_draft, request.metadata, **_attributes_of(request, parent))
    checked = gather(draft=given, refused=partial(_refuse_model_arguments, request, parent))
    draft: evaluations.EvaluationDraft = checked["draft"]
    return draft


def _family(conn: Connection, request: VersionRequest) -> object:
    written = request.metadata.get("model_family") if isinstance(request.metadata, Mapping) else None
    return request.model_family or written or store.family(conn, request.parent_id)


def _row(request: VersionRequest, parent: Version) -> ArtifactRow:
    given = _attributes_of(request, parent)
    return drafts.artifact_row(parent.artifact_type, metadata=request.metadata, **given)


def _attributes_of(request: VersionRequest, parent: Version) -> dict[str, Any]:
    attributes = request.attributes.copy()
    if request.candidate:
        attributes.setdefault("lifecycle_state", "candidate")
    title = parent.title if request.title is None else request.title
    return {**attributes, "title": title}


def _refuse_model_arguments(request: VersionRequest, parent: Version) -> None:
    given = {**request.origins, "model_family": request.model_family, "model_version": request.model_version}
    advice = f"only models have it, and the parent is a {parent.artifact_type}"
    refuse(Fault(field, value, advice) for field, value in given.items() if value not in (None, (), []))


def _document(conn: Connection, field: str, artifact_id: str) -> Document:
    found = store.document(conn, artifact_id)
    if found is None:
        raise ArtifactNotFound(field, artifact_id)
    return found


def _attributes(document: Document) -> dict[str, Json]:
    values: dict[str, Json] = {name: getattr(document, name) for name in _ATTRIBUTES}
    return {name: value for name, value in values.items() if value is not None}
