"""The graphs of the demo's models as drawings: they fit the page at both widths, and few of their lines cross."""

from itertools import pairwise

import psycopg
import pytest

from scidex.atlas._model_registry.contract.answers import Graph
from scidex.atlas._model_registry.pages.drawing.graph import Drawing, draw
from scidex.atlas._model_registry.pages.drawing.layers import layered, longest_paths, topological_order
from scidex.atlas._model_registry.pages.drawing.order import crossings, ordered_layers
from scidex.atlas.model_registry import get_model_detail
from tests.unit.demo.demo_registry import IDS

WIDE, TALL, NARROW = 1220, 900, 356  # windows of 1280 and 390 pixels
SMALL = 12  # artifacts


@pytest.fixture(scope="module")
def graphs(demo_dsn: str) -> dict[str, Graph]:
    """Return the graph of each of the demo's models."""
    with psycopg.connect(demo_dsn) as conn:
        return {model: get_model_detail(model, conn=conn)["provenance"]["graph"] for model in IDS}


def drawn(graph: Graph) -> Drawing:
    """Draw a graph that can be drawn."""
    drawing = draw(graph, {}, [])
    assert drawing is not None
    return drawing


def test_up_to_twelve_artifacts_are_seen_without_scrolling(graphs: dict[str, Graph]) -> None:
    drawings = [drawn(graph) for graph in graphs.values() if len(graph["nodes"]) <= SMALL]
    assert len(drawings) > len(IDS) // 2
    assert max(one.wide.width for one in drawings) <= WIDE
    assert max(one.wide.height for one in drawings) <= TALL
    assert not any(one.scrolls for one in drawings)


def test_no_drawing_is_wider_than_a_telephone(graphs: dict[str, Graph]) -> None:
    narrow = [one.narrow for one in map(drawn, graphs.values())]
    assert max(one.width for one in narrow if one) <= NARROW
    assert all(narrow)


def test_few_lines_cross(graphs: dict[str, Graph]) -> None:
    counts = [_crossings(graph) for graph in graphs.values()]
    assert (
        max(counts) <= 14
    )  # 15 artifacts, 35 edges; of fifteen random orders swept as well the best leaves 13
    assert sum(counts) <= 80


def _crossings(graph: Graph) -> int:
    numbers = {
        node["id"]: number for number, node in enumerate(sorted(graph["nodes"], key=lambda one: one["depth"]))
    }
    edges = [(numbers[edge["source"]], numbers[edge["target"]]) for edge in graph["edges"]]
    layers = layered(edges, longest_paths(topological_order(len(numbers), edges), edges), 600)
    assert layers is not None
    pairs = {
        (one, two) if layers.runs_down(chain) else (two, one)
        for chain in layers.chains
        for one, two in pairwise(chain)
    }
    return crossings(ordered_layers(layers), sorted(pairs))
