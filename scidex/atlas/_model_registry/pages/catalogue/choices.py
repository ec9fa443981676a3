"""The filters beside the list: for each value how many models there would be, and the address that sets it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from scidex.atlas._model_registry.contract.answers import FacetValue
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.pages.catalogue.addresses import list_address
from scidex.atlas._model_registry.pages.words.wording import family_words, shortened, type_words

Value = str | bool | None
Facets = Mapping[str, Sequence[FacetValue]]

# As many as a reader takes in at a glance; the others fold away.
_MOST_OPEN = 6
_TITLE_LIMIT = 90
_LATEST = {True: "latest", False: "earlier, or a candidate"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet; ``href`` sets it, or takes it away where it is ``active``; None: it cannot be filtered by."""

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
    open: list[Choice]
    folded: list[Choice]


def choice_groups(facets: Facets, query: ModelQuery) -> list[ChoiceGroup]:
    """Lay out the facets that the list can be filtered by."""
    families = partial(_several, query, "families", query.families, "")
    datasets = partial(_several, query, "datasets", query.datasets, "dataset-")
    return [
        _group("family", "Family", facets, families, _family),
        _group("provenance", "Provenance", facets, partial(_one, query, "provenance", query.provenance, "")),
        _group("latest", "Version", facets, partial(_one, query, "latest", query.latest, ""), _version),
        _group("dataset", "Training dataset", facets, datasets, _artifact),
        _group(
            "hypothesis",
            "Tested hypothesis",
            facets,
            partial(_one, query, "hypothesis", query.hypothesis, "hypothesis-"),
            _artifact,
        ),
        _group("origin_type", "Origin", facets, partial(_one, query, "origin_type", query.origin_type, "")),
        _group(
            "promotion_state",
            "Promotion",
            facets,
            partial(_one, query, "promotion_state", query.promotion_state, ""),
        ),
    ]


def artifact_titles(facets: Facets) -> dict[str, str]:
    """Give the titles of the datasets and hypotheses that the facets name."""
    return {
        str(counted["value"]): title
        for facet in ("dataset", "hypothesis")
        for counted in facets.get(facet, ())
        if (title := counted.get("title"))
    }


def same_name(value: Value, asked: Value, prefix: str) -> bool:
    """Say whether a value is the one asked for, whose type's prefix may be left out or written in addition."""
    if value == asked or not (isinstance(value, str) and isinstance(asked, str)):
        return value == asked
    return bool(prefix) and (value == prefix + asked or prefix + value == asked)


def _group(
    facet: str,
    title: str,
    facets: Facets,
    setting: Callable[[Value], tuple[bool, str | None]],
    words: Callable[[FacetValue], tuple[str, str | None]] | None = None,
) -> ChoiceGroup:
    choices = []
    for counted in facets.get(facet, ()):
        active, href = setting(counted["value"])
        name, detail = (words or _plain)(counted)
        choices.append(Choice(words=name, detail=detail, count=counted["count"], active=active, href=href))
    front = choices[:_MOST_OPEN] + [choice for choice in choices[_MOST_OPEN:] if choice.active]
    return ChoiceGroup(
        anchor=f"filter-{facet}",
        title=title,
        open=front,
        folded=[choice for choice in choices[_MOST_OPEN:] if not choice.active],
    )


def _several(
    query: ModelQuery, field: str, asked: Sequence[str], prefix: str, value: Value
) -> tuple[bool, str | None]:
    if value is None:
        return False, None
    kept = tuple(name for name in asked if not same_name(value, name, prefix))
    active = len(kept) < len(asked)
    return active, _changed(query, field, kept if active else (*asked, str(value)))


def _one(query: ModelQuery, field: str, asked: Value, prefix: str, value: Value) -> tuple[bool, str | None]:
    if value is None or value == "":
        return False, None
    active = asked is not None and same_name(value, asked, prefix)
    return active, _changed(query, field, None if active else value)


def _changed(query: ModelQuery, field: str, value: Any) -> str | None:
    try:
        return list_address(query, **{field: value})
    except InvalidQuery:  # longer than what may be asked for
        return None


def _plain(counted: FacetValue) -> tuple[str, str | None]:
    value = counted["value"]
    return ("not stated" if value is None else type_words(str(value))), None


def _family(counted: FacetValue) -> tuple[str, str | None]:
    value = counted["value"]
    return family_words(None if value is None else str(value)), None


def _version(counted: FacetValue) -> tuple[str, str | None]:
    return _LATEST.get(bool(counted["value"]), ""), None


def _artifact(counted: FacetValue) -> tuple[str, str | None]:
    name, title = str(counted["value"]), counted.get("title")
    return (shortened(title, _TITLE_LIMIT), name) if title else (name, None)
