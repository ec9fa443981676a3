"""What the OpenAPI document says of a field. Most examples are of the demo models, so they can be tried."""

from typing import Annotated, Any

from pydantic import Field, GetPydanticSchema
from pydantic_core.core_schema import any_schema

from scidex.atlas._model_registry.records.models import Json

# Client generators reject a schema that refers to itself, and the schema of any JSON value would.
AnyJson = Annotated[Json, GetPydanticSchema(lambda _source, _handler: any_schema())]


def described(description: str, example: Any = None) -> Any:
    """Return a field with its meaning and an example; a field that holds another shape needs no example."""
    return Field(description=description, examples=None if example is None else [example])
