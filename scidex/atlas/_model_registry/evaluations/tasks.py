"""The columns of each task: numbers for regression, labels and their scores for classification."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypedDict

from scidex.atlas._model_registry.evaluations.bounds import MOST_CLASSES
from scidex.atlas._model_registry.evaluations.faults import Faults
from scidex.atlas._model_registry.evaluations.values import (
    NUMBER,
    choice,
    label,
    labels,
    number,
    numbers,
    object_of,
    within,
)
from scidex.atlas._model_registry.records.evaluations import Labels, Numbers, Task

_BINARY_CLASSES = 2
# Probabilities rounded to two decimals may miss a sum of 1 by half a hundredth for each class.
_ROUNDING = 0.005
_HALF = 0.5

_KINDS_OF_SCORES = ("probability", "score")
_PROBABILITY = "a probability lies between 0 and 1; say scores_are: score if these are not probabilities"
_TRUTHS = ("1", "true")


class TaskColumns(TypedDict, total=False):
    """The columns of a task; a key is absent where the column was not given or has a fault."""

    observed: Numbers | Labels | None
    predicted: Numbers | Labels | None
    scores: Numbers | None
    class_scores: Mapping[str, Numbers] | None
    scores_are: str | None
    positive: str | None
    threshold: float


def regression(metadata: Mapping[str, object], rows: int, faults: Faults) -> TaskColumns:
    """Return observed and predicted numbers."""
    for key in ("scores", "positive", "threshold", "sampling"):
        if metadata.get(key) is not None:
            faults.add(f"metadata.{key}", metadata[key], "leave it out: only classification has it")
    return {
        "observed": numbers("metadata.observed", metadata.get("observed"), rows, faults),
        "predicted": numbers("metadata.predicted", metadata.get("predicted"), rows, faults),
    }


def binary(metadata: Mapping[str, object], rows: int, faults: Faults) -> TaskColumns:
    """Return labels of two classes, and the scores of the positive one."""
    observed, predicted = _labels(metadata, rows, faults)
    kind = _kind_of_scores(metadata, faults)
    scores = None
    if metadata.get("scores") is not None:
        scores = numbers("metadata.scores", metadata["scores"], rows, faults)
        if kind == "probability":
            scores = within("metadata.scores", scores, 1, _PROBABILITY, faults)
    positive = _positive(metadata.get("positive"), {*(observed or ()), *(predicted or ())}, faults)
    return {
        "observed": observed,
        "predicted": predicted,
        "scores": scores,
        "scores_are": kind,
        "positive": positive,
        "threshold": _threshold(metadata.get("threshold"), kind, faults),
    }


def multiclass(metadata: Mapping[str, object], rows: int, faults: Faults) -> TaskColumns:
    """Return labels of up to 50 classes, and a column of scores for each."""
    for key in ("positive", "threshold"):
        if metadata.get(key) is not None:
            faults.add(f"metadata.{key}", metadata[key], "leave it out: only a binary task has it")
    observed, predicted = _labels(metadata, rows, faults)
    kind = _kind_of_scores(metadata, faults)
    scores = _class_scores(metadata.get("scores"), kind, rows, faults)
    classes = {*(observed or ()), *(predicted or ()), *(scores or ())}
    if len(classes) > MOST_CLASSES:
        faults.add("metadata.observed", f"{len(classes)} classes", f"give at most {MOST_CLASSES}")
    elif scores is not None:
        _every_class_scored(sorted(classes - set(scores)), faults)
    return {"observed": observed, "predicted": predicted, "class_scores": scores, "scores_are": kind}


READERS: Mapping[Task, Callable[[Mapping[str, object], int, Faults], TaskColumns]] = {
    "regression": regression,
    "binary": binary,
    "multiclass": multiclass,
}


def _labels(metadata: Mapping[str, object], rows: int, faults: Faults) -> tuple[Labels | None, Labels | None]:
    observed = labels("metadata.observed", metadata.get("observed"), rows, faults)
    if metadata.get("predicted") is not None:
        return observed, labels("metadata.predicted", metadata["predicted"], rows, faults)
    if metadata.get("task") != "binary" or metadata.get("scores") is None:
        faults.add(
            "metadata.predicted",
            None,
            "give the label predicted for each row; only binary scores stand for it",
        )
    return observed, None


def _kind_of_scores(metadata: Mapping[str, object], faults: Faults) -> str | None:
    kind = metadata.get("scores_are")
    if kind is None:
        return None
    if metadata.get("scores") is None:
        faults.add("metadata.scores_are", kind, "give the scores, or leave it out")
    return choice("metadata.scores_are", kind, _KINDS_OF_SCORES, faults)


def _positive(given: object, found: set[str], faults: Faults) -> str | None:
    positive = label(given) if given is not None else next((one for one in _TRUTHS if one in found), None)
    if positive is None:
        faults.add("metadata.positive", given, f"name the positive label, {_one_of(found)}")
    elif len(found | {positive}) > _BINARY_CLASSES:
        remedy = (
            f"a binary task has two labels, here {_one_of(found)}; name one of them, or use task: multiclass"
        )
        faults.add("metadata.positive", positive, remedy)
    return positive


def _one_of(found: Iterable[str]) -> str:
    named = sorted(found)[: _BINARY_CLASSES + 2]
    return f"one of {', '.join(named)}" if named else "a text"


def _threshold(given: object, kind: str | None, faults: Faults) -> float:
    if given is None:
        return _HALF
    threshold = number(given)
    if threshold is None:
        faults.add("metadata.threshold", given, NUMBER)
    elif kind == "probability" and not 0 <= threshold <= 1:
        faults.add("metadata.threshold", given, "a threshold of probabilities lies between 0 and 1")
    return _HALF if threshold is None else threshold


def _class_scores(given: object, kind: str | None, rows: int, faults: Faults) -> dict[str, Numbers] | None:
    if (
        given is None
        or (by_class := object_of("metadata.scores", given, "a list for each label", faults)) is None
    ):
        return None
    before = len(faults.found)
    if len(by_class) > MOST_CLASSES:
        faults.add("metadata.scores", f"{len(by_class)} classes", f"give at most {MOST_CLASSES}")
        return None
    columns = {
        name: numbers(f"metadata.scores.{name}", column, rows, faults) for name, column in by_class.items()
    }
    if kind == "probability":
        for name, column in columns.items():
            within(f"metadata.scores.{name}", column, 1, _PROBABILITY, faults)
    scores = {name: column for name, column in columns.items() if column is not None}
    if len(faults.found) > before:
        return None
    if kind == "probability":
        _add_up(scores, faults)
    return scores


def _add_up(scores: Mapping[str, Numbers], faults: Faults) -> None:
    slack = _ROUNDING * len(scores) + 1e-9
    sums = (sum(row) for row in zip(*scores.values(), strict=True))
    remedy = "the probabilities of a row add up to 1; say scores_are: score if these are not probabilities"
    bad = ((row, total, remedy) for row, total in enumerate(sums) if abs(total - 1) > slack)
    faults.rows("metadata.scores", bad)


def _every_class_scored(missing: list[str], faults: Faults) -> None:
    for name in missing:
        faults.add(f"metadata.scores.{name}", None, "give a column of scores for every label that occurs")
