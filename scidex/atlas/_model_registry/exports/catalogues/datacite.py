"""DataCite metadata, kernel 4.5 as JSON (https://schema.datacite.org/meta/kernel-4.5/)."""

import json
from collections.abc import Iterator
from typing import Any, Final

from scidex.atlas._model_registry.contract.answers.card import CardAuthor
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER, Citation, citation
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences
from scidex.atlas._model_registry.pages.words.wording import family_words

# DataCite's code for a value that nobody assigned (appendix 3 of its documentation).
_UNASSIGNED: Final = "(:unas)"


def as_datacite(record: Record) -> bytes:
    """Return a model's DataCite metadata; its general type is Model.

    Raises:
        InvalidQuery: no date is registered, and DataCite requires a year of publication.

    """
    cited = citation(record)
    if cited.date is None:
        message = (
            "DataCite wants a year of publication, and no date that can be read is registered for this model; "
            "format=csl and format=citation do without one"
        )
        raise InvalidQuery("format", "datacite", message)
    described: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Model", "resourceType": _kind(record)},
        "creators": _creators(cited),
        "titles": [{"title": cited.title}],
        "publisher": {"name": PUBLISHER},
        "publicationYear": cited.date[:4],
        "dates": [
            {"date": cited.date, "dateType": "Issued", "dateInformation": "registration of this version"}
        ],
        "version": cited.version,
        "url": cited.address,
        "alternateIdentifiers": _identifiers(cited),
        "relatedIdentifiers": [*_related(record), *_publications(cited)],
        "rightsList": _rights(cited),
        "descriptions": list(_descriptions(record)),
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _kind(record: Record) -> str:
    family = record.model["model_family"]
    return f"{family_words(family)} model" if family else "Scientific model"


def _creators(cited: Citation) -> list[dict[str, Any]]:
    return [_person(author) for author in cited.authors] or [{"name": next(iter(cited.names), _UNASSIGNED)}]


def _person(author: CardAuthor) -> dict[str, Any]:
    person: dict[str, Any] = {"name": author["name"]}
    if author["orcid"]:
        orcid = {"nameIdentifier": f"https://orcid.org/{author['orcid']}", "nameIdentifierScheme": "ORCID"}
        person |= {"nameType": "Personal", "nameIdentifiers": [orcid]}
    if author["affiliation"]:
        person["affiliation"] = [{"name": author["affiliation"]}]
    return person


def _rights(cited: Citation) -> list[dict[str, str]]:
    if cited.spdx:
        address = f"https://spdx.org/licenses/{cited.spdx}"
        return [{"rightsIdentifier": cited.spdx, "rightsIdentifierScheme": "SPDX", "rightsUri": address}]
    return [{"rights": cited.licence_words}] if cited.licence_words else []


def _publications(cited: Citation) -> Iterator[dict[str, str]]:
    for one in cited.publications:
        if one["doi"]:
            yield {
                "relatedIdentifier": one["doi"],
                "relatedIdentifierType": "DOI",
                "relationType": "IsDescribedBy",
            }


def _identifiers(cited: Citation) -> list[dict[str, str]]:
    return [{"alternateIdentifier": cited.id, "alternateIdentifierType": "SciDEX id"}]


def _related(record: Record) -> Iterator[dict[str, str]]:
    model = record.model
    relations = [
        *((name, "IsDerivedFrom", "Dataset") for name in model["training_datasets"]),
        (model["produced_by"], "IsCompiledBy", "Workflow"),
        (model["tests_hypothesis"], "References", "Text"),
        (model["parent_version_id"], "IsNewVersionOf", "Model"),
        (model["superseded_by"], "IsObsoletedBy", "Model"),
    ]
    for name, relation, kind in relations:
        if name:
            yield {
                "relatedIdentifier": record.address_of(name),
                "relatedIdentifierType": "URL",
                "relationType": relation,
                "resourceTypeGeneral": kind,
            }


def _descriptions(record: Record) -> Iterator[dict[str, str]]:
    if summary := record.model["card"]["summary"]:
        yield {"description": summary, "descriptionType": "Abstract"}
    yield {"description": " ".join(trust_sentences(record)), "descriptionType": "Other"}
    if changelog := one_line(record.model["changelog"] or ""):
        yield {"description": changelog, "descriptionType": "TechnicalInfo"}
