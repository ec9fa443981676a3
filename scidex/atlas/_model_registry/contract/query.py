"""The parameters of a list as one validated value. Callers from Python and over HTTP are checked alike here."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from scidex.atlas._model_registry.contract.errors import InvalidQuery

Family = Literal["biophysical", "deep_learning", "statistical"]
Provenance = Literal["complete", "incomplete"]
Order = Literal["asc", "desc"]

FAMILIES: tuple[str, ...] = get_args(Family)
SORTS = ("quality_score", "created_at", "parameter_count", "title")
METRIC_SORT = "metric:"

MOST_MODELS = 200
LARGEST_OFFSET = 2_147_483_647
LONGEST_SEARCH = 500
# Of one parameter. Each costs the database something, and nobody chooses that many by hand.
MOST_VALUES = 50
# Longer than any id in use, shorter than what PostgreSQL can keep in an index.
LONGEST_NAME = 1_000

# ASCII and common Unicode punctuation and symbols; model_registry_words cuts texts by the same characters.
_SEPARATORS = re.compile(
    r"[\s!-/:-@\[-`{-~\u00A0-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7\u2000-\u206F\u20A0-\u20CF"
    r"\u2190-\u2BFF\u3000-\u3004\u3008-\u3020\u3030\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65"
    r"\U0001F000-\U0001FAFF]+"
)

_CONDITION = re.compile(r"(?P<name>.*?[^<>=\s])\s*(?P<operator><=|>=|<|>|=)\s*(?P<value>[^<>=]+)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class MetricCondition:
    """``name operator value``: the metric is reported and compares so."""

    name: str
    operator: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelQuery:
    """Which models, in which order, and which part of them. Empty means: not filtered by this."""

    families: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    hypothesis: str | None = None
    analysis: str | None = None
    words: str | None = None
    latest: bool | None = None
    provenance: Provenance | None = None
    origin_type: str | None = None
    promotion_state: str | None = None
    metrics: tuple[MetricCondition, ...] = ()
    sort: str = "quality_score"
    order: Order | None = None
    limit: int = 20
    offset: int = 0
    cursor: str | None = field(default=None, compare=False)
    facets: bool = False

    @property
    def sort_metric(self) -> str | None:
        """The metric that the list is sorted by, if it is sorted by one."""
        return self.sort.removeprefix(METRIC_SORT) if self.sort.startswith(METRIC_SORT) else None

    def __post_init__(self) -> None:
        """Check every value.

        Raises:
            InvalidQuery: a value cannot be used; it names the parameter and says what would be right.

        """
        _check_number("family", self.families)
        _check_number("dataset", self.datasets)
        _check_number("metric", self.metrics)
        for family in self.families:
            _check_choice("family", family, FAMILIES)
        _check_names(self)
        _check_search(self.words)
        _check_order(self)
        _check_range("limit", self.limit, 1, MOST_MODELS)
        _check_range("offset", self.offset, 0, LARGEST_OFFSET)
        if self.cursor is not None and self.offset:
            message = "cursor and offset exclude each other: a cursor already says where the page begins"
            raise InvalidQuery("cursor", self.cursor, message)


def metric_condition(text: str) -> MetricCondition:
    """Read a condition such as ``rmse<0.05``.

    Raises:
        InvalidQuery: it is no name, operator (``< <= > >= =``) and finite number.

    """
    check_text("metric", text)
    match = _CONDITION.fullmatch(text.strip())
    if match is None:
        form = "write a name, one of < <= > >= = and a number, as rmse<0.05"
        message = f"metric={_shown(text)} is not a condition; {form}"
        raise InvalidQuery("metric", text, message)
    return MetricCondition(match["name"], match["operator"], _finite_number(text, match["value"].strip()))


def check_text(parameter: str, value: str, *, longest: int = LONGEST_NAME) -> None:
    """Refuse text that the database cannot hold or that is longer than anything it could match.

    Raises:
        InvalidQuery: it holds NUL or half a surrogate pair, or is too long.

    """
    if len(value) > longest:
        message = f"{parameter} is {len(value)} characters long; at most {longest} are looked at"
        raise InvalidQuery(parameter, value[:_SHOWN], message)
    if not is_storable(value):
        message = (
            f"{parameter} holds NUL or half a surrogate pair, which no id or text of the registry can hold"
        )
        raise InvalidQuery(parameter, value.encode("ascii", "backslashreplace").decode(), message)


def is_storable(value: str) -> bool:
    """Answer whether the database can hold a text at all: it can neither hold NUL nor half a surrogate pair."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value


def search_words(text: str) -> list[str]:
    """Cut a search into the words that are looked for; punctuation separates them (``model_registry_words``)."""
    return _SEPARATORS.sub(" ", text).split()


def _check_names(query: ModelQuery) -> None:
    for dataset in query.datasets:
        check_text("dataset", dataset)
    # Origins and states of promotion are what the rows hold, so any text may be asked for.
    for parameter in ("hypothesis", "analysis", "origin_type", "promotion_state"):
        if (value := getattr(query, parameter)) is not None:
            check_text(parameter, value)


def _check_number(parameter: str, values: Sequence[object]) -> None:
    if len(values) > MOST_VALUES:
        message = f"{parameter} is given {len(values)} times; at most {MOST_VALUES} are looked at"
        raise InvalidQuery(parameter, str(len(values)), message)


def _check_search(words: str | None) -> None:
    if words is not None:
        check_text("q", words, longest=LONGEST_SEARCH)


def _check_order(query: ModelQuery) -> None:
    if query.provenance is not None:
        _check_choice("provenance", query.provenance, get_args(Provenance))
    if query.order is not None:
        _check_choice("order", query.order, get_args(Order))
    if query.sort_metric is None:
        _check_choice("sort", query.sort, SORTS, also="metric:NAME")
    else:
        check_text("sort", query.sort)
        if not query.sort_metric:
            message = "sort=metric: names no metric; write metric:NAME, as metric:rmse"
            raise InvalidQuery("sort", query.sort, message)


def _check_choice(parameter: str, value: str, choices: Sequence[str], *, also: str | None = None) -> None:
    if value not in choices:
        known = ", ".join([*choices, *([also] if also else [])])
        raise InvalidQuery(parameter, value, f"{parameter}={_shown(value)} is unknown; use one of {known}")


def _check_range(parameter: str, value: int, smallest: int, largest: int) -> None:
    if not smallest <= value <= largest:
        message = f"{parameter}={value} is out of range; use a whole number from {smallest} to {largest}"
        raise InvalidQuery(parameter, str(value), message)


def _finite_number(condition: str, text: str) -> Decimal:
    # The database compares in decimals; an exponent beyond a double's would only be a way to fill its memory.
    if _NUMBER.fullmatch(text) is None or not math.isfinite(float(text)):
        message = f"metric={_shown(condition)} compares with {_shown(text)}, which is not a finite number"
        raise InvalidQuery("metric", condition, message)
    return Decimal(text) if float(text) else Decimal(0)


def _shown(value: str) -> str:
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")
