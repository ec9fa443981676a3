"""The catalogue page: one answer of the list as the declared context of its template."""

from dataclasses import dataclass
from typing import TypedDict

from scidex.atlas._model_registry.contract.answers import ModelList
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.pages.catalogue.addresses import (
    data_address,
    feed_address,
    list_address,
    page_address,
    table_address,
)
from scidex.atlas._model_registry.pages.catalogue.browsing import browsed, ticked_by
from scidex.atlas._model_registry.pages.catalogue.chips import Chip, Loosening, chips, loosenings
from scidex.atlas._model_registry.pages.catalogue.choices import (
    ChoiceGroup,
    artifact_titles,
    choice_groups,
)
from scidex.atlas._model_registry.pages.catalogue.form import Conditions, Form, conditions, form
from scidex.atlas._model_registry.pages.catalogue.lines import ModelLine, model_lines
from scidex.atlas._model_registry.pages.catalogue.order import order_words
from scidex.atlas._model_registry.pages.catalogue.ticks import CompareBar, compare_bar
from scidex.atlas._model_registry.pages.words.addresses import GLOSSARY, REGISTERING
from scidex.atlas._model_registry.pages.words.numbers import counted, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The page's place in the list, and the addresses of its neighbours."""

    words: str
    first_href: str | None
    previous_href: str | None
    next_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Words for another search, and the address of its results."""

    words: str
    href: str


class CataloguePageContext(TypedDict):
    """All that the template of the catalogue page reads."""

    title: str
    total: str
    order: str
    form: Form
    conditions: Conditions
    groups: list[ChoiceGroup]
    chips: list[Chip]
    active_filters: int
    clear_href: str
    lines: list[ModelLine]
    loosenings: list[Loosening]
    pages: Pages
    bar: CompareBar
    glossary: str
    register_href: str
    leaderboard_href: str | None
    hint: str | None
    suggestions: list[Suggestion]
    table_href: str
    data_href: str
    feed_href: str


def catalogue_page(answer: ModelList, query: ModelQuery) -> CataloguePageContext:
    """Return the context of one page of the list; the answer to ``query`` must hold the facets."""
    facets = answer.get("facets", {})
    titles = artifact_titles(facets)
    active = chips(query, titles)
    empty = not answer["total"]
    return CataloguePageContext(
        title=_title([chip.words for chip in active]),
        total=counted(answer["total"], "model"),
        order=order_words(query),
        form=form(answer["models"], query),
        conditions=conditions(query),
        groups=choice_groups(facets, query),
        chips=active,
        active_filters=len(active),
        clear_href=page_address(browsed(ModelQuery(), ticked_by(query))),
        lines=model_lines(answer["models"], query, titles),
        loosenings=loosenings(query, facets, titles) if empty else [],
        pages=_pages(answer, query),
        bar=compare_bar(query, {model["id"]: model["title"] for model in answer["models"]}),
        glossary=GLOSSARY,
        register_href=REGISTERING,
        leaderboard_href=_leaderboard(query),
        hint=answer.get("hint"),
        suggestions=[
            Suggestion(words=words, href=list_address(query, words=words))
            for words in answer.get("suggestions", ())
        ],
        table_href=table_address(query),
        data_href=data_address(query),
        feed_href=feed_address(query),
    )


def _leaderboard(query: ModelQuery) -> str | None:
    """Return the address of the models evaluated on the dataset of the list; None if the list has no one dataset."""
    match query.filters.get("dataset"):
        case (str(dataset),):
            return list_address(query, filters={"evaluated_on": dataset})
        case _:
            return None


def _title(filters: list[str]) -> str:
    return f"Models, {listed(filters)}" if filters else "Models"


def _pages(answer: ModelList, query: ModelQuery) -> Pages:
    total, limit, offset = answer["total"], answer["limit"], answer["offset"]
    last = min(offset + limit, total)
    before = max(0, offset - limit)
    return Pages(
        words=f"{number(offset + 1)} to {number(last)} of {number(total)}"
        if offset < total and limit < total
        else "",
        first_href=list_address(query) if offset >= total > 0 else None,
        previous_href=list_address(query, offset=before) if 0 < offset < total else None,
        next_href=list_address(query, offset=last) if last < total else None,
    )
