"""The shape of ``metadata.card``, the description of a model for a reader."""

from collections.abc import Callable, Iterator

from scidex.atlas._artifact_registry.errors import Fault
from scidex.atlas._artifact_registry.json_shapes import TEXT, TEXTS, Shape, each, kinds, record
from scidex.atlas._artifact_registry.plain_json import Json
from scidex.atlas.model_registry import doi_of, orcid_of


def _read_as(read: Callable[[Json], object], advice: str) -> Shape:
    """Accept text that ``read`` can read."""

    def check(field: str, value: Json) -> Iterator[Fault]:
        if read(value) is None:
            yield Fault(field, value, advice)

    return kinds(text=check)


def _either(*names: str) -> Shape:
    """Accept an object with one of some keys."""

    def check(field: str, value: Json) -> Iterator[Fault]:
        if isinstance(value, dict) and all(value.get(name) is None for name in names):
            yield Fault(field, value, f"give one of {' and '.join(names)}")

    return check


def _all(*shapes: Shape) -> Shape:
    def check(field: str, value: Json) -> Iterator[Fault]:
        for shape in shapes:
            yield from shape(field, value)

    return check


_ORCID = _read_as(orcid_of, "give an ORCID iD whose check digit is right, such as 0000-0002-1825-0097")
_DOI = _read_as(doi_of, "give a DOI, such as 10.1371/journal.pone.0018850")
_AUTHOR = kinds(text=TEXT, object=record({"name": TEXT}, {"orcid": _ORCID, "affiliation": TEXT}))
_PUBLICATION = kinds(
    object=_all(record({}, {"doi": _DOI, "citation": TEXT}), _either("doi", "citation")),
)
_VARIABLE = kinds(text=TEXT, object=record({"name": TEXT}, {"unit": TEXT, "type": TEXT}))
_LICENCE = kinds(text=TEXT, object=_all(record({}, {"id": TEXT, "text": TEXT}), _either("id", "text")))

CARD: Shape = kinds(
    object=record(
        {},
        {
            "summary": TEXT,
            "licence": _LICENCE,
            "authors": kinds(list=each(_AUTHOR)),
            "publications": kinds(list=each(_PUBLICATION)),
            "intended_use": TEXT,
            "limitations": TEXT,
            "population": TEXT,
            "inputs": kinds(list=each(_VARIABLE)),
            "outputs": kinds(list=each(_VARIABLE)),
            "taxa": TEXTS,
            "languages": TEXTS,
            "annotations": TEXTS,
            "caveats": TEXTS,
        },
    )
)
