"""Demo models fitted to real data, registered as a Forge analysis would register them.

``registry.json`` holds the results of the analyses in :mod:`scidex.forge.demo.fit`; registering it needs none of their
packages.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from psycopg import Connection

from scidex.atlas.artifact_registry import (
    ArtifactExists,
    Attributes,
    Link,
    create_link,
    create_version,
    pin_inputs,
    pin_version,
    register_artifact,
    register_evaluation,
    register_model,
)

__all__ = ["REGISTRY", "register_demo"]

REGISTRY = Path(__file__).with_name("registry.json")

_Entry: TypeAlias = dict[str, Any]
_TAG_OF_PROMOTED = "best"


def register_demo(conn: Connection) -> int:
    """Register the demo's artifacts and models; return how many models are new.

    Artifacts that are already registered stay as they are, so it is safe to repeat. Everything happens in the
    transaction of ``conn``, which is left uncommitted.
    """
    entries: list[_Entry] = json.loads(REGISTRY.read_text(encoding="utf-8"))["artifacts"]
    new = [entry for entry in entries if _registered(conn, entry)]
    # After the models, as an analysis also pins the training data of the models that it produced.
    for analysis in new:
        if analysis["artifact_type"] == "analysis":
            _pin(conn, analysis)
    return sum(entry["artifact_type"] == "model" for entry in new)


def _registered(conn: Connection, entry: _Entry) -> bool:
    try:
        if entry["artifact_type"] == "model":
            _register_model(conn, entry)
        elif entry["artifact_type"] == "evaluation":
            _register_evaluation(conn, entry)
        else:
            register_artifact(
                artifact_type=entry["artifact_type"],
                title=entry["title"],
                metadata=entry["metadata"],
                links=_links(entry["links"]),
                conn=conn,
                **_attributes(entry),
            )
    except ArtifactExists:
        return False
    return True


def _register_model(conn: Connection, entry: _Entry) -> None:
    """Register a model's first version, or the next version of its lineage.

    The promoted version of a lineage is the latest; later ones are candidates beside it.
    """
    described: _Entry = {
        **{key: entry[key] for key in ("title", "model_family", "metadata", "model_version")},
        **{key: entry["metadata"].get(name) for key, name in _ORIGINS.items()},
        "links": _links(entry["links"]),
        **_attributes(entry),
    }
    state = entry["model_version"]["promotion_state"]
    if entry["parent"] is None:
        register_model(conn=conn, **described)
    else:
        changelog, candidate = entry["changelog"], state == "candidate"
        create_version(entry["parent"], changelog=changelog, candidate=candidate, conn=conn, **described)
    if state == "promoted":
        pin_version(entry["id"], _TAG_OF_PROMOTED, conn=conn)


def _register_evaluation(conn: Connection, entry: _Entry) -> None:
    register_evaluation(
        title=entry["title"],
        metadata=entry["metadata"],
        produced_by=entry["produced_by"],
        conn=conn,
        **_attributes(entry),
    )


_ORIGINS = {
    "trained_on": "trained_on_dataset_id",
    "produced_by": "produced_by_analysis_id",
    "tests": "tests_hypothesis_id",
}


def _pin(conn: Connection, analysis: _Entry) -> None:
    pin_inputs(analysis["id"], conn=conn)
    for link in analysis["links_after_pinning"]:
        create_link(analysis["id"], link["target"], link["link_type"], conn=conn)


def _attributes(entry: _Entry) -> Attributes:
    return {
        "artifact_id": entry["id"],
        "content_hash": entry["content_hash"],
        "quality_score": entry.get("quality_score"),
        "created_by": "scidex.forge.demo",
        "origin_type": entry["origin_type"],
        "origin_url": entry["origin_url"],
        # The time of the transaction would be the same for all versions.
        "created_at": datetime.now(UTC),
    }


def _links(links: list[_Entry]) -> list[Link]:
    return [Link(link["target"], link["link_type"]) for link in links]
