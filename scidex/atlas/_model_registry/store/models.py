"""Models one by one: their documents, the facts of their provenance, their graphs, lineages and links."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from psycopg import Connection, sql
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
from scidex.atlas._model_registry.store.statements import statement

# The bounds of a graph in provenance.md; nobody would read a larger drawing.
MOST_STEPS = 12
MOST_NODES = 400
# The bound of a standing's causes in impact.md.
MOST_CAUSES = 20
# More versions of a model, or links of one direction, than anyone reads on a page.
MOST_VERSIONS, MOST_LINKS = 500, 500
# Earlier versions and sources of a dataset that are searched for a common one.
_MOST_ANCESTORS = 1_000


class FoundName(NamedTuple):
    """The model, the artifact of another type, or nothing, that a name leads to."""

    name: str
    artifact_id: str | None
    artifact_type: str | None
    document: DocumentedModel | None


def find_models(conn: Connection, names: Sequence[str]) -> list[FoundName]:
    """Return what each name leads to, in order; a name is an id, with or without the ``model-`` prefix."""
    query = statement("documented_models").format(columns=statement("model_columns"))
    return [
        FoundName(
            name=row["name"],
            artifact_id=row["artifact_id"],
            artifact_type=row["artifact_type"],
            document=None if row["model_id"] is None else rows.documented_model(row),
        )
        for row in _fetch(conn, query, names=list(names))
    ]


def provenance(conn: Connection, ids: Sequence[str]) -> dict[str, Origins]:
    """Return, by model id, the facts of the policy, the graph of what the model depends on, and its standing.

    A graph holds at most 12 steps and 400 nodes. A standing names at most 20 causes; only steps bound its walk.
    """
    bounds = {"most_steps": MOST_STEPS, "most_nodes": MOST_NODES, "most_causes": MOST_CAUSES}
    found = _fetch(conn, statement("provenance"), ids=list(ids), **bounds)
    return {
        row["model_id"]: Origins(
            facts=rows.provenance_facts(row), graph=_graph(row), standing=rows.standing_record(row)
        )
        for row in found
    }


def lineages(conn: Connection, ids: Sequence[str]) -> dict[str, list[LineageMember]]:
    """Return, by model id, its lineage, branches included, by version number then time.

    Of a lineage of more than ``MOST_VERSIONS`` versions these are the nearest, and one more.
    """
    members: dict[str, list[LineageMember]] = {model_id: [] for model_id in ids}
    for row in _fetch(conn, statement("lineages"), ids=list(ids), most=MOST_VERSIONS):
        members[row["root"]].append(rows.lineage_member(row))
    return members


def last_changes(conn: Connection, ids: Sequence[str]) -> dict[str, str | None]:
    """Return when the rows of some artifacts were last written, RFC 3339 in UTC; None for times it cannot express."""
    return {row["id"]: row["changed_at"] for row in _fetch(conn, statement("last_changes"), ids=list(ids))}


def links(conn: Connection, model_id: str) -> list[LinkRecord]:
    """Return the links from and to a model, at most ``MOST_LINKS`` of each direction and one more."""
    return [rows.link_record(row) for row in _fetch(conn, statement("links"), id=model_id, most=MOST_LINKS)]


def datasets(conn: Connection, names: Sequence[str]) -> dict[str, DatasetRecord]:
    """Return registered datasets with what they derive from, by the name asked for and by id."""
    found: dict[str, DatasetRecord] = {}
    for row in _fetch(conn, statement("datasets"), names=list(names), most=_MOST_ANCESTORS):
        record = DatasetRecord(
            id=row["id"],
            title=row["title"],
            version_number=row["version_number"],
            earlier_versions=frozenset(row["earlier_versions"]),
            ancestors=frozenset(row["ancestors"]),
        )
        found[row["name"]] = found[row["id"]] = record
    return found


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
    with conn.cursor(row_factory=dict_row) as cursor:
        cursor.execute(query, parameters)
        return list(cursor)
