"""Whether predicted numbers fit the observed ones, and where not: to which side, by how much, and where the most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from scidex.atlas._model_registry.entries.sentences import listed_briefly
from scidex.atlas._model_registry.pages.parts.misfit_words import (
    counted_on,
    in_runs,
    none_found,
    said_once,
    sided,
)
from scidex.atlas._model_registry.pages.parts.one_sided import groups_of, tested, tested_parts
from scidex.atlas._model_registry.pages.parts.runs import SignRun, runs, signs
from scidex.atlas._model_registry.pages.parts.samples import group_noun
from scidex.atlas._model_registry.pages.parts.statement import Statement
from scidex.atlas._model_registry.pages.parts.telling import residuals_of, telling
from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.evaluations import NOT_CALLED, Called, Columns

_MOST_SAID = 4
_MOST_NEARLY = 2
_DIGITS = 3
_NAME_LIMIT = 40


def misfits(columns: Columns, called: Called = NOT_CALLED) -> list[Statement]:
    """Return where the predictions miss to one side, or that no test finds so, and the largest miss.

    Without predicted numbers it is empty.
    """
    noun = group_noun(called)
    largest = _largest(columns, noun) if _has_numbers(columns) else None
    if largest is None:
        return []
    found = _found(telling(columns), noun)
    return [
        *(_note("Misfit", words) for words in _at_most(found.misfits, _MOST_SAID)),
        *([] if found.misfits else [_note("Fit", found.none)]),
        *(_note("Seen", words) for words in [_nearly(found)] if words),
        *(_note("Not counted", words) for words in [_untelling(columns)] if words),
        _note("Largest miss", largest),
    ]


def training_fit(columns: Columns, called: Called = NOT_CALLED, *, most: int = 2) -> list[Statement]:
    """Return whether the predictions fit the data that the model was fitted to, with up to ``most`` misfits."""
    if not _has_numbers(columns) or not any(residuals_of(columns)):
        return []
    found = _found(telling(columns), group_noun(called))
    said = _at_most(found.misfits, most) or [found.none]
    return [_note("Training fit", f"On the data it was fitted to: {_lowered(' '.join(said))}")]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What tests found, in words; ``none`` says so where they found nothing."""

    misfits: list[str]
    nearly: list[str]
    tests: int
    none: str


def _has_numbers(columns: Columns) -> bool:
    return columns.task == "regression" and columns.predicted is not None and bool(columns.observed)


def _found(columns: Columns, noun: str) -> _Found:
    residuals = residuals_of(columns)
    found_runs = _runs(columns, residuals)
    tried = tested_parts(columns, residuals, noun)
    found = tested(tried, signs(found_runs))
    unit = f" {columns.unit}" if columns.unit else ""
    said = [sided(part, tried, unit) for part in said_once(found.one_sided, tried)]
    if found.in_runs:
        said.append(in_runs(columns, found_runs, noun, unit))
    nearly = said_once([*found.one_sided, *found.nearly], tried)
    return _Found(
        misfits=said,
        nearly=[counted_on(part) for part in nearly if part not in found.one_sided],
        tests=found.tests,
        none=none_found(columns, found, noun),
    )


def _at_most(said: Sequence[str], most: int) -> list[str]:
    beyond = len(said) - most
    return list(said) if beyond <= 1 else [*said[:most], f"And {number(beyond)} more."]


def _nearly(found: _Found) -> str | None:
    """Return the parts that a test alone would find, but not beside the others."""
    if not found.nearly:
        return None
    seen = listed_briefly([_lowered(words) for words in found.nearly], _MOST_NEARLY)
    return f"Alone this would be more than chance, as one of {number(found.tests)} tests it is not: {seen}."


def _untelling(columns: Columns) -> str | None:
    left = len(columns.observed) - len(telling(columns).observed)
    if not left:
        return None
    verb = "tells" if left == 1 else "tell"
    return (
        f"{number(left)} of {counted(len(columns.observed), 'observation')} {verb} no side: predicted exactly, or at "
        "the start, where the model is 0."
    )


def _runs(columns: Columns, residuals: Sequence[float]) -> list[list[SignRun]]:
    if columns.x is None:
        return []
    series: dict[str | None, Sequence[int]] = dict(groups_of(columns).items())
    return runs(columns.x.values, residuals, series or {None: range(len(residuals))})


def _largest(columns: Columns, noun: str) -> str | None:
    residuals = residuals_of(columns)
    row = max(range(len(residuals)), key=lambda place: abs(residuals[place]))
    if not residuals[row]:
        return None
    unit = f" {columns.unit}" if columns.unit else ""
    seen, said = columns.observed[row], cast("Sequence[float]", columns.predicted)[row]
    values = f"observed {number(float(seen), _DIGITS)}, predicted {number(said, _DIGITS)}{unit}"
    return f"The largest miss is {_place(columns, row, noun)}: {values}."


def _place(columns: Columns, row: int, noun: str) -> str:
    group = columns.group[row] if columns.group else None
    beside = f" in {noun} {shortened(group, _NAME_LIMIT)}" if group else ""
    if columns.x is not None:
        unit = f" {columns.x.unit}" if columns.x.unit else ""
        return f"at {columns.x.name} {number(columns.x.values[row], _DIGITS)}{unit}{beside}"
    if columns.sample is not None:
        return f"that of {shortened(columns.sample[row], _NAME_LIMIT)}{beside}"
    return f"in row {number(row + 1)}{beside}"


def _lowered(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _note(word: str, text: str) -> Statement:
    return Statement(tone="note", word=word, text=text, href="#evidence")
