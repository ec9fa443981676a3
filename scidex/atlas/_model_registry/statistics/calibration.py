"""Calibration errors: how far probabilities are from frequencies, in bins; for one row of weights at a time."""

from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Final, Literal

import numpy as np

from scidex.atlas._model_registry.statistics.arrays import Arrays, Floats, Ints
from scidex.atlas._model_registry.statistics.labels import Measure
from scidex.atlas._model_registry.statistics.regression import ratio
from scidex.atlas._model_registry.statistics.scores import probabilities

_BINS: Final = (10, 15, 5, 20, 25, 30, 50, 100)
Of = Literal["of the positive class", "of the predicted class"]
BinKind = Literal["equal width", "equal count"]
Norm = Literal["mean", "root mean square"]
_OF: Final[tuple[Of, ...]] = ("of the positive class", "of the predicted class")
_KINDS: Final[tuple[BinKind, ...]] = ("equal width", "equal count")
_NORMS: Final[tuple[Norm, ...]] = ("mean", "root mean square")


def errors() -> Iterator[tuple[str, Measure]]:
    """Yield the expected calibration errors in use, by number and kind of bins and by the probability that is binned.

    Bins of equal width are closed above (Guo 2017, arXiv:1706.04599), those of equal count hold as many rows each
    (Nixon 2019, arXiv:1904.01685); the root mean square is that of Kumar 2019, arXiv:1909.10155.
    """
    for of, norm, kind, bins in product(_OF, _NORMS, _KINDS, _BINS):
        words = f"{bins} bins of {kind} {of}" + ("" if norm == "mean" else f", {norm}")
        yield words, partial(_error, of=of, norm=norm, kind=kind, bins=bins)


def _error(data: Arrays, weights: Floats, *, of: Of, norm: Norm, kind: BinKind, bins: int) -> Floats:
    if of == "of the positive class" and data.task != "binary":
        return np.full(len(weights), np.nan)
    chance, came = _binned(data, of)
    of_row = _of_equal_width(chance, bins) if kind == "equal width" else _of_equal_count(chance, bins)
    found = [_within(of_row, row, chance - came, bins, norm) for row in weights]
    return np.array(found)


def _binned(data: Arrays, of: Of) -> tuple[Floats, Floats]:
    """Return the (n,) probabilities that are binned, and (n,) 1 where their event occurred, else 0."""
    by_class = probabilities(data)
    if of == "of the positive class":
        return by_class[:, -1], data.truth[:, -1]
    return by_class.max(axis=1), (by_class.argmax(axis=1) == data.observed).astype(float)


def _of_equal_width(chance: Floats, bins: int) -> Ints:
    inner: Floats = np.linspace(0, 1, bins + 1)[1:-1]
    return np.searchsorted(inner, chance, "left")


def _of_equal_count(chance: Floats, bins: int) -> Ints:
    places: Ints = np.empty(len(chance), np.intp)
    places[np.argsort(chance, kind="stable")] = np.arange(len(chance))
    return places * bins // len(chance)


def _within(of_row: Ints, weights: Floats, off: Floats, bins: int, norm: Norm) -> float:
    mass: Floats = np.bincount(of_row, weights, bins).astype(float)
    gaps: Floats = np.bincount(of_row, weights * off, bins).astype(float)
    total = float(mass.sum())
    if norm == "mean":
        return float(np.abs(gaps).sum()) / total
    return float(np.sqrt(np.sum(ratio(gaps**2, mass), where=mass > 0) / total))
