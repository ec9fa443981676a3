"""The page of a comparison as one self-contained file: style, pictures and the JSON are embedded."""

import re
from functools import lru_cache
from typing import Final

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment

from scidex.atlas._model_registry.exports.compared.record import ComparedModels
from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.model_page.files import embedded

_FRAME: Final = '{% extends "model_registry/standalone.html" %}'
# Quotation marks in texts are escaped, so this matches only attributes.
_OWN_ADDRESS: Final = re.compile(r'\b(href|action|src)="/(?!/)')


def as_page(compared: ComparedModels, templates: Environment) -> bytes:
    """Return the page in the frame of a file instead of the host's; links lead to the registry's public address."""
    page = rendering.render_compare_page(
        _framed(templates),
        compared.comparison,
        only_differences=False,
        histories=compared.histories,
        evaluations=compared.evaluations,
        around={"standalone": compared.about},
    )
    page = _OWN_ADDRESS.sub(lambda found: f'{found[1]}="{compared.base}/', page)
    data = f'<script type="application/json" id="comparison">{embedded(compared.json_text)}</script>\n'
    before, end, after = page.rpartition("</body>")
    return f"{before}{data}{end}{after}".encode()


@lru_cache(maxsize=4)
def _framed(templates: Environment) -> Environment:
    """Return templates whose ``base.html`` is the frame of a file; cached, as they take long to compile."""
    own: list[BaseLoader] = [DictLoader({"base.html": _FRAME})]
    return templates.overlay(loader=ChoiceLoader([*own, *([templates.loader] if templates.loader else [])]))
