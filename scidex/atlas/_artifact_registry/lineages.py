"""Lineages: the latest version, the lock of writers, and the next version of an artifact."""

from collections.abc import Sequence
from dataclasses import replace

from psycopg import Connection

from scidex.atlas._artifact_registry import store
from scidex.atlas._artifact_registry.errors import ArtifactNotFound, InvalidArtifact, VersionTagTaken
from scidex.atlas._artifact_registry.records import Version
from scidex.atlas._artifact_registry.rows import ArtifactRow

# The largest value of the column of the host's table.
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
    """Return the latest version: the marked one or, if none or several are, the highest number, then the newest."""
    return max(
        versions,
        key=lambda version: (version.is_latest, version.version_number, version.created_at, version.id),
    )


def hold(conn: Connection, artifact_id: str, field: str) -> list[Version]:
    """Return the versions of a lineage; its other writers wait until this transaction ends.

    Under REPEATABLE READ a wait may end in a serialization failure. That is correct, as the versions would be outdated.

    Raises:
        ArtifactNotFound: the id is unknown.

    """
    held, versions = None, history(conn, artifact_id, field)
    while held != (root := _root(versions)):  # again if it was deleted during the wait
        store.lock_artifact(conn, root)
        held, versions = root, history(conn, artifact_id, field)
    return versions


def _root(versions: Sequence[Version]) -> str:
    """Return the version that is locked for the lineage; new versions never change the choice."""
    parents = {version.id: version.parent_version_id for version in versions}
    tops = [artifact_id for artifact_id, parent in parents.items() if parent not in parents]
    return min(tops or _cycle(parents))


def _cycle(parents: dict[str, str | None]) -> list[str]:
    """Return the members of the only cycle of a connected lineage without a first version."""
    walked: list[str] = []
    current = min(parents)
    while current not in walked:
        walked.append(current)
        current = str(parents[current])
    return walked[walked.index(current) :]


def find(versions: Sequence[Version], artifact_id: str) -> Version:
    """Return the version with the id in its lineage."""
    return next(version for version in versions if version.id == artifact_id)


def successor(row: ArtifactRow, parent: Version, *, changelog: str, is_latest: bool) -> ArtifactRow:
    """Return a row as the next version of a parent.

    Raises:
        InvalidArtifact: the parent has the largest version number.

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
    """Mark one version of the lineage as latest: the new one or, for a candidate, the earlier latest."""
    chosen = latest(earlier).id if candidate else created
    store.mark_latest(conn, chosen, [*(version.id for version in earlier), created])


def tag(conn: Connection, artifact_id: str, name: str) -> Version:
    """Return a version after giving it a tag that no other of its lineage has.

    Raises:
        ArtifactNotFound: the id is unknown.
        VersionTagTaken: another version has the tag.

    """
    versions = hold(conn, artifact_id, "artifact_id")
    for version in versions:
        if version.version_tag == name and version.id != artifact_id:
            raise VersionTagTaken(name, version.id)
    store.tag_version(conn, artifact_id, name)
    return replace(find(versions, artifact_id), version_tag=name)
