"""The sheet of a drawing: its boxes and labels, with their sizes along the layers and across them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from scidex.atlas._model_registry.pages.drawing.layers import Layered
from scidex.atlas._model_registry.pages.drawing.places import Segment
from scidex.atlas._model_registry.pages.drawing.ports import Ports, ports
from scidex.atlas._model_registry.pages.drawing.shapes import Box, Point, Wire

MARGIN = 8.0
ARROW_LENGTH = 8.0
LOOP_ROOM = 24.0

_LANE_WIDTH = 2.0
_LABEL_HEIGHT, _LABEL_GAP = 14.0, 8.0
_BARE_SLOT = 8.0  # for a port without a label
_LEAST_BEND, _MOST_BEND, _BEND_SHARE = 18.0, 100.0, 0.1


@dataclass(frozen=True, slots=True)
class Plane:
    """Maps places along and across the layers to places on the page."""

    is_downwards: bool

    def point(self, along: float, across: float) -> Point:
        """Return a place on the page."""
        x, y = (across, along) if self.is_downwards else (along, across)
        return Point(round(x, 1), round(y, 1))


class Band(NamedTuple):
    """The start and end of a layer along the page, and the room for labels before and after it."""

    start: float
    end: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A graph in layers; the size of each node along the page and across it, of each label along it.

    ``widths`` is the width of each vertex across the page, with the labels of a node.
    """

    graph: Layered
    layers: Sequence[Sequence[int]]
    wires: Sequence[Wire]
    plane: Plane
    along: Sequence[float]
    across: Sequence[float]
    label_lengths: Sequence[float]
    ports: Ports
    widths: Sequence[float]

    def segments(self) -> list[Segment]:
        """Return the lines between neighbouring layers, each once."""
        segments = set()
        for chain, ends in zip(self.graph.chains, self.ports.ends, strict=True):
            offsets = [0.0] * len(chain)
            if len(chain) > 1:
                offsets[0] = self.ports.offsets[ends[0]]
                offsets[-1] = self.ports.offsets[ends[1]] if chain[-1] < self.graph.node_count else 0.0
            for one, two in pairwise(zip(chain, offsets, strict=True)):
                upper, lower = (one, two) if self.graph.runs_down(chain) else (two, one)
                segments.add(Segment(*upper, *lower))
        return sorted(segments)

    def bands(self, middles: Sequence[float]) -> list[Band]:
        """Return the layers along the page, farther apart where their wires lean more."""
        before, after, lean, arrow = ([0.0] * (len(self.layers) + 1) for _ in range(4))
        layer_of = self.graph.layer_of
        for chain, length in zip(self.graph.chains, self.label_lengths, strict=True):
            if len(chain) > 1:
                room = after if self.graph.runs_down(chain) else before
                room[layer_of[chain[0]]] = max(room[layer_of[chain[0]]], length)
            if not self.graph.runs_down(chain):
                arrow[layer_of[chain[-1]]] = ARROW_LENGTH
        for upper, upper_offset, lower, lower_offset in self.segments():
            across = abs(middles[upper] + upper_offset - middles[lower] - lower_offset)
            lean[layer_of[upper]] = max(lean[layer_of[upper]], across)
        bands: list[Band] = []
        place = MARGIN + before[0]
        for number, layer in enumerate(self.layers):
            end = place + max(self.along[vertex] for vertex in layer if vertex < self.graph.node_count)
            bands.append(Band(place, end, before[number], after[number]))
            bend = min(_MOST_BEND, max(_LEAST_BEND, lean[number] * _BEND_SHARE))
            place = end + after[number] + arrow[number] + bend + ARROW_LENGTH + before[number + 1]
        return bands


def sheet(
    graph: Layered,
    layers: Sequence[Sequence[int]],
    boxes: Sequence[Box],
    wires: Sequence[Wire],
    plane: Plane,
) -> Sheet:
    """Return the sheet of an ordered graph, its layers downwards or to the right."""
    along = [box.height if plane.is_downwards else box.width for box in boxes]
    across = [box.width if plane.is_downwards else box.height for box in boxes]
    sizes = [_label_size(wire, plane) for wire in wires]
    placed = ports(graph, layers, wires, [width or _BARE_SLOT for _, width in sizes])
    looped = {wire.source for wire in wires if wire.source == wire.target}
    widths = [
        max(size, placed.room.get(node, 0.0)) + 2 * LOOP_ROOM * (node in looped)
        for node, size in enumerate(across)
    ]
    widths += [_LANE_WIDTH] * (len(graph.layer_of) - graph.node_count)
    return Sheet(graph, layers, wires, plane, along, across, [size for size, _ in sizes], placed, widths)


def _label_size(wire: Wire, plane: Plane) -> tuple[float, float]:
    """Return the length of a label along the page, and its width across."""
    if not wire.label_width:
        return 0.0, 0.0
    size = wire.label_width + _LABEL_GAP, _LABEL_HEIGHT
    return (size[1], size[0]) if plane.is_downwards else size
