"""A list of models as one table, a row for each, to be read by programs and spreadsheets."""

import json
from collections.abc import Iterable, Iterator, Mapping

from scidex.atlas._model_registry.contract.answers import ListedEntry
from scidex.atlas._model_registry.contract.answers.entries import Headline
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.entries.hints import asked_metrics
from scidex.atlas._model_registry.entries.spreadsheets import BYTE_ORDER_MARK, line

_HEADLINE = ("metric", "value", "low", "high", "rows", "units", "units_are", "agrees")


def table_lines(entries: Iterable[ListedEntry], query: ModelQuery, *, bom: bool = False) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180): a header, then a line for each model.

    The columns are the fields of a list entry, with ``standing.status`` for the standing, ``headline.metric`` and so on
    for each part of the headline, and a column ``evaluation_metrics.NAME`` for each metric that the query names. Lists
    and objects are JSON; null is an empty cell. ``bom`` puts the byte order mark first.
    """
    named = asked_metrics(query)
    header = [*_header(), *(f"evaluation_metrics.{name}" for name in named)]
    yield (BYTE_ORDER_MARK if bom else "") + line(header)
    for entry in entries:
        yield line([*_cells(entry), *(entry["evaluation_metrics"].get(name) for name in named)])


def _header() -> Iterator[str]:
    for column in ListedEntry.__annotations__:
        if column == "headline":
            yield from (f"headline.{part}" for part in _HEADLINE)
        else:
            yield "standing.status" if column == "standing" else column


def _cells(entry: ListedEntry) -> Iterator[object]:
    values: Mapping[str, object] = {**entry, "standing": entry["standing"]["status"]}
    for column in ListedEntry.__annotations__:
        if column == "headline":
            yield from _headline(entry["headline"])
        else:
            yield _plain(values.get(column))


def _headline(headline: Headline | None) -> Iterator[object]:
    if headline is None:
        yield from [None] * len(_HEADLINE)
        return
    low, high = headline["interval"] or (None, None)
    yield from (headline["metric"], headline["value"], low, high)
    yield from (headline["rows"], headline["units"], headline["units_are"], _plain(headline["agrees"]))


def _plain(value: object) -> object:
    is_plain = value is None or isinstance(value, str | float) or type(value) is int
    return value if is_plain else json.dumps(value, ensure_ascii=False)
