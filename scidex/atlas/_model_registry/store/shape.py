"""What of a query its SQL depends on: which filters it has, and no value of them."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from scidex.atlas._model_registry.contract.query import ModelQuery, Provenance, search_words

# How many shapes' texts are kept, of a few kilobytes each: more than the pages lead to.
MOST_TEXTS = 256

Number = Literal["none", "one", "several"]


class Comparison(NamedTuple):
    """A condition on a metric, which is named by its place among those that a query reads."""

    metric: int
    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Queries of one shape are answered by one text of SQL; their values are bound.

    ``metrics`` is how many of them it reads. ``sort`` is None for a metric, which is the first of them.
    """

    families: bool = False
    datasets: Number = "none"
    analysis: bool = False
    hypothesis: bool = False
    words: bool = False
    latest: bool = False
    provenance: Provenance | None = None
    origin_type: bool = False
    promotion_state: bool = False
    metrics: int = 0
    comparisons: tuple[Comparison, ...] = ()
    sort: str | None

    @property
    def unfiltered(self) -> "Shape":
        """The same order of every model."""
        return Shape(sort=self.sort, metrics=1 if self.sort is None else 0)

    @property
    def is_planned_for_values(self) -> bool:
        """Whether values decide how it is best answered: a plan for any would take popular ones for rare ones."""
        return self != self.unfiltered or self.sort is None

    @property
    def is_beyond_statistics(self) -> bool:
        """Whether the planner cannot tell how many match.

        It knows the values of all metrics together, not those of each, little of words, and of other filters not how
        they go together.
        """
        others = (
            self.families,
            self.datasets != "none",
            self.analysis,
            self.hypothesis,
            self.latest,
            self.provenance is not None,
            self.origin_type,
            self.promotion_state,
        )
        return bool(self.comparisons) or self.words or sum(others) > 1


def shape_of(query: ModelQuery) -> Shape:
    """Answer the shape of a query; a search without a word is none."""
    metrics = metrics_read(query)
    return Shape(
        families=bool(query.families),
        datasets=_number(query.datasets),
        analysis=query.analysis is not None,
        hypothesis=query.hypothesis is not None,
        words=bool(search_words(query.words or "")),
        latest=query.latest is not None,
        provenance=query.provenance,
        origin_type=bool(query.origin_type),
        promotion_state=bool(query.promotion_state),
        metrics=len(metrics),
        comparisons=tuple(Comparison(metrics.index(asked.name), asked.operator) for asked in query.metrics),
        sort=None if query.sort_metric else query.sort,
    )


def metrics_read(query: ModelQuery) -> list[str]:
    """Name the metrics that a query reads, each once, however often it is asked of: that of its sort first."""
    names = [query.sort_metric] if query.sort_metric else []
    return list(dict.fromkeys([*names, *(condition.name for condition in query.metrics)]))


def _number(values: tuple[str, ...]) -> Number:
    if not values:
        return "none"
    return "one" if len(values) == 1 else "several"
