"""Texts to copy from the page of a model: how to cite this version, and code that fetches it."""

from scidex.atlas._model_registry.exports.citation.bibtex import as_bibtex
from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER, Citation, citation
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.pages.model_page.files import Use
from scidex.atlas._model_registry.pages.words.addresses import json_address


def use_of(record: Record) -> Use:
    """Return the texts to copy. Addresses are percent-encoded, so no character of an id ends a quoted string."""
    address = record.base + json_address(record.model["id"])
    return Use(
        citation=_sentence(citation(record)),
        bibtex=as_bibtex(record).decode(),
        curl=f"curl -sS '{address}'",
        python=f'''import json, urllib.request

with urllib.request.urlopen("{address}") as answer:
    model = json.load(answer)
print(model["title"], model["evaluation_metrics"])
''',
        r=f'''model <- jsonlite::fromJSON("{address}")
print(model$evaluation_metrics)
''',
    )


def _sentence(cited: Citation) -> str:
    names = ", ".join(cited.names)
    year = f" ({cited.date[:4]})" if cited.date else ""
    who = f"{names}{year}. " if names else ""
    return f"{who}{cited.title}, version {cited.version}. {PUBLISHER}. {cited.identity} {cited.address}"
