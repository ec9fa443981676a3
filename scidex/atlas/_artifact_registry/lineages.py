"""Lineages: which version is the latest, who may write, and the next version of an artifact."""

from collections.abc import Sequence
from dataclasses import replace

from psycopg import Connection

from scidex.atlas._artifact_registry import store
from scidex.atlas._artifact_registry.errors import ArtifactNotFound, InvalidArtifact, VersionTagTaken
from scidex.atlas._artifact_registry.records import Version
from scidex.atlas._artifact_registry.rows import ArtifactRow

# What the column of the host's table holds.
_LARGEST_VERSION = 2**31 - 1


def history(conn: Connection, artifact_id: str, field: str = "artifact_id") -> list[Version]:
    """Return every version of an artifact by version number, then time, branches included.

    Raises:
        ArtifactNotFound: the id is unknown.

    """
    versions = store.lineage(conn, artifact_id)
    if not versions:
        raise ArtifactNotFound(field, artifact_id)
    return versions


def latest(versions: Sequence[Version]) -> Version:
    """Choose the latest: the one marked so; where none or several are, the highest number, then newest."""
    return max(
        versions,
        key=lambda version: (version.is_latest, version.version_number, version.created_at, version.id),
    )


def hold(conn: Connection, artifact_id: str, field: str) -> list[Version]:
    """Make other writers of the lineage wait until this transaction ends, then return its versions.

    Under REPEATABLE READ a wait may end with a serialization failure instead, which is right: the versions
    answered would be those of before.

    Raises:
        ArtifactNotFound: the id is unknown.

    """
    held, versions = None, history(conn, artifact_id, field)
    while held != (root := _root(versions)):  # again when somebody deleted it while this one waited
        store.lock_artifact(conn, root)
        held, versions = root, history(conn, artifact_id, field)
    return versions


def _root(versions: Sequence[Version]) -> str:
    """Choose the member that stands for the lineage in locking: new versions never change the choice."""
    parents = {version.id: version.parent_version_id for version in versions}
    tops = [artifact_id for artifact_id, parent in parents.items() if parent not in parents]
    return min(tops or _cycle(parents))


def _cycle(parents: dict[str, str | None]) -> list[str]:
    """Return the members of the one cycle that a connected lineage without a top has."""
    walked: list[str] = []
    current = min(parents)
    while current not in walked:
        walked.append(current)
        current = str(parents[current])
    return walked[walked.index(current) :]


def find(versions: Sequence[Version], artifact_id: str) -> Version:
    """Pick a version of its own lineage."""
    return next(version for version in versions if version.id == artifact_id)


def successor(row: ArtifactRow, parent: Version, *, changelog: str, is_latest: bool) -> ArtifactRow:
    """Make a row the next version of a parent.

    Raises:
        InvalidArtifact: the parent's version number is the last there can be.

    """
    if parent.version_number >= _LARGEST_VERSION:
        raise InvalidArtifact(
            "parent_id", parent.id, f"its version number {parent.version_number} is the last there is"
        )
    return replace(
        row,
        version_number=parent.version_number + 1,
        parent_version_id=parent.id,
        changelog=changelog,
        is_latest=is_latest,
    )


def mark_latest(conn: Connection, earlier: Sequence[Version], created: str, *, candidate: bool) -> None:
    """Leave one version of the lineage latest: the new one, or for a candidate the one that was."""
    chosen = latest(earlier).id if candidate else created
    store.mark_latest(conn, chosen, [*(version.id for version in earlier), created])


def tag(conn: Connection, artifact_id: str, name: str) -> Version:
    """Give a version a tag that no other of its lineage carries.

    Raises:
        ArtifactNotFound: the id is unknown.
        VersionTagTaken: another version carries the tag.

    """
    versions = hold(conn, artifact_id, "artifact_id")
    for version in versions:
        if version.version_tag == name and version.id != artifact_id:
            raise VersionTagTaken(name, version.id)
    store.tag_version(conn, artifact_id, name)
    return replace(find(versions, artifact_id), version_tag=name)
