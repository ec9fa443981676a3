"""Conditions joined by and, or, not and brackets: ``(auc >= 0.9 or lacks aic) and family = statistical``."""

from dataclasses import dataclass, field

from scidex.atlas._model_registry.contract.checks import check_text
from scidex.atlas._model_registry.contract.condition_tree import Condition, single_conditions
from scidex.atlas._model_registry.contract.errors import InvalidQuery

_MOST_BRACKETS, _MOST_CONDITIONS = 20, 50


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions as they were written, and as a tree."""

    text: str = field(compare=False)
    tree: Condition


def where(text: str) -> Where:
    """Return conditions, read.

    ``and`` binds closer than ``or``. A condition is ``name < number``, ``number <= name < number``, ``name between
    number and number``, ``lacks name``, ``has name`` or ``filter = value``; a name with other signs stands in double
    quotes.

    Raises:
        InvalidQuery: they cannot be read; the message points at the place.

    """
    # Imported on first use: few lists are asked so.
    from scidex.atlas._model_registry.contract.where_grammar import parsed  # noqa: PLC0415

    check_text("where", text)
    if text.count("(") > _MOST_BRACKETS:
        raise InvalidQuery("where", text, f"where has more than {_MOST_BRACKETS} brackets")
    tree = parsed(text)
    if sum(1 for _ in single_conditions(tree)) > _MOST_CONDITIONS:
        raise InvalidQuery("where", text, f"where has more than {_MOST_CONDITIONS} conditions")
    return Where(text, tree)
