"""Documents of five megabytes, graphs of ten thousand artifacts: answered in time, and what is left out is said."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.testclient import TestClient

from tests.wrong_input.rows import GRAPHS, HEAVY
from tests.wrong_input.test_broken_rows import asked, check_named, get, opened, value

SECONDS = 30.0  # for what takes two on a machine that does nothing else
MOST_CHARACTERS = 10_000_000

pytestmark = pytest.mark.slow


@contextmanager
def in_time(seconds: float = SECONDS) -> Iterator[None]:
    """Bound what is done in the block."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


@pytest.mark.parametrize("model_id", HEAVY)
def test_five_megabytes_are_answered_and_named(large: TestClient, model_id: str) -> None:
    with in_time():
        check_named(large, model_id, HEAVY[model_id])


def test_they_are_compared_listed_and_have_pages(large: TestClient) -> None:
    for form in ("/api/models/compare?", "/api/models/compare?format=csv&", "/models/compare?"):
        with in_time(2 * SECONDS):
            get(large, form + asked(HEAVY))
    page = get(large, "/artifact/dataset-five-megabytes")
    assert len(page) < 500_000
    assert "Its first 50000 characters of" in page
    get(large, "/models?limit=200")


@pytest.mark.parametrize("model_id", GRAPHS)
def test_a_graph_is_cut_and_says_so(large: TestClient, model_id: str) -> None:
    with in_time():
        detail, page = opened(large, model_id)
    graph = detail["provenance"]["graph"]
    assert len(graph["nodes"]) <= 400
    assert graph["truncated"] is GRAPHS[model_id]
    assert ("The graph goes on" in page) is GRAPHS[model_id]
    assert len(page) < MOST_CHARACTERS


@pytest.mark.parametrize("model_id", GRAPHS)
def test_models_with_such_graphs_are_compared(large: TestClient, model_id: str) -> None:
    together = asked([model_id, "model-small"])
    with in_time():
        comparison = value(large, f"/api/models/compare?{together}")
        page = get(large, f"/models/compare?{together}")
    assert len(comparison["models"]) == 2
    assert ("The graph goes on" in page) is GRAPHS[model_id]
    assert len(page) < MOST_CHARACTERS
