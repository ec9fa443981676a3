"""One page of a list: the models, the total, and where the next page begins."""

from collections.abc import Iterator
from dataclasses import replace

from psycopg import Connection

from scidex.atlas._model_registry.contract import cursor
from scidex.atlas._model_registry.contract.answers import FacetValue, ModelList
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.entries.hints import doubtful_metrics, metric_hint, unreported_hint
from scidex.atlas._model_registry.entries.models import listed_entry, with_short_id
from scidex.atlas._model_registry.entries.sorting import first_end, sort_note
from scidex.atlas._model_registry.entries.table import table_lines
from scidex.atlas._model_registry.reads.leaderboard import ranked
from scidex.atlas._model_registry.reads.suggestions import suggestions
from scidex.atlas._model_registry.store import counting, listing
from scidex.atlas._model_registry.store import facets as frequent
from scidex.atlas._model_registry.store.indexed import indexed
from scidex.atlas._model_registry.store.metric_names import reported_names, would_be_told
from scidex.atlas._model_registry.store.ordering import Order
from scidex.atlas._model_registry.store.whole_lists import every_model

_UNSORTED = "created_at"


def page_of_models(conn: Connection, query: ModelQuery) -> ModelList:
    """Return the page that a query asks for."""
    after, asked = cursor.decode(query), indexed(query)
    number, facets = _counts(conn, asked)
    listed, waiting = listing.list_models(conn, asked, _order(query), after, folded=number)
    page = listed[: query.limit]
    more = len(listed) > query.limit
    answer: ModelList = {
        "models": [
            with_short_id(listed_entry(one.model, one.found, one.standing))
            for one in ranked(conn, query, page)
        ],
        "total": number + (waiting if facets is None else 0),
        "limit": query.limit,
        "offset": query.offset,
        "next_cursor": cursor.encode(query, page[-1].position) if more else None,
    }
    if facets is not None:
        answer["facets"] = facets
    if note := sort_note(query):
        answer["sort_note"] = note
    if hint := _hint(conn, query, answer["total"]):
        answer["hint"] = hint
    if not answer["total"] and (near := suggestions(conn, query, lambda other: _total(conn, other))):
        answer["suggestions"] = near
    return answer


def table_of_models(conn: Connection, query: ModelQuery, *, bom: bool) -> Iterator[str]:
    """Yield all models that a query matches, whatever its page, as :func:`table_lines` writes them.

    ``conn`` stays in its transaction meanwhile.
    """
    matching = every_model(conn, indexed(query), _order(query))
    return table_lines((listed_entry(*each) for each in matching), query, bom=bom)


def _total(conn: Connection, query: ModelQuery) -> int:
    asked = indexed(query)
    number = counting.count_folded(conn, asked)
    return number + listing.list_models(conn, asked, _order(query), None, folded=number).waiting


def _hint(conn: Connection, query: ModelQuery, total: int) -> str | None:
    """Return which metrics of a query no model reports, or else whom a leaderboard leaves out."""
    if doubtful := doubtful_metrics(query, total):
        reported = reported_names(conn)
        told = [name for name in doubtful if would_be_told(name, reported)]
        if hint := metric_hint(told, reported):
            return hint
    if query.sort_metric is None or "evaluated_on" not in query.filters:
        return None
    whole = replace(query, sort=_UNSORTED, cursor=None, offset=0, facets=False)
    return unreported_hint(query.sort_metric, _total(conn, whole) - total)


def _counts(conn: Connection, query: ModelQuery) -> tuple[int, dict[str, list[FacetValue]] | None]:
    """Return how many models match, and the facets; without facets only those that do not wait to be folded."""
    if not query.facets:
        return counting.count_folded(conn, query), None
    total, counted = frequent.count_facets(conn, query)
    return total, {facet: [_facet_value(one) for one in values] for facet, values in counted.items()}


def _order(query: ModelQuery) -> Order:
    """Return the order asked for, else titles from A on and metrics best first; everything else largest first."""
    if query.order is not None:
        return Order(ascending=query.order == "asc")
    if query.sort_metric is None:
        return Order(ascending=query.sort == "title")
    ascending, target = first_end(query.sort_metric)
    return Order(ascending=ascending, target=target)


def _facet_value(counted: frequent.FacetCount) -> FacetValue:
    if counted.title is None:
        return {"value": counted.value, "count": counted.models}
    return {"value": counted.value, "count": counted.models, "title": counted.title}
