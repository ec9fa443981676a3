"""A list of models as one table, a row for each, to be read by programs and spreadsheets."""

import json
from collections.abc import Iterable, Iterator

from scidex.atlas._model_registry.contract.answers import ListedEntry
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.entries.hints import asked_metrics
from scidex.atlas._model_registry.entries.spreadsheets import BYTE_ORDER_MARK, line

_COLUMNS = tuple(ListedEntry.__annotations__)


def table_lines(entries: Iterable[ListedEntry], query: ModelQuery, *, bom: bool = False) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180): a header, then a line for each model.

    The columns are the fields of a list entry, with ``standing.status`` for the standing, and a column
    ``evaluation_metrics.NAME`` for each metric that the query names. Lists and objects are JSON; null is an empty
    cell. ``bom`` puts the byte order mark first.
    """
    named = asked_metrics(query)
    header = [*map(_named, _COLUMNS), *(f"evaluation_metrics.{name}" for name in named)]
    yield (BYTE_ORDER_MARK if bom else "") + line(header)
    for entry in entries:
        yield line([*_cells(entry), *(entry["evaluation_metrics"].get(name) for name in named)])


def _named(column: str) -> str:
    return "standing.status" if column == "standing" else column


def _cells(entry: ListedEntry) -> Iterator[object]:
    values: dict[str, object] = {**entry, "standing": entry["standing"]["status"]}
    for column in _COLUMNS:
        value = values.get(column)
        is_plain = value is None or isinstance(value, str | float) or type(value) is int
        yield value if is_plain else json.dumps(value, ensure_ascii=False)
