"""Positions and routes from Graphviz, which sees numbers only.

No text of a user ever reaches it: nodes are named by their index, and labels are boxes of a given size.
"""

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any  # pygraphviz carries no types

import pygraphviz

from scidex.atlas._model_registry.pages.drawing.layout import (
    ARROW_LENGTH,
    MARGIN,
    NODE_HEIGHT,
    NODE_WIDTH,
    Layout,
    Point,
    Route,
    Wire,
    arrowhead,
    curve,
)

_POINTS_PER_INCH = 72
_LABEL_HEIGHT = 14
_ARROW_OF_SIZE_1 = 10.0

_graphviz = threading.Lock()  # Graphviz keeps global state and is not safe to enter twice


@lru_cache(maxsize=128)
def graphviz_layout(node_count: int, wires: tuple[Wire, ...]) -> Layout:
    """Place ``node_count`` (at least one) equal boxes and route the wires between them, left to right."""
    with _graphviz:
        graph = _graph(node_count, wires)
        graph.layout(prog="dot")
        return _read(graph, node_count, wires)


def _graph(node_count: int, wires: tuple[Wire, ...]) -> Any:
    graph = pygraphviz.AGraph(directed=True, strict=False)
    graph.graph_attr.update(rankdir="LR", nodesep="0.22", ranksep="0.5")
    graph.node_attr.update(
        shape="box",
        fixedsize="true",
        label="",
        width=str(NODE_WIDTH / _POINTS_PER_INCH),
        height=str(NODE_HEIGHT / _POINTS_PER_INCH),
    )
    graph.edge_attr.update(arrowsize=str(ARROW_LENGTH / _ARROW_OF_SIZE_1))
    for index in range(node_count):
        graph.add_node(f"n{index}")
    for index, wire in enumerate(wires):
        graph.add_edge(f"n{wire.source}", f"n{wire.target}", key=f"e{index}", **_label(wire))
    return graph


def _label(wire: Wire) -> dict[str, str]:
    if not wire.label_width:
        return {}
    size = f'FIXEDSIZE="TRUE" WIDTH="{wire.label_width}" HEIGHT="{_LABEL_HEIGHT}"'
    return {"label": f'<<TABLE BORDER="0" CELLBORDER="0" {size}><TR><TD></TD></TR></TABLE>>'}


def _read(graph: Any, node_count: int, wires: tuple[Wire, ...]) -> Layout:
    left, bottom, right, top = (float(edge) for edge in graph.graph_attr["bb"].split(","))

    def point(text: str) -> Point:
        x, y = (float(number) for number in text.split(","))
        return round(x - left + MARGIN, 1), round(top - y + MARGIN, 1)

    centres = [point(graph.get_node(f"n{index}").attr["pos"]) for index in range(node_count)]
    routes = []
    for index, wire in enumerate(wires):
        edge = graph.get_edge(f"n{wire.source}", f"n{wire.target}", key=f"e{index}")
        label = edge.attr["lp"]
        routes.append(_route(edge.attr["pos"], point(label) if label else None, point))
    return Layout(
        width=right - left + 2 * MARGIN,
        height=top - bottom + 2 * MARGIN,
        nodes=tuple((round(x - NODE_WIDTH / 2, 1), round(y - NODE_HEIGHT / 2, 1)) for x, y in centres),
        routes=tuple(routes),
    )


def _route(spline: str, label: Point | None, point: Callable[[str], Point]) -> Route:
    """Turn Graphviz's "e,TIP START CONTROL CONTROL POINT …" into a curve and an arrowhead."""
    words = spline.split()
    start, *rest = [point(word) for word in words if not word.startswith("e,")]
    tip = next((point(word[2:]) for word in words if word.startswith("e,")), rest[-1])
    return Route(path=curve(start, *rest), arrow=arrowhead(rest[-1], tip), label=label)
