"""The query parameters of the catalogue page: the fields of a form, empty ones too, as a query of the list."""

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.datastructures import QueryParams

from scidex.atlas._model_registry.contract.checks import check_text, nearest_name
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.filters import FILTERS
from scidex.atlas._model_registry.contract.query import RELEVANCE, has_words, model_query
from scidex.atlas._model_registry.pages.catalogue.addresses import ASKED_TOO_FEW, UNTICK
from scidex.atlas._model_registry.pages.catalogue.browsing import BrowsedQuery, browsed
from scidex.atlas._model_registry.pages.error_page import Correction
from scidex.atlas._model_registry.pages.words.addresses import TICKED
from scidex.atlas._model_registry.web.strictness import repeated, repetition

_REPEATED = (*(name for name, declared in FILTERS.items() if declared.repeatable), "metric")
_TRUTHS = tuple(name for name, declared in FILTERS.items() if declared.is_truth)
_SINGLE = (*(name for name in FILTERS if name not in {*_REPEATED, *_TRUTHS}), "q", "where", "sort", "order")
_NUMBERS = ("limit", "offset")
_KNOWN = (*_REPEATED, *_SINGLE, *_TRUTHS, *_NUMBERS, TICKED, UNTICK, ASKED_TOO_FEW[0])
_TRUTH = {"true": True, "false": False}
_SHOWN = 60
_TYPED = {"where": "Conditions", "metric": "Metric condition", "q": "Search"}


def catalogue_parameters(sent: QueryParams) -> dict[str, Any]:
    """Return the parameters of the list; an empty field of the form counts as absent.

    Raises:
        InvalidQuery: a parameter is unknown, given twice where it takes one value, or not the number or truth value
            that it must be.

    """
    for name in sent:
        _check_known(name)
    check_single(sent, (*_SINGLE, *_TRUTHS, *_NUMBERS))
    several = {name: [value for value in sent.getlist(name) if value.strip()] for name in _REPEATED}
    single = {name: value for name in _SINGLE if (value := sent.get(name, ""))}
    return {**several, **single, **_truths(sent), **_numbers(sent)}


def browsed_query(sent: QueryParams) -> BrowsedQuery:
    """Return the query of the page, with the models that are ticked on it.

    Raises:
        InvalidQuery: a parameter cannot be used.

    """
    query = model_query(**_best_match_first(catalogue_parameters(sent)), facets=True)
    ticked, unticked = sent.getlist(TICKED), sent.getlist(UNTICK)
    for name, model_id in [*((TICKED, one) for one in ticked), *((UNTICK, one) for one in unticked)]:
        check_text(name, model_id)
    kept = [one for one in ticked if one not in unticked]
    return browsed(query, kept, asked_too_few=ASKED_TOO_FEW in sent.multi_items())


def _best_match_first(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters with the sort by relevance for a search without another sort, and else without it."""
    if not has_words(asked.get("q")):
        return {name: value for name, value in asked.items() if (name, value) != ("sort", RELEVANCE)}
    return {"sort": RELEVANCE} | asked


def check_single(sent: QueryParams, names: Iterable[str]) -> None:
    """Refuse a second value for parameters that take one.

    Raises:
        InvalidQuery: one of them is given more than once.

    """
    for name in repeated(sent, names):
        raise InvalidQuery(name, sent[name][:_SHOWN], repetition(name, sent.getlist(name)))


def without(sent: QueryParams, parameter: str) -> list[tuple[str, str]]:
    """Return the parameters that were sent except one, for a link back to the list."""
    return [
        (name, value) for name, value in sent.multi_items() if name in _KNOWN and name != parameter and value
    ]


def correction(sent: QueryParams, parameter: str) -> Correction | None:
    """Return the text of a field that cannot be read, to be corrected; None where the parameter has no such field."""
    typed = sent.getlist(parameter)
    if parameter not in _TYPED or len(typed) != 1:
        return None
    return Correction(name=parameter, label=_TYPED[parameter], text=typed[0], hidden=without(sent, parameter))


def _check_known(name: str) -> None:
    if name not in _KNOWN:
        nearest = nearest_name(name, _KNOWN)
        message = f"{name[:_SHOWN]!r} is not a parameter of this page; the nearest known one is {nearest}"
        raise InvalidQuery(name[:_SHOWN], "", message)


def _truths(sent: Mapping[str, str]) -> dict[str, bool]:
    return {name: _truth(name, text) for name in _TRUTHS if (text := sent.get(name, ""))}


def _truth(name: str, text: str) -> bool:
    if text not in _TRUTH:
        raise InvalidQuery(name, text[:_SHOWN], f"{name}={text[:_SHOWN]!r} is neither true nor false")
    return _TRUTH[text]


def _numbers(sent: Mapping[str, str]) -> dict[str, int]:
    return {name: _number(name, text) for name in _NUMBERS if (text := sent.get(name, ""))}


def _number(name: str, text: str) -> int:
    # More digits than any bound has; converting them would only take time.
    digits = text.strip().removeprefix("-")
    if len(text) > 20 or not (digits.isascii() and digits.isdecimal()):  # noqa: PLR2004
        raise InvalidQuery(name, text[:_SHOWN], f"{name}={text[:_SHOWN]!r} is not a whole number")
    return int(text)
