"""The compared models' provenance side by side: verdicts, inputs they share, graphs."""

from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.comparison.sharing import by_use
from scidex.atlas._model_registry.contract.answers import ComparedProvenance, Edge, Graph, Input, Node
from scidex.atlas._model_registry.entries.graphs import graph_answer
from scidex.atlas._model_registry.entries.provenance import input_answers, provenance_verdict
from scidex.atlas._model_registry.entries.standing import standing_answer
from scidex.atlas._model_registry.records.provenance import TracedModel

Pinned = tuple[str, int | None]


def compared_provenance(traced: Sequence[TracedModel]) -> ComparedProvenance:
    """Return each model's verdict, standing and graph, the union of the graphs, and who uses which input.

    Two inputs are the same when artifact and pinned version are.
    """
    by_model = {model.document.model.id: model for model in traced}
    inputs = {name: input_answers(model.origins.facts) for name, model in by_model.items()}
    graphs = {name: graph_answer(model.origins.graph) for name, model in by_model.items()}
    use = by_use({name: [_key(answer) for answer in answers] for name, answers in inputs.items()})
    known = _by_key(inputs)
    return {
        "models": {
            name: provenance_verdict(model.document.model, model.origins.facts)
            for name, model in by_model.items()
        },
        "standing": {name: standing_answer(model.origins.standing) for name, model in by_model.items()},
        "shared_inputs": [known[key] for key in use.shared],
        "partly_shared_inputs": [known[key] for key in use.partly_shared],
        "unique_inputs": {name: [known[key] for key in keys] for name, keys in use.unique.items()},
        "graphs": graphs,
        "graph": _union(graphs),
    }


def _key(answer: Input) -> Pinned:
    return answer["artifact_id"], answer["pinned_version"]


def _by_key(inputs: Mapping[str, Sequence[Input]]) -> dict[Pinned, Input]:
    """Return every input once, as the first model by id reports it, so that the order of columns decides nothing."""
    return {_key(answer): answer for model in sorted(inputs, reverse=True) for answer in inputs[model]}


def _union(graphs: Mapping[str, Graph]) -> Graph:
    """Merge graphs by the ids of their nodes; each node says which models reach it and at what least depth."""
    edges = {_edge_key(edge): edge for graph in graphs.values() for edge in graph["edges"]}
    nodes = _nodes(graphs)
    return {
        "root": None,
        "nodes": sorted(nodes.values(), key=lambda node: (node["depth"], node["id"])),
        "edges": [edges[key] for key in sorted(edges)],
        "truncated": any(graph["truncated"] for graph in graphs.values()),
    }


def _nodes(graphs: Mapping[str, Graph]) -> dict[str, Node]:
    merged: dict[str, Node] = {}
    for model, graph in graphs.items():
        for node in graph["nodes"]:
            known = merged.get(node["id"], node)
            reached_by = [*known.get("models", ()), model]
            merged[node["id"]] = {**known, "depth": min(known["depth"], node["depth"]), "models": reached_by}
    return merged


def _edge_key(edge: Edge) -> tuple[str, str, str, str]:
    return edge["source"], edge["target"], edge["relation"], edge["origin"]
