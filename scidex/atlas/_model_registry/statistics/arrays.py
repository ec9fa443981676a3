"""The columns of an evaluation as arrays, rows sorted by sample id so that results do not depend on their order."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from scidex.atlas._model_registry.records.evaluations import Columns, Task

Floats = NDArray[np.float64]
AnyFloats = NDArray[np.floating[Any]]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
_Result = TypeVar("_Result")


class Shared:
    """Results that several metrics take from the same resamples, computed once; evaluations that pair share one."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[Hashable, tuple[Floats, Any]] = {}

    def once(self, key: Hashable, weights: Floats, compute: Callable[[], _Result]) -> _Result:
        """Return the result for these weights, computed at the first call."""
        kept = self._kept.get(key)
        if kept is None or kept[0] is not weights:
            kept = self._kept[key] = (weights, compute())
        value: _Result = kept[1]
        return value

    def clear(self) -> None:
        """Forget everything: arrays of resamples are large."""
        self._kept.clear()


@dataclass(frozen=True)
class Arrays:
    """Columns of n rows.

    Of a regression, ``observed`` and ``predicted`` are (n,) numbers. Of a classification they are (n,) indices into
    ``classes``; a binary task has the positive class last. ``scores`` is (n,) for a binary task and (n, classes) for
    several classes. ``weights`` is (n,), all 1 where none were given. ``shared`` holds what metrics reuse.
    """

    task: Task
    observed: Floats
    predicted: Floats
    weights: Floats
    classes: tuple[str, ...] = ()
    scores: Floats | None = None
    shared: "Shared" = field(default_factory=Shared)

    @cached_property
    def truth(self) -> Floats:
        """The observed classes as an (n, classes) matrix of 0 and 1."""
        return np.eye(len(self.classes))[self.observed.astype(np.intp)]

    @cached_property
    def sides(self) -> Floats:
        """Correctly predicted, observed and predicted classes as an (n, 3 classes) matrix of 0 and 1."""
        choice = np.eye(len(self.classes))[self.predicted.astype(np.intp)]
        return np.hstack([self.truth * choice, self.truth, choice])


def order(columns: Columns) -> list[int]:
    """Return the positions of the rows in the order of their sample ids; without ids, in their own order."""
    rows = range(len(columns.observed))
    return sorted(rows, key=columns.sample.__getitem__) if columns.sample else list(rows)


def arrays(columns: Columns) -> Arrays:
    """Return the columns as arrays."""
    at = order(columns)
    weights = np.ones(len(at)) if columns.weights is None else np.array(columns.weights)[at]
    if columns.task == "regression":
        return Arrays(
            task=columns.task,
            observed=np.array(columns.observed, dtype=float)[at],
            predicted=np.array(columns.predicted, dtype=float)[at],
            weights=weights,
        )
    return _classified(columns, at, weights)


def _classified(columns: Columns, at: list[int], weights: Floats) -> Arrays:
    scores = columns.scores
    labels: Sequence[str | float] | None = columns.predicted
    classes = sorted({*map(str, columns.observed), *map(str, labels or ()), *(columns.class_scores or ())})
    if columns.task == "binary":
        positive = columns.positive if columns.positive is not None else classes[-1]
        negative = next((one for one in classes if one != positive), f"not {positive}")
        classes = [negative, positive]
        if labels is None and scores is not None:
            labels = [classes[int(score >= columns.threshold)] for score in scores]
    place = {label: float(i) for i, label in enumerate(classes)}
    matrix = None
    if scores is not None:
        matrix = np.array(scores, dtype=float)[at]
    elif columns.class_scores is not None:
        matrix = np.array([columns.class_scores[label] for label in classes], dtype=float).T[at]
    return Arrays(
        task=columns.task,
        observed=np.array([place[str(label)] for label in columns.observed])[at],
        predicted=np.array([place[str(label)] for label in labels or ()])[at],
        weights=weights,
        classes=tuple(classes),
        scores=matrix,
    )
