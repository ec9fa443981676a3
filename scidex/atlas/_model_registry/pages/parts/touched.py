"""The section on what rests on an artifact: how much would be touched, the models with their paths, a drawing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scidex.atlas._model_registry.contract.answers import Impact, TouchedModelEntry
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.pages.drawing.graph import NodeMark
from scidex.atlas._model_registry.pages.parts.named import titled_version
from scidex.atlas._model_registry.pages.parts.origins import DrawnGraph, drawn_graph
from scidex.atlas._model_registry.pages.words.addresses import MODEL_LIST, impact_address, model_address
from scidex.atlas._model_registry.pages.words.numbers import counted, score
from scidex.atlas._model_registry.pages.words.wording import family_words, shortened, type_words

_TITLE_LIMIT = 90
_TOO_MANY = (
    "They are too many to show; the files and the JSON have all of them, if the database reads them in time"
)
_MANY: Final[Mapping[str, str]] = {"analysis": "analyses", "hypothesis": "hypotheses"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedLine:
    """A model that rests on the artifact; ``path`` tells how, in words."""

    title: str
    href: str
    id: str
    family: str
    score: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedSection:
    """What rests on an artifact; ``words`` begin with the number."""

    words: str
    models: list[TouchedLine]
    more: str | None
    graph: DrawnGraph | None
    csv_href: str | None
    all_csv_href: str | None
    incomplete_href: str
    json_href: str


def touched_section(impact: Impact, at_least: int | None = None) -> TouchedSection:
    """Return the section on what rests on an artifact; where that was too much to walk, it is ``at_least`` so much."""
    named = {node["id"]: node["title"] or node["id"] for node in impact["graph"]["nodes"]}
    artifact_id = impact["artifact"]["id"]
    graph = impact["graph"]
    return TouchedSection(
        words=_words(impact) if at_least is None else _words_of_many(impact, at_least),
        models=[_line(model, named) for model in impact["models"]],
        more=_more(impact) if at_least is None else _TOO_MANY,
        graph=drawn_graph("impact", "what rests on it", graph, _marks(impact), {})
        if graph["edges"]
        else None,
        csv_href=impact_address(artifact_id, rows="models") if impact["models"] or at_least else None,
        all_csv_href=impact_address(artifact_id, rows="all") if impact["others"] or at_least else None,
        json_href=impact_address(artifact_id),
        incomplete_href=f"{MODEL_LIST}?provenance=incomplete",
    )


def _words(impact: Impact) -> str:
    counts = {"model": impact["total_models"], **impact["others"]}
    touched = [
        counted(number, type_words(kind), _MANY.get(kind) or f"{type_words(kind)}s")
        for kind, number in counts.items()
        if number
    ]
    if not touched:
        return "Nothing that is registered rests on it."
    return f"{_begin(impact)}: {listed(touched)}."


def _words_of_many(impact: Impact, at_least: int) -> str:
    return f"{_begin(impact)}: at least {counted(at_least, 'artifact')}."


def _more(impact: Impact) -> str | None:
    beyond = impact["total_models"] - len(impact["models"])
    return f"{counted(beyond, 'more model')} not shown here" if beyond > 0 else None


def _begin(impact: Impact) -> str:
    if impact["state"] not in {"sound", None}:
        return f"This is {impact['state']}. Touched are"
    standing = impact["standing"]
    if standing and standing["status"] != "sound":
        return f"This rests on what is {standing['status']}. Touched with it are"
    return "If this were retracted, it would touch"


def _marks(impact: Impact) -> dict[str, NodeMark]:
    state, root = impact["state"], impact["artifact"]["id"]
    return {} if state in {"sound", None} else {root: NodeMark(fault=str(state).upper())}


def _line(model: TouchedModelEntry, named: Mapping[str, str]) -> TouchedLine:
    steps = [shortened(named.get(step, step), _TITLE_LIMIT) for step in model["path"][1:-1]]
    return TouchedLine(
        title=titled_version(model["title"], model["version_number"], _TITLE_LIMIT),
        href=model_address(model["id"]),
        id=model["id"],
        family=family_words(model["model_family"]),
        score=score(model["quality_score"]),
        path=f"by way of {', which rests on '.join(steps)}" if steps else "directly",
    )
