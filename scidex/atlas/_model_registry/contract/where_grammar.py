"""The grammar of conditions, by pyparsing; names and numbers as in single metric conditions."""

from decimal import Decimal
from functools import cache
from typing import Any, cast

import pyparsing as pp

from scidex.atlas._model_registry.contract.condition_tree import (
    NUMBERS,
    Compared,
    Condition,
    Joined,
    Lacks,
    Not,
    Operator,
    filter_condition,
)
from scidex.atlas._model_registry.contract.errors import InvalidQuery

_TURNED: dict[str, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_AROUND = 60


class _Quoted(str):
    """A name in quotes, which is always that of a metric."""

    __slots__ = ()


def parsed(text: str) -> Condition:
    """Return the tree of conditions.

    Raises:
        InvalidQuery: they cannot be read; the message has the line and a caret below the place.

    """
    try:
        return cast("Condition", _grammar().parse_string(text, parse_all=True)[0])
    except pp.ParseBaseException as unread:
        raise InvalidQuery("where", text, _pointed(text, unread.loc)) from None


def _pointed(text: str, place: int) -> str:
    place = min(place + len(text[place:]) - len(text[place:].lstrip()), len(text))
    begin = max(0, place - _AROUND)
    shown = " ".join(text[begin : place + _AROUND].split("\n"))
    said = "ends too early" if place >= len(text) else f"cannot be read from character {place + 1} on"
    example = '(test_roc_auc >= 0.9 or lacks aic) and 0.1 < "my rmse" <= 0.5'
    return f"where {said}:\n{shown}\n{' ' * (place - begin)}^\nConditions are written as {example}"


@cache
def _grammar() -> pp.ParserElement:
    words = [pp.CaselessKeyword(word).suppress() for word in ("and", "or", "not", "lacks", "has", "between")]
    and_, or_, not_, lacks, has, between = words
    keyword = pp.MatchFirst(
        [pp.CaselessKeyword(word) for word in ("and", "or", "not", "lacks", "has", "between")]
    )
    quoted = pp.QuotedString('"', esc_char="\\").set_parse_action(lambda found: _Quoted(found[0]))
    name = quoted | ~keyword + pp.Regex(r"[^\W\d][\w./:@%+-]*")
    number = pp.Regex(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?(?![\w.])").set_parse_action(
        lambda found: Decimal(found[0])
    )
    operator = pp.one_of("<= >= != < > =")
    below, above = pp.one_of("< <="), pp.one_of("> >=")
    single = (
        (lacks - name).set_parse_action(lambda found: _lacks(found[0]))
        | (has - name).set_parse_action(lambda found: Not(_lacks(found[0])))
        | (number + below + name + below + number).set_parse_action(_range)
        | (number + above + name + above + number).set_parse_action(_range)
        | (number + operator + name).set_parse_action(
            lambda found: _compared(found[2], _TURNED[found[1]], found[0])
        )
        | (name + between - number - and_ - number).set_parse_action(
            lambda found: _range([found[1], "<=", found[0], "<=", found[2]])
        )
        | (name + operator + number).set_parse_action(lambda found: _compared(*found))
        | (name + pp.one_of("= !=") + name).set_parse_action(lambda found: filter_condition(*map(str, found)))
    )
    whole = pp.Forward()
    atom = pp.Suppress("(") - whole - pp.Suppress(")") | single
    negated = (not_ - atom).set_parse_action(lambda found: Not(found[0])) | atom
    all_of = (negated + pp.ZeroOrMore(and_ - negated)).set_parse_action(lambda found: _joined("and", found))
    whole <<= (all_of + pp.ZeroOrMore(or_ - all_of)).set_parse_action(lambda found: _joined("or", found))
    return whole


def _is_column(name: str) -> bool:
    return name in NUMBERS and not isinstance(name, _Quoted)


def _lacks(name: str) -> Condition:
    return Lacks(str(name), _is_column(name))


def _compared(name: str, operator: Operator, value: Decimal) -> Condition:
    return Compared(str(name), operator, value, _is_column(name))


def _range(found: Any) -> Condition:
    low, first, name, second, high = found
    return Joined("and", (_compared(name, _TURNED[first], low), _compared(name, second, high)))


def _joined(by: Any, found: Any) -> Condition:
    return found[0] if len(found) == 1 else Joined(by, tuple(found))
