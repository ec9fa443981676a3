"""Places across the layers: every vertex as near to its neighbours as order and distances allow.

The squares of the distances between the ends of all segments, weighted so that lanes stay straight (Gansner,
Koutsofios, North and Vo 1993, section 4), are made small layer by layer. For one layer the least is an isotonic
regression, which pooling adjacent violators finds in linear time (Ayer, Brunk, Ewing, Reid and Silverman 1955).
"""

from collections.abc import Container, Sequence
from itertools import pairwise
from math import inf
from statistics import fmean
from typing import NamedTuple

_SWEEPS = 16
_STILL = 0.5  # pixels: a smaller move cannot be seen
_GRAVITY = 0.1  # towards the middle of the page, against needlessly wide drawings
_LANE_STRAIGHTNESS = (1.0, 2.0, 40.0)  # for a segment with none, one or both ends in a lane


_Side = tuple[int | None, float]


class Segment(NamedTuple):
    """A line between neighbouring layers: its vertices, and the distance of its ends from their middles."""

    upper: int
    upper_offset: float
    lower: int
    lower_offset: float


def places(
    layers: Sequence[Sequence[int]],
    widths: Sequence[float],
    gaps: Sequence[float],
    segments: Sequence[Segment],
    ducts: Sequence[Sequence[int]],
) -> list[float]:
    """Return the middle of each vertex; neighbours in a layer keep half their widths and the mean of their gaps.

    The vertices of ``ducts`` are lanes; each duct is as straight as its neighbours allow.
    """
    pulls = _pulls(segments, len(widths), {lane for duct in ducts for lane in duct})
    shifts = [_shifts(layer, widths, gaps) for layer in layers]
    middles = [0.0] * len(widths)
    for layer, row in zip(layers, shifts, strict=True):
        for vertex, shift in zip(layer, row, strict=True):
            middles[vertex] = shift - row[-1] / 2
    there_and_back = [*range(len(layers)), *reversed(range(len(layers)))]
    for _ in range(_SWEEPS):
        if max(_settle(layers[number], shifts[number], pulls, middles) for number in there_and_back) < _STILL:
            break
    _straighten(ducts, layers, shifts, middles)
    return middles


def _pulls(
    segments: Sequence[Segment], vertex_count: int, lanes: Container[int]
) -> list[list[tuple[int, float, float]]]:
    """Return the pulls on each vertex: a neighbour, the distance from its middle, and the weight."""
    pulls: list[list[tuple[int, float, float]]] = [[] for _ in range(vertex_count)]
    for upper, upper_offset, lower, lower_offset in segments:
        weight = _LANE_STRAIGHTNESS[(upper in lanes) + (lower in lanes)]
        pulls[upper].append((lower, lower_offset - upper_offset, weight))
        pulls[lower].append((upper, upper_offset - lower_offset, weight))
    return pulls


def _shifts(layer: Sequence[int], widths: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Return the distance of each vertex of a layer from the first when all are as close as allowed."""
    shifts = [0.0]
    for left, right in pairwise(layer):
        shifts.append(shifts[-1] + (widths[left] + widths[right] + gaps[left] + gaps[right]) / 2)
    return shifts


def _settle(
    layer: Sequence[int],
    shifts: Sequence[float],
    pulls: Sequence[Sequence[tuple[int, float, float]]],
    middles: list[float],
) -> float:
    """Move the vertices of a layer to the least sum of squared distances from what pulls them.

    Returns the largest distance that a vertex moved.
    """
    blocks: list[tuple[float, float, int]] = []  # sum of weighted wishes, sum of weights, number of vertices
    for vertex, shift in zip(layer, shifts, strict=True):
        weight, total = _GRAVITY, 0.0
        for neighbour, offset, strength in pulls[vertex]:
            weight += strength
            total += (middles[neighbour] + offset) * strength
        total, count = total - shift * weight, 1
        while blocks and blocks[-1][0] * weight >= total * blocks[-1][1]:
            earlier = blocks.pop()
            total, weight, count = total + earlier[0], weight + earlier[1], count + earlier[2]
        blocks.append((total, weight, count))
    starts = [total / weight for total, weight, count in blocks for _ in range(count)]
    farthest = 0.0
    for vertex, shift, start in zip(layer, shifts, starts, strict=True):
        farthest = max(farthest, abs(middles[vertex] - start - shift))
        middles[vertex] = start + shift
    return farthest


def _straighten(
    ducts: Sequence[Sequence[int]],
    layers: Sequence[Sequence[int]],
    shifts: Sequence[Sequence[float]],
    middles: list[float],
) -> None:
    """Move the lanes of each duct to one place, for as many layers as have room for it."""
    beside = _beside(layers, shifts)
    for duct in ducts:
        straight: list[int] = []
        low, high = -inf, inf
        for lane in duct:
            (left, left_gap), (right, right_gap) = beside[lane]
            least = -inf if left is None else middles[left] + left_gap
            most = inf if right is None else middles[right] - right_gap
            if straight and max(low, least) > min(high, most):
                _move(straight, low, high, middles)
                straight, low, high = [], -inf, inf
            straight.append(lane)
            low, high = max(low, least), min(high, most)
        _move(straight, low, high, middles)


def _move(lanes: Sequence[int], low: float, high: float, middles: list[float]) -> None:
    place = min(max(fmean(middles[lane] for lane in lanes), low), high)
    for lane in lanes:
        middles[lane] = place


def _beside(
    layers: Sequence[Sequence[int]], shifts: Sequence[Sequence[float]]
) -> dict[int, tuple[_Side, _Side]]:
    """Return each vertex's neighbours in its layer, left and right, with the distances to keep from them."""
    beside: dict[int, tuple[_Side, _Side]] = {}
    for layer, row in zip(layers, shifts, strict=True):
        steps = [0.0, *(two - one for one, two in pairwise(row)), 0.0]
        vertices = [None, *layer, None]
        for place, vertex in enumerate(layer):
            beside[vertex] = (vertices[place], steps[place]), (vertices[place + 2], steps[place + 1])
    return beside
