"""Packages of SBML level 3: bounds and objectives (fbc), logical rules (qual)."""

from collections.abc import Iterator
from typing import Any, Final

import libsbml

from scidex.forge.sbml.formulas import FormulaWriter, number_text

_READ: Final = frozenset({"fbc", "qual", "comp", "layout", "render", "groups", "l3v2extendedmath"})
_SIGNS: Final = {
    libsbml.INPUT_SIGN_POSITIVE: " (positive)",
    libsbml.INPUT_SIGN_NEGATIVE: " (negative)",
    libsbml.INPUT_SIGN_DUAL: " (dual)",
}


def add(model: Any, metadata: dict[str, Any], formulas: FormulaWriter) -> Iterator[tuple[str, str]]:
    """Add the content of packages to a model's metadata, and yield what is left out."""
    if (fbc := model.getPlugin("fbc")) is not None:
        _constraint_based(model, fbc, metadata)
    if (qual := model.getPlugin("qual")) is not None:
        _logical(qual, metadata, formulas)
    for index in range(model.getNumPlugins()):
        plugin = model.getPlugin(index)
        name = plugin.getPackageName()
        if name == "layout" and not plugin.getNumLayouts():  # libsbml gives it to every model of level 2
            continue
        if name in ("layout", "render", "groups") or name not in _READ:
            yield f"the package {name}", "nothing of it is kept"


def _constraint_based(model: Any, fbc: Any, metadata: dict[str, Any]) -> None:
    for objective in fbc.getListOfObjectives():
        parts = (
            f"{number_text(each.getCoefficient())} {each.getReaction()}"
            for each in objective.getListOfFluxObjectives()
        )
        if not fbc.getActiveObjectiveId() or objective.getId() == fbc.getActiveObjectiveId():
            metadata["objective"] = f"{objective.getType()} {' + '.join(parts)}".strip()
    reactions: dict[str, dict[str, Any]] = metadata["reactions"]
    for bound in fbc.getListOfFluxBounds():
        entry = reactions.get(bound.getReaction(), {})
        entry.setdefault("bounds", []).append(f"{bound.getOperation()} {number_text(bound.getValue())}")
    for reaction in model.getListOfReactions():
        plugin = reaction.getPlugin("fbc")
        if plugin is None:
            continue
        found = {"lower": plugin.getLowerFluxBound(), "upper": plugin.getUpperFluxBound()}
        if (genes := plugin.getGeneProductAssociation()) is not None and genes.getAssociation() is not None:
            found["genes"] = genes.getAssociation().toInfix()
        reactions[reaction.getId()] |= {key: value for key, value in found.items() if value}


def _logical(qual: Any, metadata: dict[str, Any], formulas: FormulaWriter) -> None:
    for each in qual.getListOfQualitativeSpecies():
        levels = {"value": each.getInitialLevel() if each.isSetInitialLevel() else None, "units": None}
        most = {"levels": each.getMaxLevel()} if each.isSetMaxLevel() else {}
        name = {"name": each.getName()} if each.getName() else {}
        metadata["species"][each.getId()] = {**levels, **most, **name, "compartment": each.getCompartment()}
    metadata["qualitative"] = {
        each.getId() or f"transition {number}": _inputs(each)
        for number, each in enumerate(qual.getListOfTransitions(), 1)
    }
    metadata["transitions"] = [
        f"{output.getQualitativeSpecies()} = {_levels(each, formulas)}"
        for each in qual.getListOfTransitions()
        for output in each.getListOfOutputs()
    ]


def _inputs(transition: Any) -> str:
    inputs = (
        f"{each.getQualitativeSpecies()}{_SIGNS.get(each.getSign(), '')}"
        for each in transition.getListOfInputs()
    )
    outputs = (each.getQualitativeSpecies() for each in transition.getListOfOutputs())
    return f"{', '.join(inputs)} -> {', '.join(outputs)}"


def _levels(transition: Any, formulas: FormulaWriter) -> str:
    """Return the level that a transition sets: the first whose condition holds, else the default."""
    terms = [
        f"{term.getResultLevel()}, {formulas.text(term.getMath())}"
        for term in transition.getListOfFunctionTerms()
        if term.getMath() is not None
    ]
    default = transition.getDefaultTerm()
    otherwise = [str(default.getResultLevel())] if default is not None else []
    return f"piecewise({', '.join([*terms, *otherwise])})" if terms else (otherwise or ["0"])[0]
