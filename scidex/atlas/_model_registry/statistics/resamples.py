"""Resamples of an evaluation's independent units: the same for the same samples, in every process."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scidex.atlas._model_registry.records.evaluations import Columns
from scidex.atlas._model_registry.statistics.arrays import Floats, Ints, order

MOST, FEWEST = 2000, 1000
# Rows times resamples, beyond which fewer are drawn; and the numbers held in memory at once.
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
        """The number of units."""
        return int(self.of_row.max()) + 1

    @property
    def resamples(self) -> int:
        """The number of resamples that are drawn."""
        return resample_count(len(self.of_row))


def resample_count(rows: int) -> int:
    """Return the number of resamples for a number of rows: 2,000, beyond 5,000 rows fewer, always at least 1,000."""
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


def draws(independent: Units) -> Iterator[Floats]:
    """Yield (k, n) matrices of how often each row is in each of k resamples, with k small enough for memory.

    They are stored by column, as metrics that sort rows move whole columns.
    """
    generator = np.random.Generator(np.random.PCG64(independent.seed))
    most = max(1, _AT_ONCE // len(independent.of_row))
    left = independent.resamples
    while left > 0:
        size = min(most, left)
        drawn_apart = [_counts(generator, size, len(members)) for members in independent.strata]
        counts = drawn_apart[0]
        if len(drawn_apart) > 1:
            counts = np.concatenate(drawn_apart)[np.argsort(np.concatenate(independent.strata))]
        yield (counts[independent.of_row] if independent.kind == "group" else counts).T
        left -= size


def _counts(generator: np.random.Generator, size: int, members: int) -> Floats:
    """Return (members, size) counts of draws with replacement, as many in each as there are members."""
    picks = generator.integers(0, members, (size, members))
    picks *= size
    picks += np.arange(size)[:, None]
    return np.bincount(picks.ravel(), minlength=members * size).reshape(members, size).astype(float)


def _strata(columns: Columns, at: list[int], of_row: Ints) -> tuple[Ints, ...]:
    if columns.sampling != "by_class":
        return (np.arange(int(of_row.max()) + 1),)
    first = np.unique(of_row, return_index=True)[1]
    classes = np.array(columns.observed)[at][first]
    return tuple(np.flatnonzero(classes == one) for one in np.unique(classes))


def _seed(columns: Columns, at: list[int]) -> int:
    """Return a seed from the sorted sample ids or, without ids, from the number of rows."""
    names = [columns.sample[i] for i in at] if columns.sample else [str(len(at))]
    return int.from_bytes(hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).digest()[:16])
