"""Graphs as drawings: what stands on the boxes, and what is drawn of graphs of any size, shape and text."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from scidex.atlas._model_registry.contract.answers import Edge, Graph
from scidex.atlas._model_registry.pages.drawing.graph import (
    MOST_DRAWN_NODES,
    MOST_EDGES,
    Drawing,
    NodeMark,
    draw,
)
from scidex.atlas._model_registry.pages.drawing.text import broken, fitting
from scidex.atlas._model_registry.pages.parts.origins import drawn_graph
from scidex.atlas._model_registry.pages.rendering import own_templates
from tests.unit.pages import example_provenance as example

HOSTILE = '"];<b>\\N{x}\u202e👩‍🔬</b>' * 100


def chain(length: int) -> Graph:
    """Return a model and a line of artifacts behind it, each two steps of which share a depth."""
    names = [f"a{i}" for i in range(length)]
    return Graph(
        root="a0",
        nodes=[example.node(name, "dataset", name, i // 2) for i, name in enumerate(names)],
        edges=[example.edge(a, "derives_from", b) for a, b in pairwise(names)],
        truncated=False,
    )


def drawn(graph: Graph, marks: dict[str, NodeMark] | None = None) -> Drawing:
    """Draw a graph that has nodes."""
    drawing = draw(graph, marks or {}, [graph["root"] or ""])
    assert drawing is not None
    return drawing


def fan(size: int) -> Graph:
    """Return a model that so many tables trained."""
    nodes = [example.node(f"a{i}", "dataset", f"a{i}", int(i > 0)) for i in range(size + 1)]
    edges = [example.edge("a0", "trained_on", f"a{i}") for i in range(1, size + 1)]
    return Graph(root="a0", nodes=nodes, edges=edges, truncated=False)


def clique(size: int) -> Graph:
    """Give artifacts each of which depends on all others."""
    names = [f"a{i}" for i in range(size)]
    return Graph(
        root="a0",
        nodes=[example.node(name, "dataset", name, int(name != "a0")) for name in names],
        edges=[example.edge(a, "derives_from", b) for a in names for b in names if a != b],
        truncated=False,
    )


@pytest.mark.parametrize("graph", [chain(12), fan(11)], ids=["chain", "fan"])
def test_twelve_artifacts_fit_the_page_at_both_widths(graph: Graph) -> None:
    drawing = drawn(graph)
    assert not drawing.scrolls
    assert drawing.wide.width <= 1220
    narrow = drawing.narrow or drawing.wide
    assert narrow.width <= 356  # what a window of 390 leaves of its width


def test_a_drawing_that_scrolls_starts_at_its_model() -> None:
    drawing = drawn(fan(100))
    assert drawing.scrolls
    assert (drawing.wide.nodes[0].x, drawing.wide.nodes[0].y) == (8, 8)


def test_one_label_names_the_relation_of_all_edges_that_leave_by_it() -> None:
    edges = drawn(fan(100)).wide.edges
    assert {edge.relation for edge in edges} == {"trained on"}
    assert [edge.label is not None for edge in edges].count(True) == 1
    assert all(edge.label for edge in drawn(chain(100)).wide.edges)


def two_layers(size: int) -> Graph:
    """Give artifacts each of which depends on each of as many others."""
    names = [f"a{i}" for i in range(2 * size)]
    return Graph(
        root="a0",
        nodes=[example.node(name, "dataset", name, int(i >= size)) for i, name in enumerate(names)],
        edges=[example.edge(a, "derives_from", b) for a in names[:size] for b in names[size:]],
        truncated=False,
    )


@pytest.mark.parametrize(
    "graph",
    [clique(30), two_layers(23), clique(100), fan(MOST_EDGES + 1) | {"edges": clique(100)["edges"]}],
    ids=["lanes", "edges", "both", "of the nearest"],
)
def test_what_would_be_a_tangle_is_not_drawn(graph: Graph) -> None:
    assert draw(graph, {}, ["a0"]) is None


def test_where_lines_merge_a_link_is_seen_and_metadata_is_not() -> None:
    graph = chain(3)
    by_metadata = Edge(source="a0", target="a2", relation="cites", origin="metadata")
    by_link = Edge(source="a0", target="a2", relation="uses", origin="link")
    graph["edges"] = [by_metadata, by_link, *graph["edges"]]
    edges = {edge.relation: edge for edge in drawn(graph).wide.edges}
    assert len(edges["cites"].path) < len(edges["uses"].path)


def test_beyond_the_limit_the_nearest_are_drawn_and_the_picture_says_so() -> None:
    drawing = drawn(chain(MOST_DRAWN_NODES + 50))
    assert len(drawing.wide.nodes) == MOST_DRAWN_NODES
    assert "nearest 400 artifacts of 450" in (drawing.note or "")
    assert drawn(chain(5)).note is None


def test_a_truncated_graph_says_so() -> None:
    graph = chain(3)
    graph["truncated"] = True
    assert "goes on" in (drawn(graph).note or "")


def test_cycles_parallel_edges_and_edges_to_nowhere_are_survived() -> None:
    graph = chain(3)
    graph["edges"] += [
        example.edge("a2", "derives_from", "a0"),
        example.edge("a1", "cites", "a1"),
        example.edge("a0", "cites", "a1"),
        example.edge("a0", "cites", "not-a-node"),
    ]
    assert len(drawn(graph).wide.edges) == 5


def test_a_box_says_type_version_letter_sharing_and_fault_in_words() -> None:
    mark = NodeMark(letter="B", reach="shared by all", shared=True, fault="UNPINNED")
    (node,) = drawn(chain(1), {"a0": mark}).wide.nodes
    assert (node.heading, node.title, node.remark) == ("dataset · v1", ["B: a0"], "UNPINNED · shared by all")
    assert (node.kind, node.shared, node.faulty, node.root) == ("dataset", True, True, True)


def test_a_missing_artifact_is_called_missing() -> None:
    graph = Graph(root=None, nodes=[example.node("gone", None, None, 0)], edges=[], truncated=False)
    (node,) = drawn(graph).wide.nodes
    assert (node.heading, node.title, node.remark, node.faulty) == (
        "not registered",
        ["gone"],
        "MISSING",
        True,
    )


def test_hostile_text_reaches_the_box_cut() -> None:
    graph = chain(2)
    graph["nodes"][0]["title"] = HOSTILE
    graph["edges"][0]["relation"] = HOSTILE
    picture = drawn(graph).wide
    assert len(picture.nodes) == 2
    assert all(len(line) < 40 for line in picture.nodes[0].title)
    assert HOSTILE in picture.nodes[0].full
    assert picture.width < 1000


def test_no_text_of_a_graph_reaches_its_page_as_markup() -> None:
    bold = "<b>a_b.c\"'&</b>"
    nodes = [example.node(bold, bold, bold, 0), example.node("gone", None, None, 1)]
    edges = [example.edge(bold, bold, "gone"), example.edge("gone", "cites", bold)]
    graph = Graph(root=bold, nodes=nodes, edges=edges, truncated=False)
    marks = {bold: NodeMark(letter=bold, reach=bold, shared=True, fault=bold)}
    shown = drawn_graph(bold, bold, graph, marks, {})
    template = '{% from "model_registry/compare/graph.html" import graph %}{{ graph(shown) }}'
    page = own_templates().from_string(template).render(shown=shown)
    assert page.count("&lt;b&gt;") > 20
    assert "<b>" not in page


def test_links_lead_to_the_artifact_whatever_its_id_holds() -> None:
    nodes = [example.node("a/b c?é", "paper", None, 0), example.node("m/1", "model", None, 0)]
    graph = Graph(root=None, nodes=nodes, edges=[], truncated=False)
    assert [node.href for node in drawn(graph).wide.nodes] == [
        "/artifact/a%2Fb%20c%3F%C3%A9",
        "/models/m%2F1",
    ]


def test_a_graph_without_nodes_is_left_undrawn() -> None:
    assert draw(Graph(root=None, nodes=[], edges=[], truncated=False), {}, []) is None


def test_threads_draw_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        drawings = list(pool.map(drawn, [chain(size) for size in range(2, 42)]))
    assert [len(drawing.wide.nodes) for drawing in drawings] == list(range(2, 42))


def test_text_is_cut_to_its_width() -> None:
    assert fitting("short", 10) == "short"
    assert fitting("abcdefghijkl", 10) == "abcdefghi…"
    assert fitting("漢字漢字漢字", 10) == "漢字漢字…"
    assert broken("one two three four five six", 15) == ["one two three", "four five six"]
    assert broken("x" * 40, 10) == ["x" * 10, "x" * 10, "x" * 9 + "…"]
