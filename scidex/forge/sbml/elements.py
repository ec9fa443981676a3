"""The named elements of an SBML model as entries of its metadata: parameters, species, compartments, events."""

import math
from collections.abc import Iterator
from typing import Any, TypeAlias

from scidex.forge.sbml.formulas import FormulaWriter
from scidex.forge.sbml.kinetics import local_names, scheme, varying
from scidex.forge.sbml.units import UnitNames

Entry: TypeAlias = dict[str, Any]


def parameters(model: Any, units: UnitNames, formulas: FormulaWriter) -> dict[str, Entry]:
    """Return the parameters by id; those of a rate law by their names in :func:`local_names`."""
    own = {each.getId(): each for each in model.getListOfParameters()}
    for reaction in model.getListOfReactions():
        law, names = reaction.getKineticLaw(), local_names(reaction)
        for name in names:
            own[names[name]] = law.getLocalParameter(name) or law.getParameter(name)
    found = {name: _quantity(model, each, each.getUnits(), units, formulas) for name, each in own.items()}
    for reaction in model.getListOfReactions():
        for each in (*reaction.getListOfReactants(), *reaction.getListOfProducts()):
            if varying(each):  # a stoichiometry has no unit (SBML L3V2, 4.11.5)
                found[each.getId()] = _quantity(model, each, "dimensionless", units, formulas)
    return found


def compartments(model: Any, units: UnitNames, formulas: FormulaWriter) -> dict[str, Entry]:
    """Return the compartments by id, each with its size."""
    return {
        each.getId(): {
            **_quantity(model, each, _unit_of_size(model, each), units, formulas),
            "dimensions": _finite(each.getSpatialDimensionsAsDouble()),
        }
        for each in model.getListOfCompartments()
    }


def species(model: Any, units: UnitNames, formulas: FormulaWriter) -> dict[str, Entry]:
    """Return the species by id, with their initial values: amounts or concentrations, as in the file."""
    return {each.getId(): _species(model, each, units, formulas) for each in model.getListOfSpecies()}


def reactions(model: Any) -> dict[str, Entry]:
    """Return the schemes of the reactions by id; their rate laws are among the model's equations."""
    return {each.getId(): _filled(_reaction(each)) for each in model.getListOfReactions()}


def events(model: Any, formulas: FormulaWriter) -> dict[str, Entry]:
    """Return the events by id or, without one, by number: their triggers and assignments."""
    return {
        each.getId() or f"event {number}": _filled(_event(each, formulas)) | _timing(each)
        for number, each in enumerate(model.getListOfEvents(), 1)
    }


def _quantity(model: Any, element: Any, unit: str, units: UnitNames, formulas: FormulaWriter) -> Entry:
    name = element.getId()
    rule, start = model.getRule(name), model.getInitialAssignment(name)
    size = _initial(element)
    entry: Entry = {"value": _finite(size), "units": units.text(unit), "name": element.getName()}
    if rule is not None and rule.isAssignment() and rule.getMath() is not None:
        entry |= {"value": None, "rule": formulas.text(rule.getMath())}
    elif start is not None and start.getMath() is not None:
        entry |= {"value": None, "initial_assignment": formulas.text(start.getMath())}
    elif entry["value"] is None:
        entry |= {"expression": str(size)} if math.isinf(size) else {"lower": None, "upper": None}
    return _named(entry)


def _initial(element: Any) -> float:
    """Return the size of a compartment, the stoichiometry of a reference or the value of a parameter; NaN if unset."""
    for read, is_set in (("getSize", "isSetSize"), ("getStoichiometry", "isSetStoichiometry")):
        if hasattr(element, read):
            return float(getattr(element, read)()) if getattr(element, is_set)() else math.nan
    return float(element.getValue()) if element.isSetValue() else math.nan


def _unit_of_size(model: Any, compartment: Any) -> str:
    """Return the unit of a size in the file: its own, or that of all sizes of its dimension (level 3)."""
    if compartment.getUnits() or model.getLevel() < 3:  # noqa: PLR2004 - a level of SBML
        return str(compartment.getUnits())
    of_model = {3: model.getVolumeUnits, 2: model.getAreaUnits, 1: model.getLengthUnits}
    known = of_model.get(compartment.getSpatialDimensions())
    return str(known()) if known else ""


def _species(model: Any, each: Any, units: UnitNames, formulas: FormulaWriter) -> Entry:
    compartment = model.getCompartment(each.getCompartment())
    substance = units.text(each.getSubstanceUnits() or _of_model(model, "substance", units))
    size = units.text(_unit_of_size(model, compartment)) if compartment is not None else None
    concentration = None if substance is None or size is None else f"{substance}/{_bracketed(size)}"
    amount, density = _finite(each.getInitialAmount()), _finite(each.getInitialConcentration())
    is_amount = each.getHasOnlySubstanceUnits() or (each.isSetInitialAmount() and amount is not None)
    entry: Entry = {
        "value": amount
        if each.isSetInitialAmount()
        else density
        if each.isSetInitialConcentration()
        else None,
        "units": substance if is_amount else concentration,
        "initial": "amount" if is_amount else "concentration",
        "name": each.getName(),
        "compartment": each.getCompartment(),
    }
    for flag, holds in (
        ("boundary", each.getBoundaryCondition()),
        ("constant", each.getConstant()),
        ("only_amounts", each.getHasOnlySubstanceUnits()),
    ):
        if holds:
            entry[flag] = True
    start = model.getInitialAssignment(each.getId())
    if start is not None and start.getMath() is not None:
        entry |= {"value": None, "initial_assignment": formulas.text(start.getMath())}
    return _named(entry)


def _of_model(model: Any, name: str, units: UnitNames) -> str:
    """Return the model's own unit of substance: stated (level 3), or redefined (earlier levels)."""
    if model.getLevel() > 2:  # noqa: PLR2004 - a level of SBML
        return str(model.getSubstanceUnits())
    return name if units.redefined(name) else ""


def _bracketed(unit: str) -> str:
    return f"({unit})" if "/" in unit or "*" in unit else unit


def _reaction(each: Any) -> Entry:
    return {
        "equation": scheme(each),
        "name": each.getName(),
        "modifiers": sorted(
            modifier.getSpecies() for modifier in each.getListOfModifiers()
        ),  # SBML gives no order
        "fast": bool(each.getFast()),
    }


def _event(each: Any, formulas: FormulaWriter) -> Entry:
    return {
        "name": each.getName(),
        "when": _math(each.getTrigger(), formulas),
        "after": _math(each.getDelay(), formulas),
        "priority": _math(each.getPriority(), formulas),
        "sets": {set_.getVariable(): _math(set_, formulas) for set_ in each.getListOfEventAssignments()},
    }


def _timing(each: Any) -> Entry:
    """Return the timing that level 2 fixes and level 3 declares: SBML L3V2, 4.12."""
    trigger = each.getTrigger()
    return {
        "persistent": trigger is None or bool(trigger.getPersistent()),
        "initial_value": trigger is None or bool(trigger.getInitialValue()),
        "values_from_trigger_time": bool(each.getUseValuesFromTriggerTime()),
    }


def _math(holder: Any, formulas: FormulaWriter) -> str:
    return "" if holder is None or holder.getMath() is None else formulas.text(holder.getMath())


def constraints(model: Any, formulas: FormulaWriter) -> Iterator[str]:
    """Yield the constraints under which the model is valid."""
    for each in model.getListOfConstraints():
        if each.getMath() is not None:
            yield formulas.text(each.getMath())


def _finite(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value  # noqa: PLR2004 - all its digits are exact


def _named(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if key != "name" or value}


def _filled(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if value}
