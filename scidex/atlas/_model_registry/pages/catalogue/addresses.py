"""Addresses: every state of the list's filters, order and page has its own."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from scidex.atlas._model_registry.contract.conditions import MetricCondition
from scidex.atlas._model_registry.contract.filters import Wanted
from scidex.atlas._model_registry.contract.query import RELEVANCE, ModelQuery
from scidex.atlas._model_registry.pages.catalogue.browsing import ticked_by
from scidex.atlas._model_registry.pages.words.addresses import FEED, MODEL_LIST, TICKED

UNTICK: Final = "untick"
ASKED_TOO_FEW: Final = ("compare", "few")

_USUAL = ModelQuery()


def list_address(query: ModelQuery, **changes: Any) -> str:
    """Return the address of the first page of the list, with some fields of the query changed."""
    return page_address(replace(query, **{"offset": 0, **changes}))


def page_address(query: ModelQuery, *, too_few: bool = False) -> str:
    """Return the address of a page with its ticked models; ``too_few`` marks too few of them for a comparison."""
    ticked = [(TICKED, model_id) for model_id in ticked_by(query)]
    pairs = [*address_parameters(query), *ticked, *([ASKED_TOO_FEW] if too_few else [])]
    return f"{MODEL_LIST}?{urlencode(pairs)}" if pairs else MODEL_LIST


def address_parameters(query: ModelQuery) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a query for an address; defaults are left out."""
    for name, wanted in query.filters.items():
        yield from ((name, _text(value)) for value in (wanted if isinstance(wanted, tuple) else (wanted,)))
    yield from (("metric", condition_text(condition)) for condition in query.metrics)
    single = {
        "where": query.where.text if query.where else None,
        "q": query.words,
        # With words the page sorts by relevance by default.
        "sort": None if query.sort == _USUAL.sort and not query.has_words else query.sort,
        "order": query.order,
        "limit": None if query.limit == _USUAL.limit else str(query.limit),
        "offset": str(query.offset) if query.offset else None,
    }
    yield from ((name, value) for name, value in single.items() if value)


def table_address(query: ModelQuery) -> str:
    """Return the address of all matching models as a file for a spreadsheet."""
    whole = replace(query, offset=0, limit=_USUAL.limit)
    return f"/api{MODEL_LIST}?{urlencode([*address_parameters(whole), ('format', 'csv'), ('bom', 'true')])}"


def feed_address(query: ModelQuery) -> str:
    """Return the address of the feed of the newest matching models."""
    whole = replace(query, offset=0, limit=_USUAL.limit, sort=_USUAL.sort, order=None)
    pairs = [pair for pair in address_parameters(whole) if pair[0] != "sort"]
    return f"{FEED}?{urlencode(pairs)}" if pairs else FEED


def data_address(query: ModelQuery) -> str:
    """Return the address of the same page as JSON."""
    pairs = list(address_parameters(query))
    return f"/api{MODEL_LIST}?{urlencode(pairs)}" if pairs else f"/api{MODEL_LIST}"


def with_filter(query: ModelQuery, name: str, wanted: Wanted | None) -> str:
    """Return the address of the list with one filter set to ``wanted``, or removed where that is None or empty."""
    others = {other: value for other, value in query.filters.items() if other != name}
    return list_address(query, filters=others if wanted in {None, ()} else {**others, name: wanted})


def without_words(query: ModelQuery) -> str:
    """Return the address of the list without its search; a sort by relevance becomes the default one."""
    order = {"sort": _USUAL.sort, "order": None} if query.sort == RELEVANCE else {}
    return list_address(query, words=None, **order)


def condition_text(condition: MetricCondition) -> str:
    """Return a metric condition as typed: ``rmse<0.05``."""
    return f"{condition.name}{condition.operator}{condition.value}"


def _text(value: str | bool) -> str:  # noqa: FBT001  the value of a filter
    return str(value).lower() if isinstance(value, bool) else value
