"""A layout for large graphs: one column for each step from the model, packed from the top.

Graphviz spreads hundreds of boxes over a plane whose visible corner is empty, and takes seconds. Columns keep the
models in that corner and what is near to them beside it.
"""

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

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

_GAP_BETWEEN_COLUMNS = 110
_GAP_BETWEEN_ROWS = 14
_BEND = 50


def columns_layout(depths: Sequence[int], wires: Sequence[Wire]) -> Layout:
    """Place one box for each depth given (steps from the nearest root) and draw the wires between them."""
    columns: dict[int, list[int]] = defaultdict(list)
    for index, depth in enumerate(depths):
        columns[depth].append(index)
    rows = _rows([columns[depth] for depth in sorted(columns)], wires)
    order = {depth: place for place, depth in enumerate(sorted(columns))}
    places = [_place(order[depth], rows[index]) for index, depth in enumerate(depths)]
    return Layout(
        width=max(x for x, _ in places) + NODE_WIDTH + _BEND + MARGIN,
        height=max(y for _, y in places) + NODE_HEIGHT + MARGIN,
        nodes=tuple(places),
        routes=tuple(_route(places[wire.source], places[wire.target]) for wire in wires),
    )


def _rows(columns: Sequence[list[int]], wires: Sequence[Wire]) -> dict[int, int]:
    """Order every column by the mean row of what leads into it from the columns before, to shorten the wires."""
    sources: dict[int, list[int]] = defaultdict(list)
    for wire in wires:
        sources[wire.target].append(wire.source)
    rows: dict[int, int] = {}
    for column in columns:
        heights = {node: _height([rows[one] for one in sources[node] if one in rows]) for node in column}
        rows |= {node: row for row, node in enumerate(sorted(column, key=lambda node: (heights[node], node)))}
    return rows


def _height(rows: Sequence[int]) -> float:
    return fmean(rows) if rows else 0.0


def _place(column: int, row: int) -> Point:
    return (
        MARGIN + column * (NODE_WIDTH + _GAP_BETWEEN_COLUMNS),
        MARGIN + row * (NODE_HEIGHT + _GAP_BETWEEN_ROWS),
    )


def _route(source: Point, target: Point) -> Route:
    start = (source[0] + NODE_WIDTH, source[1] + NODE_HEIGHT / 2)
    middle = target[1] + NODE_HEIGHT / 2
    if target[0] > source[0]:
        tip, base = (target[0], middle), (target[0] - ARROW_LENGTH, middle)
        bent = (base[0] - _BEND, middle)
    else:  # beside or before its source: in from the right, so that the wire crosses no box of its column
        tip, base = (target[0] + NODE_WIDTH, middle), (target[0] + NODE_WIDTH + ARROW_LENGTH, middle)
        bent = (base[0] + _BEND, middle)
    return Route(
        path=curve(start, (start[0] + _BEND, start[1]), bent, base), arrow=arrowhead(base, tip), label=None
    )
