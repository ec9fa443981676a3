"""What is asked: each case with its address, the address of its floor, and what it may take."""

from collections.abc import Iterator

from tests.benchmark.cases.case import Case, Limit
from tests.benchmark.cases.chosen import Ask, Chosen
from tests.benchmark.cases.lists import lists
from tests.benchmark.cases.models import evaluated_models, impacts, models
from tests.benchmark.cases.pages import pages

__all__ = ["Case", "Chosen", "Limit", "every_case"]


def every_case(chosen: Chosen, ask: Ask) -> Iterator[Case]:
    """Yield the cases; ``ask`` answers the JSON of a path, for those that begin where another ends."""
    yield from lists(chosen)
    yield from pages(chosen, ask)
    yield from models(chosen)
    yield from impacts()
    yield from evaluated_models()
