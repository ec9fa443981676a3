"""Intervals of rates."""

from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

_LEVEL = 0.95


class Rate(NamedTuple):
    """A share of counted rows with its interval."""

    hits: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share."""
        return self.hits / self.total


def wilson(count: int, total: int, level: float = _LEVEL) -> Rate:
    """Return ``count`` of ``total`` with Wilson's score interval (JASA 22, 209, 1927); ``total`` is positive."""
    z = _quantile(level)
    share, spread = count / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * (share * (1 - share) / total + spread / (4 * total)) ** 0.5 / (1 + spread)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return Rate(count, total, low, 1.0 if count == total else min(1.0, middle + half))


@lru_cache(maxsize=4)
def _quantile(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)
