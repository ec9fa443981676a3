"""The layout of a graph by the method of Sugiyama: boxes in layers, and arrows that cross no box."""

from collections.abc import Sequence
from functools import lru_cache

from scidex.atlas._model_registry.pages.drawing.layers import (
    Layered,
    layered,
    longest_paths,
    topological_order,
)
from scidex.atlas._model_registry.pages.drawing.order import ordered_layers
from scidex.atlas._model_registry.pages.drawing.places import places
from scidex.atlas._model_registry.pages.drawing.routes import routes
from scidex.atlas._model_registry.pages.drawing.shapes import Box, Layout, Wire
from scidex.atlas._model_registry.pages.drawing.sheet import MARGIN, Plane, Sheet, sheet

MOST_LANES = 600

_NODE_GAPS = {True: 22.0, False: 14.0}  # downwards, rightwards
_LANE_GAP = 14.0
_TRACK = 12.0


@lru_cache(maxsize=64)
def layout(boxes: tuple[Box, ...], wires: tuple[Wire, ...], screen: Box) -> Layout | None:
    """Return boxes placed and wires routed; None where long wires take more than ``MOST_LANES`` lanes.

    Layers run downwards, or to the right where only that makes the drawing as narrow as the screen, or
    at least narrower. Boxes with low numbers come first.
    """
    edges = [(wire.source, wire.target) for wire in wires]
    graph = layered(edges, longest_paths(topological_order(len(boxes), edges), edges), MOST_LANES)
    if graph is None:
        return None
    layers = ordered_layers(graph)
    down = _layout(sheet(graph, layers, boxes, wires, Plane(is_downwards=True)), screen)
    if down.width <= screen.width:
        return down
    right = _layout(sheet(graph, layers, boxes, wires, Plane(is_downwards=False)), screen)
    return min(down, right, key=lambda one: one.width)


@lru_cache(maxsize=64)
def column_layout(boxes: tuple[Box, ...], wires: tuple[Wire, ...]) -> Layout | None:
    """Return boxes one below the other with the lanes of the wires beside them, for a narrow screen.

    None where that takes more than ``MOST_LANES`` lanes.
    """
    edges = [(wire.source, wire.target) for wire in wires]
    order = topological_order(len(boxes), edges)
    place = {node: number for number, node in enumerate(order)}
    graph = layered(edges, [place[node] for node in range(len(order))], MOST_LANES)
    if graph is None:
        return None
    tracks = _tracks(graph)
    layers = [sorted(layer, key=lambda vertex: tracks[vertex]) for layer in graph.layers]
    one = sheet(graph, layers, boxes, wires, Plane(is_downwards=True))
    first = MARGIN + max(one.widths) / 2
    edge = MARGIN + max(one.widths) + _TRACK / 2
    middles = [edge + tracks[v] * _TRACK if v >= len(boxes) else first for v in range(len(graph.layer_of))]
    return _drawn(one, middles)


def _tracks(graph: Layered) -> list[int]:
    """Return for each duct its first free track: the left-edge algorithm (Hashimoto and Stevens 1971)."""
    tracks = [-1] * len(graph.layer_of)
    free_from: list[int] = []
    for duct in sorted(graph.ducts, key=lambda duct: graph.layer_of[duct[0]]):
        start = graph.layer_of[duct[0]]
        track = next((track for track, end in enumerate(free_from) if end <= start), len(free_from))
        free_from[track : track + 1] = [graph.layer_of[duct[-1]] + 1]
        for lane in duct:
            tracks[lane] = track
    return tracks


def _layout(sheet: Sheet, screen: Box) -> Layout:
    count = sheet.graph.node_count
    gaps = [_NODE_GAPS[sheet.plane.is_downwards]] * count + [_LANE_GAP] * (len(sheet.widths) - count)
    middles = places(sheet.layers, sheet.widths, gaps, sheet.segments(), sheet.graph.ducts)
    least = min(middle - width / 2 for middle, width in zip(middles, sheet.widths, strict=True))
    middles = [middle - least + MARGIN for middle in middles]
    first = sheet.layers[0]
    if len(first) == 1 and max(middles) > (screen.width if sheet.plane.is_downwards else screen.height):
        middles[first[0]] = MARGIN + sheet.widths[first[0]] / 2  # the start of the drawing is seen first
    return _drawn(sheet, middles)


def _drawn(sheet: Sheet, middles: Sequence[float]) -> Layout:
    graph, plane = sheet.graph, sheet.plane
    bands = sheet.bands(middles)
    most = max(middle + width / 2 for middle, width in zip(middles, sheet.widths, strict=True))
    width, height = plane.point(bands[-1].end + bands[-1].after + MARGIN, most + MARGIN)
    corners = (
        plane.point(bands[graph.layer_of[node]].start, middles[node] - sheet.across[node] / 2)
        for node in range(graph.node_count)
    )
    return Layout(width, height, tuple(corners), tuple(routes(sheet, middles, bands)))
