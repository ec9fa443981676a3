"""The one table from the registry's errors to HTTP, and their shape as JSON."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from scidex.atlas._model_registry.contract.errors import (
    InvalidQuery,
    ModelNotFound,
    NotAModel,
    RegistryError,
    RegistryNotInstalled,
    RegistryUnavailable,
)

# The one table from the registry's errors to HTTP. Looked up by exact type.
STATUS: Mapping[type[RegistryError], int] = {
    InvalidQuery: 422,
    ModelNotFound: 404,
    NotAModel: 404,
    RegistryUnavailable: 503,
    RegistryNotInstalled: 503,
}

# How long a client should wait before it asks again; a restart of PostgreSQL takes about this long.
_RETRY_SECONDS = "2"


def error_headers(error: RegistryError) -> dict[str, str]:
    """Answer the headers an error is sent with: when to try again, where that helps."""
    return {"Retry-After": _RETRY_SECONDS} if isinstance(error, RegistryUnavailable) else {}


def error_answer(error: RegistryError) -> Response:
    """Answer an error as JSON: a sentence, a code, and what the sentence is about in fields of its own."""
    if isinstance(error, InvalidQuery):
        detail = [
            {"type": error.code, "loc": ["query", error.parameter], "msg": str(error), "input": error.value}
        ]
        return JSONResponse({"detail": detail}, STATUS[InvalidQuery])
    body: dict[str, Any] = {"detail": str(error), "code": error.code}
    if isinstance(error, ModelNotFound):
        body["missing"] = error.missing
    if isinstance(error, NotAModel):
        body["artifact_type"] = error.artifact_type
    return JSONResponse(body, STATUS[type(error)], error_headers(error))
