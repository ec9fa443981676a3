"""The layout of graphs: what holds of every graph, read off the places and paths that are drawn."""

import gc
import re
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.pages.drawing.layers import layered, longest_paths, topological_order
from scidex.atlas._model_registry.pages.drawing.layout import column_layout, layout
from scidex.atlas._model_registry.pages.drawing.order import crossings, ordered_layers
from scidex.atlas._model_registry.pages.drawing.shapes import Box, Layout, Point, RoutedEdge, Wire

SCREEN = Box(1220, 800)

Edges: TypeAlias = list[tuple[int, int]]
LayOut: TypeAlias = Callable[[tuple[Box, ...], tuple[Wire, ...]], Layout | None]


class Case(NamedTuple):
    """A graph with sizes, and a way to lay it out."""

    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    lay_out: LayOut

    def layout(self) -> Layout:
        """Lay it out."""
        found = self.lay_out(self.boxes, self.wires)
        assert found is not None
        return found


def page(boxes: tuple[Box, ...], wires: tuple[Wire, ...]) -> Layout | None:
    """Lay out for a page."""
    return layout(boxes, wires, SCREEN)


def sideways(boxes: tuple[Box, ...], wires: tuple[Wire, ...]) -> Layout | None:
    """Lay out for a page so narrow that layers may run to the right."""
    return layout(boxes, wires, Box(1, 1))


WAYS: list[LayOut] = [page, sideways, column_layout]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw any graph of some nodes: with cycles, loops, parallel edges, and parts that hang together or do not."""
    count = draw(st.integers(1, 14))
    node = st.integers(0, count - 1)
    wires = draw(
        st.lists(
            st.builds(Wire, node, node, st.sampled_from("ab"), st.sampled_from([0.0, 40.0])), max_size=40
        )
    )
    widths = {wire.relation: wire.label_width for wire in wires}
    boxes = draw(st.lists(st.builds(Box, st.just(220), st.integers(40, 90)), min_size=count, max_size=count))
    return Case(
        tuple(boxes),
        tuple(Wire(one.source, one.target, one.relation, widths[one.relation]) for one in wires),
        draw(st.sampled_from(WAYS)),
    )


def rectangles(case: Case, found: Layout) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of each box."""
    return [
        (x, y, x + box.width, y + box.height) for (x, y), box in zip(found.nodes, case.boxes, strict=True)
    ]


def corners(route: RoutedEdge) -> list[Point]:
    """Return the points that a path is written with."""
    numbers = [float(text) for text in re.findall(r"-?[\d.]+", route.path)]
    return [Point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def along(route: RoutedEdge) -> Iterator[Point]:
    """Follow a path in small steps."""
    place = Point(0, 0)
    for letter, text in re.findall(r"([MLC])([^MLC]*)", route.path):
        numbers = [float(number) for number in text.split()]
        points = [place, *(Point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))]
        controls = [points[0], points[0], points[-1], points[-1]] if letter == "L" else points
        for step in range(11 if letter != "M" else 0):
            yield _bezier(controls, step / 10)
        place = points[-1]


def _bezier(points: Sequence[Point], share: float) -> Point:
    if len(points) == 1:
        return points[0]
    between = [
        Point(one.x + (two.x - one.x) * share, one.y + (two.y - one.y) * share)
        for one, two in pairwise(points)
    ]
    return _bezier(between, share)


def tip(route: RoutedEdge) -> Point:
    """Return the point of an arrow."""
    x, y = (route.arrow or "").split()[0].split(",")
    return Point(float(x), float(y))


def distance(rectangle: tuple[float, float, float, float], point: Point) -> float:
    """Return how far a point lies outside a rectangle; 0 on its border and inside."""
    left, top, right, bottom = rectangle
    return max(left - point.x, point.x - right, top - point.y, point.y - bottom, 0.0)


def reaches(edges: Edges, start: int, end: int) -> bool:
    """Return whether a way leads from one node to another."""
    seen = {start}
    waiting = [start]
    while waiting:
        node = waiting.pop()
        following = {target for source, target in edges if source == node} - seen
        seen |= following
        waiting += following
    return end in seen


@given(case=cases())
def test_every_box_lies_in_the_picture_and_none_on_another(case: Case) -> None:
    found = case.layout()
    boxes = rectangles(case, found)
    assert len(boxes) == len(case.boxes)
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= found.width
        assert bottom <= found.height
    for one, two in combinations(boxes, 2):
        assert one[2] < two[0] or two[2] < one[0] or one[3] < two[1] or two[3] < one[1]


@given(case=cases())
def test_every_edge_leads_from_its_node_to_its_node(case: Case) -> None:
    found = case.layout()
    boxes = rectangles(case, found)
    for wire, route in zip(case.wires, found.routes, strict=True):
        assert distance(boxes[wire.source], corners(route)[0]) <= (60 if wire.label_width else 0)
        if route.arrow:
            assert distance(boxes[wire.target], tip(route)) == 0
        else:  # it ends where one ends or passes that has the arrow, or leads to such a one
            others = [
                corners(other)
                for one, other in zip(case.wires, found.routes, strict=True)
                if one.target == wire.target and other is not route
            ]
            assert any(corners(route)[-1] in points for points in others)
    for target in {wire.target for wire in case.wires}:
        assert any(
            route.arrow for wire, route in zip(case.wires, found.routes, strict=True) if wire.target == target
        )


@given(case=cases())
def test_no_line_crosses_a_box(case: Case) -> None:
    found = case.layout()
    for left, top, right, bottom in rectangles(case, found):
        for route in found.routes:
            assert not any(left < x < right and top < y < bottom for x, y in along(route))


@given(case=cases())
def test_labels_lie_beside_boxes_and_beside_each_other(case: Case) -> None:
    found = case.layout()
    labels = [
        (route.label.x, route.label.y, wire.label_width)
        for wire, route in zip(case.wires, found.routes, strict=True)
        if route.label
    ]
    for left, top, right, bottom in rectangles(case, found):
        for x, y, width in labels:
            assert x + width / 2 <= left or x - width / 2 >= right or y + 5 <= top or y - 5 >= bottom
    for (x, y, width), (other_x, other_y, _) in combinations(labels, 2):
        assert abs(x - other_x) >= width or abs(y - other_y) >= 10


@given(case=cases())
def test_what_depends_stands_before_what_it_depends_on_except_in_cycles(case: Case) -> None:
    boxes = rectangles(case, case.layout())
    edges = [(wire.source, wire.target) for wire in case.wires]
    onwards = [(boxes[one], boxes[two]) for one, two in edges if not reaches(edges, two, one)]
    assert all(one[3] < two[1] for one, two in onwards) or all(one[2] < two[0] for one, two in onwards)


@given(case=cases())
def test_the_same_graph_is_drawn_the_same(case: Case) -> None:
    first = case.layout()
    layout.cache_clear()
    column_layout.cache_clear()
    assert case.layout() == first


@given(edges=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_crossings_are_those_that_every_pair_of_segments_shows(edges: Edges) -> None:
    graph = layered(edges, longest_paths(topological_order(10, edges), edges), 1000)
    assert graph is not None
    segments = sorted(
        {
            (one, two) if graph.runs_down(chain) else (two, one)
            for chain in graph.chains
            for one, two in pairwise(chain)
        }
    )
    for layers in (graph.layers, ordered_layers(graph)):
        rank = {vertex: place for layer in layers for place, vertex in enumerate(layer)}
        crossed = [
            (one, two)
            for one, two in combinations(segments, 2)
            if graph.layer_of[one[0]] == graph.layer_of[two[0]]
            and (rank[one[0]] - rank[two[0]]) * (rank[one[1]] - rank[two[1]]) < 0
        ]
        assert crossings(layers, segments) == len(crossed)
    assert crossings(ordered_layers(graph), segments) <= crossings(graph.layers, segments)


def _wires(edges: Edges) -> tuple[Wire, ...]:
    return tuple(Wire(one, two, "derives from", 80) for one, two in edges)


HARD = {
    "attack": [(i, j) for i in range(59) for j in range(59) if i != j and (i * 7 + j * 13) % 11 < 2],
    "clique": [(i, j) for i in range(100) for j in range(i)],
    "star": [(0, i) for i in range(1, 400)] + [(i, 0) for i in range(1, 100)],
    "ladder": [(i, i + 1) for i in range(398)] + [(i, 399) for i in range(398)],
    "grid": [(i, j) for i in range(390) for j in (i + 1, i + 10) if j < 400],
    "bipartite": [(i, 200 + (i * 7 + k * 31) % 200) for i in range(200) for k in range(2)],
    "chain of skips": [(i, i + k) for i in range(240) for k in (1, 2, 3)],
    "many": [(i % 400, (i * i + i // 7) % 400) for i in range(10_000)],
}


@pytest.fixture
def collected_apart() -> None:
    """Keep the collector from what other tests left behind: going through it takes as long as a layout."""
    gc.collect()
    gc.freeze()


def _seconds(lay_out: LayOut, boxes: tuple[Box, ...], wires: tuple[Wire, ...]) -> float:
    layout.cache_clear()
    column_layout.cache_clear()
    started = time.process_time()
    lay_out(boxes, wires)
    return time.process_time() - started


@pytest.mark.usefixtures("collected_apart")
@pytest.mark.parametrize("name", HARD)
def test_no_graph_takes_longer_than_a_second(name: str) -> None:
    boxes, wires = (Box(220, 60),) * 400, _wires(HARD[name])
    for lay_out in WAYS:
        # One of three: a neighbour on the same core slows one run, a slow layout all.
        assert any(_seconds(lay_out, boxes, wires) < 1.0 for _ in range(3))
