"""The error page: a sentence on what went wrong, and ways out."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import TypedDict

from scidex.atlas._model_registry.pages.words.addresses import MODEL_LIST
from scidex.atlas._model_registry.pages.words.wording import capitalised


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A helpful link and its words."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The text of a field of the list that cannot be read; ``hidden`` carries the other parameters."""

    name: str
    label: str
    text: str
    hidden: list[tuple[str, str]]


class ErrorPageContext(TypedDict):
    """All that the template of the error page reads."""

    title: str
    status: int
    sentence: str
    advice: str
    ways_out: list[WayOut]
    correction: Correction | None


_ADVICE = {
    HTTPStatus.NOT_FOUND: "The address may be old or mistyped. The list of models has every model there is.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Go back and choose again, or change the address as it says.",
    HTTPStatus.SERVICE_UNAVAILABLE: "This passes by itself as a rule. Try again in a few seconds.",
}
_TITLES: dict[int, str] = {
    HTTPStatus.NOT_FOUND: "Not found",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Not a valid request",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not available for the moment",
}
_ELSE = "Try again; if it happens again, tell whoever runs this server the X-Request-ID of the answer."


def error_page(*, status: int, sentence: str) -> ErrorPageContext:
    """Return the context of an error page; ``sentence`` tells a person what went wrong, without internals."""
    return ErrorPageContext(
        title=_title(status),
        status=status,
        sentence=capitalised(sentence),
        advice=_ADVICE.get(status, _ELSE),  # type: ignore[call-overload]
        ways_out=[WayOut(words="All models", href=MODEL_LIST)],
        correction=None,
    )


def _title(status: int) -> str:
    if status in _TITLES:
        return _TITLES[status]
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
