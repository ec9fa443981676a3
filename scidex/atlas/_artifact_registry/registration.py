"""Writes artifacts and models with their links, inside a transaction of the caller."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from psycopg import Connection

from scidex.atlas._artifact_registry import evaluations, fields, judgement, model_versions, origins, store
from scidex.atlas._artifact_registry.errors import (
    NO_SUCH_ARTIFACT,
    ArtifactExists,
    ArtifactNotFound,
    Fault,
    InvalidArtifact,
    gather,
    refuse,
)
from scidex.atlas._artifact_registry.model_metadata import MODEL_FAMILIES, check_family
from scidex.atlas._artifact_registry.plain_json import Copy, Json
from scidex.atlas._artifact_registry.records import Link, RegisteredModel
from scidex.atlas._artifact_registry.rows import ArtifactRow


@dataclass(frozen=True, slots=True)
class ModelDraft:
    """A model, checked as far as possible without the database."""

    artifact: ArtifactRow
    claims: origins.OriginClaims
    version_row: Mapping[str, object]


def model_draft(
    row: Callable[[], ArtifactRow],
    *,
    metadata: object,
    family: object,
    origin_arguments: Mapping[str, object],
    model_version: object,
) -> ModelDraft:
    """Return a model with its family, its required metadata and its declared provenance checked.

    ``row`` checks and returns the artifact.

    Raises:
        InvalidArtifact: naming every field at fault, those that ``row`` names included.

    """
    copy = Copy("metadata", metadata).json if isinstance(metadata, Mapping) else {}
    document = copy if isinstance(copy, dict) else {}
    checked = gather(
        artifact=row,
        family=partial(_family, family, document),
        described=partial(_check_description, family, document),
        claims=partial(origins.claims, origin_arguments, document),
        version_row=partial(model_versions.model_version_row, model_version),
    )
    artifact: ArtifactRow = checked["artifact"]
    described: dict[str, Json] = {**artifact.metadata, "model_family": checked["family"]}
    return ModelDraft(replace(artifact, metadata=described), checked["claims"], checked["version_row"])


def _family(family: object, metadata: Mapping[str, Json]) -> str:
    known = fields.choice("model_family", family, MODEL_FAMILIES)
    written = metadata.get("model_family")
    if written not in (None, known):
        raise InvalidArtifact(
            "metadata.model_family", written, f"model_family says {known}; say it in one place only"
        )
    return known


def _check_description(family: object, metadata: dict[str, Json]) -> None:
    if isinstance(family, str) and family in MODEL_FAMILIES:
        check_family(family, metadata)


def write_artifact(
    conn: Connection, row: ArtifactRow, links: Sequence[Link], own: Sequence[Link] = ()
) -> str:
    """Write an artifact, its ``own`` links to registered artifacts, and the links given; return its id.

    Raises:
        ArtifactExists: the id is taken.
        ArtifactNotFound: the target of a given link is not registered.

    """
    _check_targets(conn, links)
    if not store.insert_artifact(conn, row):
        raise ArtifactExists(row.id)
    for link in (*own, *links):
        store.upsert_link(conn, row.id, link)
    return row.id


def write_model(conn: Connection, draft: ModelDraft, links: Sequence[Link], own: Sequence[Link] = ()) -> str:
    """Write a model, its ``model_versions`` row and its links, with those of its provenance; return its id.

    Raises:
        ArtifactExists: the id is taken.
        ArtifactNotFound: a link given, the base model or the evaluation dataset is not registered.
        InvalidArtifact: base model or evaluation dataset has another type.

    """
    _check_references(conn, draft.version_row)
    found = store.registered(conn, draft.claims.candidates())
    metadata, origin_links = origins.settle(draft.claims, draft.artifact.metadata, found)
    write_artifact(conn, replace(draft.artifact, metadata=metadata), links, (*origin_links, *own))
    store.insert_model_version(conn, draft.artifact.id, draft.version_row)
    return draft.artifact.id


def register_model(conn: Connection, draft: ModelDraft, links: Sequence[Link]) -> RegisteredModel:
    """Write a model by :func:`write_model` and return it with the verdict on it."""
    model_id = write_model(conn, draft, links)
    return RegisteredModel(model_id, *judgement.judgement(conn, model_id))


def write_evaluation(
    conn: Connection,
    draft: evaluations.EvaluationDraft,
    links: Sequence[Link],
    own: Sequence[Link] = (),
) -> str:
    """Write an evaluation and its links, those to model, dataset and analysis included; return its id.

    Raises:
        ArtifactExists: the id is taken.
        ArtifactNotFound: model, dataset, analysis or the target of a link is not registered.
        InvalidArtifact: model, dataset or analysis is of another type or version.

    """
    row, subject_links = evaluations.settled(conn, draft)
    return write_artifact(conn, row, links, (*subject_links, *own))


def link(conn: Connection, source: str, given: Link) -> int:
    """Link two registered artifacts; return the link's id, the same when the link exists already.

    Raises:
        ArtifactNotFound: an end is not registered.

    """
    ends = {"source": source, "target": given.target}
    known = {artifact.id for artifact in store.registered(conn, list(ends.values()))}
    for field, artifact_id in ends.items():
        if artifact_id not in known:
            raise ArtifactNotFound(field, artifact_id)
    return store.upsert_link(conn, source, given)


def _check_targets(conn: Connection, links: Sequence[Link]) -> None:
    known = _types(conn, [link.target for link in links])
    _refuse_missing(
        Fault(f"links[{index}].target", each.target, NO_SUCH_ARTIFACT)
        for index, each in enumerate(links)
        if each.target not in known
    )


def _check_references(conn: Connection, version_row: Mapping[str, object]) -> None:
    named = {column: str(version_row[column]) for column in model_versions.REFERENCES if version_row[column]}
    types = _types(conn, list(named.values()))
    missing = [column for column, artifact_id in named.items() if artifact_id not in types]
    _refuse_missing(Fault(f"model_version.{column}", named[column], NO_SUCH_ARTIFACT) for column in missing)
    refuse(
        Fault(
            f"model_version.{column}",
            artifact_id,
            f"this is a {types[artifact_id]}; name a {' or '.join(model_versions.REFERENCES[column])}",
        )
        for column, artifact_id in named.items()
        if types[artifact_id] not in model_versions.REFERENCES[column]
    )


def _types(conn: Connection, ids: list[str]) -> Mapping[str, str]:
    return {found.id: found.artifact_type for found in store.registered(conn, ids)} if ids else {}


def _refuse_missing(faults: Iterable[Fault]) -> None:
    missing = list(faults)
    if missing:
        raise ArtifactNotFound(missing[0].field, str(missing[0].value), *missing[1:])
