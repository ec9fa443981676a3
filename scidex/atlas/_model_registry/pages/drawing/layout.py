"""The geometry of a drawn graph: the size of its boxes, and what every way of laying it out answers."""

from dataclasses import dataclass

NODE_WIDTH = 220
NODE_HEIGHT = 90
MARGIN = 8
ARROW_LENGTH = 8.0

_ARROW_HALF_WIDTH = 3.5

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wire:
    """An edge to route: the indexes of its ends and the width, in pixels, of its label (0 for none)."""

    source: int
    target: int
    label_width: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """A routed edge as SVG geometry: a path, the corners of its arrowhead, and the middle of its label."""

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


def curve(start: Point, *controls_and_points: Point) -> str:
    """Write a chain of cubic curves as an SVG path."""
    return f"M{start[0]:g} {start[1]:g} C" + " ".join(f"{x:g} {y:g}" for x, y in controls_and_points)


def arrowhead(base: Point, tip: Point) -> str:
    """Write the corners of an arrowhead that points from ``base`` to ``tip``."""
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    across = (-dy / length * _ARROW_HALF_WIDTH, dx / length * _ARROW_HALF_WIDTH)
    corners = [tip, (base[0] + across[0], base[1] + across[1]), (base[0] - across[0], base[1] - across[1])]
    return " ".join(f"{round(x, 1):g},{round(y, 1):g}" for x, y in corners)
