"""Graphs as drawings: what stands on the boxes, and that Graphviz survives size, cycles, text and threads."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from scidex.atlas._model_registry.contract.answers import Graph
from scidex.atlas._model_registry.pages.drawing.graph import (
    MOST_NODES,
    Drawing,
    NodeMark,
    broken,
    draw,
    fitting,
)
from scidex.atlas._model_registry.pages.drawing.layout import NODE_HEIGHT, NODE_WIDTH
from tests.unit.pages import example_provenance as example

HOSTILE = '"];<b>\\N{x}\u202e👩‍🔬</b>' * 100


def chain(length: int) -> Graph:
    """Give a model and a line of artifacts behind it, each two steps of which share a depth."""
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


@pytest.mark.parametrize("size", [1, 5, 60, 61, 400])
def test_every_box_lies_in_the_picture_and_none_on_another(size: int) -> None:
    drawing = drawn(chain(size))
    assert (len(drawing.nodes), len(drawing.edges)) == (size, size - 1)
    for node in drawing.nodes:
        assert 0 <= node.x <= drawing.width - NODE_WIDTH
        assert 0 <= node.y <= drawing.height - NODE_HEIGHT
    corners = sorted((node.x, node.y) for node in drawing.nodes)
    for (x, y), (next_x, next_y) in pairwise(corners):
        assert next_x - x >= NODE_WIDTH or next_y - y >= NODE_HEIGHT


def test_a_small_graph_names_its_relations_and_a_large_one_leaves_them_to_the_table() -> None:
    assert {edge.relation for edge in drawn(chain(5)).edges} == {"derives from"}
    assert all(edge.label_x is not None for edge in drawn(chain(5)).edges)
    assert all(edge.label_x is None for edge in drawn(chain(61)).edges)


def test_beyond_the_limit_the_nearest_are_drawn_and_the_picture_says_so() -> None:
    drawing = drawn(chain(MOST_NODES + 50))
    assert len(drawing.nodes) == MOST_NODES
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
    assert len(drawn(graph).edges) == 5


def test_a_box_says_type_version_letter_sharing_and_fault_in_words() -> None:
    mark = NodeMark(letter="B", reach="shared by all", shared=True, fault="UNPINNED")
    (node,) = drawn(chain(1), {"a0": mark}).nodes
    assert (node.heading, node.title, node.remark) == ("dataset · v1", ["B: a0"], "UNPINNED · shared by all")
    assert (node.kind, node.shared, node.faulty, node.root) == ("dataset", True, True, True)


def test_a_missing_artifact_is_called_missing() -> None:
    graph = Graph(root=None, nodes=[example.node("gone", None, None, 0)], edges=[], truncated=False)
    (node,) = drawn(graph).nodes
    assert (node.heading, node.title, node.remark, node.faulty) == (
        "not registered",
        ["gone"],
        "MISSING",
        True,
    )


def test_hostile_text_reaches_the_box_cut_and_graphviz_not_at_all() -> None:
    graph = chain(2)
    graph["nodes"][0]["title"] = HOSTILE
    graph["edges"][0]["relation"] = HOSTILE
    drawing = drawn(graph)
    assert len(drawing.nodes) == 2
    assert all(len(line) < 40 for line in drawing.nodes[0].title)
    assert HOSTILE in drawing.nodes[0].full
    assert drawing.width < 1000


def test_links_lead_to_the_artifact_whatever_its_id_holds() -> None:
    nodes = [example.node("a/b c?é", "paper", None, 0), example.node("m/1", "model", None, 0)]
    graph = Graph(root=None, nodes=nodes, edges=[], truncated=False)
    assert [node.href for node in drawn(graph).nodes] == ["/artifact/a%2Fb%20c%3F%C3%A9", "/models/m%2F1"]


def test_a_graph_without_nodes_is_no_drawing() -> None:
    assert draw(Graph(root=None, nodes=[], edges=[], truncated=False), {}, []) is None


def test_threads_draw_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        drawings = list(pool.map(drawn, [chain(size) for size in range(2, 42)]))
    assert [len(drawing.nodes) for drawing in drawings] == list(range(2, 42))


def test_text_is_cut_to_its_width() -> None:
    assert fitting("short", 10) == "short"
    assert fitting("abcdefghijkl", 10) == "abcdefghi…"
    assert fitting("漢字漢字漢字", 10) == "漢字漢字…"
    assert broken("one two three four five six", 15) == ["one two three", "four five six"]
    assert broken("x" * 40, 10) == ["x" * 10, "x" * 10, "x" * 9 + "…"]
