"""What rests on an artifact: records -> the answer, and its models as a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scidex.atlas._model_registry.contract.answers import (
    Impact,
    Standing,
    TouchedModelEntry,
)
from scidex.atlas._model_registry.entries.graphs import graph_answer
from scidex.atlas._model_registry.entries.linked import linked_artifact
from scidex.atlas._model_registry.entries.spreadsheets import BYTE_ORDER_MARK, line
from scidex.atlas._model_registry.records.impact import (
    Dependent,
    DependentModel,
    Reach,
    ReachPage,
)
from scidex.atlas._model_registry.records.provenance import ProvenanceGraph

MODEL = "model"
_TYPE = "artifact_type"
_COLUMNS = tuple(TouchedModelEntry.__annotations__)


def impact_answer(
    reached: ReachPage,
    models: Sequence[DependentModel],
    graph: ProvenanceGraph,
    standing: Standing | None,
    *,
    limit: int,
    offset: int,
) -> Impact:
    """Return what rests on an artifact, with its ``standing`` and the ``models`` of one page."""
    types = {name: number for name, number in reached.counts.items() if name is not None}
    total = types.pop(MODEL, 0)
    return {
        "artifact": linked_artifact(reached.artifact.id, reached.artifact),
        "state": reached.artifact.state,
        "standing": standing,
        "models": list(touched_entries(reached.paths, models)),
        "total_models": total,
        "others": dict(sorted(types.items())),
        "limit": limit,
        "offset": offset,
        "truncated": reached.goes_on,
        "graph": graph_answer(graph),
    }


def paths_of(reached: Reach, ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the path from each of some models to the artifact that they rest on."""
    known = {one.id: one for one in reached.touched}
    for one in ids:
        yield tuple(_path(known, one))


def touched_entries(
    paths: Iterable[Sequence[str]], models: Iterable[DependentModel]
) -> Iterator[TouchedModelEntry]:
    """Yield models that rest on an artifact, each with its path to there."""
    by_model = {path[0]: path for path in paths}
    for model in models:
        yield {
            "id": model.id,
            "title": model.title,
            "version_number": model.version_number,
            "is_latest": model.is_latest,
            "model_family": model.family,
            "quality_score": model.quality_score,
            "steps": len(by_model[model.id]) - 1,
            "path": list(by_model[model.id]),
        }


def table_of_touched(
    entries: Iterable[TouchedModelEntry], *, types: Mapping[str, str] | None = None, bom: bool = False
) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180): a header, then a line for each entry; → stands between steps.

    ``types`` adds the type of each artifact as the last column.
    """
    yield (BYTE_ORDER_MARK if bom else "") + line(_COLUMNS if types is None else (*_COLUMNS, _TYPE))
    for entry in entries:
        cells = {"is_latest": "true" if entry["is_latest"] else "false", "path": " → ".join(entry["path"])}
        cells |= {} if types is None else {_TYPE: types[entry["id"]]}
        yield line(tuple({**entry, **cells}.values()))


def _path(known: Mapping[str, Dependent], artifact_id: str) -> list[str]:
    path = [artifact_id]
    while (step := known.get(path[-1])) is not None and step.before is not None:
        path.append(step.before)
    return path
