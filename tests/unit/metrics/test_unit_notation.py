"""What people write for units, and what of it is read. Expected meanings are read by pint, which shares no code."""

import math
import time
import tomllib
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scidex.atlas._model_registry.metrics import unit_table
from scidex.atlas._model_registry.metrics.notation import read_unit
from scidex.atlas._model_registry.metrics.unit import Unit
from scidex.atlas._model_registry.metrics.unit_table import unit_named


@cache
def registry() -> Any:
    return pint.UnitRegistry()


def base(expression: str) -> tuple[float, dict[str, float]]:
    quantity = registry().Quantity(registry().parse_expression(expression)).to_base_units()
    zero = registry().Quantity(0, "degC").to_base_units().magnitude if expression == "degC" else 0.0
    return float(quantity.magnitude) - zero, {
        str(name): float(power) for name, power in quantity.unit_items()
    }


# Ours for the library's base units, and how many of the library's each is.
BASE = {"gram": ("kilogram", 1e-3), "metre": ("meter", 1.0), "cycle": ("radian", 2 * math.pi)}


def in_library_units(unit: Unit) -> tuple[float, dict[str, float]]:
    scale, dimension = float(unit.scale), {}
    for name, power in unit.dimension:
        theirs, factor = BASE.get(name, (name, 1.0))
        scale, dimension[theirs] = scale * factor ** float(power), float(power)
    return scale, dimension


def lines_in_use(kind: str) -> list[list[str]]:
    document = tomllib.loads(Path(__file__).with_name("units_in_use.toml").read_text(encoding="utf-8"))
    return [line.split(" | ") for line in document[kind].strip().splitlines()]


@pytest.mark.parametrize("line", lines_in_use("read"), ids=lambda line: line[0])
def test_notations_in_use(line: list[str]) -> None:
    meaning, *written = line
    scale, dimension = base(meaning.strip())
    for text in written:
        unit = read_unit(text)
        assert unit is not None, text
        own_scale, own_dimension = in_library_units(unit)
        assert own_dimension == dimension, text
        assert own_scale == pytest.approx(scale, rel=1e-9), text


def test_arbitrary_units_are_dimensions_of_their_own() -> None:
    lines = [{read_unit(text) for text in line} for line in lines_in_use("own")]
    assert [len(units) for units in lines] == [1] * len(lines)
    dimensions = [unit.dimension for units in lines for unit in units if unit]
    assert len(set(dimensions)) == len(lines)


def test_ambiguous_and_unknown_units_stay_unread() -> None:
    texts = [text for _, *texts in lines_in_use("unread") for text in texts]
    assert {text: read_unit(text) for text in texts} == dict.fromkeys(texts)


FACTORS = """
    newton pascal joule watt coulomb volt farad ohm siemens weber tesla henry katal litre molar minute hour day week
    year month degree arcminute arcsecond celsius fahrenheit percent bit byte micron angstrom inch foot hectare
    tonne dalton pound ounce dyne bar atmosphere torr psi calorie erg electronvolt elementary_charge poise stokes
    watt_hour gauss:1e-4*tesla millimetre_of_mercury:mmHg centimetre_of_water:cmH2O gray becquerel:count/second
"""


@pytest.mark.parametrize("name", FACTORS.split())
def test_factors_of_the_table(name: str) -> None:
    key, _, expression = name.partition(":")
    unit = unit_table._unit(key)
    expected = registry().Quantity(registry().parse_expression(expression or key)).to_base_units().magnitude
    assert in_library_units(unit)[0] + float(unit.offset) == pytest.approx(float(expected), rel=1e-7)


def test_no_name_of_the_table_stands_for_two_units() -> None:
    names: dict[str, tuple[str, int]] = {}
    for name, meaning in unit_table._spelled():
        bare = meaning[1] == 0
        if name in names and bare == (names[name][1] == 0):
            assert names[name] == meaning, name
        names[name] = meaning


PLAIN = "s ms h m cm um g mg L mL uL mol mM uM nM A mV mS pS pF IU mEq Hz kN Pa J W"
SYMBOLS = st.sampled_from(PLAIN.split())
POWERS = st.integers(-3, 3).filter(bool)
TERMS = st.lists(st.tuples(SYMBOLS, POWERS), min_size=1, max_size=4, unique_by=lambda term: term[0])
# Alone they are read by nobody: chemists write the square and the cube of an angstrom so.
READ_TERMS = TERMS.filter(lambda terms: terms not in ([("A", 2)], [("A", 3)]))

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def product(terms: list[tuple[str, int]]) -> Unit:
    result = Unit()
    for symbol, power in terms:
        unit = unit_named(symbol)
        assert unit is not None
        result = result.times(unit.to_the(Fraction(power)))
    return result


def in_negative_powers(terms: list[tuple[str, int]], sign: str, power: str) -> str:
    return sign.join(symbol if own == 1 else f"{symbol}{power.format(own)}" for symbol, own in terms)


def over_lines(terms: list[tuple[str, int]], over: str, sign: str) -> str:
    above = sign.join(f"{symbol}{own if own > 1 else ''}" for symbol, own in terms if own > 0)
    below = "".join(f"{over}{symbol}{-own if own < -1 else ''}" for symbol, own in terms if own < 0)
    return f"{above or ('' if over.strip('_ ') == 'per' else '1')}{below}".strip("_ ")


@given(READ_TERMS)
def test_every_notation_of_a_unit_is_the_same_unit(terms: list[tuple[str, int]]) -> None:
    below = [(symbol, -own) for symbol, own in terms if own < 0]
    above = [(symbol, own) for symbol, own in terms if own > 0]
    brackets = f"{in_negative_powers(above, '*', '^{}') or 1}/({in_negative_powers(below, '*', '^{}') or 1})"
    written = [
        *(
            in_negative_powers(terms, sign, power)
            for sign in "*. ·"
            for power in ("^{}", "**{}", "{}", "^({})")
        ),
        in_negative_powers(terms, "·", "{}").translate(SUPERSCRIPTS),
        *(over_lines(terms, over, sign) for over in ("/", " / ", " per ", "_per_") for sign in "*. "),
        brackets,
        f"({brackets})",
    ]
    assert {text: read_unit(text) for text in written} == dict.fromkeys(written, product(terms))


@given(TERMS, TERMS)
def test_a_unit_times_another_over_it_is_the_unit(a: list[tuple[str, int]], b: list[tuple[str, int]]) -> None:
    first, second = product(a), product(b)
    assert first.times(second).times(second.to_the(Fraction(-1))) == first
    assert first.to_the(Fraction(2)) == first.times(first)


@given(
    st.sampled_from(
        [("k", "kilo", 3), ("m", "milli", -3), ("u", "micro", -6), ("n", "nano", -9), ("p", "pico", -12)]
    ),
    st.sampled_from(
        [("s", "second"), ("m", "metre"), ("g", "gram"), ("mol", "mole"), ("V", "volt"), ("L", "litre")]
    ),
)
def test_prefixes_are_powers_of_ten(prefix: tuple[str, str, int], unit: tuple[str, str]) -> None:
    bare, prefixed = read_unit(unit[0]), read_unit(f"{prefix[0]}{unit[0]}")
    assert bare is not None
    assert prefixed == Unit(bare.dimension, bare.scale * Fraction(10) ** prefix[2])
    assert read_unit(f"{prefix[1]}{unit[1]}s") == read_unit(f"{prefix[1].title()}{unit[1]}") == prefixed


@given(st.integers(-30, 30), SYMBOLS)
def test_powers_of_ten_in_every_notation(power: int, symbol: str) -> None:
    unit = unit_named(symbol)
    assert unit is not None
    expected = Unit(unit.dimension, unit.scale * Fraction(10) ** power)
    superscript = str(power).translate(SUPERSCRIPTS)
    for ten in (
        f"10^{power}",
        f"10**{power}",
        f"10*{power}",
        f"10{superscript}",
        f"1e{power}",
        f"10^({power})",
    ):
        assert read_unit(f"{ten} {symbol}") == read_unit(f"{ten}*{symbol}") == expected


@settings(max_examples=300)
@given(st.text(alphabet="0123456789.eE+-*/^()[]{} _mMuhrLsgKC%°cel²⁻·per", max_size=140))
def test_any_text_is_a_unit_or_none(text: str) -> None:
    unit = read_unit(text)
    assert unit is None or 0 < float(unit.scale) < math.inf


@pytest.mark.parametrize(
    "text",
    [
        *(
            "10^999999",
            "10**10**10",
            "m^99999",
            "1e999999 m",
            "(((10^99)^9)^9)^9",
            "(1e99 m)^12",
            "10^99" * 20,
        ),
        *(
            "(" * 128,
            "(" * 64 + "m" + ")" * 64,
            "{" * 128,
            "[" * 128,
            "/" * 128,
            "per " * 32,
            "-" * 128,
            " " * 128,
        ),
        *(
            "m" * 100_000,
            "m*" * 50_000,
            "9" * 128,
            "m-1" * 42 + "!",
            "square " * 18,
            "milli" * 25,
            "²" * 128,
            "\ud800",
        ),
    ],
)
def test_hostile_text_costs_nothing(text: str) -> None:
    begun = time.process_time()
    assert read_unit(text) is None
    assert time.process_time() - begun < 1
