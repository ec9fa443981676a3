"""What a model says of itself for a reader: ``metadata.card``, and the same under its usual names in metadata."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final, TypeVar

from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.spdx import spdx_of

_Entry = TypeVar("_Entry")

MOST_CHARACTERS: Final = 20_000
MOST_ENTRIES: Final = 500
OTHER: Final = "other"

# doi.org: directory indicator 10, a registrant, and anything. In front stand the ways in which it is written.
_DOI: Final = re.compile(
    r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}(?:\.\d+)*/\S{1,500})", re.IGNORECASE
)
_ORCID: Final = re.compile(
    r"(?:(?:https?://)?orcid\.org/|orcid:\s*)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Licence:
    """An SPDX id or expression, or ``other`` with a text in its place; an id may have a text too."""

    id: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who made the model; ``orcid`` without its address."""

    name: str
    orcid: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """A text on the model; ``doi`` without its address. One of the two is given."""

    doi: str | None = None
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """An input or output."""

    name: str
    unit: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRecord:
    """The description of a model; what it does not say is None or empty.

    ``population`` says for whom or what it is valid, ``caveats`` what to doubt; ``annotations`` are CURIEs.
    """

    summary: str | None = None
    licence: Licence | None = None
    authors: tuple[Author, ...] = ()
    publications: tuple[Publication, ...] = ()
    intended_use: str | None = None
    limitations: str | None = None
    population: str | None = None
    inputs: tuple[Variable, ...] = ()
    outputs: tuple[Variable, ...] = ()
    taxa: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return any(getattr(self, field.name) for field in fields(self))


# The usual names of a card's keys, read where the card lacks them.
USUAL_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "summary": ("summary", "abstract", "description"),
    "licence": ("licence", "license"),
    "authors": ("authors", "author", "creators", "creator"),
    "publications": ("publications", "publication", "doi", "citation"),
    "intended_use": ("intended_use",),
    "limitations": ("limitations",),
    "population": ("population",),
    "taxa": ("taxa", "taxon"),
    "languages": ("languages", "language"),
    "annotations": ("annotations",),
    "caveats": ("caveats", "notes", "note"),
}


def read_card(metadata: Json) -> CardRecord:
    """Return what metadata says under ``card`` and, where that is silent, under the usual names.

    What cannot be read is left out: texts that are blank, entries that are neither text nor an object with a name.
    Texts are cut to 20,000 characters, lists to 500 entries. Never raises.
    """
    if not isinstance(metadata, dict):
        return CardRecord()
    card = metadata.get("card")
    places = [(card if isinstance(card, dict) else {}, True), (metadata, False)]
    said = {key: next(filter(None, _said(key, read, places)), None) for key, read in _READERS.items()}
    return CardRecord(
        **{key: value for key, value in said.items() if value}  # type: ignore[arg-type]  # as its reader returns it
    )


def _said(
    key: str, read: Callable[[Json], object], places: Sequence[tuple[Mapping[str, Json], bool]]
) -> Iterator[object]:
    """Yield the values under the key itself (in the card only) and under its usual names."""
    for place, is_card in places:
        for name in (*([key] if is_card else []), *USUAL_NAMES.get(key, ())):
            if name in place:
                yield read(place[name])


def text_of(value: Json) -> str | None:
    """Return a text without the space around it, cut to 20,000 characters; None if it is blank or not a text."""
    return value.strip()[:MOST_CHARACTERS] or None if isinstance(value, str) else None


def licence_of(value: Json) -> Licence | None:
    """Return the licence that an SPDX id, an object with ``id`` and ``text``, or other words (``other``) name."""
    said = value if isinstance(value, dict) else {"id": value}
    name, text = text_of(said.get("id")), text_of(said.get("text"))
    if name is not None and (known := spdx_of(name)):
        return Licence(known, text)
    words = text or name
    return Licence(OTHER, words) if words else None


def doi_of(value: Json) -> str | None:
    """Return the DOI of a text, without its address; None if the text is not a DOI."""
    found = _DOI.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[1] if found else None


def orcid_of(value: Json) -> str | None:
    """Return the ORCID iD of a text, without its address; None if it is not one or its check digit is wrong."""
    found = _ORCID.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[1].upper() if found and _is_checked(found[1].upper()) else None


def _is_checked(orcid: str) -> bool:
    """Check the last digit by ISO 7064, MOD 11-2; source: support.orcid.org, structure of the ORCID identifier."""
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


def _author(value: Json) -> Author | None:
    if not isinstance(value, dict):
        name = text_of(value)
        return Author(name) if name else None
    name = text_of(value.get("name"))
    return Author(name, orcid_of(value.get("orcid")), text_of(value.get("affiliation"))) if name else None


def _publication(value: Json) -> Publication | None:
    if isinstance(value, dict):
        doi, citation = doi_of(value.get("doi")), text_of(value.get("citation"))
    else:
        doi = doi_of(value)
        citation = None if doi else text_of(value)
    return Publication(doi, citation) if doi or citation else None


def _variable(value: Json) -> Variable | None:
    if not isinstance(value, dict):
        name = text_of(value)
        return Variable(name) if name else None
    name = text_of(value.get("name"))
    unit = text_of(value.get("unit")) or text_of(value.get("units"))
    return Variable(name, unit, text_of(value.get("type"))) if name else None


def _each(read: Callable[[Json], _Entry | None]) -> Callable[[Json], tuple[_Entry, ...]]:
    """Return a reader of lists; it takes a single entry for a list of one."""

    def entries(value: Json) -> tuple[_Entry, ...]:
        listed = value[:MOST_ENTRIES] if isinstance(value, list) else [value]
        return tuple(_found(map(read, listed)))

    return entries


def _found(entries: Iterator[_Entry | None]) -> Iterator[_Entry]:
    return (entry for entry in entries if entry is not None)


_TEXTS = _each(text_of)

_READERS: Final[Mapping[str, Callable[[Json], object]]] = {
    "summary": text_of,
    "licence": licence_of,
    "authors": _each(_author),
    "publications": _each(_publication),
    "intended_use": text_of,
    "limitations": text_of,
    "population": text_of,
    "inputs": _each(_variable),
    "outputs": _each(_variable),
    "taxa": _TEXTS,
    "languages": _TEXTS,
    "annotations": _TEXTS,
    "caveats": _TEXTS,
}
