"""The sign test, the runs test and the correction of Holm, beside counts of all orders."""

import math
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scidex.atlas._model_registry.pages.parts.signs import holm, runs_chance, sign_chance


def runs(signs: tuple[bool, ...]) -> int:
    return bool(signs) + sum(one != after for one, after in pairwise(signs))


@given(st.integers(0, 11), st.integers(0, 11))
def test_the_sign_test_counts_all_signs_as_uneven(above: int, below: int) -> None:
    signs = above + below
    ways = [math.comb(signs, place) for place in range(signs + 1)]
    as_uneven = sum(one for place, one in enumerate(ways) if abs(2 * place - signs) >= abs(above - below))
    assert sign_chance(above, below) == pytest.approx(as_uneven / 2**signs)


@given(st.lists(st.lists(st.booleans(), max_size=6).map(tuple), max_size=2))
def test_the_runs_test_counts_all_orders_with_as_few_runs(series: list[tuple[bool, ...]]) -> None:
    orders = [
        [one for one in product((False, True), repeat=len(signs)) if sum(one) == sum(signs)]
        for signs in series
    ]
    together = [sum(map(runs, chosen)) for chosen in product(*orders)]
    few = sum(many <= sum(map(runs, series)) for many in together)
    assert runs_chance(series) == pytest.approx(few / len(together))


def test_beyond_500_signs_the_approximations_are_near_the_exact_chances() -> None:
    assert sign_chance(280, 221) == pytest.approx(stats.binomtest(280, 501).pvalue, rel=0.02)
    some = [[True] * 3 + [False, True] * 22 + [False] * 3] * 10
    assert runs_chance([*some, [True, False]]) == pytest.approx(runs_chance(some), rel=0.05)
    few = [[True] * 3 + [False] * 3 + [True, False] * 22] * 10
    assert runs_chance([*few, [True, False]]) == pytest.approx(runs_chance(few), abs=0.01)


@given(st.lists(st.floats(0, 0.2), max_size=12))
def test_holm_rejects_where_the_adjusted_chance_is_small(chances: list[float]) -> None:
    adjusted = [
        max(
            (other * sum(third >= other for third in chances) for other in chances if other <= one),
            default=1.0,
        )
        for one in chances
    ]
    assert holm(chances, 0.05) == [one <= 0.05 for one in adjusted]
