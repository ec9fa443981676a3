"""The compare page's context of the comparison by hand, or of one that a test has changed."""

from scidex.atlas._model_registry.contract.answers import Comparison
from scidex.atlas._model_registry.pages.compare.page import ComparePageContext, compare_page
from tests.unit.pages import example_comparison as example


def page(comparison: Comparison | None = None, *, only_differences: bool = False) -> ComparePageContext:
    """Lay out the example."""
    return compare_page(comparison or example.comparison(), only_differences=only_differences, histories=None)


def doubts(context: ComparePageContext) -> list[str]:
    """Return the doubts as their words and sentences."""
    return [f"{said.word}: {said.text}" for said in context["doubts"]]


def sentences(context: ComparePageContext) -> list[str]:
    """Return the sentences of the verdict."""
    return context["verdict"].sentences
