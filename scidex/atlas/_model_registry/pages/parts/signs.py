"""Tests of the signs of residuals: whether one side is the more frequent, and whether the sides change by chance."""

import math
import operator
from collections.abc import Sequence

_MOST_EXACT = 500


def sign_chance(above: int, below: int) -> float:
    """Return the two-sided chance of sides as uneven, were both as likely: the sign test.

    It is exact up to 500 signs, beyond by the normal approximation with continuity correction.
    """
    signs, most = above + below, max(above, below)
    if signs > _MOST_EXACT:
        return math.erfc(max(0, abs(above - below) - 1) / math.sqrt(2 * signs))
    tail = sum(math.comb(signs, place) for place in range(most, signs + 1))
    return min(1.0, tail / 2.0 ** (signs - 1))


def runs_chance(series: Sequence[Sequence[bool]]) -> float:
    """Return the chance of as few runs of one sign in all ``series`` together, were every order in each as likely.

    The one-sided test of Wald and Wolfowitz (1940), summed over independent series: exact up to 500 signs, beyond by
    the normal approximation with continuity correction. A series with one sign alone tells nothing.
    """
    counts = [(sum(one), len(one) - sum(one)) for one in series if 0 < sum(one) < len(one)]
    if not counts:
        return 1.0
    runs = sum(1 + sum(map(operator.ne, one, one[1:])) for one in series if 0 < sum(one) < len(one))
    if sum(above + below for above, below in counts) > _MOST_EXACT:
        return _about(runs, counts)
    ways = [1]
    for above, below in counts:
        ways = _convolved(ways, [_ways(many, above, below) for many in range(above + below + 1)])
    return sum(ways[: runs + 1]) / sum(ways)


def holm(chances: Sequence[float], level: float) -> list[bool]:
    """Return for each test whether it rejects, so that any falsely rejects with a chance of ``level``; Holm (1979)."""
    rejected = [False] * len(chances)
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda place: chances[place])):
        if chances[place] * (len(chances) - rank) > level:
            break
        rejected[place] = True
    return rejected


def _ways(runs: int, above: int, below: int) -> int:
    """Return how many orders of the signs have ``runs`` runs."""
    if runs < 2:  # noqa: PLR2004 -- both signs occur
        return 0
    half, is_odd = divmod(runs, 2)
    by_half = math.comb(above - 1, half - 1), math.comb(below - 1, half - 1)
    if not is_odd:
        return 2 * by_half[0] * by_half[1]
    return math.comb(above - 1, half) * by_half[1] + by_half[0] * math.comb(below - 1, half)


def _convolved(one: Sequence[int], other: Sequence[int]) -> list[int]:
    found = [0] * (len(one) + len(other) - 1)
    for place, ways in enumerate(one):
        for beside, more in enumerate(other):
            found[place + beside] += ways * more
    return found


def _about(runs: int, counts: Sequence[tuple[int, int]]) -> float:
    pairs = [(2 * above * below / (above + below), above + below) for above, below in counts]
    expected = sum(many + 1 for many, _ in pairs)
    variance = sum(many * (many - 1) / (signs - 1) for many, signs in pairs)
    return math.erfc((expected - runs - 0.5) / math.sqrt(2 * variance)) / 2 if variance else 1.0
