"""Metadata of a mechanistic model: equations, or what it has in their place, and parameters."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from scidex.atlas._artifact_registry.errors import Fault
from scidex.atlas._artifact_registry.json_shapes import NUMBER, TEXT, TEXTS, kind
from scidex.atlas._artifact_registry.plain_json import Json

# Keys of a formula that computes a parameter, and of the bounds of a free one.
_COMPUTED: Final = ("rule", "assignment", "initial_assignment", "expression")
_LOWER: Final = ("lower", "lower_bound")
_UPPER: Final = ("upper", "upper_bound")

_DIFFERENTIAL: Final = re.compile(r"\b([ods]des?|daes?|pdes?|differential)\b", re.IGNORECASE)
_NAME: Final = re.compile(r"[^\W\d]\w*")
_OPEN: Final = "open"

_NO_EQUATIONS: Final = (
    "give equations as a list of text; a model that has none gives [] and says why: its model_type (such as "
    "logical, petri_net, rule_based, constraint_based, reaction_network), or equations_reason, a sentence"
)
_NO_VALUE: Final = (
    'give a number; where it is computed, null and the formula as "rule" or "assignment"; where it is free, '
    'null with "lower" and "upper", each a number or null where it is open'
)


def equations_and_parameters(metadata: Mapping[str, Json]) -> Iterator[Fault]:
    """Accept equations, which may be absent for a reason, and parameters, which may be absent."""
    yield from _equations(metadata)
    parameters = metadata.get("parameters")
    if not isinstance(parameters, dict):
        advice = "give an object of parameters by name; a model that has none gives {}"
        yield Fault("metadata.parameters", parameters, advice)
        return
    computed = _left_names(metadata.get("equations"))
    for name, parameter in parameters.items():
        yield from _parameter(f"metadata.parameters.{name}", parameter, is_computed=name in computed)
        if not name.strip():
            yield Fault("metadata.parameters key", name, "give text that is not blank")


def _equations(metadata: Mapping[str, Json]) -> Iterator[Fault]:
    equations = metadata.get("equations")
    if equations in (None, []):
        if not _has_reason(metadata):
            yield Fault("metadata.equations", equations, _NO_EQUATIONS)
    elif isinstance(equations, list):
        yield from TEXTS("metadata.equations", equations)
    else:
        yield Fault("metadata.equations", equations, _NO_EQUATIONS)


def _has_reason(metadata: Mapping[str, Json]) -> bool:
    """Return whether the model is of a type without equations, or tells why it has none."""
    model_type, reason = (str(metadata.get(key) or "").strip() for key in ("model_type", "equations_reason"))
    return bool(reason) or (bool(model_type) and not _DIFFERENTIAL.search(model_type.replace("_", " ")))


def _left_names(equations: Json) -> set[str]:
    """Return the names on left sides of equations: K for ``K := k*R``, ``K(t) = …`` and ``dK/dt = …``."""
    texts = equations if isinstance(equations, list) else []
    lefts = [text.split("=", 1)[0] for text in texts if isinstance(text, str) and "=" in text]
    names = {name for left in lefts for name in _NAME.findall(left)}
    return names | {name[1:] for name in names if name.startswith("d")}


def _parameter(field: str, value: Json, *, is_computed: bool) -> Iterator[Fault]:
    if not isinstance(value, dict):
        example = f'{{"value": {value if kind(value) == "number" else 0.1}, "units": "1/s"}}'
        advice = f"give an object such as {example}, with null where no unit is declared"
        yield Fault(field, value, advice)
        return
    yield from _value(field, value, is_computed=is_computed)
    key = "units" if "units" in value else "unit"
    if key not in value:
        yield Fault(f"{field}.units", None, "give the unit as text, or write null where none is declared")
    elif value[key] is not None:
        yield from TEXT(f"{field}.{key}", value[key])
    if value.get("source") is not None:
        yield from TEXT(f"{field}.source", value["source"])


def _value(field: str, parameter: Mapping[str, Json], *, is_computed: bool) -> Iterator[Fault]:
    value = parameter.get("value")
    if value is not None:
        yield from NUMBER(f"{field}.value", value)
        return
    rules = [name for name in _COMPUTED if parameter.get(name) is not None]
    bounds = [name for name in (*_LOWER, *_UPPER) if name in parameter]
    for name in rules:
        yield from TEXT(f"{field}.{name}", parameter[name])
    for name in bounds:
        yield from _bound(f"{field}.{name}", parameter[name])
    if "value" not in parameter or not (rules or is_computed or _has_both(bounds)):
        yield Fault(f"{field}.value", None, _NO_VALUE)


def _has_both(bounds: list[str]) -> bool:
    return any(name in bounds for name in _LOWER) and any(name in bounds for name in _UPPER)


def _bound(field: str, value: Json) -> Iterator[Fault]:
    if value is not None and value != _OPEN:
        yield from NUMBER(field, value)
