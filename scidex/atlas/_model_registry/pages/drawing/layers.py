"""Any directed graph as layers, with edges between neighbouring layers: the first half of Sugiyama's method.

Sugiyama, Tagawa and Toda 1981, "Methods for visual understanding of hierarchical system structures". Cycles open at
the edges that lead a depth-first search back onto its own path (Gansner, Koutsofios, North and Vo 1993, section 2.1).
A node stands as deep as the longest path that leads to it. An edge that skips layers crosses each of them in a lane;
all such edges to one target share its lane, like cables in a duct.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Edges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Layered:
    """Vertices in layers, nodes before lanes; each edge as a chain of vertices.

    A chain leads from the edge's source to its target, or to the lane of an earlier edge that it joins. An edge from
    a node to itself is a chain of one. ``ducts`` are the lanes that lead to one target, layer by layer.
    """

    node_count: int
    layers: list[list[int]]
    layer_of: list[int]
    chains: list[list[int]]
    ducts: list[list[int]]

    def runs_down(self, chain: Sequence[int]) -> bool:
        """Return whether a chain leads to a deeper layer."""
        return self.layer_of[chain[0]] < self.layer_of[chain[-1]]


def layered(edges: Edges, depths: Sequence[int], most_lanes: int) -> Layered | None:
    """Return nodes in the layers of ``depths`` and long edges in lanes; None where that takes too many lanes."""
    if _lane_count(edges, depths) > most_lanes:
        return None
    lanes: dict[tuple[int, bool, int], int] = {}
    chains = [_chain(edge, depths, lanes) for edge in edges]
    layer_of = [*depths, *(layer for _, _, layer in lanes)]
    layers: list[list[int]] = [[] for _ in range(max(layer_of) + 1)]
    for vertex, layer in enumerate(layer_of):
        layers[layer].append(vertex)
    ducts: dict[tuple[int, bool], list[int]] = {}
    for (target, is_down, _), lane in sorted(lanes.items()):
        ducts.setdefault((target, is_down), []).append(lane)
    return Layered(len(depths), layers, layer_of, chains, list(ducts.values()))


def longest_paths(order: Sequence[int], edges: Edges) -> list[int]:
    """Return for each node the length of the longest path to it, along edges that follow the order."""
    leaving = _leaving(len(order), edges)
    place = {node: number for number, node in enumerate(order)}
    depths = [0] * len(order)
    for node in order:
        for target in leaving[node]:
            if place[target] > place[node]:
                depths[target] = max(depths[target], depths[node] + 1)
    return depths


def topological_order(node_count: int, edges: Edges) -> list[int]:
    """Return nodes in an order in which edges lead onwards, except those that close a cycle in a depth-first search.

    Nodes are numbers from 0. The search starts at nodes without an incoming edge, else at the lowest number.
    """
    leaving = _leaving(node_count, edges)
    led_to = {target for _, target in edges}
    starts = [node for node in reversed(range(node_count)) if node not in led_to]
    finished: list[int] = []
    seen: set[int] = set()
    for start in [*starts, *range(node_count)]:
        path = [] if start in seen else [(start, iter(leaving[start]))]
        seen.add(start)
        while path:
            target = next((one for one in path[-1][1] if one not in seen), None)
            if target is None:
                finished.append(path.pop()[0])
            else:
                seen.add(target)
                path.append((target, iter(leaving[target])))
    return finished[::-1]


def _leaving(node_count: int, edges: Edges) -> list[list[int]]:
    leaving: list[list[int]] = [[] for _ in range(node_count)]
    for source, target in edges:
        leaving[source].append(target)
    return leaving


def _lane_count(edges: Edges, depths: Sequence[int]) -> int:
    longest: dict[tuple[int, bool], int] = {}
    for source, target in edges:
        span = depths[target] - depths[source]
        longest[target, span > 0] = max(longest.get((target, span > 0), 0), abs(span) - 1)
    return sum(longest.values())


def _chain(
    edge: tuple[int, int], depths: Sequence[int], lanes: dict[tuple[int, bool, int], int]
) -> list[int]:
    source, target = edge
    if source == target:
        return [source]
    step = 1 if depths[source] < depths[target] else -1
    chain = [source]
    for layer in range(depths[source] + step, depths[target], step):
        lane = lanes.get((target, step > 0, layer))
        chain.append(len(depths) + len(lanes) if lane is None else lane)
        if lane is not None:
            return chain
        lanes[target, step > 0, layer] = chain[-1]
    return [*chain, target]
