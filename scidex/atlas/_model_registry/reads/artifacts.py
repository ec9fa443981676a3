"""One artifact of any type, with its links."""

from psycopg import Connection

from scidex.atlas._model_registry.contract.answers import ArtifactDetail
from scidex.atlas._model_registry.contract.checks import is_storable
from scidex.atlas._model_registry.contract.errors import ArtifactNotFound
from scidex.atlas._model_registry.reads.links import links_answer, unreadable_links
from scidex.atlas._model_registry.store import models
from scidex.atlas._model_registry.store.artifacts import find_artifact


def artifact_detail(conn: Connection, artifact_id: str) -> ArtifactDetail:
    """Return everything that is registered of an artifact.

    Raises:
        ArtifactNotFound: no artifact has exactly that id.

    """
    artifact = find_artifact(conn, artifact_id) if is_storable(artifact_id) else None
    if artifact is None:
        raise ArtifactNotFound(artifact_id)
    links = models.links(conn, artifact.id)
    return {
        "id": artifact.id,
        "artifact_type": artifact.artifact_type,
        "title": artifact.title,
        "version_number": artifact.version_number,
        "version_tag": artifact.version_tag,
        "is_latest": artifact.is_latest,
        "lifecycle_state": artifact.lifecycle_state,
        "quality_score": artifact.quality_score,
        "origin_type": artifact.origin_type,
        "origin_url": artifact.origin_url,
        "content_hash": artifact.content_hash,
        "created_by": artifact.created_by,
        "created_at": artifact.created_at,
        "changelog": artifact.changelog,
        "parent_version_id": artifact.parent_version_id,
        "superseded_by": artifact.superseded_by,
        "metadata": artifact.metadata,
        "links": links_answer(links),
        "unreadable": [*artifact.unreadable, *unreadable_links(links)],
    }
