"""The OpenAPI document as a page: each route with its parameters, answers and errors, and every shape."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

_SHAPES = "#/components/schemas/"
_BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "maxLength": "at most {} characters",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter of a route or a field of a shape; ``shapes`` are the named shapes in its type."""

    name: str
    type: str
    shapes: list[str]
    required: bool
    default: str | None
    description: str
    example: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer of a route with one status."""

    status: str
    description: str
    media: str
    shapes: list[str]
    example: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of the interface."""

    anchor: str
    method: str
    path: str
    description: str
    parameters: list[Field]
    answers: list[Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedObject:
    """A named JSON object."""

    name: str
    description: str
    fields: list[Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The whole interface."""

    title: str
    summary: str
    routes: list[Route]
    shapes: list[NamedObject]


def reference(document: Mapping[str, Any]) -> Reference:
    """Return an OpenAPI 3.1 document laid out as a page."""
    info, schemas = document["info"], document.get("components", {}).get("schemas", {})
    return Reference(
        title=info["title"],
        summary=info.get("summary", ""),
        routes=[
            _route(method, path, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ],
        shapes=[_shape(name, schema) for name, schema in schemas.items()],
    )


def _route(method: str, path: str, operation: Mapping[str, Any]) -> Route:
    return Route(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        description=operation.get("description") or operation.get("summary", ""),
        parameters=[_parameter(parameter) for parameter in operation.get("parameters", [])],
        answers=[_answer(status, answer) for status, answer in operation["responses"].items()],
    )


def _parameter(parameter: Mapping[str, Any]) -> Field:
    # A parameter that may be null may be left out, as an address cannot hold null.
    schema = next((one for one in parameter["schema"].get("anyOf", []) if one.get("type") != "null"), {}) | {
        key: value for key, value in parameter["schema"].items() if key != "anyOf"
    }
    described = {
        "description": parameter.get("description", ""),
        **schema,
        **{key: parameter[key] for key in ("example", "examples") if key in parameter},
    }
    field = _field(parameter["name"], described, required=parameter.get("required", False))
    example = next(iter(described.get("examples", ())), None)
    if not isinstance(example, list):
        return field
    # As it is repeated in an address, not as JSON.
    return replace(field, example="&".join(f"{field.name}={one}" for one in example))


def _shape(name: str, schema: Mapping[str, Any]) -> NamedObject:
    required = schema.get("required", [])
    fields = [
        _field(key, field, required=key in required) for key, field in schema.get("properties", {}).items()
    ]
    return NamedObject(name=name, description=schema.get("description", ""), fields=fields)


def _field(name: str, schema: Mapping[str, Any], *, required: bool) -> Field:
    words, shapes = _type(schema)
    return Field(
        name=name,
        type=words,
        shapes=shapes,
        required=required,
        default=json.dumps(schema["default"]) if schema.get("default") is not None else None,
        description=schema.get("description", ""),
        example=_example(schema),
    )


def _answer(status: str, answer: Mapping[str, Any]) -> Answer:
    contents: dict[str, Any] = answer.get("content", {})
    content: dict[str, Any] = next(iter(contents.values()), {})
    return Answer(
        status=status,
        description=answer["description"],
        media=", ".join(contents),
        shapes=_type(content.get("schema", {}))[1],
        example=_example(content, indent=1),
    )


def _example(schema: Mapping[str, Any], *, indent: int | None = None) -> str | None:
    found = schema.get("example", schema.get("examples"))
    if isinstance(found, dict) and found and all(isinstance(one, dict) for one in found.values()):
        found = next(iter(found.values())).get("value")
    elif isinstance(found, list) and found:
        found = found[0]
    if found is None:
        return None
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, indent=indent)


def _type(schema: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return the type in words, and the names of the shapes in it."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_SHAPES)
        return name, [name]
    if alternatives := schema.get("anyOf") or schema.get("oneOf"):
        types = [_type(one) for one in alternatives]
        return " or ".join(words for words, _ in types), [name for _, names in types for name in names]
    if choices := schema.get("enum") or ([schema["const"]] if "const" in schema else None):
        return "one of " + ", ".join(json.dumps(choice) for choice in choices), []
    if schema.get("type") == "array":
        words, shapes = _type(schema.get("items", {}))
        return f"list of {words}", shapes
    if isinstance(values := schema.get("additionalProperties"), dict):
        words, shapes = _type(values)
        return f"object of {words} by name", shapes
    bounds = [words.format(schema[key]) for key, words in _BOUNDS.items() if key in schema]
    return ", ".join([str(schema.get("type", "any JSON value")), *bounds]), []
