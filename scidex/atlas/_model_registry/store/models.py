"""Models one by one: their documents, the facts of their provenance, their graphs, lineages and links."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from psycopg import Connection, Cursor, sql
from psycopg.rows import dict_row

from scidex.atlas._model_registry.contract.answers import RelatedArtifact
from scidex.atlas._model_registry.records.models import DocumentedModel, LineageMember, LinkRecord
from scidex.atlas._model_registry.records.provenance import (
    DatasetRecord,
    GraphEdge,
    GraphNode,
    Origins,
    ProvenanceGraph,
)
from scidex.atlas._model_registry.store import rows
from scidex.atlas._model_registry.store.descent import Descent
from scidex.atlas._model_registry.store.pipeline import pipelined
from scidex.atlas._model_registry.store.statements import model_columns, statement

# The bounds of a graph in provenance.md; nobody would read a larger drawing.
MOST_STEPS = 12
MOST_NODES = 400
# The bound of a standing's causes in impact.md.
MOST_CAUSES = 20
# More versions of a model, or links of one direction, than anyone reads on a page.
MOST_VERSIONS, MOST_LINKS = 500, 500
# Datasets that a comparison knows by name, and those whose versions and sources are searched for common ones, in all.
_MOST_NAMED, _MOST_WALKED = 10_000, 2_000


class FoundName(NamedTuple):
    """The model, the artifact of another type, or nothing, that a name leads to."""

    name: str
    artifact_id: str | None
    artifact_type: str | None
    document: DocumentedModel | None


class WholeModel(NamedTuple):
    """What a name leads to, and of the artifact whose id is just this name its origins, lineage and links."""

    found: FoundName
    origins: Origins | None
    versions: list[LineageMember]
    links: list[LinkRecord]


def find_models(conn: Connection, names: Sequence[str]) -> list[FoundName]:
    """Return what each name leads to, in order; a name is an id, with or without the ``model-`` prefix."""
    return _found(_documents(conn, names))


def provenance(conn: Connection, ids: Sequence[str]) -> dict[str, Origins]:
    """Return, by model id, the facts of the policy, the graph of what the model depends on, and its standing.

    A graph holds at most 12 steps and 400 nodes. A standing names at most 20 causes; only steps bound its walk.
    """
    return _origins(_provenance(conn, ids))


def lineages(conn: Connection, ids: Sequence[str]) -> dict[str, list[LineageMember]]:
    """Return, by model id, its lineage, branches included, by version number then time.

    Of a lineage of more than ``MOST_VERSIONS`` versions these are the nearest, and one more.
    """
    members: dict[str, list[LineageMember]] = {model_id: [] for model_id in ids}
    for row in _lineages(conn, ids):
        members[row["root"]].append(rows.lineage_member(row))
    return members


def links(conn: Connection, model_id: str) -> list[LinkRecord]:
    """Return the links from and to a model, at most ``MOST_LINKS`` of each direction and one more."""
    return [rows.link_record(row) for row in _links(conn, model_id)]


def whole_model(conn: Connection, name: str) -> WholeModel:
    """Return what a name leads to and, where the name is an id, what is known of it; in one round trip."""
    with pipelined(conn):
        documents, origins = _documents(conn, [name]), _provenance(conn, [name])
        versions, links = _lineages(conn, [name]), _links(conn, name)
    (found,) = _found(documents)
    return WholeModel(
        found=found,
        origins=_origins(origins).get(name),
        versions=[rows.lineage_member(row) for row in versions],
        links=[rows.link_record(row) for row in links],
    )


def models_with_origins(conn: Connection, names: Sequence[str]) -> tuple[list[FoundName], dict[str, Origins]]:
    """Return what each name leads to, and by id the origins of those that are named by their ids; in one round trip."""
    with pipelined(conn):
        documents, origins = _documents(conn, names), _provenance(conn, names)
    return _found(documents), _origins(origins)


def last_changes(conn: Connection, ids: Sequence[str]) -> dict[str, str | None]:
    """Return when the rows of some artifacts were last written, RFC 3339 in UTC; None for times it cannot express."""
    return {row["id"]: row["changed_at"] for row in _fetch(conn, statement("last_changes"), ids=list(ids))}


def datasets(conn: Connection, names: Sequence[str]) -> dict[str, DatasetRecord]:
    """Return registered datasets with what they derive from, by the name asked for and by id."""
    found = _fetch(conn, statement("datasets"), names=list(names[:_MOST_NAMED]), most=_MOST_WALKED)
    descent = Descent(
        {row["id"]: row["earlier_version"] for row in found if row["name"] is None},
        {row["id"]: row["sources"] for row in found if row["name"] is None},
    )
    records: dict[str, DatasetRecord] = {}
    for row in found:
        if row["name"] is not None:
            records[row["name"]] = records[row["id"]] = DatasetRecord(
                id=row["id"],
                title=row["title"],
                version_number=row["version_number"],
                earlier_versions=descent.earlier_versions(row["id"]),
                ancestors=descent.ancestors(row["id"]),
            )
    return records


def related_artifacts(conn: Connection, ids: Sequence[str]) -> list[RelatedArtifact]:
    """Return the artifact of each id, in order; where none is registered, all but the id is None."""
    return [
        {
            "id": row["id"],
            "title": row["title"],
            "artifact_type": row["artifact_type"],
            "version_number": row["version_number"],
            "content_hash": row["content_hash"],
            "lifecycle_state": row["lifecycle_state"],
        }
        for row in _fetch(conn, statement("related"), ids=list(ids))
    ]


@cache
def _documented_models() -> sql.Composed:
    # Putting it together takes 0.09 ms.
    return statement("documented_models").format(columns=model_columns())


def _documents(conn: Connection, names: Sequence[str]) -> Cursor[rows.Row]:
    return _sent(conn, _documented_models(), names=list(names))


def _provenance(conn: Connection, ids: Sequence[str]) -> Cursor[rows.Row]:
    bounds = {"most_steps": MOST_STEPS, "most_nodes": MOST_NODES, "most_causes": MOST_CAUSES}
    return _sent(conn, statement("provenance"), ids=list(ids), **bounds)


def _lineages(conn: Connection, ids: Sequence[str]) -> Cursor[rows.Row]:
    return _sent(conn, statement("lineages"), ids=list(ids), most=MOST_VERSIONS)


def _links(conn: Connection, artifact_id: str) -> Cursor[rows.Row]:
    return _sent(conn, statement("links"), id=artifact_id, most=MOST_LINKS)


def _found(documents: Iterable[rows.Row]) -> list[FoundName]:
    return [
        FoundName(
            name=row["name"],
            artifact_id=row["artifact_id"],
            artifact_type=row["artifact_type"],
            document=None if row["model_id"] is None else rows.documented_model(row),
        )
        for row in documents
    ]


def _origins(found: Iterable[rows.Row]) -> dict[str, Origins]:
    return {
        row["model_id"]: Origins(
            facts=rows.provenance_facts(row), graph=_graph(row), standing=rows.standing_record(row)
        )
        for row in found
    }


def _graph(row: rows.Row) -> ProvenanceGraph:
    return ProvenanceGraph(
        root=row["model_id"],
        nodes=tuple(_node(*entry) for entry in row["nodes"]),
        edges=tuple(_edge(*entry) for entry in row["edges"]),
        truncated=row["truncated"],
    )


def _node(
    artifact_id: str, artifact_type: str | None, title: str | None, version_number: int | None, depth: int
) -> GraphNode:
    return GraphNode(
        id=artifact_id,
        artifact_type=artifact_type,
        title=title,
        version_number=version_number,
        depth=depth,
        missing=artifact_type is None,
    )


def _edge(source: str, target: str, relation: str, origin: Literal["link", "metadata"]) -> GraphEdge:
    return GraphEdge(source=source, target=target, relation=relation, origin=origin)


def _fetch(conn: Connection, query: sql.SQL | sql.Composed, **parameters: Any) -> list[rows.Row]:
    return list(_sent(conn, query, **parameters))


def _sent(conn: Connection, query: sql.SQL | sql.Composed, **parameters: Any) -> Cursor[rows.Row]:
    """Return the cursor of a statement that was sent; its rows can be read, in a pipeline after its end."""
    return conn.cursor(row_factory=dict_row).execute(query, parameters)
