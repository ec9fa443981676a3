"""Ten thousand artifacts abreast, one behind the other, in a ring, all on all: bounded, and what is cut is said."""

import time

import pytest
from starlette.testclient import TestClient

from tests.wrong_input.rows import GRAPHS
from tests.wrong_input.test_broken_rows import asked, get, opened, value

SECONDS = 30.0  # for what takes two on a machine that does nothing else


@pytest.mark.slow
@pytest.mark.parametrize("model_id", GRAPHS)
def test_a_graph_is_cut_and_says_so(graphs: TestClient, model_id: str) -> None:
    began = time.monotonic()
    detail, page = opened(graphs, model_id)
    graph = detail["provenance"]["graph"]
    assert len(graph["nodes"]) <= 400
    assert graph["truncated"] is GRAPHS[model_id]
    assert ("The graph goes on" in page) is graph["truncated"]
    assert len(page) < 10_000_000
    assert time.monotonic() - began < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("model_id", GRAPHS)
def test_models_with_such_graphs_are_compared(graphs: TestClient, model_id: str) -> None:
    began = time.monotonic()
    together = asked([model_id, "model-small"])
    assert len(value(graphs, f"/api/models/compare?{together}")["models"]) == 2
    page = get(graphs, f"/models/compare?{together}")
    assert ("The graph goes on" in page) is GRAPHS[model_id]
    assert len(page) < 10_000_000
    assert time.monotonic() - began < SECONDS
