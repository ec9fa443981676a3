"""Quantities in different units on one scale, and malformed units."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.metrics.notation import read_unit
from scidex.atlas._model_registry.metrics.unit_doubts import doubt
from scidex.atlas._model_registry.metrics.units import (
    convert_difference,
    numbers_equal,
    on_one_scale,
    without_rounding_noise,
)


@pytest.mark.parametrize(
    ("a", "unit_a", "b", "unit_b"),
    [
        (0.05, "1/hr", 1.2, "1/day"),
        (1.0, "uM", 1e-6, "M"),
        (1.0, "µM", 1000.0, "nM"),
        (1.0, "μmol·L⁻¹", 1.0, "umol/L"),
        (60.0, "min", 1.0, "hr"),
        (1.0, "hr^-1", 1.0, "/h"),
        (1.0, "min-1", 1.0, "1/min"),
        (5.0, "cells/mL", 0.005, "cells/uL"),
        (5.0, "10^6 cells/mL", 5e6, "cell/ml"),
        (1.0, "1e6 cells/mL", 1e6, "cell/ml"),
        (3.0, "mg L-1", 3.0, "ug/mL"),
        (50.0, "%", 0.5, "1"),
        (0.5, None, 0.5, "dimensionless"),
        (0.5, "1", 0.5, None),
        (0.0, "degC", 32.0, "degF"),
        (20.0, "°C", 293.15, "K"),
        (2.0, "1/(uM*hr)", 2.0, "uM^-1 hr^-1"),
        (2.0, "kg·m²", 2.0, "kg m2"),
        (math.tau, "rad/s", 1.0, "Hz"),
        (360.0, "deg/s", 60.0, "rpm"),
        (1.0, "cycles/s", 1.0, "Hz"),
        (5.0, "spikes/s", 5.0, "Hz"),
        (1.0, "rev", 360.0, "deg"),
        (1.0, "Gy", 1.0, "J/kg"),
        (0.5, "fraction", 50.0, "%"),
    ],
)
def test_same_quantity(a: float, unit_a: str | None, b: float, unit_b: str | None) -> None:
    pair = on_one_scale(a, unit_a, b, unit_b)
    assert pair is not None
    assert numbers_equal(*pair)


@pytest.mark.parametrize(
    ("unit_a", "unit_b"),
    [
        ("uM", "hr"),
        ("1/hr", "1/(cell*hr)"),
        ("uM", None),
        ("%", None),
        ("m", "M"),
        ("zorps", "zorp/hr"),
        ("zorps", "uM"),
        ("dB", "1"),
        ("pH", "henry"),
        ("a.u.", "u*year"),
        ("au", "m"),
        ("bp", "m"),
        ("Gy", "Sv"),
        ("IU/L", "U/L"),
        ("mEq/L", "mmol/L"),
        ("rad", "1"),
        ("rad/s", "1/s"),
        ("C", "degC"),
        ("Bq", "Hz"),
    ],
)
def test_nothing_to_compare(unit_a: str | None, unit_b: str | None) -> None:
    assert on_one_scale(1.0, unit_a, 1.0, unit_b) is None
    assert convert_difference(1.0, unit_a, unit_b) is None


@pytest.mark.parametrize("unit", ["zorps", None, "", "a.u.", "dB", "10**10**10", "uM/hr"])
def test_a_unit_is_equal_to_itself_as_written(unit: str | None) -> None:
    assert on_one_scale(1.5, unit, 3, unit) == (1.5, 3)
    assert convert_difference(0.1, unit, unit) == 0.1


def test_ratio_of_temperatures_does_not_hang_on_their_unit() -> None:
    assert on_one_scale(20, "degC", 40, "degC") == (293.15, 313.15)


def test_a_difference_knows_no_offset() -> None:
    assert convert_difference(1.5, "K", "degC") == 1.5
    assert convert_difference(1.0, "degC", "degF") == pytest.approx(1.8)


PROTEIN = "nmol/min/mg prot is of a mass of protein, mmol/min/mg does not say of what"


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("zorps", "uM", "the unit zorps cannot be read"),
        ("uM", "zorps", "the unit zorps cannot be read"),
        ("zorps", "zorps", "the unit zorps cannot be read"),
        ("zorps", None, "the unit zorps cannot be read"),
        ("degC", "C", "C may stand for degC"),
        ("m/s", "ms-1", "ms-1 may stand for m/s"),
        ("nm", "A", "A may stand for angstrom"),
        ("km/h", "kt", "kt may stand for knot"),
        ("Gy", "rad", "rad may stand for cGy"),
        ("MB", "Mb", "Mb may stand for MB"),
        ("m^3/s", "Sv", "Sv may stand for 10^6 m^3/s"),
        ("mmol/min/mg", "nmol/min/mg prot", PROTEIN),
        ("kcal/mol", "meV", "kcal/mol is of a mole, meV does not say of how much"),
        ("mM", "copies/mL", None),
        ("1/mL", "cells/mL", "cells/mL counts cells, 1/mL does not say what it counts"),
        ("rad/s", "1/s", "rad/s is of angles, 1/s does not say whether of radians or of turns"),
        ("rad/s", "Hz", None),
        ("uM", "nM", None),
        ("uM", "hr", None),
        ("uM", None, None),
        (None, None, None),
    ],
)
def test_doubt(a: str | None, b: str | None, why: str | None) -> None:
    assert doubt(a, b) == why


UNITS = "s min hr 1/s Hz rpm rad/s mg/L ng/mL g/dL uM 10*9/L 1/mL mV V degC K degF % 1 ppm"
READABLE = st.sampled_from(UNITS.split())


@given(READABLE, READABLE, st.floats(1e-6, 1e6))
def test_there_and_back(a: str, b: str, value: float) -> None:
    there = convert_difference(value, a, b)
    back = None if there is None else convert_difference(there, b, a)
    assert (there is None) == (on_one_scale(value, a, value, b) is None)
    assert there is None or back == pytest.approx(value, rel=1e-9)


def test_conversion_leaves_no_noise() -> None:
    assert convert_difference(1.2, "1/day", "1/hr") == 0.05


@pytest.mark.parametrize(
    "text",
    [
        "10**10**10",
        "10^10^10",
        "(((10**9)**9)**9)**9",
        "10**(10**10)",
        "2^99",
        "m^10000",
        "9" * 64,
        "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
        "m" * 100_000,
        "m*" * 50_000 + "m",
        "m/0",
        "0",
        "nan",
        "inf",
        "1e99*1e99*1e99*1e99",
        "__import__('os')",
        "x[0]",
        "m**",
        "m ** * 2",
        "\0",
        "\ud800",
        "٣m",
        "lambda: 0",
    ],
)
def test_hostile_text_is_refused_as_a_unit_and_costs_nothing(text: str) -> None:
    begun = time.process_time()
    assert read_unit(text) is None
    assert time.process_time() - begun < 1


def test_no_scale_carries_what_overflows_on_it() -> None:
    assert on_one_scale(1e300, "1e99 m", 1.0, "m") is None
    assert convert_difference(1e300, "1e99 m", "m") is None


@given(st.text(max_size=20), st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False))
def test_any_units_compare_or_do_not(unit_a: str, unit_b: str, number: float) -> None:
    assert on_one_scale(number, unit_a, number, unit_a) is not None
    pair = on_one_scale(number, unit_a, number, unit_b)
    assert pair is None or all(map(math.isfinite, pair))


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        (0.1 + 0.2, 0.3, True),
        (1, 1.0, True),
        (1_234_567_890_123, 1_234_567_890_124, False),
        (0.9, 0.900001, False),
        (0.0, 1e-300, False),
        (0.0, -0.0, True),
    ],
)
def test_numbers_are_equal_within_rounding(a: float, b: float, equal: bool) -> None:
    assert numbers_equal(a, b) is equal


def test_rounding_noise_goes() -> None:
    assert without_rounding_noise(0.1 + 0.2) == 0.3
    assert str(without_rounding_noise(-0.0)) == "0.0"
