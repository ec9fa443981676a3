"""A registry as plain dicts, as the second judge reads it and the generator makes it."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

# The columns of ``artifacts`` that the policies speak of, by name, and ``base_model_id`` of ``model_versions``.
Row: TypeAlias = Mapping[str, Any]
# Source, type and target.
Link: TypeAlias = tuple[str, str, str]


class Registry(NamedTuple):
    """Artifacts by id, in the order of their insertion, and links."""

    artifacts: Mapping[str, Row]
    links: tuple[Link, ...]

    @property
    def models(self) -> list[str]:
        return [key for key, row in self.artifacts.items() if row["artifact_type"] == "model"]

    def type_of(self, artifact_id: str) -> str | None:
        """Return the type of an artifact, None where it is not registered."""
        row = self.artifacts.get(artifact_id)
        return None if row is None else str(row["artifact_type"])

    def targets(self, source: str, link_types: frozenset[str]) -> set[str]:
        """Return where the links of some types from an artifact lead, registered or not."""
        return {
            target for start, link_type, target in self.links if start == source and link_type in link_types
        }

    def with_row(self, artifact_id: str, **columns: Any) -> "Registry":
        """Return a registry in which one artifact is new or has other values in some columns."""
        row = {**self.artifacts.get(artifact_id, {}), **columns}
        return self._replace(artifacts={**self.artifacts, artifact_id: row})

    def without(self, artifact_id: str) -> "Registry":
        """Return a registry from which an artifact has vanished; what names it stays."""
        kept = {
            key: {**row, "base_model_id": None} if row["base_model_id"] == artifact_id else row
            for key, row in self.artifacts.items()
            if key != artifact_id
        }
        return self._replace(artifacts=kept)

    def with_link(self, *link: str) -> "Registry":
        """Return a registry with one link more."""
        source, link_type, target = link
        return self._replace(links=tuple(dict.fromkeys([*self.links, (source, link_type, target)])))


def artifact(artifact_type: str, **columns: Any) -> Row:
    """Return a row as the host would make it from its required columns, with some of the others given."""
    defaults: dict[str, Any] = {
        "metadata": {},
        "provenance_chain": [],
        "content_hash": None,
        "version_number": 1,
        "parent_version_id": None,
        "quality_score": None,
        "version_tag": None,
        "lifecycle_state": "active",
        "superseded_by": None,
        "changelog": None,
        "base_model_id": None,
    }
    return {"artifact_type": artifact_type, **defaults, **columns}


def fields(row: Row) -> Mapping[str, Any]:
    """Return the metadata of a row where it is an object; anything else holds no field."""
    metadata = row["metadata"]
    return metadata if isinstance(metadata, dict) else {}
