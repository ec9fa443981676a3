"""Every setting of the list's filters, order and page is an address of its own."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from scidex.atlas._model_registry.contract.query import MetricCondition, ModelQuery
from scidex.atlas._model_registry.pages.words.addresses import MODEL_LIST

_USUAL = ModelQuery()


def list_address(query: ModelQuery, **changes: Any) -> str:
    """Give the address of the list with some fields of the query changed; it begins on the first page again."""
    pairs = list(parameters(replace(query, **{"offset": 0, **changes})))
    return f"{MODEL_LIST}?{urlencode(pairs)}" if pairs else MODEL_LIST


def parameters(query: ModelQuery) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a query as an address carries them; what is as usual is left out."""
    yield from (("family", family) for family in query.families)
    yield from (("dataset", dataset) for dataset in query.datasets)
    yield from (("metric", condition_text(condition)) for condition in query.metrics)
    single = {
        "hypothesis": query.hypothesis,
        "analysis": query.analysis,
        "q": query.words,
        "latest": None if query.latest is None else str(query.latest).lower(),
        "provenance": query.provenance,
        "origin_type": query.origin_type,
        "promotion_state": query.promotion_state,
        "sort": None if query.sort == _USUAL.sort else query.sort,
        "order": query.order,
        "limit": None if query.limit == _USUAL.limit else str(query.limit),
        "offset": str(query.offset) if query.offset else None,
    }
    yield from ((name, value) for name, value in single.items() if value)


def condition_text(condition: MetricCondition) -> str:
    """Write a metric condition as it is typed: ``rmse<0.05``."""
    return f"{condition.name}{condition.operator}{condition.value}"
