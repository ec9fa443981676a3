"""Ticks of models for a comparison: each is part of the address, so it survives paging, filtering and search."""

from collections.abc import Mapping
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.pages.catalogue.addresses import UNTICK, address_parameters, page_address
from scidex.atlas._model_registry.pages.catalogue.browsing import (
    LEAST_TICKED,
    MOST_TICKED,
    BrowsedQuery,
    ticked_by,
    with_ticked,
)
from scidex.atlas._model_registry.pages.words.addresses import MODEL_LIST, TICKED, compare_address
from scidex.atlas._model_registry.pages.words.wording import shortened

BAR = "compare"
_TITLE_LIMIT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareTick:
    """The button beside a model: it sends ``name=value`` with the form of the bar, and comes back to ``leads_to``.

    ``leads_to`` is None where no more can be ticked.
    """

    is_set: bool
    name: str
    value: str
    leads_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TickedModel:
    """A ticked model in the bar."""

    words: str
    remove_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareBar:
    """The models ticked so far; ``is_alert`` where a comparison was asked for and there are too few.

    ``hidden`` is what a tick sends along: the page of the list, and the models that are ticked.
    """

    hidden: list[tuple[str, str]]
    is_enough: bool
    ticked: list[TickedModel]
    compare_href: str | None
    clear_href: str | None
    message: str
    is_alert: bool


def tick(query: ModelQuery, model_id: str, anchor: str) -> CompareTick:
    """Return the button of a model, which leads back to ``anchor`` on the same page.

    A button, since the space bar presses it and scrolls past a link.
    """
    ticked = ticked_by(query)
    is_set = model_id in ticked
    can_be = is_set or len(ticked) < MOST_TICKED
    return CompareTick(
        is_set=is_set,
        name=UNTICK if is_set else TICKED,
        value=model_id,
        leads_to=f"{MODEL_LIST}#{anchor}" if can_be else None,
    )


def compare_bar(query: ModelQuery, titles: Mapping[str, str]) -> CompareBar:
    """Return the bar; ``titles`` are those of the listed models, others are named by their ids."""
    ticked = ticked_by(query)
    is_alert = isinstance(query, BrowsedQuery) and query.asked_too_few and len(ticked) < LEAST_TICKED
    return CompareBar(
        hidden=[*address_parameters(query), *((TICKED, one) for one in ticked)],
        is_enough=len(ticked) >= LEAST_TICKED,
        ticked=[
            TickedModel(
                words=shortened(titles.get(one, one), _TITLE_LIMIT),
                remove_href=_to_bar(query, tuple(other for other in ticked if other != one)),
            )
            for one in ticked
        ],
        compare_href=_compare_href(query, ticked),
        clear_href=_to_bar(query, ()) if ticked else None,
        message=_message(len(ticked)),
        is_alert=is_alert,
    )


def _to_bar(query: ModelQuery, ticked: tuple[str, ...]) -> str:
    return f"{page_address(with_ticked(query, ticked))}#{BAR}"


def _compare_href(query: ModelQuery, ticked: tuple[str, ...]) -> str | None:
    if len(ticked) >= LEAST_TICKED:
        return compare_address(ticked, baseline=ticked[0], only_differences=False)
    # A comparison of too few models leads back to the list, with the message.
    return page_address(with_ticked(query, ticked), too_few=True) + f"#{BAR}" if ticked else None


def _message(number: int) -> str:
    if number == 0:
        return "Tick 2 to 10 models to compare them; the first is the baseline."
    if number < LEAST_TICKED:
        return "A comparison takes at least 2 models: tick one more."
    if number >= MOST_TICKED:
        return "10 are ticked, the most that a comparison takes."
    return "The first is the baseline."
