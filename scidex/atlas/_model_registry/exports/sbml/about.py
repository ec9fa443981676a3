"""The notes and annotation of a document: trust, where the model is registered, its subject, what is left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from scidex.atlas._model_registry.exports.citation.facts import citation
from scidex.atlas._model_registry.exports.measured import Measured, measured
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences
from scidex.atlas._model_registry.metrics.titles import display_name

_XHTML: Final = "http://www.w3.org/1999/xhtml"
_RDF: Final = {
    "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmlns:bqmodel": "http://biomodels.net/model-qualifiers/",
    "xmlns:bqbiol": "http://biomodels.net/biology-qualifiers/",
}
_TAXON: Final = re.compile(r"taxonomy:\d+")


def about(record: Record, inexpressible: Sequence[str], *, as_equations: bool) -> Iterator[Element]:
    """Yield the notes and, where there are terms for the model's subject, the annotation."""
    notes = Element("notes")
    body = SubElement(notes, "body", {"xmlns": _XHTML})
    for sentence in _sentences(record, inexpressible, as_equations=as_equations):
        SubElement(body, "p").text = one_line(sentence)
    yield notes
    card = record.model["card"]
    dois = [f"https://identifiers.org/doi:{one['doi']}" for one in card["publications"] if one["doi"]]
    taxa = [f"https://identifiers.org/{one}" for one in card["taxa"] if _TAXON.fullmatch(one)]
    terms = {"bqmodel:isDescribedBy": dois, "bqbiol:hasTaxon": taxa}
    if dois or taxa:
        yield _annotation(terms)


def _sentences(record: Record, inexpressible: Sequence[str], *, as_equations: bool) -> Iterator[str]:
    cited = citation(record)
    if summary := record.model["card"]["summary"]:
        yield summary
    yield f"{cited.title}, version {cited.version}, id {cited.id}: {cited.address}"
    yield from trust_sentences(record)
    yield from map(_metric, measured(record))
    if cited.authors:
        yield f"Authors: {', '.join(one['name'] for one in cited.authors)}."
    yield f"Licence: {cited.licence_words or 'none is registered'}."
    yield from (f"Described in: {text}." for text in cited.published_in)
    if inexpressible:
        yield f"Units that SBML cannot express are left out: {', '.join(inexpressible)}."
    if as_equations:
        yield "The reactions stand as the equations that the registry has of them."


def _metric(metric: Measured) -> str:
    found = metric.recomputed
    unit, of = f" {metric.unit}" if metric.unit else "", f" on {metric.dataset}" if metric.dataset else ""
    agreement = ""
    if found is not None:
        agrees = {True: "agree", False: "disagree", None: "cannot tell"}[found["agrees"]]
        agreement = f"; predictions that are registered: {agrees}"
        if metric.interval is not None:
            agreement += f", {metric.interval[0]:.4g} to {metric.interval[1]:.4g} ({found['level']:.0%})"
    return f"{display_name(one_line(metric.name))}: {metric.value}{unit}{of}{agreement}."


def _annotation(terms: dict[str, list[str]]) -> Element:
    annotation = Element("annotation")
    whole = SubElement(annotation, "rdf:RDF", _RDF)
    described = SubElement(whole, "rdf:Description", {"rdf:about": "#model"})
    for qualifier, addresses in terms.items():
        _bag(described, qualifier, addresses)
    return annotation


def _bag(described: Element, qualifier: str, addresses: Iterable[str]) -> None:
    listed = list(addresses)
    if listed:
        bag = SubElement(SubElement(described, qualifier), "rdf:Bag")
        for address in listed:
            SubElement(bag, "rdf:li", {"rdf:resource": address})
