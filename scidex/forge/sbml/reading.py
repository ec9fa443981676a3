"""Reads an SBML document with libsbml into the metadata of a model. Runs in a separate process."""

from collections.abc import Iterator
from typing import Any

import libsbml

from scidex.forge.sbml import annotations, elements, packages
from scidex.forge.sbml.composed import flattened
from scidex.forge.sbml.formulas import FormulaWriter
from scidex.forge.sbml.kinetics import equations
from scidex.forge.sbml.units import UnitNames
from scidex.forge.sbml.unusable import Unusable

_MOST_ERRORS_NAMED = 3


def read(text: bytes) -> dict[str, Any]:
    """Return ``title``, ``id``, ``source``, ``metadata`` and ``left_out`` of the model in a document.

    Raises:
        Unusable: libsbml cannot read it, it has no model, or its submodels are missing.

    """
    document = libsbml.readSBMLFromString(text.decode())
    _refuse_broken(document)
    submodels = flattened(document)
    model = document.getModel()
    units, formulas = UnitNames(model), FormulaWriter(model)
    metadata: dict[str, Any] = {
        "parameters": elements.parameters(model, units, formulas),
        "compartments": elements.compartments(model, units, formulas),
        "species": elements.species(model, units, formulas),
        "reactions": elements.reactions(model),
        "events": elements.events(model, formulas),
        "constraints": list(elements.constraints(model, formulas)),
        "time_unit": units.text(model.getTimeUnits()) or units.redefined("time"),
    }
    left_out = list(packages.add(model, metadata, formulas))
    metadata["equations"] = [*equations(model, formulas), *metadata.pop("transitions", [])]
    metadata["model_type"] = _model_type(metadata)
    metadata["card"] = annotations.card(model)
    if submodels:
        left_out.append((f"how it is put together from {submodels} submodels", "they stand as one model"))
    left_out += _left_out(model, metadata)
    kept = {key: value for key, value in metadata.items() if value or key in ("equations", "parameters")}
    return {
        "title": model.getName().strip() or model.getId().strip(),
        "id": model.getId(),
        "address": annotations.identity(model),
        "level": f"SBML Level {document.getLevel()} Version {document.getVersion()}",
        "metadata": kept,
        "left_out": left_out,
    }


def _refuse_broken(document: Any) -> None:
    faults = [document.getError(index) for index in range(document.getNumErrors())]
    fatal = [
        each for each in faults if each.isFatal() or each.isSystem() or (each.isXML() and each.isError())
    ]
    if fatal or document.getModel() is None:
        named = "; ".join(_told(each) for each in (fatal or faults)[:_MOST_ERRORS_NAMED])
        place = f"line {fatal[0].getLine()}" if fatal else "the document"
        raise Unusable(
            place, named or "it holds no model", "give an SBML file that an SBML validator accepts"
        )


def _told(error: Any) -> str:
    return " ".join((error.getMessage() or error.getShortMessage()).split())[:300]


def _model_type(metadata: dict[str, Any]) -> str:
    if "objective" in metadata:
        return "constraint_based"
    if metadata.get("qualitative"):
        return "logical"
    if any("/dt = " in line for line in metadata["equations"]):
        return "ODE"
    return "algebraic" if metadata["equations"] else "reaction_network"


def _left_out(model: Any, metadata: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the facts of the model that its equations do not express."""
    without = [each.getId() for each in model.getListOfReactions() if not _has_rate(each)]
    if without and "objective" not in metadata:
        yield f"rates of {len(without)} reactions", f"the file gives no rate law: {_names(without)}"
    if any("stoichiometry_not_declared" in line for line in metadata["equations"]):
        yield "some stoichiometries", "the file does not declare them"
    if any(each.getFast() for each in model.getListOfReactions()):
        yield "that reactions are fast", "they stand as ordinary ones in the equations"
    missing = [name for name, entry in metadata["parameters"].items() if entry["units"] is None]
    if missing:
        all_ = len(metadata["parameters"])
        yield f"units of {len(missing)} of {all_} parameters", f"the file declares none: {_names(missing)}"


def _has_rate(reaction: Any) -> bool:
    law = reaction.getKineticLaw()
    return law is not None and law.getMath() is not None


def _names(names: list[str]) -> str:
    shown = ", ".join(names[:_MOST_ERRORS_NAMED])
    return (
        shown if len(names) <= _MOST_ERRORS_NAMED else f"{shown} and {len(names) - _MOST_ERRORS_NAMED} more"
    )
