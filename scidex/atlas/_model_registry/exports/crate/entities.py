"""Parts of every package: terms of RO-Crate 1.2 and FAIR4ML, the files, and the zip."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

DESCRIPTOR: Final = "ro-crate-metadata.json"

_CRATE: Final = "https://w3id.org/ro/crate/1.2"
_FAIR4ML: Final = "https://w3id.org/fair4ml/"
_TERMS: Final = ("MLModel", "trainedOn")

Entity = dict[str, Any]

CONTEXT: Final = (f"{_CRATE}/context", {term: f"{_FAIR4ML}{term}" for term in _TERMS})
# RO-Crate requires a licence: where none is registered, the package says so.
NO_LICENCE: Final[Entity] = {
    "@id": "#no-licence",
    "@type": "CreativeWork",
    "name": "No licence is registered",
    "description": "Nothing is granted here: ask whoever registered the model before you use it.",
}
# The earliest time that a zip can hold: a package has no time of export.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file of the package."""

    name: str
    title: str
    media_type: str
    content: bytes


def descriptor() -> Entity:
    """Return the description of the metadata file itself."""
    return {
        "@id": DESCRIPTOR,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _CRATE},
    }


def file_entity(file: Enclosed) -> Entity:
    """Return the description of a file, with its checksum."""
    return {
        "@id": file.name,
        "@type": "File",
        "name": file.title,
        "encodingFormat": file.media_type,
        "contentSize": str(len(file.content)),
        "sha256": hashlib.sha256(file.content).hexdigest(),
    }


def one_or_several(values: Sequence[Entity]) -> Entity | Sequence[Entity]:
    """Return a single value as itself, as RO-Crate asks, and several as a list."""
    return values[0] if len(values) == 1 else values


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files zipped in their order; the same files give the same bytes."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return zipped.getvalue()


def metadata_file(metadata: Mapping[str, Any]) -> bytes:
    """Return the metadata file."""
    return (json.dumps(metadata, ensure_ascii=False, indent=2) + "\n").encode()
