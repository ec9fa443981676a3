"""Writes artifacts and models with their links, inside a transaction that the caller has opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from psycopg import Connection

from scidex.atlas._artifact_registry import fields, judgement, model_versions, origins, store
from scidex.atlas._artifact_registry.errors import ArtifactExists, ArtifactNotFound, InvalidArtifact
from scidex.atlas._artifact_registry.model_metadata import MODEL_FAMILIES, check_family
from scidex.atlas._artifact_registry.plain_json import Json
from scidex.atlas._artifact_registry.records import Link, RegisteredModel
from scidex.atlas._artifact_registry.rows import ArtifactRow


@dataclass(frozen=True, slots=True)
class ModelDraft:
    """A model checked as far as that goes without the database."""

    artifact: ArtifactRow
    claims: origins.Claims
    version_row: Mapping[str, object]


def model_draft(
    artifact: ArtifactRow, family: object, origin_arguments: Mapping[str, object], model_version: object
) -> ModelDraft:
    """Check what makes an artifact a model: its family, what its metadata must hold, and what it comes from.

    Raises:
        InvalidArtifact: naming the field.

    """
    known = fields.choice("model_family", family, MODEL_FAMILIES)
    written = artifact.metadata.get("model_family")
    if written not in (None, known):
        raise InvalidArtifact(
            "metadata.model_family", written, f"model_family says {known}; say it in one place only"
        )
    check_family(known, artifact.metadata)
    metadata: dict[str, Json] = {"model_family": known, **artifact.metadata}
    return ModelDraft(
        replace(artifact, metadata=metadata | {"model_family": known}),
        origins.claims(origin_arguments, metadata),
        model_versions.model_version_row(model_version),
    )


def write_artifact(conn: Connection, row: ArtifactRow, links: Sequence[Link]) -> str:
    """Write an artifact and its links; answer its id.

    Raises:
        ArtifactExists: the id is taken.
        InvalidArtifact: a link leads to what is not registered.

    """
    _check_targets(conn, links)
    if not store.insert_artifact(conn, row):
        raise ArtifactExists(row.id)
    for link in links:
        store.upsert_link(conn, row.id, link)
    return row.id


def write_model(conn: Connection, draft: ModelDraft, links: Sequence[Link]) -> str:
    """Write a model, its ``model_versions`` row and its links, those to its origins included; answer its id.

    Raises:
        ArtifactExists: the id is taken. InvalidArtifact: a link, the base model or the evaluation dataset is
        not registered or has another type.

    """
    _check_references(conn, draft.version_row)
    found = store.registered(conn, draft.claims.candidates())
    metadata, origin_links = origins.settle(draft.claims, draft.artifact.metadata, found)
    write_artifact(conn, replace(draft.artifact, metadata=metadata), (*origin_links, *links))
    store.insert_model_version(conn, draft.artifact.id, draft.version_row)
    return draft.artifact.id


def register_model(conn: Connection, draft: ModelDraft, links: Sequence[Link]) -> RegisteredModel:
    """Write a model as :func:`write_model` does and have its provenance judged."""
    model_id = write_model(conn, draft, links)
    return RegisteredModel(model_id, *judgement.judgement(conn, model_id))


def link(conn: Connection, source: str, given: Link) -> int:
    """Link two registered artifacts; answer the link's id, the same when the link is there already.

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
    known = (
        {artifact.id for artifact in store.registered(conn, [link.target for link in links])}
        if links
        else set()
    )
    for index, each in enumerate(links):
        if each.target not in known:
            raise ArtifactNotFound(f"links[{index}].target", each.target)


def _check_references(conn: Connection, version_row: Mapping[str, object]) -> None:
    named = {column: str(version_row[column]) for column in model_versions.REFERENCES if version_row[column]}
    types = (
        {found.id: found.artifact_type for found in store.registered(conn, list(named.values()))}
        if named
        else {}
    )
    for column, artifact_id in named.items():
        field, allowed = f"model_version.{column}", model_versions.REFERENCES[column]
        if artifact_id not in types:
            raise ArtifactNotFound(field, artifact_id)
        if types[artifact_id] not in allowed:
            raise InvalidArtifact(
                field, artifact_id, f"this is a {types[artifact_id]}; name a {' or '.join(allowed)}"
            )
