"""A provenance graph as a drawing: labelled boxes and arrows with their places, which a template writes as SVG.

Every box tells type, version, sharing and faults in words; colour only repeats them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scidex.atlas._model_registry.contract.answers import Edge, Graph, Node
from scidex.atlas._model_registry.pages.drawing.layout import column_layout, layout
from scidex.atlas._model_registry.pages.drawing.shapes import Box, Layout, Point, Wire
from scidex.atlas._model_registry.pages.drawing.text import broken, fitting, text_width
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.numbers import counted
from scidex.atlas._model_registry.pages.words.wording import type_words, version_words

MOST_DRAWN_NODES = 400
MOST_EDGES = 500
GOES_ON = "The graph goes on: what lies more than 12 steps or 400 artifacts away was not read."

_SCREEN = Box(1220, 800)  # shown by a window of 1280 pixels
_NARROW = 340  # shown by one of 390
_TALLEST = 1500  # a picture that scrolls with its page
_BOX_WIDTH, _BOX_FRAME, _LINE = 220, 30, 14  # pixels
_WINDOW = 960  # pixels that a window of 800 shows at four fifths of their size
_LARGE = 60  # nodes; more do not fit a sheet of paper
_COLUMNS = 32  # of average letters that fit a box at the label's type size
_RELATION_LETTER = 6.2  # pixels
_KINDS = {
    "paper": "paper",
    "dataset": "dataset",
    "tabular_dataset": "dataset",
    "model": "model",
    "analysis": "analysis",
    "notebook": "analysis",
    "hypothesis": "hypothesis",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeMark:
    """Facts of a node beyond the graph: its letter, which of the models share it, a faulty pin."""

    letter: str | None = None
    reach: str | None = None
    shared: bool = False
    fault: str | None = None


class DrawnNode(NamedTuple):
    """A box: its place, its look (``kind``, ``shared``, ``faulty``, ``root``), its lines, its link."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    heading: str
    title: list[str]
    remark: str
    full: str
    href: str
    shared: bool
    faulty: bool
    root: bool


class DrawnEdge(NamedTuple):
    """A line with its arrow and its label; of edges that share an end, only the first has them.

    ``inferred`` edges come from metadata, not from a link; ``marked`` ones lead to an artifact that is not sound.
    """

    path: str
    arrow: str | None
    relation: str
    label: Point | None
    inferred: bool
    marked: bool
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphPicture:
    """A drawn graph, in pixels."""

    width: float
    height: float
    nodes: list[DrawnNode]
    edges: list[DrawnEdge]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A graph drawn for a wide screen and, unless it fits there too, for a narrow one.

    ``note`` tells what the pictures leave out. ``scrolls``: it exceeds a wide screen. ``is_large``: it exceeds a sheet
    of paper. ``is_small``: a window shows all of it in a readable size. ``lies``: it is wider than high.
    """

    wide: GraphPicture
    narrow: GraphPicture | None
    note: str | None
    scrolls: bool
    is_large: bool
    is_small: bool
    lies: bool


def draw(
    graph: Graph,
    marks: Mapping[str, NodeMark],
    roots: Sequence[str],
    marked: frozenset[tuple[str, str]] = frozenset(),
) -> Drawing | None:
    """Return the drawing of a graph, or of the nodes nearest to the roots; ``marked`` edges are pairs of ids.

    None for a graph without nodes, and where nobody could follow the arrows: with more than ``MOST_EDGES`` edges, or
    with edges that pass too many nodes.
    """
    nodes = sorted(graph["nodes"], key=lambda node: node["depth"])[:MOST_DRAWN_NODES]
    numbers = {node["id"]: number for number, node in enumerate(nodes)}
    edges = [edge for edge in graph["edges"] if {edge["source"], edge["target"]} <= numbers.keys()]
    if not nodes or len(edges) > MOST_EDGES:
        return None
    # Where lines merge, the first one is seen: a marked one, else one of a link.
    edges.sort(
        key=lambda edge: ((edge["source"], edge["target"]) not in marked, edge["origin"] == "metadata")
    )
    drawn = [_box(node, marks.get(node["id"], NodeMark()), roots) for node in nodes]
    boxes = tuple(Box(box.width, box.height) for box in drawn)
    labels = [_label(edge) for edge in edges]
    wires = tuple(_wire(edge, label, numbers) for edge, label in zip(edges, labels, strict=True))
    wide = layout(boxes, wires, _SCREEN)
    if wide is None:
        return None
    lines = [_line(edge, label, marked) for edge, label in zip(edges, labels, strict=True)]
    is_large = len(nodes) > _LARGE
    narrow = None if is_large or wide.width <= _NARROW else column_layout(boxes, wires)
    return Drawing(
        wide=_picture(drawn, lines, wide),
        narrow=None if narrow is None else _picture(drawn, lines, narrow),
        note=_note(graph, len(nodes), len(edges)),
        scrolls=wide.width > _SCREEN.width or wide.height > _TALLEST,
        is_large=is_large,
        is_small=wide.height <= _WINDOW,
        lies=wide.width > wide.height,
    )


def relation_words(relation: str) -> str:
    """Return a relation in words: "trained on" for "trained_on"."""
    return relation.replace("_", " ")


def _label(edge: Edge) -> str:
    return fitting(relation_words(edge["relation"]), _COLUMNS)


def _wire(edge: Edge, label: str, numbers: Mapping[str, int]) -> Wire:
    width = text_width(label) * _RELATION_LETTER
    return Wire(numbers[edge["source"]], numbers[edge["target"]], edge["relation"], width)


def _line(edge: Edge, label: str, marked: frozenset[tuple[str, str]]) -> DrawnEdge:
    """Return a line without its place."""
    return DrawnEdge(
        path="",
        arrow=None,
        relation=label,
        label=None,
        inferred=edge["origin"] == "metadata",
        marked=(edge["source"], edge["target"]) in marked,
        full=f"{edge['source']} {relation_words(edge['relation'])} {edge['target']}",
    )


def _box(node: Node, mark: NodeMark, roots: Sequence[str]) -> DrawnNode:
    """Return a box without its place."""
    title = node["title"] or node["id"]
    version = "" if node["version_number"] is None else f" · {version_words(node['version_number'])}"
    heading = "not registered" if node["missing"] else f"{type_words(node['artifact_type'])}{version}"
    faults = [word for word in ("MISSING" if node["missing"] else None, mark.fault) if word]
    remark = " · ".join([*faults, *([mark.reach] if mark.reach else [])])
    lettered = f"{mark.letter}: {title}" if mark.letter else title
    lines = broken(lettered, _COLUMNS)
    return DrawnNode(
        x=0.0,
        y=0.0,
        width=_BOX_WIDTH,
        height=_BOX_FRAME + _LINE * len(lines) + (_LINE if remark else 0),
        kind=_KINDS.get(node["artifact_type"] or "", "other"),
        heading=fitting(heading, _COLUMNS),
        title=lines,
        remark=fitting(remark, _COLUMNS),
        full=", ".join(part for part in (heading, lettered, remark, node["id"]) if part),
        href=artifact_address(node["id"], node["artifact_type"]),
        shared=mark.shared,
        faulty=bool(faults),
        root=node["id"] in roots,
    )


def _picture(boxes: Sequence[DrawnNode], lines: Sequence[DrawnEdge], placed: Layout) -> GraphPicture:
    return GraphPicture(
        width=placed.width,
        height=placed.height,
        nodes=[box._replace(x=place.x, y=place.y) for box, place in zip(boxes, placed.nodes, strict=True)],
        edges=[
            line._replace(path=route.path, arrow=route.arrow, label=route.label)
            for line, route in zip(lines, placed.routes, strict=True)
        ],
    )


def _note(graph: Graph, nodes: int, edges: int) -> str | None:
    notes = []
    if graph["truncated"]:
        notes.append(GOES_ON)
    if nodes < len(graph["nodes"]) or edges < len(graph["edges"]):
        notes.append(
            f"Too large to draw whole: shown are the nearest {counted(nodes, 'artifact')} of "
            f"{len(graph['nodes'])} and {edges} of {counted(len(graph['edges']), 'edge')}. "
            "The table has all edges."
        )
    return " ".join(notes) or None
