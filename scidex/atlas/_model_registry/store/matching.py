"""Which models a query means: relations and conditions composed from the fixed fragments in ``queries``.

Each query is composed twice, over what the projection holds and over what waits to be folded, which the judge answers.
Conditions name the relations by the same aliases in both: ``model``, ``searched`` for words, ``sorted`` and
``metric_0``… for metrics.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from psycopg import sql

from scidex.atlas._model_registry.filters import ModelQuery, search_words
from scidex.atlas._model_registry.store.statements import statement

# The narrow table of metrics stands once for the sort and once for each condition.
_SORTED = "sorted"
_COMPARISONS = {"<": "is_below", "<=": "is_at_most", ">": "is_above", ">=": "is_at_least", "=": "is_equal"}


class Found(NamedTuple):
    """Relations with the conditions on them, and the alias of the relation that has an id and a creation."""

    relations: sql.Composable
    conditions: Sequence[sql.Composable]
    row: sql.Composable


def projected(query: ModelQuery) -> Found:
    """Compose a query over the projection, for a page of it."""
    aliases = narrow_aliases(query)
    conditions = _conditions(query)
    if query.sort_metric and len(conditions) == len(other_conditions(query)):
        # The order of a metric is that of its own narrow table; nothing else is needed.
        narrow = joined(relation("projected_metric", _SORTED), [*aliases[1:]], _SORTED)
        return Found(narrow, conditions, _name(_SORTED))
    return Found(joined(statement("projected_models"), aliases, "model"), conditions, _row(query))


def judged(query: ModelQuery) -> Found:
    """Compose the same query over the models that wait to be folded, as they are now."""
    laterals = {"searched": "judged_words"}
    more = [relation(laterals.get(alias, "judged_metric"), alias) for alias in narrow_aliases(query)]
    relations = sql.SQL(" ").join([statement("judged_models"), *more])
    return Found(relations, _conditions(query), _row(query))


def all_of(conditions: Iterable[sql.Composable]) -> sql.Composable:
    """Join conditions by AND; none of them is true of everything."""
    return sql.SQL(" AND ").join([sql.SQL("true"), *conditions])


def joined(first: sql.Composable, others: Iterable[str], row: str) -> sql.Composable:
    """Join the narrow tables of words and metrics to a relation whose alias is ``row``."""
    names = ((other, "joined_words" if other == "searched" else "joined_metric") for other in others)
    more = [statement(name).format(alias=_name(alias), row=_name(row)) for alias, name in names]
    return sql.SQL(" ").join([first, *more])


def relation(name: str, alias: str) -> sql.Composed:
    """Answer a relation under an alias."""
    return statement(name).format(alias=_name(alias))


def narrow_aliases(query: ModelQuery) -> list[str]:
    """Name the relations that the sort by a metric, conditions on metrics and words need."""
    sorted_by = [_SORTED] if query.sort_metric else []
    searched = ["searched"] if search_words(query.words or "") else []
    return [*sorted_by, *_metrics(query), *searched]


def flag_conditions(query: ModelQuery) -> list[sql.Composable]:
    """Conditions on flags, which the narrow table of evidence has too."""
    wanted: list[tuple[object, str]] = [
        (query.families, "filter_family"),
        (query.latest is not None, "filter_latest"),
        (query.origin_type, "filter_origin_type"),
        (query.promotion_state, "filter_promotion_state"),
        (query.provenance, f"filter_{query.provenance}"),
    ]
    return [statement(name) for present, name in wanted if present]


def evidence_conditions(query: ModelQuery) -> list[sql.Composable]:
    """Conditions on the lists of datasets, analyses and hypotheses that a model has."""
    wanted: list[tuple[object, str]] = [
        (query.datasets, "filter_dataset"),
        (query.analysis is not None, "filter_analysis"),
        (query.hypothesis is not None, "filter_hypothesis"),
    ]
    return [statement(name) for present, name in wanted if present]


def other_conditions(query: ModelQuery) -> list[sql.Composable]:
    """Conditions on words and metrics, whatever the relations."""
    aliases = narrow_aliases(query)
    conditions: list[sql.Composable] = [
        statement("reports").format(alias=_name(alias), name=sql.Placeholder(f"{alias}_name"))
        for alias in aliases
        if alias != "searched"
    ]
    for alias, condition in zip(_metrics(query), query.metrics, strict=True):
        fragment = statement(_COMPARISONS[condition.operator])
        conditions.append(fragment.format(alias=_name(alias), value=sql.Placeholder(f"{alias}_value")))
    return [*conditions, *(statement("filter_words") for alias in aliases if alias == "searched")]


def parameters(query: ModelQuery) -> dict[str, Any]:
    """Answer the values that the fragments bind."""
    bound: dict[str, Any] = {
        "family": list(query.families),
        "dataset": list(query.datasets),
        "dataset_spellings": _spellings("dataset-", query.datasets),
        "one_dataset": next(iter(query.datasets), None),
        "analysis": query.analysis,
        "analysis_spellings": _spellings("analysis-", [query.analysis or ""]),
        "hypothesis": query.hypothesis,
        "hypothesis_spellings": _spellings("hypothesis-", [query.hypothesis or ""]),
        "words": " & ".join(f"'{word}':*" for word in search_words(query.words or "")),
        "latest": query.latest,
        "origin_type": query.origin_type,
        "promotion_state": query.promotion_state,
        f"{_SORTED}_name": query.sort_metric,
    }
    for place, condition in enumerate(query.metrics):
        bound |= {f"metric_{place}_name": condition.name, f"metric_{place}_value": float(condition.value)}
    return bound


def _conditions(query: ModelQuery) -> list[sql.Composable]:
    return [*flag_conditions(query), *evidence_conditions(query), *other_conditions(query)]


def _row(query: ModelQuery) -> sql.Identifier:
    return _name(_SORTED if query.sort_metric else "model")


def _metrics(query: ModelQuery) -> list[str]:
    return [f"metric_{place}" for place in range(len(query.metrics))]


def _name(alias: str) -> sql.Identifier:
    return sql.Identifier(alias)


def _spellings(prefix: str, names: Iterable[str]) -> list[str]:
    """Every id that names may mean: as written, with the type's prefix, and without it."""
    return [spelling for name in names for spelling in {name, f"{prefix}{name}", name.removeprefix(prefix)}]
