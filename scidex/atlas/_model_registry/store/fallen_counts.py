"""How many folded models are not sound: from the counts that are kept of them, whatever still waits."""

from collections.abc import Sequence

from psycopg import sql

from scidex.atlas._model_registry.contract.filters import FILTERS
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.store.matching import flag_conditions, narrow_aliases, wide_conditions
from scidex.atlas._model_registry.store.statements import statement

STANDING = "standing"
STATUS = sql.SQL("fallen.status")


def are_kept(query: ModelQuery) -> bool:
    """Return whether a query filters by nothing but flags and standing, which the kept counts tell apart."""
    others = query.without(STANDING)
    return not (narrow_aliases(others) or wide_conditions(others))


def includes_sound(query: ModelQuery) -> bool:
    """Return whether models that are sound match the filter by standing."""
    wanted = query.filters[STANDING]
    return isinstance(wanted, tuple) and FILTERS[STANDING].rest in wanted


def matching_fallen(query: ModelQuery, columns: sql.Composable | None) -> sql.Composed:
    """Compose the counts of models that are not sound and match."""
    return _fallen(query, columns, [statement("is_any_standing")], is_added=True)


def other_fallen(query: ModelQuery, columns: sql.Composable | None) -> sql.Composed:
    """Compose, below zero, the counts of those that match but for their standing."""
    return _fallen(query, columns, [statement("is_no_standing")], is_added=False)


def every_fallen(query: ModelQuery) -> sql.Composed:
    """Compose the counts of models that are not sound, by their ``status``; the query has no filter by standing."""
    return _fallen(query, STATUS, [], is_added=True)


def _fallen(
    query: ModelQuery, columns: sql.Composable | None, states: Sequence[sql.Composable], *, is_added: bool
) -> sql.Composed:
    conditions = [*flag_conditions(query), *states]
    return statement("fallen").format(
        columns=sql.SQL("{},").format(columns) if columns else sql.SQL(""),
        plus=sql.SQL("+" if is_added else "-"),
        minus=sql.SQL("-" if is_added else "+"),
        conditions=sql.SQL("").join(sql.SQL("\n    AND {}").format(one) for one in conditions),
        grouped=statement("grouped").format(columns=columns) if columns else sql.SQL(""),
    )
