"""The lists of a document, one element each: quantities, rules, reactions, events."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from scidex.atlas._model_registry.equations.expressions import Expression
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.sbml.mathml import MATHML, MathWriter
from scidex.atlas._model_registry.exports.sbml.names import DocumentIds, sid
from scidex.atlas._model_registry.exports.sbml.quantities import Quantity
from scidex.atlas._model_registry.exports.sbml.reacting import Reacting
from scidex.atlas._model_registry.exports.sbml.units import UnitDefinitions
from scidex.atlas._model_registry.exports.sbml.whole import Event, Whole

_DIMENSIONS: Final = 3
_NUMBER: Final = {"compartment": "size", "parameter": "value"}


class ListWriter:
    """Writes the lists of one model; ``names`` are its ids."""

    def __init__(self, found: Whole, units: UnitDefinitions) -> None:
        self._found, self._units = found, units
        stated = found.stated
        made = (*found.known, *(one.id for one in found.reactions), *stated.functions)
        self.names = DocumentIds((*made, *(one.name for one in found.events)))
        functions = {name: self.names.ids[name] for name in stated.functions}
        self._formulas = MathWriter(self.names.reference, units.id, functions)
        self._reacting = Reacting(found, self.names, units, functions)
        self._varying = {*stated.values, *stated.rates, *(name for one in found.events for name in one.sets)}
        self._of_reactions = self._reacting.names

    def lists(self) -> list[Element]:
        """Return the lists that are not empty, in the order of the schema. Raises :class:`InexpressibleError`."""
        found = self._found
        of_kind = {
            kind: [one for one in self._own() if one.kind == kind]
            for kind in ("compartment", "parameter", "species")
        }
        return [
            *_list("listOfFunctionDefinitions", self._functions()),
            *_list("listOfCompartments", map(self._compartment, of_kind["compartment"])),
            *_list("listOfSpecies", map(self._species, of_kind["species"])),
            *_list("listOfParameters", map(self._parameter, of_kind["parameter"])),
            *_list("listOfInitialAssignments", self._starts()),
            *_list("listOfRules", self._rules()),
            *_list("listOfConstraints", self._constraints()),
            *_list("listOfReactions", map(self._reacting.element, found.reactions)),
            *_list("listOfEvents", map(self._event, found.events)),
        ]

    def _own(self) -> Iterator[Quantity]:
        """Yield the quantities that are not local to a reaction."""
        return (one for name, one in self._found.known.items() if name not in self._of_reactions)

    def _functions(self) -> Iterator[Element]:
        for name, (arguments, body) in self._found.stated.functions.items():
            definition = Element("functionDefinition", {"id": self.names.ids[name]})
            whole = SubElement(SubElement(definition, "math", {"xmlns": MATHML}), "lambda")
            local = {argument: sid(argument) for argument in arguments}
            for argument in arguments:
                SubElement(SubElement(whole, "bvar"), "ci").text = local[argument]
            inside = MathWriter(partial(self.names.reference, local=local), self._units.id, self.names.ids)
            whole.append(inside.written(body))
            yield definition

    def _named(self, tag: str, one: Quantity) -> Element:
        element = Element(tag, {"id": self.names.ids[one.name]})
        name = one_line(str(one.entry.get("name") or ""))
        if name or self.names.ids[one.name] != one.name:
            element.set("name", name or one_line(one.name))
        return element

    def _sized(self, tag: str, one: Quantity) -> Element:
        element = self._named(tag, one)
        if one.value is not None:
            element.set(_NUMBER[tag], one.value)
        if (unit := self._units.id(one.unit)) is not None:
            element.set("units", unit)
        element.set("constant", _truth(one.name not in self._varying))
        return element

    def _compartment(self, one: Quantity) -> Element:
        element = self._sized("compartment", one)
        dimensions = one.entry.get("dimensions", _DIMENSIONS)
        if dimensions is not None:
            element.set("spatialDimensions", f"{dimensions:g}")
        return element

    def _parameter(self, one: Quantity) -> Element:
        return self._sized("parameter", one)

    def _species(self, one: Quantity) -> Element:
        element, entry = self._named("species", one), one.entry
        place = str(entry["compartment"])
        element.set("compartment", self.names.ids[place])
        if one.value is not None:
            element.set(
                "initialAmount" if entry.get("initial") == "amount" else "initialConcentration", one.value
            )
        if (unit := self._units.id(substance(one, self._found.known[place]))) is not None:
            element.set("substanceUnits", unit)
        element.set("hasOnlySubstanceUnits", _truth(bool(entry.get("only_amounts"))))
        element.set("boundaryCondition", _truth(bool(entry.get("boundary"))))
        element.set("constant", _truth(bool(entry.get("constant"))))
        return element

    def _starts(self) -> Iterator[Element]:
        for name, formula in self._found.stated.starts.items():
            if name not in self._of_reactions and name not in self._found.stated.values:
                yield self._setting("initialAssignment", "symbol", name, formula)

    def _rules(self) -> Iterator[Element]:
        stated = self._found.stated
        yield from (self._setting("assignmentRule", "variable", *one) for one in stated.values.items())
        yield from (self._setting("rateRule", "variable", *one) for one in stated.rates.items())

    def _setting(self, tag: str, attribute: str, name: str, formula: Expression) -> Element:
        element = Element(tag, {attribute: self.names.ids[name]})
        element.append(self._formulas.math(formula))
        return element

    def _constraints(self) -> Iterator[Element]:
        for formula in self._found.constraints:
            element = Element("constraint")
            element.append(self._formulas.math(formula))
            yield element

    def _event(self, event: Event) -> Element:
        entry = event.entry
        taken = _truth(entry["values_from_trigger_time"])
        element = Element("event", {"id": self.names.ids[event.name], "useValuesFromTriggerTime": taken})
        if name := one_line(str(entry.get("name") or "")):
            element.set("name", name)
        kept = {"persistent": _truth(entry["persistent"]), "initialValue": _truth(entry["initial_value"])}
        for key, tag in (("when", "trigger"), ("priority", "priority"), ("after", "delay")):
            if key in event.formulas:
                part = SubElement(element, tag, kept if key == "when" else {})
                part.append(self._formulas.math(event.formulas[key]))
        if event.sets:
            sets = SubElement(element, "listOfEventAssignments")
            for one in event.sets.items():
                sets.append(self._setting("eventAssignment", "variable", *one))
        return element


def substance(species: Quantity, compartment: Quantity) -> str | None:
    """Return the unit of a species' amount: its own, without the unit of size where it is a concentration."""
    unit, size = species.unit, compartment.unit
    if not isinstance(unit, str) or species.entry.get("initial") == "amount":
        return unit if isinstance(unit, str) else None
    below = f"/({size})" if isinstance(size, str) and set("/*") & set(size) else f"/{size}"
    return unit.removesuffix(below) if isinstance(size, str) and unit.endswith(below) else None


def _list(tag: str, members: Iterable[Element]) -> Iterator[Element]:
    element = Element(tag)
    element.extend(list(members))
    if len(element):
        yield element


def _truth(holds: bool) -> str:  # noqa: FBT001 - the one thing it is about
    return "true" if holds else "false"
