"""Routes: a wire runs straight past boxes and labels, and curves only between layers.

A duct is drawn once: the first wire in it leads to the target, those after it end where they join.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from scidex.atlas._model_registry.pages.drawing.ports import Port
from scidex.atlas._model_registry.pages.drawing.shapes import Point, RoutedEdge, arrowhead
from scidex.atlas._model_registry.pages.drawing.sheet import ARROW_LENGTH, LOOP_ROOM, Band, Plane, Sheet

_HALF_LOOP = 9.0


class _Run(NamedTuple):
    """A straight stretch along the page, at one place across it."""

    across: float
    start: float
    end: float


class _Placed(NamedTuple):
    """A sheet whose vertices have their places: middles across the page, bands along it."""

    sheet: Sheet
    middles: Sequence[float]
    bands: Sequence[Band]


def routes(sheet: Sheet, middles: Sequence[float], bands: Sequence[Band]) -> list[RoutedEdge]:
    """Return the route of every wire between its boxes and lanes, whose middles and bands are given."""
    placed = _Placed(sheet, middles, bands)
    drawn: set[Port] = set()
    return [
        _loop(placed, wire.source) if wire.source == wire.target else _route(placed, number, drawn)
        for number, wire in enumerate(sheet.wires)
    ]


def _route(placed: _Placed, number: int, drawn: set[Port]) -> RoutedEdge:
    sheet, plane, label_length = placed.sheet, placed.sheet.plane, placed.sheet.label_lengths[number]
    chain, (leaving, arriving) = sheet.graph.chains[number], sheet.ports.ends[number]
    runs = [_departure(placed, leaving, label_length)]
    label = _label(placed, leaving, runs[0], label_length) if leaving not in drawn else None
    drawn.add(leaving)
    lanes = [vertex for vertex in chain[1:] if vertex >= sheet.graph.node_count]
    runs += [_passage(placed, lane, is_down=leaving.is_below) for lane in lanes]
    if chain[-1] in lanes:
        return RoutedEdge(_path(runs, plane), None, label)
    runs.append(_arrival(placed, arriving))
    tip = plane.point(runs[-1].end, runs[-1].across)
    step = -ARROW_LENGTH if runs[-1].end > runs[-1].start else ARROW_LENGTH
    base = plane.point(runs[-1].end + step, runs[-1].across)
    arrow = arrowhead(base, tip) if arriving not in drawn else None
    drawn.add(arriving)
    return RoutedEdge(f"{_path(runs, plane)} L{_text(base)}", arrow, label)


def _departure(placed: _Placed, port: Port, label_length: float) -> _Run:
    across = placed.middles[port.node] + placed.sheet.ports.offsets[port]
    band = placed.bands[placed.sheet.graph.layer_of[port.node]]
    if port.is_below:
        return _Run(across, band.start + placed.sheet.along[port.node] + label_length, band.end + band.after)
    return _Run(across, band.start - label_length, band.start - band.before)


def _passage(placed: _Placed, lane: int, *, is_down: bool) -> _Run:
    band = placed.bands[placed.sheet.graph.layer_of[lane]]
    start, end = band.start - band.before, band.end + band.after
    return _Run(placed.middles[lane], *((start, end) if is_down else (end, start)))


def _arrival(placed: _Placed, port: Port) -> _Run:
    across = placed.middles[port.node] + placed.sheet.ports.offsets[port]
    band = placed.bands[placed.sheet.graph.layer_of[port.node]]
    if port.is_below:
        return _Run(across, band.end + band.after + ARROW_LENGTH, band.start + placed.sheet.along[port.node])
    return _Run(across, band.start - band.before - ARROW_LENGTH, band.start)


def _label(placed: _Placed, port: Port, first: _Run, length: float) -> Point | None:
    half = length / 2 if port.is_below else -length / 2
    return placed.sheet.plane.point(first.start - half, first.across) if length else None


def _loop(placed: _Placed, node: int) -> RoutedEdge:
    """Return the arrow of a node to itself, around a point on the side of its box."""
    edge = placed.middles[node] + placed.sheet.across[node] / 2
    middle = placed.bands[placed.sheet.graph.layer_of[node]].start + placed.sheet.along[node] / 2
    start, tip = (placed.sheet.plane.point(middle + step, edge) for step in (-_HALF_LOOP, _HALF_LOOP))
    far = [placed.sheet.plane.point(middle + step, edge + LOOP_ROOM) for step in (-_HALF_LOOP, _HALF_LOOP)]
    base = placed.sheet.plane.point(middle + _HALF_LOOP, edge + ARROW_LENGTH)
    return RoutedEdge(f"M{_text(start)} C{' '.join(map(_text, [*far, base]))}", arrowhead(base, tip), None)


def _path(runs: Sequence[_Run], plane: Plane) -> str:
    """Return the path from the start of the first run to the start of the last, curved between the runs."""
    path = [f"M{_text(plane.point(runs[0].start, runs[0].across))}"]
    for one, two in pairwise(runs):
        middle = (one.end + two.start) / 2
        curve = [(middle, one.across), (middle, two.across), (two.start, two.across)]
        path.append(f"L{_text(plane.point(one.end, one.across))}")
        path.append(f"C{' '.join(_text(plane.point(*place)) for place in curve)}")
    return " ".join(path)


def _text(point: Point) -> str:
    return f"{point.x:g} {point.y:g}"
