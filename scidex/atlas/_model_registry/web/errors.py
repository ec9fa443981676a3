"""The registry's errors over HTTP: the one table of statuses, their JSON, and their documentation."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, NotRequired

from starlette.responses import JSONResponse, Response
from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import AnyJson, described
from scidex.atlas._model_registry.contract.errors import (
    ArtifactNotFound,
    InvalidQuery,
    ModelNotFound,
    NotAModel,
    RegistryError,
    RegistryNotInstalled,
    RegistryUnavailable,
)

# The one table from the registry's errors to HTTP, looked up by exact type.
STATUS: Mapping[type[RegistryError], int] = {
    InvalidQuery: 422,
    ModelNotFound: 404,
    NotAModel: 404,
    ArtifactNotFound: 404,
    RegistryUnavailable: 503,
    RegistryNotInstalled: 503,
}

# Seconds that a client should wait before it asks again, about as long as PostgreSQL takes to restart.
_RETRY_SECONDS = "2"


def error_headers(error: RegistryError) -> dict[str, str]:
    """Return the headers of an error: when to try again, where that helps."""
    return {"Retry-After": _RETRY_SECONDS} if isinstance(error, RegistryUnavailable) else {}


def error_answer(error: RegistryError) -> Response:
    """Return an error as JSON: a sentence, a code, and the subject of the sentence in its own fields."""
    if isinstance(error, InvalidQuery):
        detail = [
            {"type": error.code, "loc": ["query", error.parameter], "msg": str(error), "input": error.value}
        ]
        return JSONResponse({"detail": detail}, STATUS[InvalidQuery])
    body: dict[str, Any] = {"detail": str(error), "code": error.code}
    if isinstance(error, ModelNotFound | ArtifactNotFound):
        body["missing"] = error.missing
    if isinstance(error, NotAModel):
        body["artifact_type"] = error.artifact_type
    return JSONResponse(body, STATUS[type(error)], error_headers(error))


Responses = dict[int | str, dict[str, Any]]


class ErrorAnswer(TypedDict):
    """What went wrong: a sentence for a person, a code for a program, and the subject of the sentence."""

    detail: Annotated[str, described("sentence for a person", "no model has the id 'model-x'")]
    code: Annotated[
        str,
        described(
            "the kind of error for a program: model_not_found, not_a_model, artifact_not_found, "
            "database_unavailable or registry_not_installed; the server adds service_unavailable where too many "
            "requests wait",
            "model_not_found",
        ),
    ]
    missing: NotRequired[Annotated[list[str], described("ids that led to nothing", ["model-x"])]]
    artifact_type: NotRequired[
        Annotated[str, described("what the id leads to instead of a model", "dataset")]
    ]


class Problem(TypedDict):
    """One parameter that cannot be used."""

    type: Annotated[str, described("the kind of problem for a program", "unknown_parameter")]
    loc: Annotated[
        list[str | int], described("where it is: query or path, then the name", ["query", "famly"])
    ]
    msg: Annotated[
        str,
        described("sentence for a person", "famly is not a parameter here; the nearest known one is family"),
    ]
    input: NotRequired[Annotated[AnyJson, described("what was sent", "statistical")]]
    ctx: NotRequired[Annotated[dict[str, Any], described("bounds that were not kept", {"ge": 1})]]


class UnusableParameters(TypedDict):
    """Every parameter that cannot be used, and why."""

    detail: Annotated[list[Problem], described("the problems, at least one")]


def _described(model: type, description: str, **examples: object) -> dict[str, Any]:
    worded = {name: {"value": example} for name, example in examples.items()}
    return {
        "model": model,
        "description": description,
        "content": {"application/json": {"examples": worded}},
    }


UNAVAILABLE: Final[Responses] = {
    503: _described(
        ErrorAnswer,
        "The database cannot answer now, or too many ask; Retry-After says in how many seconds to try again.",
        database_unavailable={
            "detail": "the database cannot answer now; try again in a few seconds",
            "code": "database_unavailable",
        },
    )
}

NOT_FOUND: Final[Responses] = {
    404: _described(
        ErrorAnswer,
        "No model has an id that was asked for; all such ids are named.",
        model_not_found={
            "detail": "no model has the id 'model-x'; look it up in the list of models",
            "code": "model_not_found",
            "missing": ["model-x"],
        },
        not_a_model={
            "detail": "'dataset-ad-train' is not a model but an artifact of type 'tabular_dataset'",
            "code": "not_a_model",
            "missing": ["dataset-ad-train"],
            "artifact_type": "tabular_dataset",
        },
    )
}

ARTIFACT_NOT_FOUND: Final[Responses] = {
    404: _described(
        ErrorAnswer,
        "No artifact has the id.",
        artifact_not_found={
            "detail": "no artifact has the id 'dataset-x'; ids are taken as they are written",
            "code": "artifact_not_found",
            "missing": ["dataset-x"],
        },
    )
}

UNUSABLE: Final[Responses] = {
    422: _described(
        UnusableParameters,
        "A parameter is unknown or has a value that cannot be used; each is named.",
        unknown_parameter={
            "detail": [
                {
                    "type": "unknown_parameter",
                    "loc": ["query", "famly"],
                    "msg": "famly is not a parameter here; the nearest known one is family",
                    "input": "statistical",
                }
            ]
        },
    )
}
