"""The document: SBML Level 3 Version 2 core, in the order of its schema."""

from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, tostring

from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.sbml.about import about
from scidex.atlas._model_registry.exports.sbml.inexpressible import InexpressibleError
from scidex.atlas._model_registry.exports.sbml.listed import ListWriter, substance
from scidex.atlas._model_registry.exports.sbml.units import UnitDefinitions
from scidex.atlas._model_registry.exports.sbml.whole import Whole, whole_model

_CORE: Final = "http://www.sbml.org/sbml/level3/version2/core"
# Characters of equations that are read in a few milliseconds, as long as a page may wait.
_MOST_JUDGED: Final = 10_000


def as_sbml(record: Record) -> bytes:
    """Return a model in SBML.

    Raises:
        InvalidQuery: SBML cannot express the whole model; the message says why.

    """
    try:
        return _document(record)
    except InexpressibleError as inexpressible:
        message = f"format=sbml cannot express the whole model: {inexpressible}"
        raise InvalidQuery("format", "sbml", message) from inexpressible


def sbml_or_none(record: Record) -> bytes | None:
    """Return a model in SBML; None where SBML cannot express it whole."""
    try:
        return _document(record)
    except InexpressibleError:
        return None


def reason_against(record: Record) -> str | None:
    """Return why SBML cannot express a model; None where it can, or where the equations are too many to read."""
    if len(str(record.model["metadata"])) > _MOST_JUDGED:
        return None
    try:
        _document(record)
    except InexpressibleError as inexpressible:
        return str(inexpressible)
    return None


def _document(record: Record) -> bytes:
    stored, units = record.model["metadata"], UnitDefinitions()
    metadata = stored if isinstance(stored, dict) else {}
    found = whole_model(metadata)
    title = one_line(record.model["title"]) or one_line(record.model["id"])
    listed = ListWriter(found, units)
    model = Element("model", {"metaid": "model", "id": listed.names.other(record.model["id"]), "name": title})
    for attribute, unit in _of_model(metadata, found).items():
        if (known := units.id(unit)) is not None:
            model.set(attribute, known)
    lists = listed.lists()
    model.extend(list(about(record, units.inexpressible, as_equations=found.as_equations)))
    if (defined := units.element()) is not None:
        lists.insert(int(bool(lists) and lists[0].tag == "listOfFunctionDefinitions"), defined)
    model.extend(lists)
    root = Element("sbml", {"xmlns": _CORE, "xmlns:sbml": _CORE, "level": "3", "version": "2"})
    root.append(model)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _of_model(metadata: Mapping[str, Any], found: Whole) -> dict[str, object]:
    """Return the units of time and, where all species have one unit of amount, of substance and extent."""
    species = [one for one in found.known.values() if one.kind == "species"]
    amounts = {substance(one, found.known[str(one.entry["compartment"])]) for one in species}
    unit = amounts.pop() if len(amounts) == 1 else None
    return {"substanceUnits": unit, "timeUnits": metadata.get("time_unit"), "extentUnits": unit}
