"""Resamples of an evaluation's independent units: the same for the same samples, in every process."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scidex.atlas._model_registry.records.evaluations import Columns
from scidex.atlas._model_registry.statistics.arrays import Floats, Ints, order

MOST, FEWEST = 2000, 1000
# Rows times resamples beyond which fewer are drawn, and how many numbers are held at once.
_MOST_WORK = 10_000_000
_AT_ONCE = 250_000

PARTLY_GROUPED = "some rows have a group and others none, so what is independent cannot be told"


@dataclass(frozen=True)
class Units:
    """The independent units of n rows, sorted by sample id: groups where every row has one, else the rows.

    ``of_row`` is (n,), the unit of each row. ``strata`` holds the units that are drawn from together.
    """

    kind: Literal["sample", "group"]
    of_row: Ints
    strata: tuple[Ints, ...]
    seed: int

    @property
    def count(self) -> int:
        """How many units there are."""
        return int(self.of_row.max()) + 1

    @property
    def resamples(self) -> int:
        """How many resamples are drawn."""
        return number(len(self.of_row))


def number(rows: int) -> int:
    """Return how many resamples are drawn of so many rows: 2,000, of more than 5,000 rows fewer, never below 1,000."""
    return max(FEWEST, min(MOST, _MOST_WORK // rows))


def units(columns: Columns) -> Units | None:
    """Return the independent units; None where only some rows have a group."""
    at = order(columns)
    groups = columns.group
    if groups is not None and None in groups:
        if any(group is not None for group in groups):
            return None
        groups = None
    of_row = np.arange(len(at)) if groups is None else np.unique(np.array(groups)[at], return_inverse=True)[1]
    return Units(
        kind="sample" if groups is None else "group",
        of_row=of_row,
        strata=_strata(columns, at, of_row),
        seed=_seed(columns, at),
    )


def drawn(independent: Units) -> Iterator[Floats]:
    """Yield (k, n) matrices that say how often each row is in each resample, k small enough for memory.

    They are stored by column, so that metrics which sort rows move whole columns.
    """
    generator = np.random.Generator(np.random.PCG64(independent.seed))
    most = max(1, _AT_ONCE // len(independent.of_row))
    left = independent.resamples
    while left > 0:
        size = min(most, left)
        counts = np.zeros((size, independent.count))
        for members in independent.strata:
            counts[:, members] = _counts(generator, size, len(members))
        yield np.asfortranarray(counts[:, independent.of_row] if independent.kind == "group" else counts)
        left -= size


def _counts(generator: np.random.Generator, size: int, members: int) -> Floats:
    """Draw as many of the members as there are, with replacement, ``size`` times."""
    picks = generator.integers(0, members, (size, members)) + members * np.arange(size)[:, None]
    return np.bincount(picks.ravel(), minlength=size * members).reshape(size, members).astype(float)


def _strata(columns: Columns, at: list[int], of_row: Ints) -> tuple[Ints, ...]:
    if columns.sampling != "by_class":
        return (np.arange(int(of_row.max()) + 1),)
    first = np.unique(of_row, return_index=True)[1]
    classes = np.array(columns.observed)[at][first]
    return tuple(np.flatnonzero(classes == one) for one in np.unique(classes))


def _seed(columns: Columns, at: list[int]) -> int:
    """Hash the sorted sample ids, or how many rows there are where none has an id."""
    names = [columns.sample[i] for i in at] if columns.sample else [str(len(at))]
    return int.from_bytes(hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).digest()[:16])
