"""The annotations of an SBML model: creators, publications, organisms, licence."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import unquote

import libsbml

from scidex.forge.sbml.licences import DOI, licence

_LONGEST_SUMMARY = 20_000
# A collection and an accession: identifiers.org/pubmed/1, identifiers.org/pubmed:1, urn:miriam:pubmed:1.
_RESOURCE: Final = re.compile(
    r"(?:https?://(?:www\.)?identifiers\.org/|urn:miriam:)(?P<collection>[\w.-]+)[/:](?P<accession>.+)"
)
_HIDDEN: Final = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_BLOCKS: Final = re.compile(r"</(?:p|div|h[1-6]|li|tr|table)>|<br */?>", re.IGNORECASE)
_TAGS: Final = re.compile(r"<[^<>]*>")

# Two families of qualifiers share their numbers; a term tells its family.
_PUBLICATION: Final = frozenset({(libsbml.MODEL_QUALIFIER, libsbml.BQM_IS_DESCRIBED_BY)}) | {
    (libsbml.BIOLOGICAL_QUALIFIER, libsbml.BQB_IS_DESCRIBED_BY)
}
_IDENTITY: Final = (libsbml.MODEL_QUALIFIER, libsbml.BQM_IS)


def card(model: Any) -> dict[str, Any]:
    """Return the description of a model for ``metadata.card``, without keys that the file lacks."""
    terms = list(_terms(model))
    notes = model.getNotesString() or ""
    found = {
        "summary": _plain(notes),
        "licence": licence(notes + (model.getAnnotationString() or "")),
        "authors": list(_creators(model)),
        "publications": list(_publications(uri for qualifier, uri in terms if qualifier in _PUBLICATION)),
        "taxa": _distinct(c for c in _curies(uri for _, uri in terms) if c.startswith("taxonomy:")),
        "annotations": _distinct(
            curie
            for curie in _curies(uri for qualifier, uri in terms if qualifier not in _PUBLICATION)
            if not curie.startswith("taxonomy:")
        ),
    }
    return {key: value for key, value in found.items() if value}


def identity(model: Any) -> str | None:
    """Return the web address at which the file declares the model published; None without one."""
    addresses = (uri for qualifier, uri in _terms(model) if qualifier == _IDENTITY)
    return next((uri for uri in addresses if uri.startswith(("http://", "https://"))), None)


def _terms(element: Any) -> Iterator[tuple[tuple[int, int], str]]:
    for index in range(element.getNumCVTerms()):
        term = element.getCVTerm(index)
        family = term.getQualifierType()
        is_of_model = family == libsbml.MODEL_QUALIFIER
        own = term.getModelQualifierType() if is_of_model else term.getBiologicalQualifierType()
        for place in range(term.getNumResources()):
            yield (family, own), term.getResourceURI(place)


def _curies(uris: Iterable[str]) -> Iterator[str]:
    for uri in uris:
        if match := _RESOURCE.fullmatch(uri.strip()):
            accession = unquote(match["accession"])
            has_prefix = re.match(r"[A-Z]+:", accession) is not None
            yield accession if has_prefix else f"{match['collection'].removeprefix('obo.')}:{accession}"


def _publications(uris: Iterable[str]) -> Iterator[dict[str, str]]:
    for uri in _distinct(uris):
        curie = next(_curies([uri]), uri.strip())
        if doi := DOI.fullmatch(curie):
            yield {"doi": doi["doi"]}
        else:
            yield {"citation": curie.replace("pubmed:", "PMID:", 1)}


def _creators(model: Any) -> Iterator[dict[str, str]]:
    history = model.getModelHistory()
    for index in range(history.getNumCreators() if history is not None else 0):
        creator = history.getCreator(index)
        names = (creator.getGivenName(), creator.getFamilyName())
        name = " ".join(filter(None, map(str.strip, names))) or creator.getName().strip()
        organisation = (creator.getOrganisation() or "").strip()
        if name or organisation:
            author = {"name": name or organisation, "affiliation": organisation if name else ""}
            yield {key: value for key, value in author.items() if value}


def _plain(markup: str) -> str:
    text = _TAGS.sub(" ", _BLOCKS.sub("\n", _HIDDEN.sub(" ", markup)))
    lines = (" ".join(line.split()) for line in html.unescape(text).splitlines())
    return "\n".join(filter(None, lines))[:_LONGEST_SUMMARY]


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
