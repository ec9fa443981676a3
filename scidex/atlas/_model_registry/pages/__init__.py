"""What each page of the registry shows: answers in, the declared context of a template out. Pure."""

from scidex.atlas._model_registry.pages.compare import ComparePageContext, compare_page
from scidex.atlas._model_registry.pages.errors import ErrorPageContext, error_page

__all__ = ["ComparePageContext", "ErrorPageContext", "compare_page", "error_page"]
