"""The filters that are set, each with the address of the list without it, and which of them to loosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.query import ModelQuery, search_words
from scidex.atlas._model_registry.pages.catalogue.addresses import condition_text, list_address
from scidex.atlas._model_registry.pages.catalogue.choices import Facets, same_name
from scidex.atlas._model_registry.pages.words.numbers import counted
from scidex.atlas._model_registry.pages.words.wording import family_words, shortened

_LIMIT = 90
# Facets whose values exclude each other: their counts add up to the models without that filter.
_EXCLUSIVE = frozenset({"family", "provenance", "latest", "origin_type", "promotion_state"})
# Fields whose values a reader understands as they stand, and what they are called.
_STATED = {"provenance": "provenance", "origin_type": "origin", "promotion_state": "promotion"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is set; ``facet`` is the facet that is counted without it, if there is one."""

    words: str
    remove_href: str
    facet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosening:
    """A filter to take away from an empty list, and what that brings as far as the counts tell."""

    words: str
    href: str
    gain: str
    helps: bool | None


def chips(query: ModelQuery, titles: Mapping[str, str]) -> list[Chip]:
    """List the filters of a query in words."""
    return [*_repeated(query, titles), *_single(query, titles)]


def loosenings(query: ModelQuery, facets: Facets, titles: Mapping[str, str]) -> list[Loosening]:
    """Tell which filter to take away so that the list is no longer empty, the ones sure to help first."""
    order = {True: 0, None: 1, False: 2}
    found = [_loosening(chip, facets) for chip in chips(query, titles)]
    return sorted(found, key=lambda loosening: order[loosening.helps])


def _repeated(query: ModelQuery, titles: Mapping[str, str]) -> Iterator[Chip]:
    for family in query.families:
        rest = tuple(other for other in query.families if other != family)
        yield Chip(
            words=f"family: {family_words(family)}",
            remove_href=list_address(query, families=rest),
            facet="family",
        )
    for dataset in query.datasets:
        rest = tuple(other for other in query.datasets if other != dataset)
        words = f"trained on: {_titled(dataset, 'dataset-', titles)}"
        yield Chip(words=words, remove_href=list_address(query, datasets=rest), facet="dataset")
    for condition in query.metrics:
        others = tuple(other for other in query.metrics if other != condition)
        words = f"metric: {shortened(condition_text(condition), _LIMIT)}"
        yield Chip(words=words, remove_href=list_address(query, metrics=others))


def _single(query: ModelQuery, titles: Mapping[str, str]) -> Iterator[Chip]:
    if query.hypothesis is not None:
        words = f"tests: {_titled(query.hypothesis, 'hypothesis-', titles)}"
        yield Chip(words=words, remove_href=list_address(query, hypothesis=None), facet="hypothesis")
    if query.analysis is not None:
        words = f"produced by: {shortened(query.analysis, _LIMIT)}"
        yield Chip(words=words, remove_href=list_address(query, analysis=None))
    if search_words(query.words or ""):
        words = f"search: {shortened(query.words or '', _LIMIT)}"
        yield Chip(words=words, remove_href=list_address(query, words=None))
    for field, name in _STATED.items():
        if (value := getattr(query, field)) is not None:
            yield Chip(
                words=f"{name}: {value}", remove_href=list_address(query, **{field: None}), facet=field
            )
    if query.latest is not None:
        words = "latest version only" if query.latest else "without the latest versions"
        yield Chip(words=words, remove_href=list_address(query, latest=None), facet="latest")
    if query.sort_metric is not None:
        words = f"reports: {shortened(query.sort_metric, _LIMIT)}"
        yield Chip(words=words, remove_href=list_address(query, sort="quality_score", order=None))


def _titled(name: str, prefix: str, titles: Mapping[str, str]) -> str:
    found = (title for artifact_id, title in titles.items() if same_name(artifact_id, name, prefix))
    return shortened(next(found, name), _LIMIT)


def _loosening(chip: Chip, facets: Facets) -> Loosening:
    if chip.facet is None:
        return Loosening(words=chip.words, href=chip.remove_href, gain="may bring models", helps=None)
    numbers = [value["count"] for value in facets.get(chip.facet, ())]
    if not numbers:
        gain = "alone brings none: another filter is too narrow too"
        return Loosening(words=chip.words, href=chip.remove_href, gain=gain, helps=False)
    least = counted(sum(numbers) if chip.facet in _EXCLUSIVE else max(numbers), "model")
    gain = f"brings {least}" if chip.facet in _EXCLUSIVE else f"brings at least {least}"
    return Loosening(words=chip.words, href=chip.remove_href, gain=gain, helps=True)
