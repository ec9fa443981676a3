"""How the pages write numbers and dates."""
# ruff: noqa: RUF001 -- the pages write real minus and multiplication signs

import math

import pytest

from scidex.atlas._model_registry.pages.words.numbers import (
    counted,
    day,
    digits_that_distinguish,
    number,
    score,
    signed,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not reported"),
        (0.0, "0"),
        (-0.0, "0"),
        (12, "12"),
        (-1234567, "−1,234,567"),
        (0.023, "0.023"),
        (0.93124, "0.9312"),
        (9.99996, "10"),
        (123456.7, "123,457"),
        (-999.96, "−1,000"),
        (0.00099999, "0.001"),
        (-450.0, "−450"),
        (1.2e-5, "1.2×10⁻⁵"),
        (6.022e23, "6.022×10²³"),
        (10**400, "1×10⁴⁰⁰"),
        (5e-324, "4.941×10⁻³²⁴"),
        (math.nan, "not a number"),
        (-math.inf, "−infinite"),
    ],
)
def test_a_number_is_written_one_way(value: float | None, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.99996, 4, "0.99996"),
        (-0.999999, 4, "−0.999999"),
        (1.00003, 4, "1.00003"),
        (99.996, 4, "99.996"),
        (100.0004, 3, "100.0004"),
        (0.9996, 3, "0.9996"),
        (0.99999999, 6, "0.99999999"),
        (1 - 1e-12, 4, "1"),
        (1.0, 4, "1"),
        (0.9994, 4, "0.9994"),
    ],
)
def test_nothing_is_rounded_to_a_bound_that_it_only_comes_near(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


def test_different_values_never_look_alike() -> None:
    values = [0.870012, 0.870013, None, 0.9]
    digits = digits_that_distinguish(values)
    assert len({number(value, digits) for value in values if value}) == 3
    assert digits_that_distinguish([0.87, 0.87, None]) == 4


@pytest.mark.parametrize(("value", "text"), [(0.008, "+0.008"), (-3.0, "−3"), (0.0, "0")])
def test_a_difference_carries_its_sign(value: float, text: str) -> None:
    assert signed(value) == text


@pytest.mark.parametrize(
    ("quality", "text"),
    [
        (0.78, "0.780"),
        (0.99996, "0.99996"),
        (0.818366, "0.818"),
        (0.3, "0.300"),
        (0.0, "0.000"),
        (None, "unscored"),
        (0.0001, "0.0001"),
        (-0.5, "−0.500"),
        (1e300, "1×10³⁰⁰"),
    ],
)
def test_quality_has_three_places_and_unscored_is_not_zero(quality: float | None, text: str) -> None:
    assert score(quality) == text


@pytest.mark.parametrize(
    ("timestamp", "text"),
    [
        ("2026-04-05T12:00:00Z", "5 Apr 2026"),
        ("2026-04-05T23:30:00-02:00", "6 Apr 2026"),
        ("some day", "some day"),
    ],
)
def test_a_time_is_a_day_in_utc(timestamp: str, text: str) -> None:
    assert day(timestamp) == text


def test_a_count_agrees_with_its_noun() -> None:
    assert [counted(n, "model") for n in (0, 1, 1200)] == ["0 models", "1 model", "1,200 models"]
