"""What conditions joined by and, or and not mean: a tree of single conditions."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from scidex.atlas._model_registry.contract.checks import check_choice
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.filters import FILTERS

Operator = Literal["<", "<=", ">", ">=", "=", "!="]

# Columns of a model's numbers other than metrics; a metric of the same name is written in quotes.
NUMBERS: Final = frozenset({"quality_score", "parameter_count"})
# Filters with a fixed set of values may stand in conditions too.
CHOICES: Final = {
    name: declared
    for name, declared in FILTERS.items()
    if declared.flag and (declared.choices or declared.is_truth)
}
_TRUTHS: Final = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Compared:
    """``name operator value`` of a metric or, if ``is_column``, of another number of the model."""

    name: str
    operator: Operator
    value: Decimal
    is_column: bool


@dataclass(frozen=True, slots=True)
class Lacks:
    """The model does not report the metric or, if ``is_column``, does not have the number."""

    name: str
    is_column: bool


@dataclass(frozen=True, slots=True)
class Has:
    """The model has this value of a filter."""

    name: str
    value: str | bool


@dataclass(frozen=True, slots=True)
class Not:
    """Negation; a comparison is false for a model that lacks the metric, so its negation is true."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions all (and) or any (or) of which must hold."""

    by: Literal["and", "or"]
    parts: tuple["Condition", ...]


Condition = Compared | Lacks | Has | Not | Joined


def single_conditions(tree: Condition) -> Iterator[Compared | Lacks | Has]:
    """Yield the single conditions in their order."""
    match tree:
        case Not(part):
            yield from single_conditions(part)
        case Joined(_, parts):
            for one in parts:
                yield from single_conditions(one)
        case _:
            yield tree


def filter_condition(name: str, operator: str, word: str) -> Condition:
    """Return the condition that a filter has a value or, for any other operator than ``=``, that it has not.

    Raises:
        InvalidQuery: the filter has no fixed set of values, or the value is not in it.

    """
    if name not in CHOICES:
        known = ", ".join(CHOICES)
        message = f"where: {name} {operator} {word} compares with a word, which only {known} take; metrics take numbers"
        raise InvalidQuery("where", word, message)
    if not CHOICES[name].is_open:
        check_choice("where", word, [*_TRUTHS] if CHOICES[name].is_truth else CHOICES[name].choices)
    found = Has(name, _TRUTHS[word] if CHOICES[name].is_truth else word)
    return found if operator == "=" else Not(found)
