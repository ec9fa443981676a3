"""The zip: its files and their order. The same record gives the same bytes."""

from collections.abc import Callable, Mapping
from typing import Final

from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.exports.card.card import as_card
from scidex.atlas._model_registry.exports.citation.cff import as_cff
from scidex.atlas._model_registry.exports.citation.facts import citation
from scidex.atlas._model_registry.exports.crate.entities import DESCRIPTOR, Enclosed, metadata_file, packed
from scidex.atlas._model_registry.exports.crate.metadata import crate_metadata
from scidex.atlas._model_registry.exports.record import Record, as_json
from scidex.atlas._model_registry.exports.sbml.document import sbml_or_none

# Each with its title, media type and writer; a format that cannot express the model gives None and is left out.
_ENCLOSED: Final[Mapping[str, tuple[str, str, Callable[[Record], bytes | None]]]] = {
    "scidex-record.json": ("The whole record, which an import reads", "application/json", as_json),
    "README.md": ("Model card", "text/markdown", as_card),
    "CITATION.cff": ("How to cite this version", "application/yaml", as_cff),
    "model.xml": ("The equations in SBML", "application/sbml+xml", sbml_or_none),
}


def as_crate(record: Record) -> bytes:
    """Return the package. Raises what :func:`enclosed_files` raises."""
    return packed(enclosed_files(record))


def enclosed_files(record: Record) -> dict[str, bytes]:
    """Return the files of the package by name, its own description first.

    Raises:
        InvalidQuery: no date is registered, and RO-Crate requires a date of publication.

    """
    if citation(record).date is None:
        message = (
            "RO-Crate wants a date of publication, and no date that can be read is registered for this model; "
            "format=json and format=card do without one"
        )
        raise InvalidQuery("format", "crate", message)
    made = {name: write(record) for name, (_, _, write) in _ENCLOSED.items()}
    contents = {name: content for name, content in made.items() if content is not None}
    described = [
        Enclosed(name=name, title=title, media_type=media_type, content=contents[name])
        for name, (title, media_type, _) in _ENCLOSED.items()
        if name in contents
    ]
    return {DESCRIPTOR: metadata_file(crate_metadata(record, described)), **contents}
