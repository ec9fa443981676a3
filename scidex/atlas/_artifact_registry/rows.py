"""Rows that the store writes and reads, beside the public records. Frozen; no rules, no SQL."""

from dataclasses import dataclass
from datetime import datetime

from scidex.atlas._artifact_registry.plain_json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactRow:
    """A row of ``artifacts`` to insert, with every value checked. ``created_at`` None means now."""

    id: str
    artifact_type: str
    title: str
    metadata: dict[str, Json]
    entity_ids: list[str]
    content_hash: str | None
    provenance_chain: Json
    quality_score: float | None
    created_by: str | None
    origin_type: str
    origin_url: str | None
    lifecycle_state: str
    created_at: datetime | None
    version_number: int = 1
    parent_version_id: str | None = None
    changelog: str | None = None
    is_latest: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArtifact:
    """The artifact of a name."""

    id: str
    artifact_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionOf:
    """The artifact of an id, and its version."""

    id: str
    artifact_type: str
    version_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The part of an artifact by which versions are compared."""

    id: str
    artifact_type: str
    title: str
    content_hash: str | None
    quality_score: float | None
    metadata: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedDocument:
    """An analysis to be pinned, with the JSON types of the values that pinning changes."""

    id: str
    artifact_type: str
    metadata_type: str
    pins_type: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredInput:
    """A registered input of an analysis as it is now."""

    artifact_id: str
    artifact_type: str
    version_number: int
    content_hash: str | None
