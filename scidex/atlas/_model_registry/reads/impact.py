"""What rests on an artifact."""

from collections.abc import Iterator, Mapping

from psycopg import Connection

from scidex.atlas._model_registry.contract.answers import Impact, Standing, TouchedModelEntry
from scidex.atlas._model_registry.contract.checks import is_storable
from scidex.atlas._model_registry.contract.errors import ArtifactNotFound
from scidex.atlas._model_registry.entries.impact import (
    MODEL,
    impact_answer,
    paths_of,
    table_of_touched,
    touched_entries,
)
from scidex.atlas._model_registry.entries.standing import standing_answer
from scidex.atlas._model_registry.records.impact import Reach
from scidex.atlas._model_registry.store import impact as store
from scidex.atlas._model_registry.store.models import MOST_NODES

# Artifacts per statement where all of them are sent.
_PART = 1_000


def impact(
    conn: Connection,
    artifact_id: str,
    *,
    limit: int,
    offset: int,
    most_nodes: int = MOST_NODES,
    standing: Standing | None = None,
) -> Impact:
    """Return what rests on an artifact, registered or only named, with one page of the models.

    Its graph has the nearest ``most_nodes`` artifacts. A ``standing`` that is given is not looked up.

    Raises:
        ArtifactNotFound: no artifact has exactly that id, and nothing rests on it.

    """
    return bounded_impact(
        conn,
        artifact_id,
        limit=limit,
        offset=offset,
        most_nodes=most_nodes,
        most_edges=None,
        standing=standing,
    )[0]


def bounded_impact(
    conn: Connection,
    artifact_id: str,
    *,
    limit: int,
    offset: int = 0,
    most_nodes: int,
    most_edges: int | None,
    standing: Standing | None = None,
) -> tuple[Impact, int | None]:
    """Return the same of the steps that meet at most ``most_edges``, and how many rest on it at least if more do.

    Raises what :func:`impact` raises.
    """
    _check(artifact_id)
    reached = store.page_of_reach(
        conn,
        artifact_id,
        limit=limit,
        offset=offset,
        most_nodes=most_nodes,
        is_judged=standing is None,
        most_edges=most_edges,
    )
    if reached.artifact.artifact_type is None and not (reached.counts or reached.at_least):
        raise ArtifactNotFound(artifact_id)
    models = store.touched_models(conn, [path[0] for path in reached.paths])
    if reached.artifact.standing is not None:
        standing = standing_answer(reached.artifact.standing)
    graph = store.nearest(conn, reached)
    answer = impact_answer(reached, models, graph, standing, limit=limit, offset=offset)
    return answer, reached.at_least


def table_of_impact(conn: Connection, artifact_id: str, *, every_type: bool, bom: bool) -> Iterator[str]:
    """Yield all models that rest on an artifact as lines of a CSV file, or all registered artifacts with their types.

    Raises what :func:`impact` raises.
    """
    _check(artifact_id)
    reached = store.reach(conn, artifact_id)
    if reached.artifact.artifact_type is None and not reached.touched:
        raise ArtifactNotFound(artifact_id)
    types = {
        one.id: one.artifact_type
        for one in reached.touched
        if one.artifact_type is not None and (every_type or one.artifact_type == MODEL)
    }
    entries = _every_entry(conn, reached, types)
    return table_of_touched(entries, types=types if every_type else None, bom=bom)


def _every_entry(conn: Connection, reached: Reach, types: Mapping[str, str]) -> Iterator[TouchedModelEntry]:
    ids = list(types)
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        models = store.touched_models(conn, [one for one in part if types[one] == MODEL])
        others = store.touched_others(conn, [one for one in part if types[one] != MODEL])
        found = {one.id: one for one in (*models, *others)}
        yield from touched_entries(paths_of(reached, part), [found[one] for one in part if one in found])


def _check(artifact_id: str) -> None:
    if not is_storable(artifact_id):
        raise ArtifactNotFound(artifact_id)
