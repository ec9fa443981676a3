"""Artifacts of any type, as their rows hold them."""

from dataclasses import dataclass
from typing import Final

from scidex.atlas._model_registry.records.models import Json

DATASET_TYPES: Final = ("dataset", "tabular_dataset")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactRecord:
    """One artifact as its row says; ``unreadable`` names, as paths, what was left out or cut."""

    id: str
    artifact_type: str
    title: str
    version_number: int
    version_tag: str | None
    is_latest: bool
    lifecycle_state: str | None
    quality_score: float | None
    origin_type: str | None
    origin_url: str | None
    content_hash: str | None
    created_by: str | None
    created_at: str | None
    changelog: str | None
    parent_version_id: str | None
    superseded_by: str | None
    metadata: Json
    unreadable: tuple[str, ...]
