"""What the numbers of a model rest on: its evaluations as pictures, held-out data first."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.pages.drawing.picture import Picture, Series
from scidex.atlas._model_registry.pages.parts.evidence import SPLITS, pictures
from scidex.atlas._model_registry.pages.parts.samples import samples_words
from scidex.atlas._model_registry.pages.words.numbers import counted
from scidex.atlas._model_registry.pages.words.wording import version_words
from scidex.atlas._model_registry.records.evaluations import Evaluation

_MOST_DRAWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEvaluation:
    """An evaluation with its pictures."""

    title: str
    measured_on: str
    pictures: list[Picture]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The evaluations that are drawn, and what is said of the others."""

    drawn: list[DrawnEvaluation]
    not_drawn: str | None


def evidence(evaluations: Sequence[Evaluation]) -> Evidence:
    """Return the pictures of the first evaluations, held-out data before training data."""
    ranked = sorted(evaluations, key=lambda one: list(SPLITS).index(one.split))
    beyond = len(ranked) - _MOST_DRAWN
    return Evidence(
        drawn=[_drawn(one) for one in ranked[:_MOST_DRAWN]],
        not_drawn=f"{counted(beyond, 'more evaluation')} not drawn." if beyond > 0 else None,
    )


def _drawn(one: Evaluation) -> DrawnEvaluation:
    return DrawnEvaluation(
        title=SPLITS[one.split],
        measured_on=f"{samples_words(one)} of {one.dataset_id}, {version_words(one.dataset_version)}",
        pictures=pictures([(Series(number=0, name="this model"), one.columns)]),
    )
