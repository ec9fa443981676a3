"""The only module of the write side that runs SQL; each function runs one statement."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from psycopg import Connection
from psycopg.rows import kwargs_row, scalar_row
from psycopg.types.json import Jsonb

from scidex.atlas._artifact_registry.records import Link, Pin, Version
from scidex.atlas._artifact_registry.rows import (
    ArtifactRow,
    Document,
    FoundArtifact,
    PinnedDocument,
    RegisteredInput,
    VersionOf,
)
from scidex.atlas._artifact_registry.statements import STATEMENTS
from scidex.atlas._artifact_registry.vocabulary import INPUT_LINKS

Row = TypeVar("Row")


def insert_artifact(conn: Connection, row: ArtifactRow) -> bool:
    """Write an artifact; return False if its id is taken."""
    documents = {
        "metadata": Jsonb(row.metadata),
        "entity_ids": Jsonb(row.entity_ids),
        "provenance_chain": Jsonb(row.provenance_chain),
    }
    return _scalar(conn, "insert_artifact", asdict(row) | documents) is not None


def insert_model_version(conn: Connection, artifact_id: str, row: Mapping[str, object]) -> None:
    """Write the ``model_versions`` row of an artifact."""
    conn.execute(STATEMENTS["insert_model_version"], {"artifact_id": artifact_id, **row})


def upsert_link(conn: Connection, source: str, link: Link) -> int:
    """Write a link, or update the strength and evidence that are given of the existing one; return its id."""
    evidence = None if link.evidence is None else Jsonb(link.evidence)
    link_id = _scalar(conn, "upsert_link", {"source": source, **asdict(link), "evidence": evidence})
    return int(link_id)


def registered(conn: Connection, ids: Sequence[str]) -> list[FoundArtifact]:
    """Return the registered ones of some ids, with their types."""
    return _rows(conn, FoundArtifact, "registered", {"ids": list(ids)})


def versions_of(conn: Connection, ids: Sequence[str]) -> list[VersionOf]:
    """Return the registered ones of some ids, with their types and versions."""
    return _rows(conn, VersionOf, "versions_of", {"ids": list(ids)})


def lineage(conn: Connection, artifact_id: str) -> list[Version]:
    """Return all versions of an artifact by version number, then time; empty when the id is unknown."""
    return _rows(conn, Version, "lineage", {"id": artifact_id})


def lock_artifact(conn: Connection, artifact_id: str) -> None:
    """Wait until no other transaction writes the artifact, and make others wait until this one ends."""
    _scalar(conn, "lock_artifact", {"id": artifact_id})


def mark_latest(conn: Connection, latest: str, members: Sequence[str]) -> None:
    """Mark one of the versions, and no other, as the latest."""
    conn.execute(STATEMENTS["mark_latest"], {"latest": latest, "members": list(members)})


def tag_version(conn: Connection, artifact_id: str, tag: str) -> None:
    """Give a version its tag."""
    conn.execute(STATEMENTS["tag_version"], {"id": artifact_id, "tag": tag})


def family(conn: Connection, artifact_id: str) -> str | None:
    """Return the family that a model is registered under."""
    found = _scalar(conn, "family", {"id": artifact_id})
    return None if found is None else str(found)


def document(conn: Connection, artifact_id: str) -> Document | None:
    """Return the document by which versions are compared; None if the id is unknown."""
    found = _rows(conn, _document, "document", {"id": artifact_id})
    return found[0] if found else None


def lock_pinned_document(conn: Connection, analysis_id: str) -> PinnedDocument | None:
    """Return the JSON types of the values that pinning changes, with the row locked; None if the id is unknown."""
    found = _rows(conn, PinnedDocument, "lock_pinned_document", {"id": analysis_id})
    return found[0] if found else None


def inputs(conn: Connection, analysis_id: str, datasets: Sequence[str]) -> list[RegisteredInput]:
    """Return the registered inputs that an analysis links to, and the given datasets, each once, by id."""
    parameters = {"id": analysis_id, "datasets": list(datasets), "link_types": list(INPUT_LINKS)}
    return _rows(conn, RegisteredInput, "inputs", parameters)


def write_pins(conn: Connection, analysis_id: str, pins: Sequence[Pin], names: Sequence[str]) -> None:
    """Add pins to an analysis in place of those with one of the names."""
    written = Jsonb([asdict(pin) for pin in pins])
    conn.execute(STATEMENTS["write_pins"], {"id": analysis_id, "pins": written, "names": list(names)})


def _rows(
    conn: Connection, record: Callable[..., Row], name: str, parameters: Mapping[str, object]
) -> list[Row]:
    # The row factory is set here because a caller's connection may have another.
    with conn.cursor(row_factory=kwargs_row(record)) as cursor:
        return cursor.execute(STATEMENTS[name], parameters).fetchall()


def _scalar(conn: Connection, name: str, parameters: Mapping[str, object]) -> Any:
    with conn.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(STATEMENTS[name], parameters).fetchone()


def _document(metadata: str, **columns: Any) -> Document:
    return Document(metadata=json.loads(metadata, parse_int=_whole), **columns)


def _whole(digits: str) -> float:
    # jsonb holds more digits than Python turns into an int.
    try:
        return int(digits)
    except ValueError:
        return float(digits)
