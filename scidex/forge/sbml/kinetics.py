"""The reactions and rules of an SBML model as equations: rate laws, differential equations, assignments."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from scidex.forge.sbml.formulas import FormulaWriter, number_text


def equations(model: Any, formulas: FormulaWriter) -> list[str]:
    """Return all equations of the model: the rate of each reaction under its id, then rules, then species.

    Without rate laws there are no differential equations. A species stands for its concentration unless it
    has only substance units, so its equation divides by its compartment's size. (SBML L3V2, 4.11.7 and 4.14.)
    """
    rates = list(_rates(model, formulas))
    found = [*rates, *_rules(model, formulas), *_balances(model, formulas, rated=bool(rates))]
    return [*formulas.kept.values(), *found]


def local_names(reaction: Any) -> Mapping[str, str]:
    """Return unique names of the parameters of a reaction's rate law, such as ``v1.k``."""
    law = reaction.getKineticLaw()
    if law is None:
        return {}
    own = [*law.getListOfParameters(), *law.getListOfLocalParameters()]
    return {each.getId(): f"{reaction.getId()}.{each.getId()}" for each in own}


def scheme(reaction: Any) -> str:
    """Return the scheme of a reaction: ``A + 2 B -> C``, with ``<->`` if it is reversible."""
    arrow = "<->" if reaction.getReversible() else "->"
    sides = (reaction.getListOfReactants(), reaction.getListOfProducts())
    left, right = (" + ".join(filter(None, map(_amount, side))) for side in sides)
    return f"{left} {arrow} {right}".strip()


def _amount(reference: Any) -> str:
    factor = _factor(reference, None)
    return f"{reference.getSpecies()}" if factor == "1" else f"{factor or '?'} {reference.getSpecies()}"


def _rates(model: Any, formulas: FormulaWriter) -> Iterator[str]:
    for reaction in model.getListOfReactions():
        law = reaction.getKineticLaw()
        if law is not None and law.getMath() is not None:
            yield f"{reaction.getId()} = {formulas.text(law.getMath(), local_names(reaction))}"


def _rules(model: Any, formulas: FormulaWriter) -> Iterator[str]:
    for rule in model.getListOfRules():
        if rule.getMath() is None:
            continue
        right = formulas.text(rule.getMath())
        if rule.isAlgebraic():
            yield f"0 = {right}"
        elif rule.isRate():
            yield f"d{rule.getVariable()}/dt = {right}"
        else:
            yield f"{rule.getVariable()} = {right}"


def _balances(model: Any, formulas: FormulaWriter, *, rated: bool) -> Iterator[str]:
    """Yield the differential equation of each species that reactions change, if any reaction is ``rated``."""
    terms: dict[str, list[str]] = {}
    for reaction in model.getListOfReactions():
        for sign, side in (("-", reaction.getListOfReactants()), ("+", reaction.getListOfProducts())):
            for reference in side:
                term = _term(sign, _factor(reference, formulas), reaction.getId())
                terms.setdefault(reference.getSpecies(), []).append(term)
    for species in model.getListOfSpecies():
        if model.getRule(species.getId()) is not None:
            continue
        is_fixed = species.getBoundaryCondition() or species.getConstant() or species.getId() not in terms
        if not is_fixed and rated:
            yield _balance(model, species, terms[species.getId()])
        elif is_fixed and (compartment := _varying_compartment(model, species)) is not None:
            yield f"d({species.getId()}*{compartment})/dt = 0"


def _varying_compartment(model: Any, species: Any) -> str | None:
    """Return the compartment of a concentration if its size may change; else None."""
    compartment = model.getCompartment(species.getCompartment())
    if compartment is None or compartment.getSpatialDimensions() == 0 or species.getHasOnlySubstanceUnits():
        return None
    return None if compartment.getConstant() else str(compartment.getId())


def _term(sign: str, factor: str | None, reaction: str) -> str:
    if factor == "1":
        return f"{sign} {reaction}"
    return f"{sign} {factor or 'stoichiometry_not_declared'}*{reaction}"


def _balance(model: Any, species: Any, terms: list[str]) -> str:
    name, change = species.getId(), " ".join(terms).removeprefix("+ ").replace("- ", "-", terms[0][0] == "-")
    factor = species.getConversionFactor() or model.getConversionFactor()
    several = len(terms) > 1
    if factor:
        change, several = f"{factor}*{f'({change})' if several else change}", False
    compartment = model.getCompartment(species.getCompartment())
    if species.getHasOnlySubstanceUnits() or compartment is None or compartment.getSpatialDimensions() == 0:
        return f"d{name}/dt = {change}"
    if not compartment.getConstant():
        return f"d({name}*{compartment.getId()})/dt = {change}"
    return f"d{name}/dt = {f'({change})' if several else change}/{compartment.getId()}"


def varying(reference: Any) -> bool:
    """Return whether a stoichiometry has its own name, because it may change."""
    model, own = reference.getModel(), reference.getId()
    if not own:
        return False
    is_set = model.getRule(own) is not None or model.getInitialAssignment(own) is not None
    return is_set or (not reference.getConstant() and reference.getLevel() > 2)  # noqa: PLR2004 - a level of SBML


def _factor(reference: Any, formulas: FormulaWriter | None) -> str | None:
    """Return a stoichiometry: a number, the id of a varying one, or a formula; None if it is not declared."""
    if varying(reference):
        return str(reference.getId())
    if reference.isSetStoichiometryMath() and reference.getStoichiometryMath().getMath() is not None:
        return "?" if formulas is None else f"({formulas.text(reference.getStoichiometryMath().getMath())})"
    value = reference.getStoichiometry()
    if math.isnan(value) or reference.getDenominator() == 0:
        return None
    ratio = "" if reference.getDenominator() == 1 else f"/{reference.getDenominator()}"
    return f"{number_text(value)}{ratio}"
