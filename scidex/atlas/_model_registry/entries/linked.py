"""The artifact at the other end of a link, as answers name it."""

from typing import Protocol

from scidex.atlas._model_registry.contract.answers import LinkedArtifact


class LinkEnd(Protocol):
    """What is read of an artifact that something names; without a type or title it is not registered."""

    @property
    def artifact_type(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def version_number(self) -> int | None: ...
    @property
    def is_latest(self) -> bool | None: ...


def linked_artifact(artifact_id: str, found: LinkEnd) -> LinkedArtifact:
    """Return an artifact with its type, title and version, or as missing."""
    if found.artifact_type is None or found.title is None:
        return {"id": artifact_id, "missing": True}
    return {
        "id": artifact_id,
        "artifact_type": found.artifact_type,
        "title": found.title,
        "version_number": found.version_number or 1,
        "is_latest": bool(found.is_latest),
    }
