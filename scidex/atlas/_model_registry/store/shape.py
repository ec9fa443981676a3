"""What of a query its SQL depends on: which filters it has, and no value of them."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from scidex.atlas._model_registry.contract.filters import Wanted
from scidex.atlas._model_registry.contract.query import ModelQuery, search_words

# How many shapes' texts are kept, of a few kilobytes each: more than the pages lead to.
MOST_TEXTS = 256


class Comparison(NamedTuple):
    """A condition on a metric, which is named by its place among those that a query reads."""

    metric: int
    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Queries of one shape are answered by one text of SQL; their values are bound.

    ``filters`` names those that are set, ``several`` those of more than one value. ``metrics`` is how many
    metrics it reads. ``sort`` is None for a metric, which is the first of them.
    """

    filters: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    words: bool = False
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
        return bool(self.comparisons) or self.words or len(self.filters) > 1

    def without(self, name: str) -> "Shape":
        """Leave one filter out."""
        kept = tuple(other for other in self.filters if other != name)
        return replace(self, filters=kept, several=tuple(other for other in self.several if other != name))


def shape_of(query: ModelQuery) -> Shape:
    """Return the shape of a query; a search without a word is none."""
    metrics = metrics_read(query)
    return Shape(
        filters=tuple(query.filters),
        several=tuple(name for name, wanted in query.filters.items() if _number(wanted) > 1),
        words=bool(search_words(query.words or "")),
        metrics=len(metrics),
        comparisons=tuple(Comparison(metrics.index(asked.name), asked.operator) for asked in query.metrics),
        sort=None if query.sort_metric else query.sort,
    )


def metrics_read(query: ModelQuery) -> list[str]:
    """Name the metrics that a query reads, each once, however often it is asked of: that of its sort first."""
    names = [query.sort_metric] if query.sort_metric else []
    return list(dict.fromkeys([*names, *(condition.name for condition in query.metrics)]))


def _number(wanted: Wanted) -> int:
    return len(set(wanted)) if isinstance(wanted, tuple) else 1
