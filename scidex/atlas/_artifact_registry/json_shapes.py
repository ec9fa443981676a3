"""Small checks of JSON documents, which combine to the table of the metadata of each family."""

import math
from collections.abc import Callable, Iterator, Mapping

from scidex.atlas._artifact_registry.errors import Fault
from scidex.atlas._artifact_registry.plain_json import Json
from scidex.atlas._artifact_registry.written_numbers import instead_of_text

# The rounding of binary arithmetic: 66.35 * 1e6 is 66349999.99999999.
_ROUNDING = 1e-12
# Keys of an object that a sentence can list.
_FEW = 6

Shape = Callable[[str, Json], Iterator[Fault]]


def anything(_field: str, _value: Json) -> Iterator[Fault]:
    """Accept any JSON."""
    yield from ()


def kinds(**shapes: Shape) -> Shape:
    """Accept the given JSON types (text, number, boolean, object, list), each with its shape."""

    def check(field: str, value: Json) -> Iterator[Fault]:
        shape = shapes.get(kind(value))
        if shape is not None:
            yield from shape(field, value)
        else:
            yield Fault(field, value, _instead(field, value, shapes))

    return check


def kind(value: Json) -> str:
    """Return the type of a JSON value."""
    if isinstance(value, bool):
        return "boolean"
    return _KINDS[type(value)]


_KINDS = {str: "text", int: "number", float: "number", dict: "object", list: "list", type(None): "null"}


def _instead(field: str, value: Json, shapes: Mapping[str, Shape]) -> str:
    advice = f"use JSON of type {' or '.join(shapes)}"
    if (
        isinstance(value, str)
        and "number" in shapes
        and (number := instead_of_text(field, value)) is not None
    ):
        return number
    return f"{advice}, or leave it out" if value is None else advice


def each(shape: Shape) -> Shape:
    """Accept a list or object whose values all have the shape and whose keys are not blank."""

    def check(field: str, value: Json) -> Iterator[Fault]:
        if isinstance(value, dict):
            for key, item in value.items():
                yield from not_blank(f"{field} key", key)
                yield from shape(f"{field}.{key}", item)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from shape(f"{field}[{index}]", item)

    return check


def record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """Accept an object with the required keys; optional ones may be absent or null, other keys hold anything."""

    def check(field: str, value: Json) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(field, value, f"give an object with {', '.join({**required, **(optional or {})})}")
            return
        for key, shape in required.items():
            if value.get(key) is None:
                yield Fault(f"{field}.{key}", None, _required(value))
            else:
                yield from shape(f"{field}.{key}", value[key])
        for key, shape in (optional or {}).items():
            if value.get(key) is not None:
                yield from shape(f"{field}.{key}", value[key])

    return check


def _required(given: Mapping[str, Json]) -> str:
    """Return the advice for a missing key, with the present keys if they are few, so that a misspelt one is seen."""
    unknown = f"; the object has {', '.join(given)}" if 0 < len(given) <= _FEW else ""
    return f"this key is required{unknown}"


def filled(shape: Shape) -> Shape:
    """Accept what the shape accepts, except an empty list or object."""

    def check(field: str, value: Json) -> Iterator[Fault]:
        yield from shape(field, value)
        if value in ([], {}):
            yield Fault(field, value, "give at least one entry")

    return check


def not_blank(field: str, value: Json) -> Iterator[Fault]:
    """Accept text that is not blank."""
    if not str(value).strip():
        yield Fault(field, value, "give text that is not blank")


def whole(field: str, value: Json) -> Iterator[Fault]:
    """Accept 0, 1, 2 and so on, also written 2.0."""
    if not isinstance(value, (int, float)) or value < 0:
        yield Fault(field, value, "give a whole number of at least 0")
    elif value != round(value):
        is_rounding = math.isclose(value, round(value), rel_tol=_ROUNDING)
        yield Fault(field, value, f"write {round(value)}" if is_rounding else "give a whole number")


def not_negative(field: str, value: Json) -> Iterator[Fault]:
    """Accept a number that is not below 0."""
    if not isinstance(value, (int, float)) or value < 0:
        yield Fault(field, value, "give a number of at least 0")


TEXT = kinds(text=not_blank)
NUMBER = kinds(number=anything)
WHOLE = kinds(number=whole)
TEXTS = kinds(list=each(TEXT))
METRICS = kinds(object=each(NUMBER))
