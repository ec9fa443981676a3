"""Reactions in SBML: participants, stoichiometry, and the rate with its local parameters."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from scidex.atlas._model_registry.equations.expressions import Expression
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.sbml.inexpressible import InexpressibleError, quoted
from scidex.atlas._model_registry.exports.sbml.mathml import MathWriter
from scidex.atlas._model_registry.exports.sbml.names import DocumentIds
from scidex.atlas._model_registry.exports.sbml.reactions import Reaction, SpeciesTerm
from scidex.atlas._model_registry.exports.sbml.statements import names_in
from scidex.atlas._model_registry.exports.sbml.units import UnitDefinitions
from scidex.atlas._model_registry.exports.sbml.whole import Whole

_SIDES: Final = (("listOfReactants", "reactants"), ("listOfProducts", "products"))


class Reacting:
    """Writes the reactions of one model; ``names`` are the quantities in them."""

    def __init__(
        self, found: Whole, names: DocumentIds, units: UnitDefinitions, functions: Mapping[str, str]
    ) -> None:
        self._found, self._names, self._units, self._functions = found, names, units, functions
        self._local = {one.id: dict(_own_parameters(found, one)) for one in found.reactions}
        factors = Counter(
            term.factor
            for one in found.reactions
            for term in (*one.reactants, *one.products)
            if term.factor in found.known
        )
        shared = [name for name, count in factors.items() if count > 1]
        if shared:
            raise InexpressibleError(f"{quoted(shared)} is a stoichiometry in several places")
        self._factors = set(factors)
        self.names = self._factors | {name for own in self._local.values() for name in own}

    def element(self, reaction: Reaction) -> Element:
        """Return a reaction. Raises :class:`InexpressibleError`."""
        element = Element("reaction", {"id": self._names.ids[reaction.id]})
        if name := one_line(reaction.name):
            element.set("name", name)
        element.set("reversible", "true" if reaction.reversible else "false")
        for tag, side in _SIDES:
            terms = getattr(reaction, side)
            if terms:
                SubElement(element, tag).extend([self._reference(one) for one in terms])
        self._modifiers(element, reaction)
        if reaction.rate is not None:
            self._law(element, reaction, reaction.rate)
        return element

    def _reference(self, term: SpeciesTerm) -> Element:
        element = Element("speciesReference", {"species": self._names.ids[term.species]})
        if term.factor not in self._factors:
            return _attributed(element, stoichiometry=term.factor, constant="true")
        element.set("id", self._names.ids[term.factor])
        value = self._found.known[term.factor].value
        if value is not None:
            element.set("stoichiometry", value)
        return _attributed(element, constant="false")

    def _modifiers(self, element: Element, reaction: Reaction) -> None:
        """Add the species in the rate that are neither reactants nor products of the reaction."""
        takes_part = {term.species for term in (*reaction.reactants, *reaction.products)}
        spoken = names_in(reaction.rate) if reaction.rate is not None else iter(())
        known = self._found.known
        found = [
            one
            for one in dict.fromkeys((*reaction.modifiers, *spoken))
            if one in known and known[one].kind == "species"
        ]
        listed = [one for one in found if one not in takes_part]
        if listed:
            parts = SubElement(element, "listOfModifiers")
            for one in listed:
                SubElement(parts, "modifierSpeciesReference", {"species": self._names.ids[one]})

    def _law(self, element: Element, reaction: Reaction, rate: Expression) -> None:
        law, own = SubElement(element, "kineticLaw"), self._local[reaction.id]
        written = MathWriter(partial(self._names.reference, local=own), self._units.id, self._functions)
        law.append(written.math(rate))
        if own:
            parts = SubElement(law, "listOfLocalParameters")
            parts.extend([self._local_parameter(name, own[name]) for name in own])

    def _local_parameter(self, name: str, local: str) -> Element:
        one = self._found.known[name]
        element = Element("localParameter", {"id": local})
        if label := one_line(str(one.entry.get("name") or "")):
            element.set("name", label)
        if one.value is not None:
            element.set("value", one.value)
        if (unit := self._units.id(one.unit)) is not None:
            element.set("units", unit)
        return element


def _attributed(element: Element, **attributes: str) -> Element:
    for name, value in attributes.items():
        element.set(name, value)
    return element


def _own_parameters(found: Whole, reaction: Reaction) -> Iterator[tuple[str, str]]:
    """Yield the parameters named ``reaction.k`` that occur in no other formula, each with its local id ``k``."""
    if reaction.rate is None:
        return
    prefix, spoken = f"{reaction.id}.", set(names_in(reaction.rate))
    for name, one in found.known.items():
        local = name.removeprefix(prefix)
        is_set = name in found.stated.values or name in found.stated.rates or name in found.stated.starts
        is_id = local.isidentifier() and local.isascii() and local not in spoken
        if name != local and is_id and not is_set and one.kind == "parameter":
            yield name, local
