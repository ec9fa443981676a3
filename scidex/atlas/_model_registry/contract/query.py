"""The parameters of a list as one checked value, the same for callers from Python and over HTTP."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from typing_extensions import Unpack

from scidex.atlas._model_registry.contract.checks import (
    check_choice,
    check_names,
    check_number,
    check_range,
    check_text,
)
from scidex.atlas._model_registry.contract.conditions import MetricCondition, metric_condition
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.filters import Filters, Wanted, read_filters
from scidex.atlas._model_registry.contract.where import Where, where

SortOrder = Literal["asc", "desc"]

SORTS = ("quality_score", "created_at", "parameter_count", "title", "relevance")
RELEVANCE = "relevance"
METRIC_SORT = "metric:"

MOST_MODELS = 200
LARGEST_OFFSET = 2_147_483_647
LONGEST_SEARCH = 500


def has_words(words: str | None) -> bool:
    """Return whether a text holds a word: punctuation and symbols alone mean nothing (``model_registry_lexemes``)."""
    return any(map(str.isalnum, unicodedata.normalize("NFKD", words or "")))


class ListParameters(Filters, total=False):
    """The parameters of the list; an absent one has the default of the contract."""

    q: str | None
    metric: str | Sequence[str]
    where: str | None
    sort: str
    order: SortOrder | None
    limit: int
    offset: int
    cursor: str | None
    facets: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelQuery:
    """Which models, in which order, and which page of them; ``filters`` holds the filters that are set."""

    filters: Mapping[str, Wanted] = field(default_factory=dict)
    words: str | None = None
    metrics: tuple[MetricCondition, ...] = ()
    where: Where | None = None
    sort: str = "quality_score"
    order: SortOrder | None = None
    limit: int = 20
    offset: int = 0
    cursor: str | None = field(default=None, compare=False)
    facets: bool = False

    @property
    def sort_metric(self) -> str | None:
        """The metric that the list is sorted by, if it is sorted by one."""
        return self.sort.removeprefix(METRIC_SORT) if self.sort.startswith(METRIC_SORT) else None

    @property
    def has_words(self) -> bool:
        """Whether the query searches for words."""
        return has_words(self.words)

    def __post_init__(self) -> None:
        """Check every value.

        Raises:
            InvalidQuery: a value cannot be used; it names the parameter and says what would be right.

        """
        read_filters(self.filters)
        check_number("metric", self.metrics)
        if self.words is not None:
            check_text("q", self.words, longest=LONGEST_SEARCH)
        _check_order(self)
        check_range("limit", self.limit, 1, MOST_MODELS)
        check_range("offset", self.offset, 0, LARGEST_OFFSET)
        if self.cursor is not None and self.offset:
            message = "cursor and offset exclude each other: a cursor already says where the page begins"
            raise InvalidQuery("cursor", self.cursor, message)

    def without(self, name: str) -> "ModelQuery":
        """Return the query without one filter."""
        return replace(
            self, filters={other: wanted for other, wanted in self.filters.items() if other != name}
        )


def model_query(**asked: Unpack[ListParameters]) -> ModelQuery:
    """Return the query that the parameters mean; one value needs no list.

    Raises:
        InvalidQuery: there is no such parameter, or a value cannot be used.

    """
    check_names(asked, _PARAMETERS)
    metrics = asked.get("metric", ())
    page: Any = {name: asked[name] for name in _OF_PAGES if name in asked}  # type: ignore[literal-required]  # names of the contract
    return ModelQuery(
        filters=read_filters(asked),
        words=asked.get("q"),
        where=where(conditions) if (conditions := asked.get("where")) else None,
        metrics=tuple(map(metric_condition, (metrics,) if isinstance(metrics, str) else metrics)),
        **page,
    )


_PARAMETERS = tuple(ListParameters.__annotations__)
_OF_PAGES = ("sort", "order", "limit", "offset", "cursor", "facets")


def _check_order(query: ModelQuery) -> None:
    if query.order is not None:
        check_choice("order", query.order, get_args(SortOrder))
    if query.sort == RELEVANCE and not query.has_words:
        message = "sort=relevance says how well models fit the words of q; give it words, or another sort"
        raise InvalidQuery("sort", query.sort, message)
    if query.sort_metric is None:
        check_choice("sort", query.sort, SORTS, also="metric:NAME")
    else:
        check_text("sort", query.sort)
        if not query.sort_metric:
            message = "sort=metric: names no metric; write metric:NAME, as metric:rmse"
            raise InvalidQuery("sort", query.sort, message)
