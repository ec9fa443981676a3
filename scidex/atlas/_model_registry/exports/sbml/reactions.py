"""Reactions, where they give exactly the equations of the model; otherwise equations stay rates of change."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scidex.atlas._model_registry.equations.expressions import Expression
from scidex.atlas._model_registry.equations.judge import equal
from scidex.atlas._model_registry.equations.reader import parse_formula
from scidex.atlas._model_registry.exports.sbml.statements import Statements

_TERM: Final = re.compile(r"(?:(?P<factor>[0-9.]+(?:e[+-]?[0-9]+)?|[^\W\d]\w*)\s+)?(?P<species>[^\W\d]\w*)")
_ARROW: Final = re.compile(r"\s*(<?->)\s*")


@dataclass(frozen=True, slots=True)
class SpeciesTerm:
    """A species with its stoichiometry; ``factor`` is a number, or the name of a varying one."""

    factor: str
    species: str


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction read from its scheme, with its rate where it has one."""

    id: str
    name: str
    reversible: bool
    reactants: tuple[SpeciesTerm, ...]
    products: tuple[SpeciesTerm, ...]
    modifiers: tuple[str, ...]
    rate: Expression | None


def reactions(metadata: Mapping[str, Any], found: Statements) -> tuple[Reaction, ...]:
    """Return a model's reactions and remove their equations from the statements; empty where the two disagree."""
    species = _named_objects(metadata.get("species"))
    read = [_reaction(name, each, found) for name, each in _named_objects(metadata.get("reactions")).items()]
    whole = [each for each in read if each is not None]
    if not whole or len(whole) < len(read) or not all(map(_is_whole, whole)):
        return ()
    compartments = _named_objects(metadata.get("compartments"))
    balances = {name: _balance(name, species[name], compartments, found, whole) for name in species}
    if not all(_holds(name, balance, found) for name, balance in balances.items()):
        return ()
    taken = {term.species for one in whole for term in (*one.reactants, *one.products)}
    if not taken <= species.keys():
        return ()
    _take_out(balances, whole, found)
    return tuple(whole)


def _named_objects(value: object) -> dict[str, Mapping[str, Any]]:
    """Return an object of objects; empty for any other value."""
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        return {}
    return value


def _reaction(name: str, entry: Mapping[str, Any], found: Statements) -> Reaction | None:
    """Return a reaction, read; None where its scheme cannot be read."""
    equation = entry.get("equation")
    split = _ARROW.split(equation.strip(), maxsplit=1) if isinstance(equation, str) else []
    if len(split) != 3 or entry.get("fast"):  # noqa: PLR2004 - two sides and the arrow
        return None
    sides = [_terms(split[0]), _terms(split[2])]
    if sides[0] is None or sides[1] is None:
        return None
    modifiers = entry.get("modifiers")
    return Reaction(
        id=name,
        name=str(entry.get("name") or ""),
        reversible=split[1] == "<->",
        reactants=sides[0],
        products=sides[1],
        modifiers=tuple(map(str, modifiers)) if isinstance(modifiers, list) else (),
        rate=found.values.get(name),
    )


def _terms(side: str) -> tuple[SpeciesTerm, ...] | None:
    matches = [_TERM.fullmatch(one.strip()) for one in side.split(" + ")] if side.strip() else []
    if None in matches:
        return None
    return tuple(SpeciesTerm(one["factor"] or "1", one["species"]) for one in matches if one)


def _is_whole(reaction: Reaction) -> bool:
    """Return whether a reaction has a rate and at least one participant."""
    return reaction.rate is not None and bool(reaction.reactants or reaction.products)


# Species, compartment whose size varies (or empty), formula of dA/dt or d(A*cell)/dt; None for a constant species.
_Balance = tuple[str, str, str] | None


def _balance(
    name: str,
    species: Mapping[str, Any],
    compartments: Mapping[str, Mapping[str, Any]],
    found: Statements,
    all_: Sequence[Reaction],
) -> _Balance:
    """Return the rate of change that reactions give a species."""
    compartment = str(species.get("compartment") or "")
    size = compartments.get(compartment, {})
    divides = compartment in compartments and not species.get("only_amounts") and size.get("dimensions") != 0
    grows = divides and (compartment in found.rates or compartment in found.values)
    is_fixed = species.get("boundary") or species.get("constant") or name in found.values
    terms = [] if is_fixed else list(_changes(name, all_))
    if not terms:
        is_set = name in found.values or name in found.rates
        return (name, compartment, "0") if grows and not is_set else None
    change = " ".join(terms)
    if grows:
        return name, compartment, change
    return name, "", f"({change})/{compartment}" if divides else change


def _changes(name: str, all_: Sequence[Reaction]) -> Iterator[str]:
    for one in all_:
        for sign, side in (("-", one.reactants), ("+", one.products)):
            yield from (f"{sign} {term.factor}*{one.id}" for term in side if term.species == name)


def _holds(name: str, balance: _Balance, found: Statements) -> bool:
    """Return whether the stated equation of a species is the one that reactions give."""
    if balance is None:
        return True
    _, grows, change = balance
    stated = found.amounts.get((name, grows)) if grows else found.rates.get(name)
    return equal(stated, parse_formula(change))


def _take_out(balances: Mapping[str, _Balance], whole: Sequence[Reaction], found: Statements) -> None:
    for name, balance in balances.items():
        if balance is not None:
            found.amounts.pop((name, balance[1]), None)
            if not balance[1]:
                found.rates.pop(name, None)
    for one in whole:
        found.values.pop(one.id, None)
