"""A model in which every name of its equations is declared, or the reason why SBML cannot express it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from scidex.atlas._model_registry.equations.expressions import Expression
from scidex.atlas._model_registry.equations.sides import equations_of
from scidex.atlas._model_registry.exports.sbml.inexpressible import InexpressibleError, quoted
from scidex.atlas._model_registry.exports.sbml.names import AVOGADRO, CONSTANTS
from scidex.atlas._model_registry.exports.sbml.quantities import Quantity, quantities
from scidex.atlas._model_registry.exports.sbml.reactions import Reaction, reactions
from scidex.atlas._model_registry.exports.sbml.statements import (
    TIME,
    Statements,
    formula,
    names_in,
    statements,
)

_ELSEWHERE: Final = {
    "objective": "an objective and bounds of fluxes are of the package fbc, not of the core",
    "qualitative": "levels and transitions are of the package qual, not of the core",
}
_EVENT: Final = ("persistent", "initial_value", "values_from_trigger_time")


@dataclass(slots=True)
class Event:
    """An event of the record, with its formulas read."""

    name: str
    entry: Mapping[str, Any]
    formulas: dict[str, Expression] = field(default_factory=dict)
    sets: dict[str, Expression] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything of a model that a document holds."""

    known: Mapping[str, Quantity]
    stated: Statements
    reactions: tuple[Reaction, ...]
    events: tuple[Event, ...]
    constraints: tuple[Expression, ...]
    as_equations: bool

    def formulas(self) -> Iterator[Expression]:
        """Yield every formula outside the functions of the model."""
        stated = self.stated
        yield from (*stated.values.values(), *stated.rates.values(), *stated.starts.values())
        yield from (one.rate for one in self.reactions if one.rate is not None)
        for event in self.events:
            yield from (*event.formulas.values(), *event.sets.values())
        yield from self.constraints


def whole_model(metadata: Mapping[str, Any]) -> Whole:
    """Return the model in some metadata.

    Raises:
        InexpressibleError: SBML's core cannot express all of it.

    """
    for key, reason in _ELSEWHERE.items():
        if metadata.get(key):
            raise InexpressibleError(reason)
    equations = equations_of(metadata.get("equations"))
    if not equations:
        raise InexpressibleError("the model has no equations as text")
    stated = statements(equations)
    known = quantities(metadata, stated)
    events, constraints = tuple(_events(metadata)), tuple(_constraints(metadata))
    made = reactions(metadata, stated)
    for one in made:
        known.pop(one.id, None)
    found = Whole(
        known, stated, made, events, constraints, as_equations=bool(metadata.get("reactions")) and not made
    )
    _refuse(found)
    return found


def _refuse(found: Whole) -> None:
    if found.stated.amounts:
        (species, compartment), *_ = found.stated.amounts
        raise InexpressibleError(
            f"d({species}*{compartment})/dt is not what reactions give, and no rule of SBML expresses it"
        )
    undeclared = sorted(_undeclared(found))
    if undeclared:
        raise InexpressibleError(
            f"{quoted(undeclared)} stands in its formulas and is not declared: add it to parameters or card.inputs"
        )
    for name, one in found.known.items():
        if one.kind == "species" and one.entry.get("constant") and name in found.stated.rates:
            raise InexpressibleError(f"{quoted([name])} is constant and changes")
    uses = {name: set(names_in(right)) for name, right in found.stated.values.items()}
    uses |= {one.id: set(names_in(one.rate)) for one in found.reactions if one.rate is not None}
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        raise InexpressibleError(f"{quoted(sorted(set(error.args[1])))} are each set by the other") from None


def _undeclared(found: Whole) -> Iterator[str]:
    known = {
        *found.known,
        *(one.id for one in found.reactions),
        *found.stated.functions,
        *CONSTANTS,
        *TIME,
        AVOGADRO,
    }
    for expression in found.formulas():
        yield from {*names_in(expression)} - known
    for arguments, body in found.stated.functions.values():
        yield from {*names_in(body)} - {*arguments} - set(CONSTANTS)
    yield from {*found.stated.starts} - known
    for event in found.events:
        yield from event.sets.keys() - known


def _events(metadata: Mapping[str, Any]) -> Iterator[Event]:
    entries = metadata.get("events")
    for name, entry in (entries if isinstance(entries, dict) else {}).items():
        if not isinstance(entry, dict) or not isinstance(entry.get("when"), str):
            raise InexpressibleError(f"when the event {quoted([name])} happens is not registered")
        if not all(isinstance(entry.get(key), bool) for key in _EVENT):
            raise InexpressibleError(
                f"whether the event {quoted([name])} persists, and when it takes its values, is not registered"
            )
        event = Event(name, entry)
        event.formulas = {
            key: formula(entry[key])
            for key in ("when", "after", "priority")
            if isinstance(entry.get(key), str)
        }
        sets = entry.get("sets")
        event.sets = {
            key: formula(str(text)) for key, text in (sets if isinstance(sets, dict) else {}).items()
        }
        yield event


def _constraints(metadata: Mapping[str, Any]) -> Iterator[Expression]:
    constraints = metadata.get("constraints")
    for text in constraints if isinstance(constraints, list) else []:
        if isinstance(text, str):
            yield formula(text)
