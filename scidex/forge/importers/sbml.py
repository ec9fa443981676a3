"""SBML: the equations, quantities and description of a mechanistic model."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from scidex.forge.importers.digests import id_of_content, of_bytes
from scidex.forge.importers.documents import read_bytes
from scidex.forge.importers.isolated import read_apart
from scidex.forge.importers.plan import (
    Glimpse,
    ImportFormat,
    LeftOut,
    Missing,
    Plan,
    PlannedModel,
    PlannedPart,
    Told,
)
from scidex.forge.importers.xml_bounds import MOST_BYTES, checked_xml

_XML: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<")
_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?sbml[\s>]")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")  # UTF-16

_NO_DATA: Final = Missing(
    "the data that its parameters were fitted to",
    "SBML does not name data: register them and import with --dataset ID, or import a PEtab problem",
)
_NO_ANALYSIS: Final = Missing("the analysis that made it", "register it and import with --analysis ID")


def read_document(data: bytes) -> dict[str, Any]:
    """Return the content of an SBML document in the form of :func:`scidex.forge.sbml.reading.read`.

    Raises:
        Refused: it is not sound XML, libsbml cannot read it, or it is not a model that the registry can express.

    """
    found: dict[str, Any] = read_apart("scidex.forge.sbml.program", checked_xml(data).encode())
    return found


def model_plan(data: bytes, source: str, file_name: str, told: Told) -> Plan:
    """Return the plan of the model in an SBML document. Raises as :func:`read_document` does."""
    read, content_hash = read_document(data), of_bytes(data)
    model = PlannedModel(
        artifact_id=id_of_content("model", "sbml", content_hash),
        title=read["title"] or file_name,
        model_family="biophysical",
        metadata={**read["metadata"], "provenance": stated_source(read, file_name)},
        content_hash=content_hash,
        trained_on=(told.dataset,) if told.dataset else (),
        produced_by=(told.analysis,) if told.analysis else (),
        model_version=version_of(read, told),
        attributes={
            "origin_type": told.origin_type,
            "origin_url": read["address"],
            "created_by": "import sbml",
        },
    )
    missing = [*([] if told.dataset else [_NO_DATA]), *([] if told.analysis else [_NO_ANALYSIS])]
    return Plan(
        source=source, format="sbml", models=(model,), left_out=left_out(read), missing=tuple(missing)
    )


def stated_source(read: dict[str, Any], file_name: str) -> dict[str, Any]:
    """Return the file of a model, and the model's name in it."""
    return {"format": read["level"], "file": file_name, "model_id": read["id"]}


def version_of(read: dict[str, Any], told: Told) -> dict[str, Any]:
    """Return the origin of a model for its version's row."""
    return {"is_external": told.origin_type == "external", "external_source_url": read["address"]}


def left_out(read: dict[str, Any]) -> tuple[LeftOut, ...]:
    """Return the parts of a document that are not kept."""
    return tuple(LeftOut(what, reason) for what, reason in read["left_out"])


def _is_sbml(seen: Glimpse) -> bool:
    head = seen.head.replace(b"\0", b"") if seen.head.startswith(_WIDE) else seen.head
    # An archive may hold a model file as such.
    return not seen.is_folder and _XML.match(head) is not None and _ROOT.search(head) is not None


def _read(path: Path, told: Told) -> Iterator[PlannedPart]:
    yield model_plan(read_bytes(path, most=MOST_BYTES), str(path), path.name, told)


FORMAT: Final = ImportFormat(name="sbml", title="SBML", recognises=_is_sbml, read=_read)
