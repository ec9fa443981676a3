"""How many models match: from kept counts where only flags and one artifact are asked for, else from an index."""

from collections.abc import Sequence
from functools import lru_cache

from psycopg import Connection, sql
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.store.matching import (
    Found,
    all_of,
    evidence_conditions,
    flag_conditions,
    joined,
    judged,
    narrow_aliases,
    of_metrics,
    other_conditions,
    parameters,
    relation,
)
from scidex.atlas._model_registry.store.shape import MOST_TEXTS, Shape, shape_of
from scidex.atlas._model_registry.store.statements import composed_once, statement

# Each kind of evidence: its column, the parameter that names one artifact of it, and the types it may have.
_EVIDENCE = {
    "dataset": (sql.SQL("model.datasets"), "one_dataset", ["dataset", "tabular_dataset"]),
    "analysis": (sql.SQL("model.analyses"), "analysis", ["analysis"]),
    "hypothesis": (sql.SQL("model.hypotheses"), "hypothesis", ["hypothesis"]),
}

_NONE, _MODEL = sql.SQL(""), sql.Identifier("model")


def count_folded(conn: Connection, query: ModelQuery) -> int:
    """Answer how many models match that do not wait to be folded, wherever the page stands."""
    shape = shape_of(query)
    with conn.cursor(row_factory=tuple_row) as cursor:
        kept = False if shape.is_planned_for_values else None
        ((total,),) = cursor.execute(_count(shape), parameters(query), prepare=kept)
    return int(total)


@lru_cache(maxsize=MOST_TEXTS)
def _count(shape: Shape) -> sql.SQL:
    return composed_once(statement("count_models").format(folded=_folded(narrowest(shape))))


def narrowest(shape: Shape) -> Found:
    """Compose the relations with the fewest and smallest rows that say which projected models match."""
    if shape.metrics and not evidence_conditions(shape):
        return of_metrics(shape)
    if shape.words and not flag_conditions(shape) and not evidence_conditions(shape):
        return Found(
            relation("searched_models", "searched"), other_conditions(shape), sql.Identifier("searched")
        )
    return _flagged(shape)


def counted_flags(shape: Shape, columns: sql.Composable) -> sql.Composed:
    """Compose rows with columns of flags and ``times``, which add up to the number of matching models of each."""
    return _counted(shape, _flagged(shape), columns=(columns, columns))


def counted_evidence(shape: Shape, kind: str) -> sql.Composed:
    """Compose rows with an ``artifact_id`` of a kind of evidence, ``times`` how many matching models have it."""
    columns = (sql.SQL("model.artifact_id"), sql.SQL("found.artifact_id"))
    column, _, _ = _EVIDENCE[kind]
    each = statement("judged_evidence").format(column=column)
    found = _by_evidence(shape, kind, _single_evidence(shape), of_every=True)
    return _counted(shape, found, columns=columns, each=each)


def _counted(
    shape: Shape,
    found: Found,
    *,
    columns: tuple[sql.Composable, sql.Composable],
    each: sql.Composable = _NONE,
) -> sql.Composed:
    waiting = judged(shape)
    return statement("counted").format(
        folded=_folded(found, columns[0]),
        columns=sql.SQL("{},").format(columns[1]),
        models=sql.SQL(" ").join([waiting.relations, each]),
        conditions=all_of(waiting.conditions),
        grouped=statement("grouped").format(columns=columns[1]),
    )


def _folded(found: Found, columns: sql.Composable | None = None) -> sql.Composed:
    """Compose what is folded, counted row by row where no counts are kept."""
    return statement("folded").format(
        number=statement("number_kept" if found.kept else "number_of_rows"),
        all=found.kept or found.relations,
        columns=sql.SQL("{},").format(columns) if columns else _NONE,
        models=found.relations,
        conditions=all_of(found.conditions),
        row=found.row,
        grouped=statement("grouped").format(columns=columns) if columns else _NONE,
    )


def _flagged(shape: Shape) -> Found:
    """Compose over rows that have the flags: those of one artifact that the query names, else the projection's."""
    single = _single_evidence(shape)
    if single and not _names_several_datasets(shape):
        return _by_evidence(shape, single[0], single[1:], of_every=False)
    more = narrow_aliases(shape)
    relations = joined(statement("projected_models"), more, "model")
    conditions = [*flag_conditions(shape), *evidence_conditions(shape), *other_conditions(shape)]
    kept = None if more or evidence_conditions(shape) else statement("kept_counts")
    return Found(relations, conditions, _MODEL, kept)


def _by_evidence(shape: Shape, kind: str, others: Sequence[str], *, of_every: bool) -> Found:
    """Compose over the narrow table of evidence: of one artifact that the query names, or of every one of a kind."""
    of_kind = statement("evidence_of_kind").format(kind=sql.Literal(kind))
    first = of_kind if of_every else _evidence_is("model", kind)
    aliases = {f"evidence_{place}": other for place, other in enumerate(others)}
    more = [statement("joined_evidence").format(alias=sql.Identifier(alias)) for alias in aliases]
    conditions: list[sql.Composable] = [
        first,
        *(_evidence_is(alias, other) for alias, other in aliases.items()),
    ]
    if _names_several_datasets(shape):
        conditions.append(statement("has_any_dataset"))
    relations = sql.SQL(" ").join([statement("models_by_evidence"), *more])
    conditions += [*flag_conditions(shape), *other_conditions(shape)]
    # An analysis has a few models only, so their counts are not kept.
    is_kept = not (others or narrow_aliases(shape) or _names_several_datasets(shape)) and kind != "analysis"
    kept = statement("kept_evidence_counts") if is_kept else None
    return Found(joined(relations, narrow_aliases(shape), "model"), conditions, _MODEL, kept)


def _names_several_datasets(shape: Shape) -> bool:
    # A model may have two of them and counts once, so the narrow table, with a row for each, does not serve.
    return shape.datasets == "several"


def _single_evidence(shape: Shape) -> list[str]:
    """Name the kinds of evidence of which a query names one artifact."""
    wanted = {
        "dataset": shape.datasets == "one",
        "analysis": shape.analysis,
        "hypothesis": shape.hypothesis,
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
