"""schema.org as JSON-LD, which search engines and aggregators read from the page of a model."""

import json
from typing import Any, Final

from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER, citation
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences

_MODEL: Final = "https://w3id.org/fair4ml/MLModel"


def as_schema_org(record: Record) -> bytes:
    """Return the model as a creative work; what is not registered is left out."""
    model, cited = record.model, citation(record)
    work: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": cited.address,
        "@type": "CreativeWork",
        "additionalType": _MODEL,
        "name": cited.title,
        "identifier": cited.id,
        "version": cited.version,
        "url": cited.address,
        "description": one_line(" ".join([model["card"]["summary"] or "", *trust_sentences(record)])),
        "publisher": {"@type": "Organization", "name": PUBLISHER, "url": record.base},
        "datePublished": cited.date,
        "author": [_person(author["name"], author["orcid"]) for author in cited.authors],
        "creditText": f"registered by {cited.agent}" if cited.agent else None,
        "license": f"https://spdx.org/licenses/{cited.spdx}" if cited.spdx else cited.licence_words,
        "citation": cited.published_in,
        "isBasedOn": [record.address_of(name) for name in model["training_datasets"]],
    }
    told = {name: value for name, value in work.items() if value not in (None, [], "")}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _person(name: str, orcid: str | None) -> dict[str, str]:
    return {"@type": "Person", "name": name, **({"@id": f"https://orcid.org/{orcid}"} if orcid else {})}
