"""Small checks of JSON documents, combined into the table of what each family of models carries."""

from collections.abc import Callable, Mapping

from scidex.atlas._artifact_registry.errors import InvalidArtifact
from scidex.atlas._artifact_registry.plain_json import Json

Shape = Callable[[str, Json], None]


def anything(field: str, value: Json) -> None:
    """Accept whatever JSON there is."""


def kinds(**shapes: Shape) -> Shape:
    """Accept the JSON types named (text, number, boolean, object, list), each by the shape given for it."""

    def check(field: str, value: Json) -> None:
        shape = shapes.get(kind(value))
        if shape is None:
            raise InvalidArtifact(field, value, f"use JSON of type {' or '.join(shapes)}")
        shape(field, value)

    return check


def kind(value: Json) -> str:
    """Name the type of a JSON value."""
    if isinstance(value, bool):
        return "boolean"
    return _KINDS[type(value)]


_KINDS = {str: "text", int: "number", float: "number", dict: "object", list: "list", type(None): "null"}


def each(shape: Shape) -> Shape:
    """Accept a list or object, all of whose values have the shape, and whose keys are not blank."""

    def check(field: str, value: Json) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                not_blank(f"{field} key", key)
                shape(f"{field}.{key}", item)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                shape(f"{field}[{index}]", item)

    return check


def record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """Accept an object with the required keys; optional ones may be absent or null, others hold anything."""

    def check(field: str, value: Json) -> None:
        if not isinstance(value, dict):
            raise InvalidArtifact(field, value, f"give an object with {', '.join(required)}")
        for key, shape in required.items():
            if value.get(key) is None:
                raise InvalidArtifact(f"{field}.{key}", None, "this key is required")
            shape(f"{field}.{key}", value[key])
        for key, shape in (optional or {}).items():
            if value.get(key) is not None:
                shape(f"{field}.{key}", value[key])

    return check


def filled(shape: Shape) -> Shape:
    """Accept what the shape accepts unless it is an empty list or object."""

    def check(field: str, value: Json) -> None:
        shape(field, value)
        if value in ([], {}):
            raise InvalidArtifact(field, value, "give at least one entry")

    return check


def not_blank(field: str, value: Json) -> None:
    """Accept text with something to read in it."""
    if not str(value).strip():
        raise InvalidArtifact(field, value, "give text that is not blank")


def whole(field: str, value: Json) -> None:
    """Accept 0, 1, 2 and so on."""
    if not isinstance(value, int) or value < 0:
        raise InvalidArtifact(field, value, "give a whole number of at least 0")


TEXT = kinds(text=not_blank)
NUMBER = kinds(number=anything)
WHOLE = kinds(number=whole)
TEXTS = kinds(list=each(TEXT))
OBJECT = kinds(object=anything)
METRICS = kinds(object=each(NUMBER))
