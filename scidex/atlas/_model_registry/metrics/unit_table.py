"""The names of units, from the reviewed file ``units.toml``."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from scidex.atlas._model_registry.metrics.unit import Dimension, Unit, base_unit, number_as_unit
from scidex.atlas._model_registry.metrics.unit_grammar import evaluate

_ORDINARY_PREFIXES = "k m u n p f a"
# A shorter symbol followed by an s is another symbol: ms.
_SHORTEST_PLURAL = 3

_Meaning = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Letter:
    """The dimensions (``only``, ``never``) by which a single letter is the unit of the table or another one.

    An empty ``only`` allows all dimensions not in ``never``. ``other`` is the other unit that the letter may be.
    """

    only: frozenset[Dimension]
    never: frozenset[Dimension]
    other: str | None

    def is_meant_in(self, unit: Unit) -> bool:
        """Return whether the letter has the meaning of the table beside ``unit``."""
        return unit.dimension not in self.never and (not self.only or unit.dimension in self.only)


def unit_named(name: str) -> Unit | None:
    """Return the unit of a name such as ``mV``, ``millivolts`` or ``m[IU]``; None for an unknown one."""
    meaning = _symbols().get(name) or _word(name)
    if meaning is None:
        return None
    key, power = meaning
    return _unit(key).times(number_as_unit(Fraction(10) ** power)) if power else _unit(key)


def _word(name: str) -> _Meaning | None:
    lower = name.lower()
    if key := _words().get(lower):
        return key, 0
    for prefix, power in _document()["prefix"]["long"].items():
        rest = name[len(prefix) :]
        key, own = _symbols().get(rest, (None, 0))
        key = _words().get(rest.lower()) or (None if own else key)
        if key and lower.startswith(prefix):
            return key, power
    return None


@cache
def unit_letters() -> Mapping[str, Letter]:
    """Return the single letters whose meaning depends on the dimension."""
    return {
        letter: Letter(
            only=frozenset(map(_dimension, entry.get("only", ()))),
            never=frozenset(map(_dimension, entry.get("never", ()))),
            other=entry.get("other"),
        )
        for letter, entry in _document()["letter"].items()
    }


def _dimension(text: str) -> Dimension:
    return evaluate(text, unit_named).dimension


@cache
def phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return patterns of several words, each with the single name that it stands for."""
    return tuple(
        (re.compile(rf"(?<!\w)(?:{pattern.replace(' ', '[ -]')})(?!\w)", re.IGNORECASE), name)
        for pattern, name in _document()["phrase"].items()
    )


@cache
def _unit(key: str) -> Unit:
    entry = _document()["unit"][key]
    unit = evaluate(entry["is"], unit_named) if "is" in entry else base_unit(key)
    return replace(unit, offset=Fraction(entry["offset"])) if "offset" in entry else unit


@cache
def _document() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"))


@cache
def _symbols() -> Mapping[str, _Meaning]:
    """Return every symbol with and without prefixes; one without takes precedence (``min``, ``cd``, ``Pa``)."""
    meanings = list(_spelled())
    return {name: meaning for name, meaning in meanings if meaning[1]} | {
        name: meaning for name, meaning in meanings if not meaning[1]
    }


def _spelled() -> Iterator[tuple[str, _Meaning]]:
    short = _document()["prefix"]["short"]
    for key, entry in _document()["unit"].items():
        prefixes = entry.get("prefixes", _ORDINARY_PREFIXES).split()
        powers = {"": 0} | {prefix: short[prefix] for prefix in prefixes}
        if "u" in powers:
            powers |= dict.fromkeys(("mc", "mu"), powers["u"])
        for symbol in entry.get("symbols", "").split():
            for prefix, power in powers.items():
                yield f"{prefix}{symbol}", (key, power)
                if symbol.isalpha() and len(symbol) >= _SHORTEST_PLURAL:
                    yield f"{prefix}{symbol}s", (key, power)


@cache
def _words() -> Mapping[str, str]:
    return {
        form: key
        for key, entry in _document()["unit"].items()
        for word in entry.get("words", "").split()
        for form in (word, f"{word}s")
    }
