"""The equations of a model, typeset where they can be read; a long list folds."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.pages.parts.typesetting import Formula, typeset_text

# What stands open on the page; as many more fold away as text, and the metadata holds all.
_MOST_OPEN = 100
_MOST_FOLDED = 2_000
# MathML takes some thirty times the characters of a formula: beyond these they stand as typed.
_MOST_TYPESET = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulas:
    """Equations that stand open, those folded away, and how many more there are."""

    open: list[Formula]
    folded: list[str]
    left_out: int


def lay_out_formulas(texts: Sequence[str]) -> Formulas:
    """Typeset the first formulas as far as a page can carry them."""
    length, shown = 0, []
    for text in texts[:_MOST_OPEN]:
        length += len(text)
        shown.append(typeset_text(text) if length <= _MOST_TYPESET else Formula(text=text, mark=None))
    rest = texts[_MOST_OPEN:]
    return Formulas(open=shown, folded=list(rest[:_MOST_FOLDED]), left_out=len(rest[_MOST_FOLDED:]))
