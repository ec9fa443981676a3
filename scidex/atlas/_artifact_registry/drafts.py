"""Arguments of the public functions to checked rows; no database."""

from uuid import uuid4

from scidex.atlas._artifact_registry import fields
from scidex.atlas._artifact_registry.errors import InvalidArtifact
from scidex.atlas._artifact_registry.plain_json import json_object, json_value
from scidex.atlas._artifact_registry.records import Link
from scidex.atlas._artifact_registry.rows import ArtifactRow
from scidex.atlas._artifact_registry.vocabulary import (
    LIFECYCLE_STATES,
    ORIGIN_TYPES,
    id_prefix,
)


def artifact_row(
    artifact_type: str,
    *,
    title: object,
    metadata: object,
    artifact_id: object = None,
    entity_ids: object = (),
    content_hash: object = None,
    provenance_chain: object = (),
    quality_score: object = None,
    created_by: object = None,
    origin_type: object = "internal",
    origin_url: object = None,
    lifecycle_state: object = "active",
    created_at: object = None,
) -> ArtifactRow:
    """Check what was given and generate an id where there is none.

    Raises:
        InvalidArtifact: naming the first field that cannot be stored.

    """
    new_id = f"{id_prefix(artifact_type)}{uuid4()}"
    return ArtifactRow(
        id=new_id if artifact_id is None else fields.identifier("artifact_id", artifact_id),
        artifact_type=artifact_type,
        title=fields.text("title", title),
        metadata=json_object("metadata", metadata),
        entity_ids=fields.texts("entity_ids", entity_ids),
        content_hash=fields.optional_text("content_hash", content_hash),
        provenance_chain=json_value(
            "provenance_chain", fields.sequence("provenance_chain", provenance_chain)
        ),
        quality_score=fields.score("quality_score", quality_score),
        created_by=fields.optional_text("created_by", created_by),
        origin_type=fields.choice("origin_type", origin_type, ORIGIN_TYPES),
        origin_url=fields.optional_text("origin_url", origin_url),
        lifecycle_state=fields.choice("lifecycle_state", lifecycle_state, LIFECYCLE_STATES),
        created_at=fields.moment("created_at", created_at),
    )


def checked_link(field: str, link: Link) -> Link:
    """Check the parts of a link; ``field`` stands before their names in an error.

    Raises:
        InvalidArtifact: naming the part that cannot be stored.

    """
    return Link(
        target=fields.identifier(f"{field}target", link.target),
        link_type=fields.word(f"{field}link_type", link.link_type),
        strength=None if link.strength is None else fields.number(f"{field}strength", link.strength),
        evidence=json_value(f"{field}evidence", link.evidence),
    )


def checked_links(given: object) -> tuple[Link, ...]:
    """Check the links that an artifact is registered with.

    Raises:
        InvalidArtifact: naming the link by its position, and its part.

    """
    checked = []
    for index, link in enumerate(fields.sequence("links", given)):
        if not isinstance(link, Link):
            raise InvalidArtifact(f"links[{index}]", link, "give a Link(target, link_type)")
        checked.append(checked_link(f"links[{index}].", link))
    return tuple(checked)
