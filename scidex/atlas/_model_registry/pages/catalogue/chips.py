"""The filters that are set, each with the address of the list without it, and which of them to remove."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scidex.atlas._model_registry.contract.filters import FILTERS, Filter, Wanted
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.pages.catalogue.addresses import (
    condition_text,
    list_address,
    with_filter,
    without_words,
)
from scidex.atlas._model_registry.pages.catalogue.choices import Facets, same_name
from scidex.atlas._model_registry.pages.words.numbers import counted
from scidex.atlas._model_registry.pages.words.wording import shortened

_LIMIT = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is set; ``facet`` is the facet that is counted without it, if any."""

    words: str
    remove_href: str
    facet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosening:
    """A filter to remove from an empty list, and what that brings as far as the counts tell."""

    words: str
    href: str
    gain: str
    helps: bool | None


def chips(query: ModelQuery, titles: Mapping[str, str]) -> list[Chip]:
    """Return the filters of a query in words."""
    return [
        *(chip for name, wanted in query.filters.items() for chip in _of_filter(query, name, wanted, titles)),
        *_others(query),
    ]


def loosenings(query: ModelQuery, facets: Facets, titles: Mapping[str, str]) -> list[Loosening]:
    """Return the filters whose removal may fill an empty list, those that surely help first."""
    order = {True: 0, None: 1, False: 2}
    set_ones = chips(query, titles)
    unknown = "may find some models" if len(set_ones) > 1 else "all models"
    found = [_loosening(chip, facets, unknown) for chip in set_ones]
    return sorted(found, key=lambda loosening: order[loosening.helps])


def _of_filter(query: ModelQuery, name: str, wanted: Wanted, titles: Mapping[str, str]) -> Iterator[Chip]:
    declared = FILTERS[name]
    facet = name if declared.heading else None
    for value in wanted if isinstance(wanted, tuple) else (wanted,):
        rest = tuple(other for other in wanted if other != value) if isinstance(wanted, tuple) else ()
        words = declared.chips.get(value) or f"{declared.label}: {_value_words(declared, value, titles)}"
        yield Chip(words=words, remove_href=with_filter(query, name, rest), facet=facet)


def _value_words(declared: Filter, value: Any, titles: Mapping[str, str]) -> str:
    name = str(value)
    if declared.evidence is not None:
        prefix = declared.evidence.prefix
        found = (title for known, title in titles.items() if same_name(known, name, prefix))
        return shortened(next(found, name), _LIMIT)
    return shortened(declared.words.get(value, name), _LIMIT)


def _others(query: ModelQuery) -> Iterator[Chip]:
    for condition in query.metrics:
        others = tuple(other for other in query.metrics if other != condition)
        words = f"metric: {shortened(condition_text(condition), _LIMIT)}"
        yield Chip(words=words, remove_href=list_address(query, metrics=others))
    if query.where:
        words = f"where: {shortened(query.where.text, _LIMIT)}"
        yield Chip(words=words, remove_href=list_address(query, where=None))
    if query.has_words:
        words = f"search: {shortened(query.words or '', _LIMIT)}"
        yield Chip(words=words, remove_href=without_words(query))
    if query.sort_metric is not None:
        words = f"reports: {shortened(query.sort_metric, _LIMIT)}"
        yield Chip(words=words, remove_href=list_address(query, sort="quality_score", order=None))


def _loosening(chip: Chip, facets: Facets, unknown: str) -> Loosening:
    if chip.facet is None:
        return Loosening(words=chip.words, href=chip.remove_href, gain=unknown, helps=None)
    numbers = [value["count"] for value in facets.get(chip.facet, ())]
    if not numbers:
        gain = "still none: another filter is too narrow as well"
        return Loosening(words=chip.words, href=chip.remove_href, gain=gain, helps=False)
    # Counts of a flag add up, as a model has one value of it; those of datasets do not, as it may have several.
    is_exact = FILTERS[chip.facet].evidence is None
    least = counted(sum(numbers) if is_exact else max(numbers), "model")
    gain = least if is_exact else f"at least {least}"
    return Loosening(words=chip.words, href=chip.remove_href, gain=gain, helps=True)
