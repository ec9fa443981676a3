"""From arguments of the public functions to checked rows, without a database."""

from collections.abc import Iterable
from functools import partial
from uuid import uuid4

from scidex.atlas._artifact_registry import fields, judgement
from scidex.atlas._artifact_registry.errors import InvalidArtifact, gather, refuse
from scidex.atlas._artifact_registry.plain_json import Json, json_object, json_value
from scidex.atlas._artifact_registry.records import Attributes, Link
from scidex.atlas._artifact_registry.rows import ArtifactRow
from scidex.atlas._artifact_registry.vocabulary import (
    DATASET_TYPES,
    LIFECYCLE_STATES,
    ORIGIN_TYPES,
    id_prefix,
)

# Attributes under the names that columns, links and other tools have for them.
_MEANT = {
    "id": "artifact_id",
    "hash": "content_hash",
    "author": "created_by",
    "lifecycle": "lifecycle_state",
    "url": "origin_url",
}


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
    **unknown: object,
) -> ArtifactRow:
    """Return the row of checked arguments, with a generated id if none was given.

    Raises:
        InvalidArtifact: naming every field that cannot be stored.
        TypeError: for unknown arguments, naming the known ones.

    """
    _refuse_unknown(unknown)
    new_id = f"{id_prefix(artifact_type)}{uuid4()}"
    texts = {"content_hash": content_hash, "created_by": created_by, "origin_url": origin_url}
    return ArtifactRow(
        artifact_type=artifact_type,
        **gather(
            id=lambda: new_id if artifact_id is None else fields.identifier("artifact_id", artifact_id),
            title=partial(fields.text, "title", title),
            metadata=partial(_metadata, artifact_type, metadata),
            entity_ids=partial(fields.texts, "entity_ids", entity_ids),
            provenance_chain=partial(_list, "provenance_chain", provenance_chain),
            quality_score=partial(fields.score, "quality_score", quality_score),
            origin_type=partial(fields.choice, "origin_type", origin_type, ORIGIN_TYPES),
            lifecycle_state=partial(fields.choice, "lifecycle_state", lifecycle_state, LIFECYCLE_STATES),
            created_at=partial(fields.moment, "created_at", created_at),
            **{name: partial(fields.optional_text, name, value) for name, value in texts.items()},
        ),
    )


def _refuse_unknown(names: Iterable[str]) -> None:
    wrong = [f"{name} (it is called {_MEANT[name]})" if name in _MEANT else name for name in names]
    if wrong:
        message = (
            f"there is no argument {', '.join(wrong)}; attributes are {', '.join(Attributes.__annotations__)}, "
            "and what else is known goes into metadata"
        )
        raise TypeError(message)


def _metadata(artifact_type: str, given: object) -> dict[str, Json]:
    metadata = json_object("metadata", given)
    if artifact_type in DATASET_TYPES and metadata.get("sample_ids") is not None:
        refuse(judgement.sample_id_faults(metadata["sample_ids"]))
    return metadata


def _list(field: str, value: object) -> Json:
    return json_value(field, fields.sequence(field, value))


def checked_link(field: str, link: Link) -> Link:
    """Return a link with its parts checked; ``field`` precedes their names in an error.

    Raises:
        InvalidArtifact: naming the parts that cannot be stored.

    """
    path, strength = f"{field}strength", link.strength
    return Link(
        **gather(
            target=partial(fields.identifier, f"{field}target", link.target),
            link_type=partial(fields.word, f"{field}link_type", link.link_type),
            strength=lambda: None if strength is None else fields.number(path, strength),
            evidence=partial(json_value, f"{field}evidence", link.evidence),
        )
    )


def checked_links(given: object) -> tuple[Link, ...]:
    """Return the links of an artifact, checked.

    Raises:
        InvalidArtifact: naming each link by its position, and its part.

    """
    links = {f"links[{index}]": link for index, link in enumerate(fields.sequence("links", given))}
    return tuple(gather(**{path: partial(_link, path, link) for path, link in links.items()}).values())


def _link(path: str, link: object) -> Link:
    if not isinstance(link, Link):
        raise InvalidArtifact(path, link, "give a Link(target, link_type)")
    return checked_link(f"{path}.", link)
