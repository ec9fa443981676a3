"""Which models a query means: relations and conditions composed from the fixed fragments in ``queries``.

Each query is composed twice: over the projection, and over the models that wait to be folded, which the judge reads.
Conditions name the relations by the same aliases in both: ``model``, ``searched`` for words, ``metric_0``… for metrics.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from psycopg import sql

from scidex.atlas._model_registry.contract.filters import FILTERS, Evidence, Wanted
from scidex.atlas._model_registry.contract.query import RELEVANCE, ModelQuery
from scidex.atlas._model_registry.store.conditions import where_condition, where_parameters
from scidex.atlas._model_registry.store.statements import statement

_SEARCHED = "searched"
_STANDING = "standing"
_COMPARISONS = {"<": "is_below", "<=": "is_at_most", ">": "is_above", ">=": "is_at_least", "=": "is_equal"}


class Found(NamedTuple):
    """Relations with the conditions on them, and the alias of the relation with ``id`` and ``created_at``.

    ``kept`` is a relation of kept counts with the same columns, None where no counts are kept.
    """

    relations: sql.Composable
    conditions: Sequence[sql.Composable]
    row: sql.Composable
    kept: sql.Composable | None = None


def projected(query: ModelQuery) -> Found:
    """Compose a page's query over the smallest relations of the projection that can answer it."""
    if query.sort_metric is not None and not wide_conditions(query):
        return of_metrics(query)
    if (
        query.sort == RELEVANCE
        and narrow_aliases(query) == [_SEARCHED]
        and not (query.filters or query.where)
    ):
        return Found(relation("searched_models", _SEARCHED), other_conditions(query), _name(_SEARCHED))
    return whole(query)._replace(conditions=_walked_conditions(query))


def whole(query: ModelQuery) -> Found:
    """Compose a query over whole rows of the projection."""
    relations = joined(statement("projected_models"), narrow_aliases(query), "model")
    return Found(relations, _conditions(query), _row(query))


def of_metrics(query: ModelQuery) -> Found:
    """Compose a query over the narrow table of metrics alone, which has the flags and the order of each metric."""
    first, *others = narrow_aliases(query)
    relations = joined(relation("projected_metric", first), others, first)
    return Found(relations, [*flag_conditions(query, first), *other_conditions(query)], _name(first))


def judged(query: ModelQuery) -> Found:
    """Compose a query over the models that wait to be folded, as they are now."""
    models = relation("worded_models", _SEARCHED) if query.has_words else statement("judged_models")
    more = [relation("judged_metric", alias) for alias in narrow_aliases(query) if alias != _SEARCHED]
    conditions = [*flag_conditions(query), *wide_conditions(query), *_metric_conditions(query)]
    return Found(sql.SQL("\n").join([models, *more]), conditions, _row(query))


def metrics_read(query: ModelQuery) -> list[str]:
    """Return the metrics that a query reads, each once, the one of its sort first."""
    names = [query.sort_metric] if query.sort_metric else []
    return list(dict.fromkeys([*names, *(condition.name for condition in query.metrics)]))


def is_filtered(query: ModelQuery) -> bool:
    """Return whether the best plan depends on the values: a generic plan would take popular values for rare ones."""
    return bool(query.filters or metrics_read(query) or query.has_words or query.where)


def named_evidence(query: ModelQuery) -> list[str]:
    """Return the filters of a query that name artifacts."""
    return [name for name in query.filters if FILTERS[name].evidence is not None]


def names_several(query: ModelQuery, name: str) -> bool:
    """Return whether a filter of a query names several artifacts."""
    wanted = query.filters.get(name)
    return isinstance(wanted, tuple) and len(set(wanted)) > 1


def waiting_first(query: ModelQuery) -> sql.Composed:
    """Compose the beginning of every list's statement: the models that wait, judged, and those that they replace."""
    return statement("waiting_first").format(moved=with_reworded(query, statement("moved")))


def with_reworded(query: ModelQuery, first: sql.Composable) -> sql.Composable:
    """Add what a search reads of waiting changes of words to the relations that a statement begins with."""
    if not query.has_words:
        return first
    is_ranked = sql.Literal(query.sort == RELEVANCE)
    return sql.SQL(",\n").join([first, statement("reworded").format(is_ranked=is_ranked)])


def replaced(query: ModelQuery) -> sql.SQL:
    """Return the relation of the models that the projection does not answer for."""
    return sql.SQL("replaced" if query.has_words else "affected")


def all_of(conditions: Iterable[sql.Composable]) -> sql.Composable:
    """Join conditions by AND; without any, the result is true."""
    return sql.SQL("\n    AND ").join([*conditions] or [sql.SQL("true")])


def joined(first: sql.Composable, others: Iterable[str], row: str) -> sql.Composable:
    """Join the narrow tables of words and metrics to a relation whose alias is ``row``."""
    names = ((other, "joined_words" if other == _SEARCHED else "joined_metric") for other in others)
    more = [statement(name).format(alias=_name(alias), row=_name(row)) for alias, name in names]
    return sql.SQL("\n").join([first, *more])


def relation(name: str, alias: str) -> sql.Composed:
    """Return a relation under an alias."""
    return statement(name).format(alias=_name(alias))


def narrow_aliases(query: ModelQuery) -> list[str]:
    """Return the aliases of the relations for the sort by a metric, conditions on metrics, and words."""
    metrics = [_metric(place) for place in range(len(metrics_read(query)))]
    return [*metrics, _SEARCHED] if query.has_words else metrics


def flag_conditions(query: ModelQuery, row: str = "model") -> list[sql.Composable]:
    """Conditions on flags, which the narrow tables of evidence and of metrics have too."""
    return [_of_column(query, name, row) for name in query.filters if FILTERS[name].flag]


def column_conditions(query: ModelQuery, row: str = "model") -> list[sql.Composable]:
    """Conditions on columns that only the projection has."""
    single = [_of_column(query, name, row) for name in query.filters if is_of_projection(name)]
    return [*single, *([where_condition(query.where, row)] if query.where else [])]


def evidence_conditions(query: ModelQuery) -> list[sql.Composable]:
    """Conditions on the lists of datasets, analyses and hypotheses that a model has."""
    return [
        _of_evidence(name, evidence)
        for name in query.filters
        if (evidence := FILTERS[name].evidence) is not None
    ]


def wide_conditions(query: ModelQuery) -> list[sql.Composable]:
    """Conditions on everything that only the projection has."""
    return [*evidence_conditions(query), *column_conditions(query)]


def is_of_projection(name: str) -> bool:
    """Return whether a filter needs the projection itself: the narrow tables have the flags, and evidence is a list."""
    return not FILTERS[name].flag and FILTERS[name].evidence is None


def _of_column(query: ModelQuery, name: str, row: str) -> sql.Composed:
    declared = FILTERS[name]
    if name_of_own := _own_fragment(query, name):
        return _of_others(name_of_own, name, row)
    fragment = statement("filter_any" if declared.repeatable else "filter_one")
    column = sql.Identifier(row, declared.column or name)
    return fragment.format(column=column, operator=sql.SQL(declared.operator), value=sql.Placeholder(name))


def _own_fragment(query: ModelQuery, name: str) -> str | None:
    """Return the name of a filter's condition on other tables, None where it is on a column."""
    declared, wanted = FILTERS[name], query.filters[name]
    if isinstance(wanted, tuple) and declared.rest in wanted:
        return declared.fragment_of_rest
    is_alone = [*query.filters] == [_STANDING] and not (narrow_aliases(query) or query.where)
    return "filter_standing_alone" if is_alone else declared.fragment


def _of_others(fragment: str, name: str, row: str) -> sql.Composed:
    return statement(fragment).format(
        row=_name(row), value=sql.Placeholder(name), not_sound=statement("not_sound")
    )


def _of_evidence(name: str, evidence: Evidence) -> sql.Composed:
    return statement("filter_evidence").format(
        column=sql.Identifier("model", evidence.column),
        names=sql.Placeholder(name),
        spellings=sql.Placeholder(f"{name}_spellings"),
        types=sql.Literal(list(evidence.types)),
    )


def other_conditions(query: ModelQuery) -> list[sql.Composable]:
    """Conditions on words and metrics, whatever the relations."""
    return [*_metric_conditions(query), *([statement("filter_words")] if query.has_words else [])]


def _metric_conditions(query: ModelQuery) -> list[sql.Composable]:
    aliases = narrow_aliases(query)
    conditions: list[sql.Composable] = [
        statement("reports").format(alias=_name(alias), name=sql.Placeholder(f"{alias}_name"))
        for alias in aliases
        if alias != _SEARCHED
    ]
    names = metrics_read(query)
    for place, asked in enumerate(query.metrics):
        fragment, value = statement(_COMPARISONS[asked.operator]), sql.Placeholder(_compared(place))
        conditions.append(fragment.format(alias=_name(_metric(names.index(asked.name))), value=value))
    return conditions


def parameters(query: ModelQuery) -> dict[str, Any]:
    """Return the values that the fragments bind."""
    bound: dict[str, Any] = {"words": query.words} | (where_parameters(query.where) if query.where else {})
    for name, wanted in query.filters.items():
        bound |= _bound(name, wanted)
    bound |= {f"{_metric(place)}_name": name for place, name in enumerate(metrics_read(query))}
    return bound | {_compared(place): asked.value for place, asked in enumerate(query.metrics)}


def _bound(name: str, wanted: Wanted) -> dict[str, Any]:
    declared = FILTERS[name]
    if declared.evidence is None:
        if isinstance(wanted, tuple):
            return {name: list(wanted)}
        read = declared.read
        return {name: read(name, str(wanted)) if read else declared.stored.get(str(wanted), wanted)}
    names = wanted if isinstance(wanted, tuple) else (str(wanted),)
    prefix = declared.evidence.prefix
    # All ids that a name may mean: as written, with the type's prefix, and without it.
    spellings = [
        one for name in names for one in sorted({name, f"{prefix}{name}", name.removeprefix(prefix)})
    ]
    return {name: list(names), f"{name}_spellings": spellings}


def _conditions(query: ModelQuery) -> list[sql.Composable]:
    return [*flag_conditions(query), *wide_conditions(query), *other_conditions(query)]


def _walked_conditions(query: ModelQuery) -> list[sql.Composable]:
    """Conditions of a page, which is walked: a standing is looked up for each model that is met."""
    walked = [_of_others("filter_standing_walked", _STANDING, "model")] if _STANDING in query.filters else []
    others = query.without(_STANDING)
    return [*flag_conditions(others), *wide_conditions(others), *other_conditions(query), *walked]


def _row(query: ModelQuery) -> sql.Identifier:
    return _name(_metric(0) if query.sort_metric is not None else "model")


def _metric(place: int) -> str:
    return f"metric_{place}"


def _compared(place: int) -> str:
    return f"comparison_{place}"


def _name(alias: str) -> sql.Identifier:
    return sql.Identifier(alias)
