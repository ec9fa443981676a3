"""The notations of PROV: PROV-JSON, PROV-N and Turtle (PROV-O)."""

from scidex.atlas._model_registry.exports.prov_graph.document import prov_document
from scidex.atlas._model_registry.exports.record import Record


def as_prov_json(record: Record) -> bytes:
    """Return PROV-JSON (https://www.w3.org/submissions/prov-json/)."""
    return _as_bytes(prov_document(record).serialize(format="json", indent=2))


def as_prov_n(record: Record) -> bytes:
    """Return PROV-N (https://www.w3.org/TR/prov-n/), the notation for people."""
    return _as_bytes(prov_document(record).serialize(format="provn"))


def as_prov_turtle(record: Record) -> bytes:
    """Return PROV-O (https://www.w3.org/TR/prov-o/) in Turtle."""
    return _as_bytes(prov_document(record).serialize(format="rdf", rdf_format="turtle"))


def _as_bytes(text: object) -> bytes:
    return f"{text}\n".encode()
