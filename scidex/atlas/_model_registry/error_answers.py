"""The errors of the JSON routes as the OpenAPI document describes them, each with an example."""

from typing import Any, Final, NotRequired

from typing_extensions import TypedDict


class ErrorAnswer(TypedDict):
    """What went wrong: a sentence for a person, a code for a program, and what the sentence is about."""

    detail: str
    code: str
    missing: NotRequired[list[str]]
    artifact_type: NotRequired[str]


def _described(description: str, example: ErrorAnswer) -> dict[str, Any]:
    return {
        "model": ErrorAnswer,
        "description": description,
        "content": {"application/json": {"example": example}},
    }


UNAVAILABLE: Final[dict[int | str, dict[str, Any]]] = {
    503: _described(
        "The database cannot answer now; Retry-After says in how many seconds to try again.",
        {
            "detail": "the database cannot answer now; try again in a few seconds",
            "code": "database_unavailable",
        },
    )
}

NOT_FOUND: Final[dict[int | str, dict[str, Any]]] = {
    404: _described(
        "No model has an id that was asked for; all such ids are named.",
        {
            "detail": "no model has the id 'model-x'; GET /api/models lists what there is",
            "code": "model_not_found",
            "missing": ["model-x"],
        },
    )
}
