"""The quantities of a model: parameters, species and compartments, with value and unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from scidex.atlas._model_registry.equations.expressions import Name
from scidex.atlas._model_registry.exports.sbml.statements import Statements, formula

_RULES: Final = ("rule", "assignment", "expression")
_INFINITE: Final = {"inf": "INF", "-inf": "-INF"}

MetadataEntry = Mapping[str, Any]


@dataclass(slots=True)
class Quantity:
    """A named quantity; ``entry`` is its entry in the record, ``value`` a number as SBML writes it."""

    name: str
    kind: str
    entry: MetadataEntry
    value: str | None = None
    unit: object = None


def quantities(metadata: Mapping[str, Any], found: Statements) -> dict[str, Quantity]:
    """Return all quantities by name; adds to the statements ``found`` what entries of quantities state."""
    known: dict[str, Quantity] = {}
    for kind, name, entry in _entries(metadata, found):
        known.setdefault(name, _quantity(kind, name, entry))
    for name, one in known.items():
        _add_own(name, one.entry, found)
    _add_starts(metadata.get("initial_conditions"), known, found)
    for name, start in found.starts.items():
        if isinstance(start, Name) and name in known and known[name].unit is None and start.text in known:
            known[name].unit = known[start.text].unit  # a quantity that starts as another one has its unit
    return known


def _entries(metadata: Mapping[str, Any], found: Statements) -> Iterator[tuple[str, str, MetadataEntry]]:
    compartments, species = metadata.get("compartments"), metadata.get("species")
    places = compartments if isinstance(compartments, dict) else {}
    for kind, listed in (("compartment", places), ("parameter", metadata.get("parameters"))):
        for name, entry in (listed if isinstance(listed, dict) else {}).items():
            yield kind, name, entry if isinstance(entry, dict) else {"value": entry}
    if isinstance(species, dict):
        for name, entry in species.items():
            own = entry if isinstance(entry, dict) else {"value": entry}
            yield ("species" if own.get("compartment") in places else "parameter"), name, own
    elif isinstance(species, list):
        yield from (("parameter", name, {}) for name in species if isinstance(name, str))
    yield from (("parameter", name, entry) for name, entry in _inputs(metadata.get("card")))
    yield from (("parameter", name, {}) for name in (*found.rates, *found.values))


def _inputs(card: object) -> Iterator[tuple[str, MetadataEntry]]:
    inputs = card.get("inputs") if isinstance(card, dict) else None
    for one in inputs if isinstance(inputs, list) else []:
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            yield one["name"], {"units": one.get("unit") or one.get("units")}


def _quantity(kind: str, name: str, entry: MetadataEntry) -> Quantity:
    unit = entry.get("units", entry.get("unit"))
    return Quantity(name, kind, entry, number_with_all_digits(entry.get("value")) or _infinite(entry), unit)


def number_with_all_digits(value: object) -> str | None:
    """Return a number written with all its digits; None where it is not a number."""
    return None if isinstance(value, bool) or not isinstance(value, (int, float)) else repr(value)


def _infinite(entry: MetadataEntry) -> str | None:
    return _INFINITE.get(str(entry.get("expression")))


def _add_own(name: str, entry: MetadataEntry, found: Statements) -> None:
    if isinstance(start := entry.get("initial_assignment"), str):
        found.starts.setdefault(name, formula(start))
    if name in found.values or name in found.rates or _infinite(entry):
        return
    rule = next((entry[key] for key in _RULES if isinstance(entry.get(key), str)), None)
    if rule is not None:
        found.values[name] = formula(rule)


def _add_starts(starts: object, known: Mapping[str, Quantity], found: Statements) -> None:
    for name, start in starts.items() if isinstance(starts, dict) else ():
        one, text = known.get(name), number_with_all_digits(start)
        if one is not None and text is not None and one.value is None:
            one.value = text
        elif isinstance(start, str) and name not in found.starts:
            found.starts[name] = formula(start)
