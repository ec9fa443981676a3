"""The filters beside the list: for each value the number of models and the address that sets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scidex.atlas._model_registry.contract.answers import FacetValue
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.filters import FILTERS, Filter
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.pages.catalogue.addresses import with_filter
from scidex.atlas._model_registry.pages.words.wording import shortened, type_words

ChoiceValue = str | bool | None
Facets = Mapping[str, Sequence[FacetValue]]

# Values to take in at a glance; the others are folded.
_MOST_OPEN = 6
_TITLE_LIMIT = 90
# Facets that the glossary explains.
_TERMS = {
    "provenance": "provenance",
    "latest": "latest",
    "promotion_state": "promoted",
    "standing": "standing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet; ``href`` sets it, or removes it where it is ``active``; None if it cannot be a filter."""

    words: str
    detail: str | None
    count: int
    active: bool
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceGroup:
    """The values of one facet; ``folded`` are the less frequent ones."""

    anchor: str
    title: str
    term: str | None
    open: list[Choice]
    folded: list[Choice]


def choice_groups(facets: Facets, query: ModelQuery) -> list[ChoiceGroup]:
    """Return the facets that the list can be filtered by."""
    return [_group(name, declared, facets, query) for name, declared in FILTERS.items() if declared.heading]


def artifact_titles(facets: Facets) -> dict[str, str]:
    """Return the titles of the datasets and hypotheses in the facets, by id."""
    return {
        str(counted["value"]): title
        for facet, declared in FILTERS.items()
        if declared.evidence
        for counted in facets.get(facet, ())
        if (title := counted.get("title"))
    }


def same_name(value: ChoiceValue, asked: ChoiceValue, prefix: str) -> bool:
    """Return whether a value is the wanted one, whose type's prefix may be left out or added."""
    if value == asked or not (isinstance(value, str) and isinstance(asked, str)):
        return value == asked
    return bool(prefix) and (value == prefix + asked or prefix + value == asked)


def _group(name: str, declared: Filter, facets: Facets, query: ModelQuery) -> ChoiceGroup:
    choices = []
    for counted in facets.get(name, ()):
        active, href = _setting(name, declared, query, counted["value"])
        words, detail = _worded(declared, counted)
        choices.append(Choice(words=words, detail=detail, count=counted["count"], active=active, href=href))
    front = choices[:_MOST_OPEN] + [choice for choice in choices[_MOST_OPEN:] if choice.active]
    return ChoiceGroup(
        anchor=f"filter-{name}",
        title=declared.heading or "",
        term=_TERMS.get(name),
        open=front,
        folded=[choice for choice in choices[_MOST_OPEN:] if not choice.active],
    )


def _setting(name: str, declared: Filter, query: ModelQuery, value: ChoiceValue) -> tuple[bool, str | None]:
    """Return whether a value is wanted, and the address that sets or removes it."""
    if value is None or value == "":
        return False, None
    wanted = query.filters.get(name)
    asked = wanted if isinstance(wanted, tuple) else () if wanted is None else (wanted,)
    prefix = declared.evidence.prefix if declared.evidence else ""
    kept = tuple(one for one in asked if not same_name(value, one, prefix))
    active = len(kept) < len(asked)
    changed: Any = kept if active else (*asked, value)
    try:
        return active, with_filter(query, name, changed if declared.repeatable else None if active else value)
    except InvalidQuery:  # not a value of the filter, such as a text that is too long
        return active, None


def _worded(declared: Filter, counted: FacetValue) -> tuple[str, str | None]:
    """Return the words for a value of a facet and a detail; an artifact has its title, with the id as detail."""
    value, title = counted["value"], counted.get("title")
    if title:
        return shortened(title, _TITLE_LIMIT), str(value)
    if value in declared.words:
        return declared.words[value], None
    return (
        "not stated" if value is None else str(value) if declared.evidence else type_words(str(value))
    ), None
