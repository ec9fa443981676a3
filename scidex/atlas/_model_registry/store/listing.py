"""Pages of models: filters, order and cursor composed from the fixed fragments of ``queries.sql``."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from psycopg import Connection, sql
from psycopg.rows import dict_row, tuple_row

from scidex.atlas._model_registry.cursor import Position
from scidex.atlas._model_registry.filters import ModelQuery, search_words
from scidex.atlas._model_registry.records import ModelRecord
from scidex.atlas._model_registry.store.rows import model_record
from scidex.atlas._model_registry.store.statements import statement

# For each facet its values, and the filter that it is counted without.
_FACETS: Mapping[str, tuple[sql.Composable, Mapping[str, Any]]] = {
    "family": (statement("facet_of_one").format(column=sql.SQL("model.family")), {"families": ()}),
    "provenance": (statement("facet_of_provenance"), {"provenance": None}),
    "latest": (statement("facet_of_one").format(column=sql.SQL("model.is_latest")), {"latest": None}),
    "origin_type": (
        statement("facet_of_one").format(column=sql.SQL("model.origin_type")),
        {"origin_type": None},
    ),
    "promotion_state": (
        statement("facet_of_one").format(column=sql.SQL("model.promotion_state")),
        {"promotion_state": None},
    ),
    "dataset": (statement("facet_of_each").format(column=sql.SQL("model.datasets")), {"datasets": ()}),
    "hypothesis": (
        statement("facet_of_each").format(column=sql.SQL("model.hypotheses")),
        {"hypothesis": None},
    ),
}
# Facets whose values are ids of artifacts, which readers know by their titles.
_TITLED = frozenset({"dataset", "hypothesis"})
# contract.md: the 20 most frequent datasets; the same bound keeps every other facet readable.
_MOST_FACET_VALUES = 20

_KEY_TYPES = {
    "quality_score": "float8",
    "created_at": "timestamptz",
    "parameter_count": "numeric",
    "title": "text",
}


class Order(NamedTuple):
    """Which end of the sort key comes first; with a ``target`` the key is a metric's distance from it."""

    ascending: bool
    target: float | None = None


class FacetCount(NamedTuple):
    """A value of a facet, its number of models, and the title of the artifact it names, if it names one."""

    value: Any
    models: int
    title: str | None


class ListedModel(NamedTuple):
    """A model of a page and where it stands in the order."""

    model: ModelRecord
    position: Position


def list_models(
    conn: Connection, query: ModelQuery, order: Order, after: Position | None
) -> list[ListedModel]:
    """Answer one page, and one model more than ``limit`` where there is one."""
    composed = _page(query, order, after)
    parameters = _parameters(query, after) | {
        "limit": query.limit + 1,
        "offset": query.offset,
        "sort_target": order.target,
    }
    with conn.cursor(row_factory=dict_row) as cursor:
        return [_listed(row) for row in cursor.execute(composed, parameters)]


def _page(query: ModelQuery, order: Order, after: Position | None) -> sql.Composed:
    key = _key(query, order)
    ordered = statement("order_ascending" if order.ascending else "order_descending").format(key=key)
    conditions = _all_of([*_filters(query), *_after(query, key, order, after)])
    part = {"columns": statement("page_columns"), "conditions": conditions, "order": ordered}
    return statement("list_models").format(
        columns=statement("model_columns"),
        key=key,
        projected=statement("projected_page").format(**part),
        judged=statement("judged_page").format(**part),
        order=ordered,
    )


def count_models(conn: Connection, query: ModelQuery) -> int:
    """Answer how many models match, wherever the page stands."""
    composed = statement("count_models").format(conditions=_all_of(_filters(query)))
    with conn.cursor(row_factory=tuple_row) as cursor:
        ((total,),) = cursor.execute(composed, _parameters(query, None))
    return int(total)


def count_facets(conn: Connection, query: ModelQuery) -> tuple[int, dict[str, list[FacetCount]]]:
    """Answer how many models match, and the frequent values of each facet, each counted under the other filters."""
    counted: dict[str, list[FacetCount]] = {facet: [] for facet in _FACETS}
    total = 0
    parts = [statement("facet_total").format(conditions=_all_of(_filters(query)))]
    composed = sql.SQL(" UNION ALL ").join([*parts, *(_facet(facet, query) for facet in _FACETS)])
    parameters = _parameters(query, None) | {"facet_limit": _MOST_FACET_VALUES}
    with conn.cursor(row_factory=tuple_row) as cursor:
        for facet, value, number, title in cursor.execute(composed, parameters):
            if facet == "total":
                total = number
            else:
                counted[facet].append(FacetCount(value, number, title))
    return total, counted


def _facet(facet: str, query: ModelQuery) -> sql.Composable:
    values, without = _FACETS[facet]
    return statement("facet").format(
        name=sql.Literal(facet),
        title=statement("facet_title").format() if facet in _TITLED else sql.SQL("NULL::text"),
        values=values,
        conditions=_all_of(_filters(replace(query, **without))),
    )


def _filters(query: ModelQuery) -> list[sql.Composable]:
    wanted: list[tuple[object, str]] = [
        (query.families, "filter_family"),
        (query.datasets, "filter_dataset"),
        (query.analysis is not None, "filter_analysis"),
        (query.hypothesis is not None, "filter_hypothesis"),
        (search_words(query.words or ""), "filter_words"),
        (query.latest is not None, "filter_latest"),
        (query.origin_type, "filter_origin_type"),
        (query.promotion_state, "filter_promotion_state"),
        (query.provenance, f"filter_{query.provenance}"),
        (query.metrics, "filter_metric"),
        (query.sort_metric, "filter_reports"),
    ]
    return [statement(name) for present, name in wanted if present]


def _parameters(query: ModelQuery, after: Position | None) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "family": list(query.families),
        "dataset": list(query.datasets),
        "analysis": query.analysis,
        "hypothesis": query.hypothesis,
        "words": " & ".join(f"'{word}':*" for word in search_words(query.words or "")),
        "latest": query.latest,
        "origin_type": query.origin_type,
        "promotion_state": query.promotion_state,
        "metric_names": [condition.name for condition in query.metrics],
        "metric_operators": [condition.operator for condition in query.metrics],
        "metric_values": [condition.value for condition in query.metrics],
        "sort_metric": query.sort_metric,
    }
    if after is not None:
        parameters |= {"after_key": after.key, "after_created_at": after.created_at, "after_id": after.id}
    return parameters


def _key(query: ModelQuery, order: Order) -> sql.Composable:
    if query.sort_metric is None:
        return statement(f"key_{query.sort}")
    return statement("key_metric" if order.target is None else "key_distance")


def _after(
    query: ModelQuery, key: sql.Composable, order: Order, after: Position | None
) -> list[sql.Composable]:
    if after is None:
        return []
    tie = statement("after_tie")
    if after.key is None:
        return [statement("after_unknown").format(key=key, tie=tie)]
    kind = sql.Identifier("pg_catalog", _KEY_TYPES.get(query.sort, "numeric"))
    name = "after_ascending" if order.ascending else "after_descending"
    return [statement(name).format(key=key, tie=tie, type=kind)]


def _all_of(conditions: Iterable[sql.Composable]) -> sql.Composable:
    return sql.SQL(" AND ").join([sql.SQL("true"), *conditions])


def _listed(row: Mapping[str, Any]) -> ListedModel:
    return ListedModel(model_record(row), Position(row["sort_key"], row["created_at_key"], row["id"]))
