"""How many models match: composed so that, where it can be, entries of an index are counted and no wide row is read."""

from collections.abc import Sequence

from psycopg import Connection, sql
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.filters import ModelQuery
from scidex.atlas._model_registry.store.matching import (
    Found,
    all_of,
    evidence_conditions,
    flag_conditions,
    joined,
    judged,
    narrow_aliases,
    other_conditions,
    parameters,
    relation,
)
from scidex.atlas._model_registry.store.statements import statement

# Each kind of evidence: its column, the parameter that names one artifact of it, and the types it may have.
_EVIDENCE = {
    "dataset": (sql.SQL("model.datasets"), "one_dataset", ["dataset", "tabular_dataset"]),
    "analysis": (sql.SQL("model.analyses"), "analysis", ["analysis"]),
    "hypothesis": (sql.SQL("model.hypotheses"), "hypothesis", ["hypothesis"]),
}

_NONE, _MODEL = sql.SQL(""), sql.Identifier("model")

Composed = tuple[sql.Composable, Sequence[sql.Composable]]


def count_models(conn: Connection, query: ModelQuery) -> int:
    """Answer how many models match, wherever the page stands."""
    composed = statement("count_models").format(counted=counted(query))
    with conn.cursor(row_factory=tuple_row) as cursor:
        ((total,),) = cursor.execute(composed, parameters(query), prepare=False)
    return int(total)


def counted(query: ModelQuery) -> sql.Composed:
    """Compose rows whose ``times`` add up to the number of matching models."""
    found = narrowest(query)
    return _counted(query, (found.relations, found.conditions), row=found.row)


def narrowest(query: ModelQuery) -> Found:
    """Compose the relations with the fewest and smallest rows that say which projected models match."""
    narrow = narrow_aliases(query)
    if narrow and not flag_conditions(query) and not evidence_conditions(query):
        alone = "searched_models" if narrow[0] == "searched" else "projected_metric"
        relations = joined(relation(alone, narrow[0]), narrow[1:], narrow[0])
        return Found(relations, other_conditions(query), sql.Identifier(narrow[0]))
    return Found(*_flagged(query), _MODEL)


def counted_flags(query: ModelQuery, columns: sql.Composable) -> sql.Composed:
    """Compose the same rows with columns of flags, each with a comma after it."""
    return _counted(query, _flagged(query), columns=(columns, columns))


def counted_evidence(query: ModelQuery, kind: str) -> sql.Composed:
    """Compose a row for each artifact of a kind of evidence that a matching model has, with its ``artifact_id``."""
    columns = (sql.SQL("model.artifact_id, "), sql.SQL("found.artifact_id, "))
    column, _, _ = _EVIDENCE[kind]
    each = statement("judged_evidence").format(column=column)
    found = _by_evidence(query, kind, _single_evidence(query), of_every=True)
    return _counted(query, found, columns=columns, each=each)


def _counted(
    query: ModelQuery,
    found: Composed,
    *,
    row: sql.Composable = _MODEL,
    columns: tuple[sql.Composable, sql.Composable] = (_NONE, _NONE),
    each: sql.Composable = _NONE,
) -> sql.Composed:
    waiting = judged(query)
    return statement("counted").format(
        projected_columns=columns[0],
        projected=found[0],
        conditions=all_of(found[1]),
        row=row,
        judged_columns=columns[1],
        judged=sql.SQL(" ").join([waiting.relations, each]),
        judged_conditions=all_of(waiting.conditions),
    )


def _flagged(query: ModelQuery) -> Composed:
    """Compose over rows that have the flags: those of one artifact that the query names, else the projection's."""
    single = _single_evidence(query)
    if single and not _names_several_datasets(query):
        return _by_evidence(query, single[0], single[1:], of_every=False)
    relations = joined(statement("projected_models"), narrow_aliases(query), "model")
    return relations, [*flag_conditions(query), *evidence_conditions(query), *other_conditions(query)]


def _by_evidence(query: ModelQuery, kind: str, others: Sequence[str], *, of_every: bool) -> Composed:
    """Compose over the narrow table of evidence: of one artifact that the query names, or of every one of a kind."""
    of_kind = statement("evidence_of_kind").format(kind=sql.Literal(kind))
    first = of_kind if of_every else _evidence_is("model", kind)
    aliases = {f"evidence_{place}": other for place, other in enumerate(others)}
    more = [statement("joined_evidence").format(alias=sql.Identifier(alias)) for alias in aliases]
    conditions: list[sql.Composable] = [
        first,
        *(_evidence_is(alias, other) for alias, other in aliases.items()),
    ]
    if _names_several_datasets(query):
        conditions.append(statement("has_any_dataset"))
    relations = sql.SQL(" ").join([statement("models_by_evidence"), *more])
    return (
        joined(relations, narrow_aliases(query), "model"),
        [*conditions, *flag_conditions(query), *other_conditions(query)],
    )


def _names_several_datasets(query: ModelQuery) -> bool:
    # A model may have two of them and counts once, so the narrow table, with a row for each, does not serve.
    return len(query.datasets) > 1


def _single_evidence(query: ModelQuery) -> list[str]:
    """Name the kinds of evidence of which the query names one artifact."""
    wanted = {
        "dataset": len(query.datasets) == 1,
        "analysis": query.analysis is not None,
        "hypothesis": query.hypothesis is not None,
    }
    return [kind for kind, present in wanted.items() if present]


def _evidence_is(alias: str, kind: str) -> sql.Composed:
    _, parameter, types = _EVIDENCE[kind]
    return statement("evidence_is").format(
        alias=sql.Identifier(alias),
        kind=sql.Literal(kind),
        name=sql.Placeholder(parameter),
        spellings=sql.Placeholder(f"{kind}_spellings"),
        types=sql.Literal(types),
    )
