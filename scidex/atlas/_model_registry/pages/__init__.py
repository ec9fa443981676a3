"""What each page of the registry shows: answers in, the declared context of a template, and the page, out."""

from scidex.atlas._model_registry.pages.compare import ComparePageContext, compare_page
from scidex.atlas._model_registry.pages.errors import ErrorPageContext, error_page
from scidex.atlas._model_registry.pages.rendering import (
    own_templates,
    render_compare_page,
    render_error_page,
    stylesheet,
)

__all__ = [
    "ComparePageContext",
    "ErrorPageContext",
    "compare_page",
    "error_page",
    "own_templates",
    "render_compare_page",
    "render_error_page",
    "stylesheet",
]
