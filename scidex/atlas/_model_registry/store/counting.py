"""How many models match: from kept counts where only flags and one artifact are asked for, else from an index."""

from collections.abc import Sequence
from functools import lru_cache

from psycopg import Connection, sql
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.contract.filters import FILTERS
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.store.matching import (
    Found,
    all_of,
    column_conditions,
    flag_conditions,
    is_of_projection,
    joined,
    judged,
    narrow_aliases,
    of_metrics,
    other_conditions,
    parameters,
    relation,
    wide_conditions,
)
from scidex.atlas._model_registry.store.shape import MOST_TEXTS, Shape, shape_of
from scidex.atlas._model_registry.store.statements import composed_once, statement

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
    if shape.metrics and not wide_conditions(shape):
        return of_metrics(shape)
    if shape.words and not flag_conditions(shape) and not wide_conditions(shape):
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
    evidence = FILTERS[kind].evidence
    assert evidence is not None  # noqa: S101  facets of ids are declared with evidence
    each = statement("judged_evidence").format(column=sql.Identifier("model", evidence.column))
    found = _by_evidence(shape, kind, _named_evidence(shape), of_every=True)
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
    named = _named_evidence(shape)
    # A model may have two of several datasets and counts once, so the narrow table, a row for each, does not serve.
    if named and not shape.several and not column_conditions(shape):
        return _by_evidence(shape, named[0], named[1:], of_every=False)
    more = narrow_aliases(shape)
    relations = joined(statement("projected_models"), more, "model")
    conditions = [*flag_conditions(shape), *wide_conditions(shape), *other_conditions(shape)]
    kept = None if more or wide_conditions(shape) else statement("kept_counts")
    return Found(relations, conditions, _MODEL, kept)


def _by_evidence(shape: Shape, kind: str, others: Sequence[str], *, of_every: bool) -> Found:
    """Compose over the narrow table of evidence: of one artifact that the query names, or of every one of a kind."""
    single = [other for other in others if other not in shape.several]
    aliases = {f"evidence_{place}": other for place, other in enumerate(single)}
    of_kind = statement("evidence_of_kind").format(kind=sql.Literal(kind))
    more: list[sql.Composable] = [
        statement("joined_evidence").format(alias=sql.Identifier(alias)) for alias in aliases
    ]
    conditions: list[sql.Composable] = [
        of_kind if of_every else _evidence_is("model", kind),
        *(_evidence_is(alias, other) for alias, other in aliases.items()),
        *(statement("has_any_dataset") for other in others if other in shape.several),
        *flag_conditions(shape),
        *column_conditions(shape, "wide"),
        *other_conditions(shape),
    ]
    if any(map(is_of_projection, shape.filters)):
        more.append(statement("joined_projection"))
    relations = sql.SQL(" ").join([statement("models_by_evidence"), *more])
    # An analysis has a few models only, so their counts are not kept.
    is_kept = not (others or narrow_aliases(shape) or column_conditions(shape)) and kind != "analysis"
    kept = statement("kept_evidence_counts") if is_kept else None
    return Found(joined(relations, narrow_aliases(shape), "model"), conditions, _MODEL, kept)


def _named_evidence(shape: Shape) -> list[str]:
    """Name the filters of a query that name artifacts."""
    return [name for name in shape.filters if FILTERS[name].evidence is not None]


def _evidence_is(alias: str, name: str) -> sql.Composed:
    evidence = FILTERS[name].evidence
    assert evidence is not None  # noqa: S101  asked of such filters only
    return statement("evidence_is").format(
        alias=sql.Identifier(alias),
        kind=sql.Literal(evidence.kind),
        names=sql.Placeholder(name),
        spellings=sql.Placeholder(f"{name}_spellings"),
        types=sql.Literal(list(evidence.types)),
    )
