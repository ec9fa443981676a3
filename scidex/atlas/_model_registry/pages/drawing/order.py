"""The order of vertices within their layers: few crossings, by barycentres and exchanges of neighbours.

The barycentre method is that of Sugiyama, Tagawa and Toda 1981; crossings are counted as inversions (Barth, Jünger
and Mutzel 2004, "Simple and efficient bilayer cross counting"). The number of sweeps is fixed, so time grows with the
number of segments times its logarithm.
"""

from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from scidex.atlas._model_registry.pages.drawing.layers import Layered

_SWEEPS = 16
_PATIENCE = 4  # sweeps without fewer crossings

Segments = Sequence[tuple[int, int]]


def ordered_layers(graph: Layered) -> list[list[int]]:
    """Return the layers with their vertices in an order of few crossings; the same graph gives the same order."""
    segments = _segments(graph)
    above, below = _neighbours(len(graph.layer_of), segments)
    layers = _first_order(graph, below)
    best, fewest, best_sweep = layers, crossings(layers, segments), 0
    for sweep in range(_SWEEPS):
        if not fewest or sweep - best_sweep > _PATIENCE:
            break
        down = sweep % 2 == 0
        layers = _swept(layers, above if down else below, down=down)
        layers = [_exchanged(layers, number, above, below) for number in range(len(layers))]
        count = crossings(layers, segments)
        if count < fewest:
            best, fewest, best_sweep = layers, count, sweep
    return best


def _segments(graph: Layered) -> list[tuple[int, int]]:
    """Return the pairs of neighbouring vertices that edges join, upper one first, each once."""
    return sorted(
        {
            (one, two) if graph.runs_down(chain) else (two, one)
            for chain in graph.chains
            for one, two in pairwise(chain)
        }
    )


def _neighbours(vertex_count: int, segments: Segments) -> tuple[list[list[int]], list[list[int]]]:
    """Return for each vertex its neighbours in the layer above, and those in the layer below."""
    above: list[list[int]] = [[] for _ in range(vertex_count)]
    below: list[list[int]] = [[] for _ in range(vertex_count)]
    for upper, lower in segments:
        above[lower].append(upper)
        below[upper].append(lower)
    return above, below


def crossings(layers: Sequence[Sequence[int]], segments: Segments) -> int:
    """Return the number of crossing pairs of segments with vertices in this order."""
    rank = _ranks(layers)
    layer_of = {vertex: number for number, layer in enumerate(layers) for vertex in layer}
    passed: list[list[int]] = [[] for _ in layers]
    count = 0
    for upper, lower in sorted(segments, key=lambda segment: (rank[segment[0]], rank[segment[1]])):
        seen = passed[layer_of[upper]]
        count += len(seen) - bisect_right(seen, rank[lower])
        insort(seen, rank[lower])
    return count


def _ranks(layers: Sequence[Sequence[int]]) -> dict[int, int]:
    return {vertex: rank for layer in layers for rank, vertex in enumerate(layer)}


def _first_order(graph: Layered, below: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return vertices in the order of a depth-first walk, so that connected ones start together."""
    met: dict[int, None] = {}
    waiting = [vertex for layer in reversed(graph.layers) for vertex in reversed(layer)]
    while waiting:
        vertex = waiting.pop()
        if vertex not in met:
            met[vertex] = None
            waiting.extend(reversed(below[vertex]))
    layers: list[list[int]] = [[] for _ in graph.layers]
    for vertex in met:
        layers[graph.layer_of[vertex]].append(vertex)
    return layers


def _swept(layers: Sequence[list[int]], beside: Sequence[Sequence[int]], *, down: bool) -> list[list[int]]:
    """Return each layer ordered by the mean rank of its neighbours in the layer before it, downwards or upwards."""
    swept = list(layers)
    rank: dict[int, int] = {}
    for number in range(len(layers)) if down else reversed(range(len(layers))):
        own = {vertex: place for place, vertex in enumerate(layers[number])}
        means = {
            vertex: fmean(rank[one] for one in beside[vertex]) if beside[vertex] else float(place)
            for vertex, place in own.items()
        }
        swept[number] = sorted(layers[number], key=means.__getitem__)
        rank = {vertex: place for place, vertex in enumerate(swept[number])}
    return swept


def _exchanged(
    layers: list[list[int]], number: int, above: Sequence[Sequence[int]], below: Sequence[Sequence[int]]
) -> list[int]:
    """Return a layer after one pass from left to right that exchanges neighbours where that saves crossings."""
    rank = _ranks([layers[beside] for beside in (number - 1, number + 1) if 0 <= beside < len(layers)])
    ends = {
        vertex: (sorted(map(rank.__getitem__, above[vertex])), sorted(map(rank.__getitem__, below[vertex])))
        for vertex in layers[number]
    }
    layer = list(layers[number])
    for place in range(len(layer) - 1):
        left, right = ends[layer[place]], ends[layer[place + 1]]
        kept = _inversions(left[0], right[0]) + _inversions(left[1], right[1])
        if kept and _inversions(right[0], left[0]) + _inversions(right[1], left[1]) < kept:
            layer[place], layer[place + 1] = layer[place + 1], layer[place]
    return layer


def _inversions(left: Sequence[int], right: Sequence[int]) -> int:
    """Return the number of crossings between the segments of two vertices, the first on the left."""
    if not left or not right or left[-1] <= right[0]:
        return 0
    return sum(len(left) - bisect_right(left, end) for end in right)
