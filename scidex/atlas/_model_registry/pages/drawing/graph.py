"""A provenance graph as a drawing: labelled boxes and arrows with their places, for a template to write as SVG.

Type, version, sharing and faults stand in words on every box; colour only repeats them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from scidex.atlas._model_registry.contract.answers import Edge, Graph, Node
from scidex.atlas._model_registry.pages.drawing.columns import columns_layout
from scidex.atlas._model_registry.pages.drawing.graphviz import graphviz_layout
from scidex.atlas._model_registry.pages.drawing.layout import NODE_HEIGHT, NODE_WIDTH, Layout, Wire
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.numbers import counted
from scidex.atlas._model_registry.pages.words.wording import type_words, version_words

MOST_NODES = 400
MOST_EDGES = 1000  # more make a picture nobody can follow

_LARGE = 60  # from here on in columns, without labels on the edges: the table has them
_COLUMNS = 32  # of average letters that fit a box at the label's type size
_WIDE, _CAPITAL = 2.0, 1.3  # average letters
_RELATION_LETTER = 6.6  # pixels
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
    """What is to be said of a node beyond the graph: its letter, which of the models share it, a faulty pin."""

    letter: str | None = None
    reach: str | None = None
    shared: bool = False
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNode:
    """A box: its place, its look (``kind``, ``shared``, ``faulty``, ``root``), its lines, where it leads."""

    x: float
    y: float
    kind: str
    heading: str
    title: list[str]
    remark: str
    full: str
    href: str
    shared: bool
    faulty: bool
    root: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEdge:
    """An arrow; ``inferred`` edges come from metadata, not from a link."""

    path: str
    arrow: str
    relation: str
    label_x: float | None
    label_y: float | None
    inferred: bool
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawn graph; ``note`` says what the picture leaves out, ``is_large`` that no sheet of paper holds it."""

    width: float
    height: float
    node_width: int
    node_height: int
    nodes: list[DrawnNode]
    edges: list[DrawnEdge]
    note: str | None
    is_large: bool


def draw(graph: Graph, marks: Mapping[str, NodeMark], roots: Sequence[str]) -> Drawing | None:
    """Draw a graph, of too many nodes those nearest to the roots; None for a graph without nodes."""
    nodes = sorted(graph["nodes"], key=lambda node: node["depth"])[:MOST_NODES]
    if not nodes:
        return None
    places = {node["id"]: index for index, node in enumerate(nodes)}
    edges = [edge for edge in graph["edges"] if {edge["source"], edge["target"]} <= places.keys()]
    edges = edges[:MOST_EDGES]
    wires = tuple(
        Wire(places[edge["source"]], places[edge["target"]], _relation_width(edge)) for edge in edges
    )
    layout = (
        graphviz_layout(len(nodes), wires)
        if len(nodes) <= _LARGE
        else columns_layout([node["depth"] for node in nodes], wires)
    )
    return Drawing(
        width=layout.width,
        height=layout.height,
        node_width=NODE_WIDTH,
        node_height=NODE_HEIGHT,
        nodes=[
            _node(node, marks.get(node["id"], NodeMark()), place, roots)
            for node, place in zip(nodes, layout.nodes, strict=True)
        ],
        edges=_edges(edges, layout),
        note=_note(graph, len(nodes), len(edges)),
        is_large=len(nodes) > _LARGE,
    )


def fitting(text: str, columns: int) -> str:
    """Cut a text to the width of ``columns`` average letters."""
    line = " ".join(text.split())
    kept = _fit(line, columns)
    return line if kept == len(line) else f"{line[: _fit(line, columns - 1)].rstrip()}…"


def broken(text: str, columns: int, lines: int = 3) -> list[str]:
    """Break a text over a few lines of ``columns`` average letters, between words where it can be."""
    line = " ".join(text.split())
    kept = _fit(line, columns)
    if kept == len(line) or lines == 1:
        return [fitting(line, columns)]
    space = line.rfind(" ", columns // 2, kept + 1)
    cut = space if space > 0 else kept
    return [line[:cut].rstrip(), *broken(line[cut:], columns, lines - 1)]


def _fit(line: str, columns: int) -> int:
    """Tell how many characters fit; capitals are wider than the average letter, East Asian ones twice it."""
    width = 0.0
    for index, character in enumerate(line):
        width += _WIDE if east_asian_width(character) in "WF" else _CAPITAL if character.isupper() else 1
        if width > columns:
            return index
    return len(line)


def relation_words(relation: str) -> str:
    """Name a relation: "trained on" for "trained_on"."""
    return relation.replace("_", " ")


def _relation_width(edge: Edge) -> int:
    return round(len(relation_words(edge["relation"])[:_COLUMNS]) * _RELATION_LETTER) + 6


def _node(node: Node, mark: NodeMark, place: tuple[float, float], roots: Sequence[str]) -> DrawnNode:
    title = node["title"] or node["id"]
    version = "" if node["version_number"] is None else f" · {version_words(node['version_number'])}"
    heading = "not registered" if node["missing"] else f"{type_words(node['artifact_type'])}{version}"
    faults = [word for word in ("MISSING" if node["missing"] else None, mark.fault) if word]
    remark = " · ".join([*faults, *([mark.reach] if mark.reach else [])])
    lettered = f"{mark.letter}: {title}" if mark.letter else title
    return DrawnNode(
        x=place[0],
        y=place[1],
        kind=_KINDS.get(node["artifact_type"] or "", "other"),
        heading=fitting(heading, _COLUMNS),
        title=broken(lettered, _COLUMNS),
        remark=fitting(remark, _COLUMNS),
        full=", ".join(part for part in (heading, lettered, remark, node["id"]) if part),
        href=artifact_address(node["id"], node["artifact_type"]),
        shared=mark.shared,
        faulty=bool(faults),
        root=node["id"] in roots,
    )


def _edges(edges: Sequence[Edge], layout: Layout) -> list[DrawnEdge]:
    return [
        DrawnEdge(
            path=route.path,
            arrow=route.arrow,
            relation=relation_words(edge["relation"])[:_COLUMNS],
            label_x=None if route.label is None else route.label[0],
            label_y=None if route.label is None else route.label[1],
            inferred=edge["origin"] == "metadata",
            full=f"{edge['source']} {relation_words(edge['relation'])} {edge['target']}",
        )
        for edge, route in zip(edges, layout.routes, strict=True)
    ]


def _note(graph: Graph, nodes: int, edges: int) -> str | None:
    notes = []
    if graph["truncated"]:
        notes.append("The graph goes on: what lies more than 12 steps or 400 artifacts away was not read.")
    if nodes < len(graph["nodes"]) or edges < len(graph["edges"]):
        notes.append(
            f"Too large to draw whole: shown are the nearest {counted(nodes, 'artifact')} of "
            f"{len(graph['nodes'])} and {edges} of {counted(len(graph['edges']), 'edge')}. "
            "The table has all edges."
        )
    return " ".join(notes) or None
