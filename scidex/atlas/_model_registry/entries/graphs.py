"""Provenance graphs: records -> the graph as the routes send it."""

from scidex.atlas._model_registry.contract.answers import Edge, Graph, Node
from scidex.atlas._model_registry.records.provenance import GraphEdge, GraphNode, ProvenanceGraph


def graph_answer(graph: ProvenanceGraph) -> Graph:
    """Return a model's graph, nearest nodes first."""
    return {
        "root": graph.root,
        "nodes": [_node(node) for node in graph.nodes],
        "edges": [_edge(edge) for edge in graph.edges],
        "truncated": graph.truncated,
    }


def _node(node: GraphNode) -> Node:
    return {
        "id": node.id,
        "artifact_type": node.artifact_type,
        "title": node.title,
        "version_number": node.version_number,
        "depth": node.depth,
        "missing": node.missing,
    }


def _edge(edge: GraphEdge) -> Edge:
    return {"source": edge.source, "target": edge.target, "relation": edge.relation, "origin": edge.origin}
