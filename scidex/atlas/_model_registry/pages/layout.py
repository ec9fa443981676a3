"""Where the nodes and edges of a graph go: positions and routes from Graphviz, which sees numbers only.

No text of a user ever reaches Graphviz: nodes are named by their index, and labels are boxes of a given size.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any  # pygraphviz carries no types

import pygraphviz

NODE_WIDTH = 210
NODE_HEIGHT = 76

_POINTS_PER_INCH = 72
_LABEL_HEIGHT = 14
_MARGIN = 8
_ARROW_LENGTH = 8.0
_ARROW_HALF_WIDTH = 3.5
_MANY_NODES = 120  # from here on straight edges and fewer passes: a drawing of this size is an overview

_graphviz = threading.Lock()  # Graphviz keeps global state and is not safe to enter twice

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wire:
    """An edge to route: the indexes of its ends and the width, in pixels, of its label (0 for none)."""

    source: int
    target: int
    label_width: int


@dataclass(frozen=True, slots=True)
class Route:
    """A routed edge as SVG paths, and the middle of its label."""

    path: str
    arrow: str
    label: Point | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A laid out graph in pixels, y downwards; a node's place is its upper left corner."""

    width: float
    height: float
    nodes: tuple[Point, ...]
    routes: tuple[Route, ...]


@lru_cache(maxsize=128)
def lay_out(node_count: int, wires: tuple[Wire, ...]) -> Layout:
    """Place ``node_count`` (at least one) equal boxes and route the wires between them, left to right."""
    with _graphviz:
        graph = _graph(node_count, wires)
        graph.layout(prog="dot")
        return _read(graph, node_count, wires)


def _graph(node_count: int, wires: tuple[Wire, ...]) -> Any:
    graph = pygraphviz.AGraph(directed=True, strict=False)
    graph.graph_attr.update(rankdir="LR", nodesep="0.22", ranksep="0.5")
    if node_count > _MANY_NODES:
        graph.graph_attr.update(splines="line", nslimit="1", nslimit1="1", mclimit="0.2")
    graph.node_attr.update(
        shape="box",
        fixedsize="true",
        label="",
        width=str(NODE_WIDTH / _POINTS_PER_INCH),
        height=str(NODE_HEIGHT / _POINTS_PER_INCH),
    )
    graph.edge_attr.update(arrowsize=str(_ARROW_LENGTH / 10))
    for index in range(node_count):
        graph.add_node(f"n{index}")
    for index, wire in enumerate(wires):
        graph.add_edge(f"n{wire.source}", f"n{wire.target}", key=f"e{index}", **_label(wire))
    return graph


def _label(wire: Wire) -> dict[str, str]:
    if not wire.label_width:
        return {}
    size = f'fixedsize="TRUE" width="{wire.label_width}" height="{_LABEL_HEIGHT}"'
    return {"label": f'<<TABLE BORDER="0" CELLBORDER="0" {size}><TR><TD></TD></TR></TABLE>>'}


def _read(graph: Any, node_count: int, wires: tuple[Wire, ...]) -> Layout:
    left, bottom, right, top = (float(edge) for edge in graph.graph_attr["bb"].split(","))

    def point(text: str) -> Point:
        x, y = (float(number) for number in text.split(","))
        return round(x - left + _MARGIN, 1), round(top - y + _MARGIN, 1)

    centres = [point(graph.get_node(f"n{index}").attr["pos"]) for index in range(node_count)]
    routes = []
    for index, wire in enumerate(wires):
        edge = graph.get_edge(f"n{wire.source}", f"n{wire.target}", key=f"e{index}")
        label = edge.attr["lp"]
        routes.append(_route(edge.attr["pos"], point(label) if label else None, point))
    return Layout(
        width=right - left + 2 * _MARGIN,
        height=top - bottom + 2 * _MARGIN,
        nodes=tuple((round(x - NODE_WIDTH / 2, 1), round(y - NODE_HEIGHT / 2, 1)) for x, y in centres),
        routes=tuple(routes),
    )


def _route(spline: str, label: Point | None, point: Callable[[str], Point]) -> Route:
    """Turn Graphviz's "e,TIP START CONTROL CONTROL POINT …" into a curve and an arrowhead."""
    words = spline.split()
    tip = next((point(word[2:]) for word in words if word.startswith("e,")), None)
    start, *rest = [point(word) for word in words if not word.startswith(("e,", "s,"))]
    path = f"M{start[0]} {start[1]} C" + " ".join(f"{x} {y}" for x, y in rest)
    return Route(path=path, arrow=_arrow(rest[-1], tip or rest[-1]), label=label)


def _arrow(base: Point, tip: Point) -> str:
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    across = (-dy / length * _ARROW_HALF_WIDTH, dx / length * _ARROW_HALF_WIDTH)
    corners = [tip, (base[0] + across[0], base[1] + across[1]), (base[0] - across[0], base[1] - across[1])]
    return " ".join(f"{round(x, 1)},{round(y, 1)}" for x, y in corners)
