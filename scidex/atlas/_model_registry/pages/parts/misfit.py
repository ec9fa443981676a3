"""Where predicted numbers miss the observed ones: to which side, and where the most."""

from collections.abc import Sequence
from typing import cast

from scidex.atlas._model_registry.pages.parts.one_sided import one_sided_parts
from scidex.atlas._model_registry.pages.parts.samples import group_noun
from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.evaluations import NOT_CALLED, Called, Columns

_FEWEST = 10
_ONE_SIDED = 0.8  # share of the observations: for ten of them, chance is as uneven in one case of nine
_DIGITS = 3
_NAME_LIMIT = 40


def misfit_words(columns: Columns, called: Called = NOT_CALLED) -> list[str]:
    """Return where most observations lie to one side of the predictions, and the largest miss; empty for classes.

    Either all of them do, or those of up to two groups or thirds of the axis.
    """
    if columns.task != "regression" or columns.predicted is None:
        return []
    observed, predicted = (
        cast("Sequence[float]", columns.observed),
        cast("Sequence[float]", columns.predicted),
    )
    noun = group_noun(called)
    residuals = [seen - said for seen, said in zip(observed, predicted, strict=True)]
    throughout = _side(residuals)
    places = [throughout] if throughout else one_sided_parts(columns, residuals, noun)
    return [words for words in (*places, _largest(columns, residuals, noun)) if words]


def _side(residuals: Sequence[float]) -> str | None:
    above, below = sum(rest > 0 for rest in residuals), sum(rest < 0 for rest in residuals)
    most, side = (above, "above") if above >= below else (below, "below")
    if len(residuals) < _FEWEST or most < _ONE_SIDED * len(residuals):
        return None
    fault = "low" if side == "above" else "high"
    observations = counted(len(residuals), "observation")
    return f"{number(most)} of {observations} lie {side} the prediction: it is too {fault} throughout."


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
