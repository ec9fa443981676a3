"""The parts of a drawn graph: boxes, wires to route, and routes as SVG geometry."""

from dataclasses import dataclass
from typing import NamedTuple

_ARROW_HALF_WIDTH = 3.5


class Point(NamedTuple):
    """A place in pixels, y downwards."""

    x: float
    y: float


class Box(NamedTuple):
    """The size of a node in pixels."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Wire:
    """An edge to route: the indexes of its ends, its label, and the label's width in pixels (0 for none)."""

    source: int
    target: int
    relation: str = ""
    label_width: float = 0.0


@dataclass(frozen=True, slots=True)
class RoutedEdge:
    """A routed edge: path, corners of the arrowhead, middle of the label; None for a part that another edge has."""

    path: str
    arrow: str | None
    label: Point | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A laid out graph in pixels; a node's place is its upper left corner."""

    width: float
    height: float
    nodes: tuple[Point, ...]
    routes: tuple[RoutedEdge, ...]


def arrowhead(base: Point, tip: Point) -> str:
    """Return the corners of an arrowhead that points from ``base`` to ``tip``."""
    dx, dy = tip.x - base.x, tip.y - base.y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    across = (-dy / length * _ARROW_HALF_WIDTH, dx / length * _ARROW_HALF_WIDTH)
    corners = [tip, (base.x + across[0], base.y + across[1]), (base.x - across[0], base.y - across[1])]
    return " ".join(f"{round(x, 1):g},{round(y, 1):g}" for x, y in corners)
