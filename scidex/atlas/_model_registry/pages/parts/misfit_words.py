"""The words for what tests of the sides of residuals found."""

from collections.abc import Sequence
from statistics import median

from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.pages.parts.one_sided import Tested, TestedPart
from scidex.atlas._model_registry.pages.parts.runs import SignRun
from scidex.atlas._model_registry.pages.parts.signs import sign_chance
from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.evaluations import Columns

_THROUGHOUT = 0.8  # share of every third
_CHANCE = 0.05
_DIGITS = 3
_NAME_LIMIT = 40


def said_once(found: Sequence[TestedPart], tried: Sequence[TestedPart]) -> list[TestedPart]:
    """Return what is said, the whole first; where that is throughout, parts to its side say nothing new."""
    whole = [part for part in found if part.kind == "whole"]
    others = [part for part in found if part.kind != "whole"]
    if whole and _throughout(tried):
        others = [part for part in others if _is_low(part) != _is_low(whole[0])]
    return [*whole, *others]


def sided(part: TestedPart, tried: Sequence[TestedPart], unit: str) -> str:
    """Return on which side the observations of a part lie, by how much, and what is wrong with the model there."""
    fault = "too low" if _is_low(part) else "too high"
    size = f"by {number(abs(median(part.residuals)), _DIGITS)}{unit} at the median"
    words = f"{counted_on(part)}, {size}: it is"
    if part.kind != "whole":
        return f"{words} {fault} there."
    return f"{words} {fault} throughout." if _throughout(tried) else f"{words} mostly {fault}{_less(tried)}."


def counted_on(part: TestedPart) -> str:
    """Return how many observations of a part lie on its side: "At 1 to 3 hr, 8 of 8 observations lie above …"."""
    side = "above" if _is_low(part) else "below"
    of = counted(len(part.residuals), "observation")
    return f"{part.name}, {number(_on(part, part))} of {of} lie {side} the prediction"


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


def in_runs(columns: Columns, found: Sequence[Sequence[SignRun]], noun: str, unit: str) -> str:
    """Return the longest runs above and below, where sides change too seldom."""
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


def none_found(columns: Columns, found: Tested, noun: str) -> str:
    """Return that no test found a misfit, in how many observations, and what was tested."""
    seen = f"No systematic misfit was found with {counted(len(columns.observed), 'observation')}"
    axis = columns.x.name if columns.x else ""
    tests = {
        "whole": "on the whole",
        "third": f"in thirds of {axis}",
        "group": f"in each {noun}",
        "runs": f"in the order along {axis}",
    }
    where = [words for kind, words in tests.items() if kind in found.kinds]
    if not where:
        return f"{seen}, too few for a test to find one."
    return f"{seen}; tested {listed(where)}{_power(columns, found)}."


def _power(columns: Columns, found: Tested) -> str:
    """Return that so few observations show a misfit only where all lie to one side."""
    many = len(columns.observed)
    if found.kinds != {"whole"} or sign_chance(many - 1, 1) <= _CHANCE:
        return ""
    return f", where only all {number(many)} on one side would show it"
