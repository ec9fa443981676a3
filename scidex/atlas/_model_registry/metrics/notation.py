"""Reads units as people write them, from any text."""

import math
import re
import unicodedata
from functools import lru_cache

from scidex.atlas._model_registry.metrics.unit import Unit, base_unit
from scidex.atlas._model_registry.metrics.unit_grammar import Unreadable, evaluate
from scidex.atlas._model_registry.metrics.unit_table import phrases, unit_letters, unit_named

_LONGEST_UNIT = 128

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SUPERSCRIPT = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_MARKED_UP = re.compile(r"<sup>\s*([^<>]{1,4}?)\s*</sup>|\^\{\s*([^{}]{1,4}?)\s*\}", re.IGNORECASE)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}", "-"),
        **dict.fromkeys(
            "\N{DOT OPERATOR}\N{BULLET}\N{BULLET OPERATOR}\N{KATAKANA MIDDLE DOT}", "\N{MIDDLE DOT}"
        ),
        **dict.fromkeys("\N{DIVISION SLASH}\N{FRACTION SLASH}\N{DIVISION SIGN}", "/"),
        "\N{MULTIPLICATION SIGN}": "\N{MIDDLE DOT}",
        "\N{GREEK SMALL LETTER MU}": "u",
    }
)
_UNDERSCORE = re.compile(r"(\[[^\]]*\]|\{[^}]*\})|_")
_TIMES_BEFORE_NUMBER = re.compile(r"^[xX·*]\s?(?=10)")
_PLURAL_IN_BRACKETS = re.compile(r"(?<=[^\W\d_])\(s\)")
_WRAPPED = re.compile(r"\[([^\[\]]*)\]")
_LETTER = re.compile(r"(?<![^\W\d_]|[°\[])[^\W\d_](?![^\W\d_])")
_DIMENSIONLESS = frozenset({"-", "--", "(-)"})
# Stands for "not applicable", not for newton per ampere.
_NOTHING = frozenset({"n/a"})


def stated(unit: str | None) -> str | None:
    """Return the unit as written; None where it is missing or blank."""
    return (unit or "").strip() or None


def as_far_as_read(unit: str | None) -> str | None:
    """Return a unit as a cache may hold it: as written, and of one too long to be read a beginning that is too long."""
    written = stated(unit)
    return written and written[: _LONGEST_UNIT + 1]


def read_unit(text: str | None) -> Unit | None:
    """Return a unit (``uM/hr``, ``mg L-1``, ``10⁶ cells/mL``, ``mS_per_cm2``, ``10*9/L``); None for other text."""
    written = stated(text)
    return None if written is None or len(written) > _LONGEST_UNIT else _read(written)


def other_meaning(text: str | None, other: Unit) -> str | None:
    """Return the other unit that a single letter may stand for, beside values that convert to it."""
    letter = unit_letters().get(stated(text) or "")
    meant = read_unit(letter.other) if letter else None
    return letter.other if letter and meant and meant.dimension == other.dimension else None


@lru_cache(maxsize=8192)
def _read(written: str) -> Unit | None:
    spelled = _spelled(written)
    if spelled in _DIMENSIONLESS:
        return Unit()
    if spelled.lower() in _NOTHING:
        return None
    try:
        unit = evaluate(spelled, unit_named)
        is_finite = 0 < float(unit.scale) < math.inf
    except (Unreadable, ArithmeticError):
        return None
    doubted = (letter for letter in _LETTER.findall(spelled) if letter in unit_letters())
    return unit if is_finite and all(unit_letters()[letter].is_meant_in(unit) for letter in doubted) else None


def _spelled(written: str) -> str:
    """Return a unit in the signs of the grammar: ``10⁶ cells·mL⁻¹`` becomes ``10^(6) cells·mL^(-1)``."""
    text = _MARKED_UP.sub(lambda found: f"^({found[1] or found[2]})", written)
    text = _SUPERSCRIPT.sub(lambda found: f"^({found[0].translate(_SUPERSCRIPTS)})", text)
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    text = _PLURAL_IN_BRACKETS.sub("", text)
    text = _UNDERSCORE.sub(lambda found: found[1] or " ", text)
    text = _TIMES_BEFORE_NUMBER.sub("", " ".join(text.split()))
    for pattern, name in phrases():
        text = pattern.sub(name, text)
    wrapped = _WRAPPED.fullmatch(text)
    return wrapped[1] if wrapped and unit_named(text) is None else text


def factors(text: str) -> Unit | None:
    """Return a unit as a product of its written names, ``mg`` and ``h`` in ``mg/h``; None for other text."""
    if read_unit(text) is None:
        return None
    spelled = _spelled(text.strip())
    if spelled in _DIMENSIONLESS:
        return Unit()
    return evaluate(spelled, lambda name: None if unit_named(name) is None else base_unit(name))
