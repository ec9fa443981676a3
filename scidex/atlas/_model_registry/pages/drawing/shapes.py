"""What a drawn graph is made of: boxes, wires to route, and routes as SVG geometry."""

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
    """An edge to route: the indexes of its ends, what it is called, and the width of that in pixels (0 for none)."""

    source: int
    target: int
    relation: str = ""
    label_width: float = 0.0


@dataclass(frozen=True, slots=True)
class RoutedEdge:
    """A routed edge: a path, the corners of its arrowhead, the middle of its label; None where another edge has it."""

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
    """Write the corners of an arrowhead that points from ``base`` to ``tip``."""
    dx, dy = tip.x - base.x, tip.y - base.y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    across = (-dy / length * _ARROW_HALF_WIDTH, dx / length * _ARROW_HALF_WIDTH)
    corners = [tip, (base.x + across[0], base.y + across[1]), (base.x - across[0], base.y - across[1])]
    return " ".join(f"{round(x, 1):g},{round(y, 1):g}" for x, y in corners)
