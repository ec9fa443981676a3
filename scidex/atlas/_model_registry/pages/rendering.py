"""From declared contexts to HTML, through the templates of the registry's host."""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from jinja2 import Environment, FileSystemLoader

from scidex.atlas._model_registry.contract.answers import (
    Comparison,
    Impact,
    ModelList,
    VersionEntry,
)
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.pages.artifact_section import ArtifactSectionContext
from scidex.atlas._model_registry.pages.catalogue.page import catalogue_page
from scidex.atlas._model_registry.pages.compare.page import compare_page
from scidex.atlas._model_registry.pages.error_page import Correction, WayOut, error_page
from scidex.atlas._model_registry.pages.home.glossary import glossary_page
from scidex.atlas._model_registry.pages.home.page import home_page
from scidex.atlas._model_registry.pages.home.registering import registering_page
from scidex.atlas._model_registry.pages.model_page.page import ModelPageContext
from scidex.atlas._model_registry.pages.parts.standings import artifact_banner
from scidex.atlas._model_registry.pages.parts.touched import touched_section
from scidex.atlas._model_registry.pages.words.addresses import MARGINS, STYLESHEET
from scidex.atlas._model_registry.records.evaluations import Evaluation

# Templates of the host; None means those of this checkout.
Templates: TypeAlias = Environment | None

_CHECKOUT = Path(__file__).resolve().parents[4]
_ARTIFACT_SECTION = "model_registry/artifact_section.html"
_CATALOGUE = "model_registry/models.html"
_COMPARE = "model_registry/compare.html"
_IMPACT = "model_registry/impact_fragment.html"
_ERROR = "model_registry/error.html"
_GLOSSARY = "model_registry/glossary.html"
_HOME = "model_registry/home.html"
_MODEL = "model_registry/model.html"
_REGISTER = "model_registry/register.html"
_STYLE = "model_registry/style.css"


def render_compare_page(
    templates: Templates,
    comparison: Comparison,
    *,
    only_differences: bool,
    setting: str = "",
    histories: Mapping[str, Sequence[VersionEntry]] | None,
    evaluations: Mapping[str, Sequence[Evaluation]] = MappingProxyType({}),
    around: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """Return a comparison as a whole page; the arguments are those of :func:`compare_page`.

    ``around`` holds further variables of the frame of the page.
    """
    context = compare_page(
        comparison,
        only_differences=only_differences,
        setting=setting,
        histories=histories,
        evaluations=evaluations,
    )
    return _render(templates, _COMPARE, {**context, **around})


def render_catalogue_page(templates: Templates, answer: ModelList, query: ModelQuery) -> str:
    """Return one page of the list as a whole page; the arguments are those of :func:`catalogue_page`."""
    return _render(templates, _CATALOGUE, catalogue_page(answer, query))


def render_home_page(templates: Templates, newest: ModelList, faulty: Sequence[ModelList]) -> str:
    """Return the home page; the arguments are those of :func:`home_page`."""
    return _render(templates, _HOME, home_page(newest, faulty))


def render_glossary_page(templates: Templates) -> str:
    """Return the glossary as a whole page."""
    return _render(templates, _GLOSSARY, glossary_page())


def render_registering_page(templates: Templates) -> str:
    """Return the page on how to register a model."""
    return _render(templates, _REGISTER, registering_page())


def render_model_page(templates: Templates, context: ModelPageContext) -> str:
    """Return a model as a whole page."""
    return _render(templates, _MODEL, context)


def render_artifact_section(templates: Templates, context: ArtifactSectionContext) -> str:
    """Return the section of an evaluation, a figure or a dataset for a page of the host."""
    return _render(templates, _ARTIFACT_SECTION, context)


def render_impact(
    templates: Templates,
    impact: Impact,
    titles: Mapping[str, str],
    content: str,
    *,
    at_least: int | None = None,
) -> str:
    """Return what rests on an artifact as a section for a page of the host, with its style.

    ``titles`` are those of what it rests on, by id, for the banner of a standing that is not sound. ``content`` is HTML
    that stands below the banner. ``at_least`` is that of :func:`touched_section`.
    """
    standing = artifact_banner(impact, titles)
    context = {"touched": touched_section(impact, at_least), "standing": standing, "content": content}
    return _render(templates, _IMPACT, context)


def render_error_page(
    templates: Templates,
    *,
    status: int,
    sentence: str,
    ways_out: Sequence[WayOut] = (),
    correction: Correction | None = None,
) -> str:
    """Return an error as a whole page, worded by :func:`error_page`; ``ways_out`` come before its own.

    ``correction`` is the field whose text cannot be read, to be corrected on the page.
    """
    context = error_page(status=status, sentence=sentence)
    context["ways_out"] = [*ways_out, *context["ways_out"]]
    context["correction"] = correction
    return _render(templates, _ERROR, context)


def stylesheet(templates: Templates) -> str:
    """Return the style sheet of the registry's pages, to be served at the address they link to."""
    return (templates or own_templates()).get_template(_STYLE).render()


@cache  # reading and compiling them takes a tenth of a second
def own_templates() -> Environment:
    """Return the templates of this checkout."""
    return Environment(loader=FileSystemLoader(_CHECKOUT / "templates"), autoescape=True)


def _render(given: Templates, name: str, context: Mapping[str, object]) -> str:
    templates = given or own_templates()
    version = sha256(stylesheet(templates).encode()).hexdigest()[:12]
    link = f"{STYLESHEET}?{version}"
    return _escaping(templates, name).get_template(name).render(context, stylesheet=link, margins=MARGINS)


def _escaping(templates: Environment, name: str) -> Environment:
    # A bare Environment escapes nothing, and the pages must be safe in any host.
    escapes = templates.autoescape
    is_safe = escapes(name) if callable(escapes) else escapes
    return templates if is_safe else templates.overlay(autoescape=True)
