"""The provenance section: each model's verdict rule by rule, its graph, and the graph of all models."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.contract.answers import (
    ComparedProvenance,
    Comparison,
    Graph,
    Node,
    ProvenanceVerdict,
    RuleVerdict,
)
from scidex.atlas._model_registry.pages.drawing.graph import GOES_ON, Drawing, NodeMark, draw, relation_words
from scidex.atlas._model_registry.pages.parts.named import Named, letters, share_words, titled_version
from scidex.atlas._model_registry.pages.parts.standings import PathStep, state_marks, steps_to_causes
from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import RULES, sentence

_FAULTS = {"unpinned": "UNPINNED", "modified": "MODIFIED", "missing": "MISSING"}
_TITLE_LIMIT = 80
_MOST_LINES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeLine:
    """An edge as a row of the table beside the drawing."""

    source: str
    relation: str
    target: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnGraph:
    """A graph as a picture and as a table of the same edges; ``anchor`` is unique on the page."""

    anchor: str
    title: str
    drawing: Drawing | None
    edges: list[EdgeLine]
    not_drawn: str | None
    not_listed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule of the policy for one model, with its ``state`` in words."""

    name: str
    state: Literal["satisfied", "not satisfied", "not required"]
    message: str
    fix: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginOfModel:
    """One model's provenance."""

    named: Named
    complete: bool
    satisfied: str
    rules: list[RuleLine]
    graph: DrawnGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedOrigins:
    """Every model's provenance, and the union of their graphs."""

    models: list[OriginOfModel]
    union: DrawnGraph


def origins(comparison: Comparison, models: Mapping[str, Named]) -> ComparedOrigins:
    """Return the provenance of the compared models."""
    provenance = comparison["provenance"]
    union, standings = provenance["graph"], provenance["standing"]
    reached_by = {node["id"]: letters(models, node.get("models", [])) for node in union["nodes"]}
    marks = {
        node["id"]: _union_mark(node, reached_by[node["id"]], provenance, models) for node in union["nodes"]
    }
    return ComparedOrigins(
        models=[_origin(named, provenance, reached_by, models) for named in models.values()],
        union=drawn_graph(
            "all",
            "All models together",
            union,
            marks,
            models,
            marked=frozenset().union(*map(steps_to_causes, standings.values())),
        ),
    )


def _mark(
    node: Node,
    reached_by: Sequence[str],
    fault: str | None,
    models: Mapping[str, Named],
    *,
    names_owner: bool,
) -> NodeMark:
    shared = len(reached_by) > 1
    return NodeMark(
        letter=models[node["id"]].letter if node["id"] in models else None,
        reach=share_words(list(reached_by), len(models))[1]
        if shared or (names_owner and reached_by)
        else None,
        shared=shared,
        fault=fault,
    )


def _union_mark(
    node: Node,
    reached_by: Sequence[str],
    provenance: ComparedProvenance,
    models: Mapping[str, Named],
) -> NodeMark:
    faults: dict[str, list[str]] = {}
    for model_id, named in models.items():
        fault = _fault(node, provenance, model_id)
        if fault:
            faults.setdefault(fault, []).append(named.letter)
    words = [
        fault if len(users) == len(reached_by) else f"{fault} in {', '.join(users)}"
        for fault, users in faults.items()
    ]
    return _mark(node, reached_by, " · ".join(words) or None, models, names_owner=node["id"] not in models)


def _fault(node: Node, provenance: ComparedProvenance, model_id: str) -> str | None:
    """Return in a word the fault of an artifact that a model rests on: its state, else its pin."""
    state = state_marks(provenance["standing"][model_id]).get(node["id"])
    return state or pin_fault(node, provenance["models"][model_id])


def pin_fault(node: Node, verdict: ProvenanceVerdict) -> str | None:
    """Return in a word the fault of an input's pin; None without a fault."""
    if node["missing"]:
        return None  # the drawing marks the node itself
    for item in verdict["inputs"]:
        if item["artifact_id"] == node["id"]:
            return _FAULTS.get(item["status"])
    return None


def _origin(
    named: Named,
    provenance: ComparedProvenance,
    reached_by: Mapping[str, Sequence[str]],
    models: Mapping[str, Named],
) -> OriginOfModel:
    verdict, graph = provenance["models"][named.id], provenance["graphs"][named.id]
    marks = {
        node["id"]: _mark(
            node,
            reached_by.get(node["id"], []),
            _fault(node, provenance, named.id),
            models,
            names_owner=False,
        )
        for node in graph["nodes"]
    }
    return OriginOfModel(
        named=named,
        complete=verdict["complete"],
        satisfied=satisfied_words(verdict["rules"]),
        rules=[rule_line(rule) for rule in verdict["rules"]],
        graph=drawn_graph(
            named.letter,
            f"{named.letter} · {named.name}",
            graph,
            marks,
            models,
            marked=steps_to_causes(provenance["standing"][named.id]),
        ),
    )


def satisfied_words(rules: Sequence[RuleVerdict]) -> str:
    """Return in words how many of the required rules a model satisfies."""
    required = [rule for rule in rules if rule["required"]]
    satisfied = sum(rule["satisfied"] for rule in required)
    return f"{satisfied} of {counted(len(required), 'required rule')} satisfied"


def rule_line(rule: RuleVerdict) -> RuleLine:
    """Return one rule with its message and, where it is not satisfied, how to mend it."""
    name = RULES[rule["rule"]]
    # "Training dataset satisfied: training dataset: x" would repeat it.
    message = sentence(rule["message"].removeprefix(f"{name.lower()}: "))
    if not rule["required"]:
        return RuleLine(name=name, state="not required", message=message, fix=None)
    return RuleLine(
        name=name,
        state="satisfied" if rule["satisfied"] else "not satisfied",
        message=message,
        fix=rule["fix"],
    )


def drawn_graph(
    anchor: str,
    title: str,
    graph: Graph,
    marks: Mapping[str, NodeMark],
    models: Mapping[str, Named],
    *,
    marked: frozenset[PathStep] = frozenset(),
) -> DrawnGraph:
    """Return a graph drawn from its root, or from ``models`` for a union; ``marked`` steps are highlighted."""
    roots = [graph["root"]] if graph["root"] else list(models)
    drawing = draw(graph, marks, roots, marked)
    names = {
        node["id"]: titled_version(node["title"] or node["id"], node["version_number"], _TITLE_LIMIT)
        for node in graph["nodes"]
    }
    return DrawnGraph(
        anchor=f"graph-{anchor}",
        title=title,
        drawing=drawing,
        not_drawn=None if drawing or not graph["edges"] else _not_drawn(graph),
        not_listed=_not_listed(graph),
        edges=[
            EdgeLine(
                source=names.get(edge["source"], edge["source"]),
                relation=relation_words(edge["relation"]),
                target=names.get(edge["target"], edge["target"]),
                origin="link" if edge["origin"] == "link" else "metadata",
            )
            for edge in graph["edges"][:_MOST_LINES]
        ],
    )


def _not_drawn(graph: Graph) -> str:
    return (
        f"Not drawn: {counted(len(graph['nodes']), 'artifact')} with "
        f"{counted(len(graph['edges']), 'dependency', 'dependencies')} between them would be a tangle of arrows that "
        f"nobody can follow. The table below lists them. {GOES_ON if graph['truncated'] else ''}".rstrip()
    )


def _not_listed(graph: Graph) -> str | None:
    count = len(graph["edges"])
    if count <= _MOST_LINES:
        return None
    return f"The first {number(_MOST_LINES)} of {number(count)} dependencies; the JSON of this page has all."
