"""How many models match: from kept counts where a query names only flags and one artifact, else from an index."""

from collections.abc import Sequence

from psycopg import Connection, sql
from psycopg.rows import tuple_row

from scidex.atlas._model_registry.contract.filters import FILTERS
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.store.fallen_counts import (
    STANDING,
    STATUS,
    are_kept,
    every_fallen,
    includes_sound,
    matching_fallen,
    other_fallen,
)
from scidex.atlas._model_registry.store.matching import (
    Found,
    all_of,
    column_conditions,
    flag_conditions,
    is_filtered,
    is_of_projection,
    joined,
    judged,
    metrics_read,
    named_evidence,
    names_several,
    narrow_aliases,
    of_metrics,
    other_conditions,
    parameters,
    relation,
    replaced,
    wide_conditions,
    with_reworded,
)
from scidex.atlas._model_registry.store.statements import statement

_NONE, _MODEL = sql.SQL(""), sql.Identifier("model")


def count_folded(conn: Connection, query: ModelQuery) -> int:
    """Return how many folded models match, on all pages together."""
    count = statement("count_models").format(
        moved=with_reworded(query, statement("moved_of_folded")), folded=_folded(query, narrowest(query))
    )
    with conn.cursor(row_factory=tuple_row) as cursor:
        ((total,),) = cursor.execute(count, parameters(query), prepare=False if is_filtered(query) else None)
    return int(total)


def narrowest(query: ModelQuery) -> Found:
    """Compose the relations with the fewest and smallest rows that tell which projected models match."""
    if metrics_read(query) and not wide_conditions(query):
        return of_metrics(query)
    if query.has_words and not flag_conditions(query) and not wide_conditions(query):
        return Found(
            relation("searched_models", "searched"), other_conditions(query), sql.Identifier("searched")
        )
    return _flagged(query)


def counted_flags(query: ModelQuery, columns: sql.Composable) -> sql.Composed:
    """Compose rows of flags and ``times``; summed, ``times`` is the number of matching models with the flags."""
    return _with_waiting(query, _folded(query, _flagged(query), columns), columns)


def counted_evidence(query: ModelQuery, kind: str) -> sql.Composed:
    """Compose rows of an ``artifact_id`` of a kind of evidence and ``times``, the number of matching models with it."""
    evidence = FILTERS[kind].evidence
    assert evidence is not None  # noqa: S101  facets of ids are declared with evidence
    each = statement("judged_evidence").format(column=sql.Identifier("model", evidence.column))
    found = _by_evidence(query, kind, named_evidence(query), of_every=True)
    folded = _folded_rows(query, found, sql.SQL("model.artifact_id"))
    return _with_waiting(query, folded, sql.SQL("found.artifact_id"), each)


def counted_standings(query: ModelQuery) -> sql.Composed:
    """Compose rows of a ``status`` other than sound and ``times``, the number of matching models with it."""
    each = statement("judged_fallen")
    if are_kept(query):
        return _with_waiting(query, every_fallen(query), STATUS, each)
    found = _flagged(query)
    fallen = statement("fallen_models").format(not_sound=statement("not_sound"), row=found.row)
    relations = sql.SQL("\n").join([found.relations, fallen])
    among = Found(relations, found.conditions, found.row)
    return _with_waiting(query, _folded_rows(query, among, STATUS), STATUS, each)


def _with_waiting(
    query: ModelQuery, folded: sql.Composable, columns: sql.Composable, each: sql.Composable = _NONE
) -> sql.Composed:
    waiting = judged(query)
    return statement("counted").format(
        folded=folded,
        columns=sql.SQL("{},").format(columns),
        models=sql.SQL("\n").join([waiting.relations, each]),
        conditions=all_of(waiting.conditions),
        grouped=statement("grouped").format(columns=columns),
    )


def _folded(query: ModelQuery, found: Found, columns: sql.Composable | None = None) -> sql.Composed:
    """Compose the counts of folded models; those by standing from the kept counts of models that are not sound."""
    if STANDING not in query.filters or not are_kept(query):
        return _folded_rows(query, found, columns)
    if not includes_sound(query):
        return matching_fallen(query, columns)
    of_all = _folded_rows(query, _flagged(query.without(STANDING)), columns)
    return sql.SQL("\nUNION ALL\n").join([of_all, other_fallen(query, columns)])


def _folded_rows(query: ModelQuery, found: Found, columns: sql.Composable | None) -> sql.Composed:
    """Compose the counts of folded models: the kept ones or, without such, counted row by row."""
    return statement("folded").format(
        number=statement("number_kept" if found.kept else "number_of_rows"),
        all=found.kept or found.relations,
        columns=sql.SQL("{},").format(columns) if columns else _NONE,
        models=found.relations,
        conditions=all_of(found.conditions),
        row=found.row,
        replaced=replaced(query),
        grouped=statement("grouped").format(columns=columns) if columns else _NONE,
    )


def _flagged(query: ModelQuery) -> Found:
    """Compose over rows with the flags: those of one artifact that the query names, else those of the projection."""
    named = named_evidence(query)
    # A model with two of several datasets counts once, but has two rows in the narrow table: that does not serve.
    if named and not any(names_several(query, name) for name in named) and not column_conditions(query):
        return _by_evidence(query, named[0], named[1:], of_every=False)
    more = narrow_aliases(query)
    relations = joined(statement("projected_models"), more, "model")
    conditions = [*flag_conditions(query), *wide_conditions(query), *other_conditions(query)]
    kept = None if more or wide_conditions(query) else statement("kept_counts")
    return Found(relations, conditions, _MODEL, kept)


def _by_evidence(query: ModelQuery, kind: str, others: Sequence[str], *, of_every: bool) -> Found:
    """Compose over the narrow table of evidence: of one artifact that the query names, or of every one of a kind."""
    single = [other for other in others if not names_several(query, other)]
    aliases = {f"evidence_{place}": other for place, other in enumerate(single)}
    of_kind = statement("evidence_of_kind").format(kind=sql.Literal(kind))
    more: list[sql.Composable] = [
        statement("joined_evidence").format(alias=sql.Identifier(alias)) for alias in aliases
    ]
    conditions: list[sql.Composable] = [
        of_kind if of_every else _evidence_is("model", kind),
        *(_evidence_is(alias, other) for alias, other in aliases.items()),
        *(statement("has_any_dataset") for other in others if names_several(query, other)),
        *flag_conditions(query),
        *column_conditions(query, "wide"),
        *other_conditions(query),
    ]
    if query.where or any(map(is_of_projection, query.filters)):
        more.append(statement("joined_projection"))
    relations = sql.SQL("\n").join([statement("models_by_evidence"), *more])
    # No counts are kept for analyses, as each has few models.
    is_kept = not (others or narrow_aliases(query) or column_conditions(query)) and kind != "analysis"
    in_all = of_every and not flag_conditions(query)
    kept = statement("kept_evidence_totals" if in_all else "kept_evidence_counts")
    return Found(
        joined(relations, narrow_aliases(query), "model"), conditions, _MODEL, kept if is_kept else None
    )


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
