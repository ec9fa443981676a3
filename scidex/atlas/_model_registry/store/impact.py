"""What rests on an artifact: everything, a page of its models, and the nearest artifacts as a graph."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row, tuple_row

from scidex.atlas._model_registry.records.impact import (
    Dependent,
    DependentModel,
    ImpactSource,
    Reach,
    ReachPage,
)
from scidex.atlas._model_registry.records.provenance import GraphEdge, GraphNode, ProvenanceGraph
from scidex.atlas._model_registry.store import rows
from scidex.atlas._model_registry.store.models import MOST_CAUSES, MOST_STEPS
from scidex.atlas._model_registry.store.statements import statement

_OF_ITSELF = ("artifact_type", "title", "version_number", "is_latest", "state")


def reach(conn: Connection, artifact_id: str) -> Reach:
    """Return everything within 12 steps that rests on an artifact, registered or not."""
    with conn.cursor(row_factory=tuple_row) as cursor:
        found = cursor.execute(statement("touched"), {"id": artifact_id, "most_steps": MOST_STEPS}).fetchall()
    touched = tuple(
        Dependent(id=one, artifact_type=artifact_type, depth=depth, before=before)
        for one, artifact_type, depth, before, _ in found
        if depth
    )
    artifact = _source(conn, artifact_id, is_judged=False)
    return Reach(artifact=artifact, touched=touched, goes_on=any(row[4] for row in found))


def page_of_reach(
    conn: Connection,
    artifact_id: str,
    *,
    limit: int,
    offset: int,
    most_nodes: int,
    is_judged: bool,
    most_edges: int | None = None,
) -> ReachPage:
    """Return the counts of what rests on an artifact, a page of its models, and the nearest artifacts with itself.

    Its own standing is told if it ``is_judged``. The walk ends where it would meet more than ``most_edges``.
    """
    bound = {
        "id": artifact_id,
        "most_steps": MOST_STEPS,
        "limit": limit,
        "offset": offset,
        "most_nodes": most_nodes,
        "most_edges": most_edges,
    }
    with conn.cursor(row_factory=tuple_row) as cursor:
        ((counts, goes_on, at_least, paths, near),) = cursor.execute(
            statement("touched_page"), bound
        ).fetchall()
    return ReachPage(
        artifact=_source(conn, artifact_id, is_judged=is_judged),
        counts=dict(counts),
        paths=tuple(map(tuple, paths)),
        nearest=tuple(
            Dependent(id=one, artifact_type=artifact_type, depth=depth, before=before)
            for one, artifact_type, depth, before in near
        ),
        goes_on=goes_on,
        at_least=at_least,
    )


def touched_models(conn: Connection, ids: Sequence[str]) -> list[DependentModel]:
    """Return what a list of impact shows of some models, in the order of ``ids``."""
    if not ids:
        return []
    with conn.cursor(row_factory=dict_row) as cursor:
        found = {
            row["id"]: DependentModel(**row)
            for row in cursor.execute(statement("touched_models"), {"ids": list(ids)})
        }
    return [found[one] for one in ids if one in found]


def touched_others(conn: Connection, ids: Sequence[str]) -> list[DependentModel]:
    """Return what is told of some artifacts that are no models, without a family and a score."""
    if not ids:
        return []
    with conn.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(statement("touched_others"), {"ids": list(ids)}).fetchall()
    return [DependentModel(**row, family=None, quality_score=None) for row in found]


def nearest(conn: Connection, reached: ReachPage) -> ProvenanceGraph:
    """Return the artifact and the nearest of what rests on it as a graph."""
    kept, root = reached.nearest, reached.artifact
    ids = [root.id, *(one.id for one in kept)]
    titles = {root.id: (root.title, root.version_number)} | _titles(conn, ids[1:])
    with conn.cursor(row_factory=tuple_row) as cursor:
        edges = cursor.execute(statement("edges_among"), {"ids": ids}).fetchall()
    nodes = [(root.id, root.artifact_type, 0), *((one.id, one.artifact_type, one.depth) for one in kept)]
    return ProvenanceGraph(
        root=root.id,
        nodes=tuple(_node(*node, titles) for node in nodes),
        edges=tuple(
            GraphEdge(source=source, target=target, relation=relation, origin=origin)
            for source, target, relation, origin in edges
        ),
        truncated=reached.goes_on or len(kept) < sum(reached.counts.values()),
    )


def _titles(conn: Connection, ids: Sequence[str]) -> dict[str, tuple[str | None, int | None]]:
    if not ids:
        return {}
    with conn.cursor(row_factory=tuple_row) as cursor:
        found = cursor.execute(statement("titles"), {"ids": list(ids)})
        return {one: (title, version) for one, title, version in found}


def _node(
    artifact_id: str,
    artifact_type: str | None,
    depth: int,
    titles: Mapping[str, tuple[str | None, int | None]],
) -> GraphNode:
    title, version = titles.get(artifact_id, (None, None))
    return GraphNode(
        id=artifact_id,
        artifact_type=artifact_type,
        title=title,
        version_number=version,
        depth=depth,
        missing=artifact_type is None,
    )


def _source(conn: Connection, artifact_id: str, *, is_judged: bool) -> ImpactSource:
    bound = {"id": artifact_id, "most_steps": MOST_STEPS, "most_causes": MOST_CAUSES}
    query = statement("judged_impact_source" if is_judged else "impact_source")
    with conn.cursor(row_factory=dict_row) as cursor:
        row: dict[str, Any] | None = cursor.execute(query, bound).fetchone()
    known = {name: row[name] if row else None for name in _OF_ITSELF}
    standing = rows.standing_record(row) if row and is_judged else None
    return ImpactSource(id=artifact_id, **known, standing=standing)
