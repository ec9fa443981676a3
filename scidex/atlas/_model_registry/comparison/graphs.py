"""The union of several models' provenance graphs."""

from collections.abc import Mapping

from scidex.atlas._model_registry.contract.answers import Edge, Graph, Node


def union(graphs: Mapping[str, Graph]) -> Graph:
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
