"""Whether predicted numbers fit the observed ones, and where not: to which side, by how much, and where the most."""

from collections.abc import Sequence
from statistics import median
from typing import cast

from scidex.atlas._model_registry.pages.parts.one_sided import Tested, TestedPart, groups_of, parts, tested
from scidex.atlas._model_registry.pages.parts.runs import SignRun, runs, signs
from scidex.atlas._model_registry.pages.parts.samples import group_noun
from scidex.atlas._model_registry.pages.parts.statement import Statement
from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import listed, shortened
from scidex.atlas._model_registry.records.evaluations import NOT_CALLED, Called, Columns

_MOST_SAID = 4
_THROUGHOUT = 0.8  # share of every third
_DIGITS = 3
_NAME_LIMIT = 40


def misfits(columns: Columns, called: Called = NOT_CALLED) -> list[Statement]:
    """Return where the predictions miss to one side, or that no test finds so, and the largest miss.

    Without predicted numbers it is empty.
    """
    if columns.task != "regression" or columns.predicted is None:
        return []
    observed, predicted = (
        cast("Sequence[float]", columns.observed),
        cast("Sequence[float]", columns.predicted),
    )
    noun = group_noun(called)
    residuals = [seen - said for seen, said in zip(observed, predicted, strict=True)]
    largest = _largest(columns, residuals, noun)
    if largest is None:
        return []
    return [*_tested(columns, residuals, noun), _note("Largest miss", largest)]


def _tested(columns: Columns, residuals: Sequence[float], noun: str) -> list[Statement]:
    found_runs = _runs(columns, residuals)
    tried = parts(columns, residuals, noun)
    found = tested(tried, signs(found_runs))
    unit = f" {columns.unit}" if columns.unit else ""
    said = [_sided(part, tried, unit) for part in _told(found.one_sided, tried)]
    if found.in_runs:
        said.append(_in_runs(columns, found_runs, noun, unit))
    if not said:
        return [_note("Fit", _none(columns, found, noun))]
    beyond = len(said) - _MOST_SAID
    more = [f"And {number(beyond)} more."] if beyond > 0 else []
    return [_note("Misfit", words) for words in [*said[:_MOST_SAID], *more]]


def _runs(columns: Columns, residuals: Sequence[float]) -> list[list[SignRun]]:
    if columns.x is None:
        return []
    series: dict[str | None, Sequence[int]] = dict(groups_of(columns).items())
    return runs(columns.x.values, residuals, series or {None: range(len(residuals))})


def _told(found: Sequence[TestedPart], tried: Sequence[TestedPart]) -> list[TestedPart]:
    """Return what is said, the whole first; where that is throughout, parts to its side say nothing new."""
    whole = [part for part in found if part.kind == "whole"]
    others = [part for part in found if part.kind != "whole"]
    if whole and _throughout(tried):
        others = [part for part in others if _is_low(part) != _is_low(whole[0])]
    return [*whole, *others]


def _sided(part: TestedPart, tried: Sequence[TestedPart], unit: str) -> str:
    side, fault = ("above", "too low") if _is_low(part) else ("below", "too high")
    of = counted(len(part.residuals), "observation")
    size = f"by {number(abs(median(part.residuals)), _DIGITS)}{unit} at the median"
    words = f"{part.name}, {number(_on(part, part))} of {of} lie {side} the prediction, {size}: it is"
    if part.kind != "whole":
        return f"{words} {fault} there."
    return f"{words} {fault} throughout." if _throughout(tried) else f"{words} mostly {fault}{_less(tried)}."


def _less(tried: Sequence[TestedPart]) -> str:
    """Return in which thirds the side of the whole is less clear."""
    side = "above" if _is_low(tried[0]) else "below"
    said = [
        f"{part.name.removeprefix('At ')} ({number(_on(part, tried[0]))} of {number(len(part.residuals))} {side})"
        for part in tried
        if part.kind == "third" and not _shows(part, tried[0])
    ]
    return f", less clearly at {listed(said)}" if said else ""


def _throughout(tried: Sequence[TestedPart]) -> bool:
    thirds = [part for part in tried if part.kind == "third"]
    return bool(thirds) and all(_shows(third, tried[0]) for third in thirds)


def _shows(third: TestedPart, whole: TestedPart) -> bool:
    return _on(third, whole) >= _THROUGHOUT * len(third.residuals)


def _on(part: TestedPart, whole: TestedPart) -> int:
    """Return how many observations of a part lie on the side of most of the whole."""
    return part.above if _is_low(whole) else part.below


def _is_low(part: TestedPart) -> bool:
    return part.above > part.below


def _in_runs(columns: Columns, found: Sequence[Sequence[SignRun]], noun: str, unit: str) -> str:
    axis = columns.x.name if columns.x else ""
    x_unit = f" {columns.x.unit}" if columns.x and columns.x.unit else ""
    longest = []
    for side, sign in (("above", 1), ("below", -1)):
        own = [run for one in found for run in one if run.farthest * sign > 0 and len(one) > 1]
        run = max(own, key=lambda run: run.length)
        place = f"in {noun} {shortened(run.group, _NAME_LIMIT)} " if run.group else ""
        by = f"by up to {number(abs(run.farthest), _DIGITS)}{unit}"
        longest.append(
            f"{counted(run.length, 'value')} {side} the prediction {place}at {run.span}{x_unit}, {by}"
        )
    within = f"Within {noun}s" if len(found) > 1 else "Over all"
    seldom = f"{within}, the side changes less often along {axis} than by chance"
    return f"{seldom}: the longest runs are {', and '.join(longest)}."


def _none(columns: Columns, found: Tested, noun: str) -> str:
    seen = f"No systematic misfit was found with {counted(len(columns.observed), 'observation')}"
    axis = columns.x.name if columns.x else ""
    tests = {
        "whole": "on the whole",
        "third": f"in thirds of {axis}",
        "group": f"in each {noun}",
        "runs": f"in the order along {axis}",
    }
    where = [words for kind, words in tests.items() if kind in found.kinds]
    return f"{seen}; tested {listed(where)}." if where else f"{seen}, too few for a test to find one."


def _largest(columns: Columns, residuals: Sequence[float], noun: str) -> str | None:
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


def _note(word: str, text: str) -> Statement:
    return Statement(tone="note", word=word, text=text, href="#evidence")
