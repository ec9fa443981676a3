"""The evidence behind a model's numbers: its evaluations as pictures, held-out data first."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry
from scidex.atlas._model_registry.pages.drawing.picture import Picture, Series
from scidex.atlas._model_registry.pages.parts.evidence import SPLIT_NAMES, pictures
from scidex.atlas._model_registry.pages.parts.measured import measured_picture
from scidex.atlas._model_registry.pages.parts.samples import samples_words
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.numbers import counted
from scidex.atlas._model_registry.pages.words.wording import version_words
from scidex.atlas._model_registry.records.evaluations import Evaluation

_MOST_DRAWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEvaluation:
    """An evaluation with its pictures, and one picture of all its metrics."""

    title: str
    href: str
    measured_on: str
    pictures: list[Picture]
    measured: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSection:
    """The evaluations that are drawn, and words on the others."""

    drawn: list[DrawnEvaluation]
    not_drawn: str | None


def evidence(evaluations: Sequence[Evaluation], entries: Sequence[EvaluationEntry] = ()) -> EvidenceSection:
    """Return the pictures of the first evaluations, held-out data before training data; ``entries`` have metrics."""
    ranked = sorted(evaluations, key=lambda one: list(SPLIT_NAMES).index(one.split))
    beyond = len(ranked) - _MOST_DRAWN
    by_id = {entry["id"]: entry for entry in entries}
    return EvidenceSection(
        drawn=[_drawn(one, by_id.get(one.id)) for one in ranked[:_MOST_DRAWN]],
        not_drawn=f"{counted(beyond, 'more evaluation')} not drawn." if beyond > 0 else None,
    )


def _drawn(one: Evaluation, entry: EvaluationEntry | None) -> DrawnEvaluation:
    title = SPLIT_NAMES[one.split]
    return DrawnEvaluation(
        title=title if one.state == "sound" else f"{title} ({one.state})",
        href=artifact_address(one.id, "evaluation"),
        measured_on=f"{samples_words(one)} of {one.dataset_id}, {version_words(one.dataset_version)}",
        pictures=pictures([(Series(number=0, name="this model"), one.columns)], one.called),
        measured=measured_picture(entry, title.lower()) if entry else None,
    )
