"""A list sorted by a metric says when neither end of it is the best one."""

from typing import Literal

import pytest

from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.entries.sorting import sort_note
from scidex.atlas._model_registry.pages.catalogue.order import order_words


@pytest.mark.parametrize(
    ("metric", "order", "told"),
    [
        (
            "zorp",
            None,
            "Which way zorp is better is not known: its largest value stands first, order=asc turns",
        ),
        ("zorp", "asc", "its smallest value stands first, order=desc turns it round."),
        ("epochs", None, "epochs makes no model better or worse"),
        ("coverage", None, "coverage is best near a target that its name does not give"),
    ],
)
def test_a_metric_without_a_best_end_says_so(metric: str, order: Literal["asc"] | None, told: str) -> None:
    assert told in (sort_note(model_query(sort=f"metric:{metric}", order=order)) or "")


@pytest.mark.parametrize("sort", ["metric:rmse", "metric:-LL", "metric:r_hat", "title"])
def test_a_best_end_needs_no_note(sort: str) -> None:
    assert sort_note(model_query(sort=sort)) is None


def test_the_page_says_it_too() -> None:
    words = order_words(model_query(sort="metric:zorp"))
    assert words == "Sorted by zorp, highest first: which way it is better is not known."
