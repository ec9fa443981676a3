"""The samples of an evaluation: their number, their classes, and the accuracy of always naming one class."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.evaluations import Called, Evaluation

_LABEL_LIMIT = 40
# Plurals that are the singular too.
_UNCHANGED = frozenset({"species", "series"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority:
    """The most frequent class: its label, and its number of rows."""

    label: str
    rows: int
    of: int

    @property
    def share(self) -> float:
        """The accuracy of always naming it."""
        return self.rows / self.of


def majority(evaluation: Evaluation) -> Majority | None:
    """Return the most frequent class; None for regression."""
    columns = evaluation.columns
    if columns.task == "regression" or not columns.observed:
        return None
    label, rows = Counter(map(str, columns.observed)).most_common(1)[0]
    return Majority(label=shortened(label, _LABEL_LIMIT), rows=rows, of=len(columns.observed))


def class_words(evaluation: Evaluation) -> str | None:
    """Return how many rows are positive, or of the rarest class: "27 of them Impaired"; None for regression."""
    columns = evaluation.columns
    if columns.task == "regression" or not columns.observed:
        return None
    counts = Counter(map(str, columns.observed))
    if columns.positive is not None and columns.positive in counts:
        return f"{number(counts[columns.positive])} of them {shortened(columns.positive, _LABEL_LIMIT)}"
    rarest = min(counts, key=lambda one: (counts[one], one))
    return f"{number(counts[rarest])} of them of the rarest class, {shortened(rarest, _LABEL_LIMIT)}"


def samples_words(evaluation: Evaluation) -> str:
    """Return in words how many rows an evaluation has, and in how many groups."""
    columns = evaluation.columns
    groups = {group for group in columns.group or () if group is not None}
    rows = len(columns.observed)
    called = evaluation.called
    return (
        units_words(rows, len(groups), called.groups) if groups else units_words(rows, rows, called.samples)
    )


def units_words(rows: int, units: int, called: str | None) -> str:
    """Return the number of independent units in words; for groups also the rows: "33 rows of 3 subjects"."""
    if units == rows:
        return counted(rows, "sample", called)
    return f"{counted(rows, 'row')} of {counted(units, 'group', called)}"


def group_noun(called: Called) -> str:
    """Return what one group is called, such as participant; ``group`` where the plural is not regular."""
    plural = called.groups or ""
    if plural.endswith("ies") and plural not in _UNCHANGED:
        return f"{plural[:-3]}y"
    if plural.endswith(("ches", "shes", "xes", "sses")):
        return plural[:-2]
    is_regular = plural.endswith("s") and not plural.endswith(("ss", "us", "is"))
    return plural if plural in _UNCHANGED else plural[:-1] if is_regular else "group"


def by_id(evaluations: Mapping[str, Sequence[Evaluation]]) -> dict[str, Evaluation]:
    """Return the evaluations of several models by the ids of the evaluations."""
    return {one.id: one for found in evaluations.values() for one in found}
