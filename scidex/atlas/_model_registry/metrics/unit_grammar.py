"""The grammar of units: products, quotients and powers of names and numbers, as people write them.

    unit     = [ factor ] { ("/" | "per") divisor | [ sign ] factor }
    divisor  = { number } factor { joined factor }
    factor   = ( number | name [ power ] | "(" unit ")" [ power ] ) [ "{" remark "}" ]

A number in a divisor binds the factor after it (``mg/100 mL``, ``L/h/70 kg``), a hyphen binds the two that it joins
(``mg/kg-day``), and ``per`` or a leading ``/`` binds all factors up to the next ``/`` or ``per`` (``per_mV_ms``).
Ambiguous texts are not read: ``J/kg K`` and ``mg/L·h`` (is the last factor above or below the line?), ``1/60*s``,
``10e9/L`` (10^9 or 10^10?) and ``109/L`` (a 10^9 that lost its superscript).
"""

import re
from collections.abc import Callable
from fractions import Fraction

from scidex.atlas._model_registry.metrics.unit import ONE, Unit, number_as_unit

UnitOfName = Callable[[str], Unit | None]

_DEEPEST = 8
_LARGEST_POWER = 12

_TEN = re.compile(r"10(?:\*\*|\*|\^)(?:([+-]?[0-9]{1,2})|\(([+-]?[0-9]{1,2})\))(?![0-9^]|\*\*|\.[0-9])")
_NUMBER = re.compile(
    r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]{1,15})"
    r"(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,2})?)(?![0-9]|[.,][0-9])"
)
_NAME = re.compile(r"(?:[^\W0-9_]|[°%‰#℧])*\[[^\[\]\s]{1,12}\]|(?:[^\W0-9_]|[°‰#℧])+%?|%")
_NAME_WITH_DIGITS = re.compile(r"[mcu]?m?(?:H2O|OD600|TCID50)(?![^\W_])")
_POWER = re.compile(
    r"\s?(?:\^|\*\*)\s?(?:\(([+-]?[0-9]{1,2}(?:[./][0-9]{1,2})?)\)|([+-]?[0-9]{1,2}(?:\.[0-9]{1,2})?)(?!/[0-9]))"
    r"(?![0-9^]|\*\*|\.[0-9])"
    r"|([+-]?[1-9])(?![0-9^]|\.[0-9])"
    r"|\s(-[1-9])(?![0-9^]|\.[0-9])"
)
_IN_WORDS = re.compile(r" (squared|cubed)(?![^\W_])")
_WORD_POWERS = {"square": 2, "squared": 2, "sq": 2, "cubic": 3, "cubed": 3}
_REMARK = re.compile(r"\{([^{}]{0,40})\}")
_OVER = re.compile(r"\s?/\s?")
_PER = re.compile(r"\s?(?<![^\W_])per(?![^\W_])\s?", re.IGNORECASE)
_HYPHEN = re.compile(r"-(?=[^\W0-9_])")
_SPACE_OR_HYPHEN = re.compile(r"\s(?=[^\W0-9_]|[(\[{%°])|-(?=[^\W0-9_])")
_DIGIT = re.compile("[0-9]")
_SPACE = re.compile(r"\s")
_OPEN = re.compile(r"\(\s?")
_CLOSE = re.compile(r"\s?\)")
_SIGN = re.compile(r"\s?(?:\*|·|x(?=\s?10)|\.(?=[^\W_]|[(\[{])|,\s(?=\())\s?|-(?=[^\W0-9_])|\s")
_FORMAL = frozenset({"*", ","})
_LOST_SUPERSCRIPT = re.compile(r"10[1-9][0-9]?")


class Unreadable(ValueError):
    """The text is not a unit, or is ambiguous."""


def evaluate(text: str, named: UnitOfName) -> Unit:
    """Return the unit that a text denotes; ``named`` returns the unit of a name, None for an unknown one.

    Raises:
        Unreadable, OverflowError, ZeroDivisionError: the text is not a unit.

    """
    reader = _Reader(text, named)
    unit = reader.unit(0)
    if reader.position < len(text):
        raise Unreadable(text[reader.position :])
    return unit


class _Reader:
    """Reads one text from left to right; each method reads one rule of the grammar."""

    def __init__(self, text: str, named: UnitOfName) -> None:
        self.text, self.named, self.position = text, named, 0

    def unit(self, depth: int) -> Unit:
        if depth > _DEEPEST:
            raise Unreadable(self.text)
        result = ONE if self._sees(_OVER) or self._sees(_PER) else self._factor(depth)[0]
        divided = after_number = False
        while self.position < len(self.text) and not self._sees(_CLOSE):
            if self._take(_OVER):
                joint = _SPACE_OR_HYPHEN if result == ONE else _HYPHEN
                result, divided = _over(result, self._divisor(depth, joint)), True
            elif self._take(_PER):
                result, divided = _over(result, self._divisor(depth, _SPACE_OR_HYPHEN)), True
            else:
                sign = self._take(_SIGN)
                is_said = sign is not None and not sign[0].isspace()
                if self._sees(_DIGIT) and not is_said:  # mM 4 may be mM^4
                    raise Unreadable(self.text)
                is_number = self._sees(_DIGIT)
                factor, is_below = self._factor(depth)
                if divided and not is_below and (sign is None or sign[0].strip() not in _FORMAL):
                    raise Unreadable(self.text)
                if is_below and after_number:  # is 70kg-1 70/kg or 1/(70 kg)?
                    raise Unreadable(self.text)
                after_number = is_number
                result = result.times(factor)
        return result

    def _divisor(self, depth: int, joint: re.Pattern[str]) -> Unit:
        divisor, bound = self._numbers()
        if not bound:
            factor, _ = self._factor(depth)
            divisor = divisor.times(factor)
        while self._sees(joint) and not self._sees(_PER) and not self._sees(_OVER):
            self._take(joint)
            factor, is_below = self._factor(depth)
            if is_below:
                raise Unreadable(self.text)
            divisor = divisor.times(factor)
        return divisor

    def _numbers(self) -> tuple[Unit, bool]:
        """Return the numbers of a divisor, and whether no factor follows that they could bind."""
        product = ONE
        while (number := self._number()) is not None:
            product = product.times(number)
            if self.position == len(self.text) or any(map(self._sees, (_CLOSE, _OVER, _PER))):
                return product, True
            sign = self._take(_SIGN)
            if sign and sign[0].strip() == "*":
                raise Unreadable(self.text)
        return product, False

    def _factor(self, depth: int) -> tuple[Unit, bool]:
        """Return a factor, and whether its power is negative."""
        if (number := self._number()) is not None:
            return number, False
        if remark := self._take(_REMARK):
            return evaluate(remark[1].replace("_", " "), self.named), False
        power = Fraction(1)
        if self._take(_OPEN):
            unit = self.unit(depth + 1)
            if not self._take(_CLOSE):
                raise Unreadable(self.text)
        else:
            power, unit = self._name()
        own = self._power()
        power = power if own is None else power * own
        remark = self._take(_REMARK)
        if remark and remark[1][:1].isdigit():
            raise Unreadable(self.text)
        return (unit if power == 1 else unit.to_the(power)), power < 0

    def _name(self) -> tuple[Fraction, Unit]:
        """Return the power and the unit of a name; ``square`` and ``cubic`` before it are its power."""
        name = self._take(_NAME_WITH_DIGITS) or self._take(_NAME)
        if name is None:
            raise Unreadable(self.text)
        if (power := _WORD_POWERS.get(name[0].lower())) and self._take(_SPACE):
            return Fraction(power), self._name()[1]
        unit = self.named(name[0])
        if unit is None:
            raise Unreadable(name[0])
        return Fraction(1), unit

    def _number(self) -> Unit | None:
        """Return a number with what it counts, if a remark tells it: ``10*6{cells}``."""
        number = self._plain_number()
        remark = self._take(_REMARK) if number else None
        if number is None or remark is None:
            return number
        try:
            return number.times(evaluate(remark[1], self.named))
        except Unreadable:
            return number

    def _plain_number(self) -> Unit | None:
        if ten := self._take(_TEN):
            return number_as_unit(Fraction(10) ** int(ten[1] or ten[2]))
        number = self._take(_NUMBER)
        if number is None:
            return None
        written = number[1].replace(",", "").replace(" ", "")
        is_ten_times = written.lower().startswith("10e")
        if is_ten_times or _LOST_SUPERSCRIPT.fullmatch(written) or not Fraction(written):
            raise Unreadable(written)
        return number_as_unit(Fraction(written))

    def _power(self) -> Fraction | None:
        if words := self._take(_IN_WORDS):
            return Fraction(_WORD_POWERS[words[1]])
        found = self._take(_POWER)
        if found is None:
            return None
        power = Fraction(next(filter(None, found.groups())))
        if not power or abs(power) > _LARGEST_POWER:
            raise Unreadable(self.text)
        return power

    def _sees(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self.text, self.position) is not None

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()
        return found


def _over(unit: Unit, divisor: Unit) -> Unit:
    return unit.times(divisor.to_the(Fraction(-1)))
