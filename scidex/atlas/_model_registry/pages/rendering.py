"""From the declared contexts to HTML, through the templates of whichever host the registry lives in."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from scidex.atlas._model_registry.answers import Comparison, VersionEntry
from scidex.atlas._model_registry.pages.addresses import STYLESHEET
from scidex.atlas._model_registry.pages.compare import compare_page
from scidex.atlas._model_registry.pages.errors import error_page

_CHECKOUT = Path(__file__).resolve().parents[4]
_COMPARE = "model_registry/compare.html"
_ERROR = "model_registry/error.html"
_STYLE = "model_registry/style.css"


def render_compare_page(
    templates: Environment,
    comparison: Comparison,
    *,
    only_differences: bool,
    histories: Mapping[str, Sequence[VersionEntry]] | None,
) -> str:
    """Write a comparison as a whole page; the arguments are those of :func:`compare_page`."""
    context = compare_page(comparison, only_differences=only_differences, histories=histories)
    return _render(templates, _COMPARE, context)


def render_error_page(templates: Environment, *, status: int, sentence: str) -> str:
    """Write an error as a whole page; the arguments are those of :func:`error_page`."""
    return _render(templates, _ERROR, error_page(status=status, sentence=sentence))


def stylesheet(templates: Environment) -> str:
    """Give the look of the registry's pages, to be served at the address they link."""
    return templates.get_template(_STYLE).render()


def own_templates() -> Environment:
    """Give the templates of this checkout."""
    return Environment(loader=FileSystemLoader(_CHECKOUT / "templates"), autoescape=True)


def _render(templates: Environment, name: str, context: Mapping[str, object]) -> str:
    version = sha256(stylesheet(templates).encode()).hexdigest()[:12]
    link = f"{STYLESHEET}?{version}"
    return _escaping(templates, name).get_template(name).render(context, stylesheet=link)


def _escaping(templates: Environment, name: str) -> Environment:
    # A bare Environment escapes nothing; the pages must not depend on the host having thought of it.
    escapes = templates.autoescape
    is_safe = escapes(name) if callable(escapes) else escapes
    return templates if is_safe else templates.overlay(autoescape=True)
