"""The equations of a model, typeset where they can be read; a long list is folded."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.pages.parts.typesetting import Formula, typeset_text

# Equations that are open on the page; as many more are folded, as text, and the metadata has all.
_MOST_OPEN = 100
_MOST_FOLDED = 2_000
# MathML takes about thirty times the characters of a formula: beyond these, formulas stay as typed.
_MOST_TYPESET = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulas:
    """Open equations, folded ones, and how many more there are."""

    open: list[Formula]
    folded: list[str]
    left_out: int


def lay_out_formulas(texts: Sequence[str]) -> Formulas:
    """Return the formulas, the first ones typeset as far as a page can hold them."""
    length, shown = 0, []
    for text in texts[:_MOST_OPEN]:
        length += len(text)
        shown.append(typeset_text(text) if length <= _MOST_TYPESET else Formula(text=text, mark=None))
    rest = texts[_MOST_OPEN:]
    return Formulas(open=shown, folded=list(rest[:_MOST_FOLDED]), left_out=len(rest[_MOST_FOLDED:]))
