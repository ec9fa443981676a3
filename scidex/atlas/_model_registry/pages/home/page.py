"""The home page: a few short lists as the declared context of its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypedDict
from urllib.parse import urlencode

from scidex.atlas._model_registry.contract.answers import ListedEntry, ModelEntry, ModelList
from scidex.atlas._model_registry.contract.query import LONGEST_SEARCH
from scidex.atlas._model_registry.pages.parts.standings import listed_standing
from scidex.atlas._model_registry.pages.words.addresses import (
    GLOSSARY,
    MODEL_LIST,
    REFERENCE,
    REGISTERING,
    model_address,
)
from scidex.atlas._model_registry.pages.words.identities import identity_facts
from scidex.atlas._model_registry.pages.words.numbers import counted, number, score
from scidex.atlas._model_registry.pages.words.wording import family_words, shortened

_TITLE_LIMIT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultQuery:
    """A fault of models, and the filters that find the models with it."""

    words: str
    filters: Mapping[str, Any]


# All versions, as a link or a pin mends any of them.
FAULTS: Final[Sequence[FaultQuery]] = [
    FaultQuery(
        words="whose provenance cannot be followed",
        filters={"provenance": "incomplete"},
    ),
    FaultQuery(
        words="that rest on something retracted or disputed",
        filters={"standing": ("disputed", "retracted")},
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number of models in words, and the address of their list."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeLine:
    """One model in a short list; ``remark`` is what needs mending."""

    title: str
    href: str
    facts: list[str]
    score: str
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The models with one fault: their number, the address of their list, and the first of them."""

    all: Counted
    lines: list[HomeLine]


class HomePageContext(TypedDict):
    """All that the template of the home page reads."""

    title: str
    list_action: str
    longest_words: int
    total: Counted
    counts: list[Counted]
    newest: list[HomeLine]
    mending: list[Mending]
    glossary: str
    register_href: str
    docs_href: str


def home_page(newest: ModelList, faulty: Sequence[ModelList]) -> HomePageContext:
    """Return the page's context; ``newest`` holds the facets, ``faulty`` the first models of each of ``FAULTS``."""
    return HomePageContext(
        title="Scientific models, traceable to their data",
        list_action=MODEL_LIST,
        longest_words=LONGEST_SEARCH,
        total=Counted(words=counted(newest["total"], "model version"), href=MODEL_LIST),
        counts=list(_counts(newest)),
        newest=[_line(model) for model in newest["models"]],
        mending=[
            _mending(fault, found) for fault, found in zip(FAULTS, faulty, strict=True) if found["total"]
        ],
        glossary=GLOSSARY,
        register_href=REGISTERING,
        docs_href=REFERENCE,
    )


def _counts(newest: ModelList) -> list[Counted]:
    """Return the numbers of models by family, with complete provenance, and latest of their lineage."""
    facets = newest.get("facets", {})
    families = [
        Counted(
            words=f"{number(found['count'])} {family_words(str(found['value']))}",
            href=_address(family=found["value"]),
        )
        for found in facets.get("family", ())
        if found["value"]
    ]
    others = {
        "provenance": ("complete", "with complete provenance"),
        "latest": (True, "latest of their lineage"),
    }
    counts = [
        Counted(words=f"{number(found['count'])} {words}", href=_address(**{name: value}))
        for name, (value, words) in others.items()
        for found in facets.get(name, ())
        if found["value"] == value
    ]
    return [*families, *counts]


def _mending(fault: FaultQuery, found: ModelList) -> Mending:
    words = f"{counted(found['total'], 'version')} {fault.words}"
    return Mending(
        all=Counted(words=words, href=_address(**fault.filters)),
        lines=[_line(model, remark=_remark(fault, model)) for model in found["models"]],
    )


def _remark(fault: FaultQuery, model: ListedEntry) -> str | None:
    return listed_standing(model) if "standing" in fault.filters else model["provenance_warning"]


def _line(model: ModelEntry, remark: str | None = None) -> HomeLine:
    return HomeLine(
        title=shortened(model["title"], _TITLE_LIMIT) or model["id"],
        href=model_address(model["id"]),
        facts=identity_facts(model),
        score=score(model["quality_score"]),
        remark=remark,
    )


def _address(**filters: Any) -> str:
    sent = {name: str(value).lower() if isinstance(value, bool) else value for name, value in filters.items()}
    return f"{MODEL_LIST}?{urlencode(sent, doseq=True)}"
