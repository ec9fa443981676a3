"""``metadata.rdf`` of a COMBINE archive: creators, title, licence, publications."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET  # only for text that was checked for document types and depth

from scidex.forge.importers.archives import Archive
from scidex.forge.importers.plan import LeftOut, Plan, PlannedModel
from scidex.forge.importers.xml_bounds import checked_xml
from scidex.forge.sbml.licences import DOI, licence

NAME: Final = "metadata.rdf"

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_FAMILY, _GIVEN = ("family-name", "Family"), ("given-name", "Given")
_WHOLE_NAMES: Final = ("fn", "label", "name")
_ORGANISATIONS: Final = ("organization-name", "Orgname")
_ORCID: Final = re.compile(r"(?:orcid\.org/|orcid:)(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
# How OMEX metadata of 2021 and BioSimulations name an archive and what is in it (https://doi.org/10.1515/jib-2021-0020).
_LIBRARY: Final = re.compile(r"https?://omex-library\.org/[^/#]+(?:/|$)")
_PUBMED: Final = re.compile(r"pubmed[:/](\d+)")
_MOST_OF_ONE_KIND: Final = 200

Said = Mapping[str, Any]


def said_in(archive: Archive) -> dict[str, dict[str, Any]]:
    """Return the metadata of each file by its place in the archive, ``.`` for the archive itself.

    Raises:
        Refused: the file cannot be read.

    """
    if NAME not in archive.names:
        return {}
    root = ET.fromstring(checked_xml(archive.read(NAME)))  # noqa: S314 - checked
    found: dict[str, dict[str, Any]] = {}
    for described in root.findall(f"{_RDF}Description"):
        named = _LIBRARY.sub("", described.get(f"{_RDF}about", ""), count=1)
        place = named.removeprefix("./").lstrip("/") or "."
        for key, value in _said(described).items():
            found.setdefault(place, {}).setdefault(key, value)
    return found


def with_metadata(plan: Plan, place: str, said: Mapping[str, Said]) -> Plan:
    """Return a plan with the archive's metadata added to its models where their own files lack it.

    Licence and publications of the archive apply to its content. The archive's creator is named as such, not as the
    author of the model.
    """
    own, whole = said.get(place, {}), said.get(".", {})
    if not own and not whole:
        return plan
    models = tuple(_described(model, own, whole) for model in plan.models)
    left_out = LeftOut(NAME, "e-mail addresses, dates and what it says of other files are not kept")
    return replace(plan, models=models, left_out=(*plan.left_out, left_out))


def _described(model: PlannedModel, own: Said, whole: Said) -> PlannedModel:
    metadata = dict(model.metadata)
    card: dict[str, Any] = dict(_object(metadata.get("card")))
    for key, found in (("authors", own), ("licence", {**whole, **own}), ("publications", {**whole, **own})):
        if found.get(key):
            card.setdefault(key, found[key])
    archive = {key: whole[key] for key in ("title", "description", "authors") if whole.get(key)}
    if "authors" in archive:
        archive["creators"] = archive.pop("authors")
    provenance = {**_object(metadata.get("provenance")), **({"archive": archive} if archive else {})}
    return replace(model, metadata={**metadata, **({"card": card} if card else {}), "provenance": provenance})


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _said(described: ET.Element) -> dict[str, Any]:
    parts = list(described)[: 5 * _MOST_OF_ONE_KIND]
    found = {
        "title": next((_text(one) for one in parts if _local(one) == "title" and _text(one)), None),
        "description": next(
            (_text(one) for one in parts if _local(one) == "description" and _text(one)), None
        ),
        "authors": _distinct(person for one in parts if _local(one) == "creator" for person in _people(one)),
        "licence": next(
            filter(None, (licence(_whole(one)) for one in parts if _local(one) in {"license", "rights"})),
            None,
        ),
        "publications": _distinct(
            text for one in parts if _local(one) == "isDescribedBy" for text in _texts(one)
        ),
    }
    return {key: value for key, value in found.items() if value}


def _people(creator: ET.Element) -> Iterator[dict[str, str]]:
    for one in list(creator.iter(f"{_RDF}li")) or [creator]:
        parts = {name: _first(one, names) for name, names in (("given", _GIVEN), ("family", _FAMILY))}
        name = " ".join(filter(None, (parts["given"], parts["family"]))) or _first_whole(one)
        organisation, orcid = _first(one, _ORGANISATIONS), _ORCID.search(_whole(one))
        if name or organisation:
            person = {"name": name or organisation, "affiliation": organisation if name else ""}
            yield {
                key: value for key, value in (*person.items(), ("orcid", orcid[1] if orcid else "")) if value
            }


def _texts(described_by: ET.Element) -> Iterator[dict[str, str]]:
    for address in dict.fromkeys(_addresses(described_by)):
        tail = re.sub(r"^(?:https?://(?:www\.)?identifiers\.org/|urn:miriam:)", "", unquote(address))
        if doi := DOI.fullmatch(re.sub(r"^doi/", "doi:", tail)):
            yield {"doi": doi["doi"]}
        elif pubmed := _PUBMED.search(tail):
            yield {"citation": f"PMID:{pubmed[1]}"}


def _first(element: ET.Element, names: tuple[str, ...]) -> str:
    return next((_text(one) for one in element.iter() if _local(one) in names and _text(one)), "")


def _first_whole(element: ET.Element) -> str:
    """Return the first name in one piece; vCard puts it into an element ``text`` of its own."""
    names = (
        " ".join("".join(one.itertext()).split()) for one in element.iter() if _local(one) in _WHOLE_NAMES
    )
    return next(filter(None, names), "")[:2_000]


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ET.Element) -> str:
    return " ".join((element.text or "").split())[:2_000]


def _addresses(element: ET.Element) -> Iterator[str]:
    for one in element.iter():
        yield from (one.get(f"{_RDF}{name}", "").strip() for name in ("resource", "about"))


def _whole(element: ET.Element) -> str:
    return " ".join((*_addresses(element), *(_text(one) for one in element.iter())))


def _distinct(found: Iterator[dict[str, str]]) -> list[dict[str, str]]:
    kept: list[dict[str, str]] = []
    for one in found:
        if one not in kept and len(kept) < _MOST_OF_ONE_KIND:
            kept.append(one)
    return kept
