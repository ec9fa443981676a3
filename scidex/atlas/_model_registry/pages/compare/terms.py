"""What changed inside an equation, term by term and typeset."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.contract.answers import ChangedTerms
from scidex.atlas._model_registry.pages.parts.typesetting import Formula, typeset_text
from scidex.atlas._model_registry.pages.words.wording import shortened

# Longer terms take more room than they tell.
_LONG = 300
# With more terms, the equation as a whole changed, which both equations show.
_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """A term that was added or removed, or ``before`` and after a change."""

    change: Literal["added", "removed", "changed"]
    before: Formula | None
    term: Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLines:
    """The changed terms of an equation, the part of it that holds them, and how many more there are."""

    within: Formula | None
    lines: list[TermLine]
    left_out: int


def term_lines(terms: ChangedTerms | None) -> TermLines | None:
    """Return the changes within an equation, typeset; None where the equation changed as a whole."""
    if terms is None or not (terms["added"] or terms["removed"] or terms["within"] or _of_a_sum(terms)):
        return None
    lines = list(_lines(terms))
    return TermLines(
        within=_shown(terms["within"]) if terms["within"] else None,
        lines=lines[:_MOST_SHOWN],
        left_out=len(lines[_MOST_SHOWN:]),
    )


def _of_a_sum(terms: ChangedTerms) -> bool:
    """Return whether the changed terms have signs, unlike a whole equation."""
    return any(change["before"].startswith(("+ ", "- ")) for change in terms["changed"])


def _lines(terms: ChangedTerms) -> Iterator[TermLine]:
    for change in terms["changed"]:
        yield TermLine(change="changed", before=_shown(change["before"]), term=_shown(change["after"]))
    for text in terms["removed"]:
        yield TermLine(change="removed", before=None, term=_shown(text))
    for text in terms["added"]:
        yield TermLine(change="added", before=None, term=_shown(text))


def _shown(text: str) -> Formula:
    return typeset_text(text) if len(text) <= _LONG else Formula(text=shortened(text, _LONG), mark=None)
