"""Standings other than sound: the banner of a page, with the path to each cause in words."""

import itertools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import (
    Graph,
    Impact,
    ListedEntry,
    Standing,
    StandingCause,
)
from scidex.atlas._model_registry.entries.standing import standing_words
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.wording import capitalised, shortened, type_words
from scidex.atlas._model_registry.records.states import State

_TITLE_LIMIT, _REASON_LIMIT = 90, 300
PathStep = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseLine:
    """An artifact that is not sound; ``path`` tells in words how the model or artifact rests on it."""

    title: str
    href: str | None
    type: str
    id: str
    state: State
    path: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingBanner:
    """The banner of what is not sound; ``has_more`` if some causes are not named."""

    status: State
    words: str
    causes: list[CauseLine]
    has_more: bool


def listed_standing(model: ListedEntry) -> str | None:
    """Return a sentence on a listed model that is not sound, without the causes; None where it is sound."""
    status = model["standing"]["status"]
    return None if status == "sound" else f"This model, or something it rests on, is {status}."


def standing_banner(standing: Standing, graph: Graph) -> StandingBanner | None:
    """Return why a model is not sound, with the titles in its graph; None where it is sound."""
    titles = {node["id"]: node["title"] or node["id"] for node in graph["nodes"]}
    return _banner(standing, titles, "this model")


def artifact_banner(impact: Impact, titles: Mapping[str, str]) -> StandingBanner | None:
    """Return why an artifact is not sound, with ``titles`` by id; None where it is sound or not registered."""
    standing = impact["standing"]
    if standing is None:
        return None
    return _banner(standing, titles, f"this {type_words(impact['artifact'].get('artifact_type'))}")


def _banner(standing: Standing, titles: Mapping[str, str], called: str) -> StandingBanner | None:
    words = standing_words(standing)
    if words is None:
        return None
    return StandingBanner(
        status=standing["status"],
        words=capitalised(f"{called} {words}"),
        causes=[_line(cause, titles, called) for cause in standing["because"]],
        has_more=standing["truncated"],
    )


def sound_words(standing: Standing, graph: Graph, earlier: str | None, on: str) -> str | None:
    """Return what was checked and when, in a sentence that follows the word "sound"; None where it is not sound.

    ``earlier`` is the version that the model was made from: like a tested hypothesis, it has no say (impact.md).
    """
    if standing["status"] != "sound":
        return None
    met = _rests_on(graph, earlier)
    known = {node["id"] for node in graph["nodes"] if not node["missing"]} & met
    if not met:
        return f"Nothing is registered that it rests on (looked up on {on})."
    least = "at least " if standing["truncated"] or graph["truncated"] else ""
    artifacts = "one artifact" if len(known) == 1 else f"{least}{len(known)} artifacts"
    unknown = len(met) - len(known)
    rest = f" {unknown} more {'is' if unknown == 1 else 'are'} not registered." if unknown else ""
    marks = "is marked as retracted, disputed or outdated"
    return f"It rests on {artifacts}; on {on} neither it nor any of them {marks}.{rest}"


def _rests_on(graph: Graph, earlier: str | None) -> set[str]:
    """Return the ids that the model of a graph rests on, itself left out."""
    root, targets = graph["root"], defaultdict[str, list[str]](list)
    for edge in graph["edges"]:
        is_earlier = edge["source"] == root and edge["target"] == earlier
        if edge["relation"] != "tests" and not is_earlier:
            targets[edge["source"]].append(edge["target"])
    met, waiting = {root}, [root]
    while waiting:
        new = [target for target in targets[waiting.pop() or ""] if target not in met]
        met.update(new)
        waiting += new
    return {one for one in met if one is not None and one != root}


def steps_to_causes(standing: Standing) -> frozenset[PathStep]:
    """Return the steps of all paths to causes, each as source and target."""
    paths = (cause["path"] for cause in standing["because"])
    return frozenset(step for path in paths for step in itertools.pairwise(path))


def state_marks(standing: Standing) -> dict[str, str]:
    """Return, by artifact, the word for its state in a drawing."""
    return {cause["artifact_id"]: cause["state"].upper() for cause in standing["because"]}


def _line(cause: StandingCause, titles: Mapping[str, str], called: str) -> CauseLine:
    artifact_id, artifact_type = cause["artifact_id"], cause["artifact_type"]
    return CauseLine(
        title=shortened(cause["title"] or artifact_id, _TITLE_LIMIT),
        href=None if artifact_type is None else artifact_address(artifact_id, artifact_type),
        type="not registered" if artifact_type is None else type_words(artifact_type),
        id=artifact_id,
        state=cause["state"],
        path=_path_words(cause["path"], titles, called),
        reason=shortened(cause["reason"], _REASON_LIMIT) if cause["reason"] else None,
    )


def _path_words(path: list[str], titles: Mapping[str, str], called: str) -> str | None:
    if len(path) == 1:
        return None
    if len(path) == 2:  # noqa: PLR2004 -- both ends of one step
        return f"{called} rests on it directly"
    named = [shortened(titles.get(step, step), _TITLE_LIMIT) for step in path[1:]]
    return f"{called} rests on {', which rests on '.join(named)}"
