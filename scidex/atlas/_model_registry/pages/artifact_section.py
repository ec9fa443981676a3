"""The section of an evaluation, a figure or a dataset on its page: pictures, metrics, model and dataset."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from scidex.atlas._model_registry.contract.answers import LinkEntry
from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry
from scidex.atlas._model_registry.pages.drawing.picture import Picture, Series
from scidex.atlas._model_registry.pages.parts.evaluated_models import ShownDataset
from scidex.atlas._model_registry.pages.parts.evidence import SPLIT_NAMES, pictures
from scidex.atlas._model_registry.pages.parts.figures import Figure
from scidex.atlas._model_registry.pages.parts.measured import measured_picture
from scidex.atlas._model_registry.pages.parts.misfit import misfits
from scidex.atlas._model_registry.pages.parts.samples import samples_words
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.wording import shortened, version_words
from scidex.atlas._model_registry.records.evaluations import Claims, Evaluation, EvaluationFault

_TITLE_LIMIT = 120
_MOST_FAULTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The model or the dataset of an evaluation."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvaluation:
    """An evaluation: its model and data, pictures and metrics; ``faults`` where it cannot be read."""

    model: End | None
    dataset: End | None
    samples: str
    pictures: list[Picture]
    misfits: list[str]
    faults: list[str]


class ArtifactSectionContext(TypedDict):
    """All that the template of the section reads."""

    evaluation: ShownEvaluation | None
    figure: Figure | None
    dataset: ShownDataset | None


def evaluation_section(
    claims: Claims, links: Sequence[LinkEntry], read: tuple[Evaluation, EvaluationEntry] | None
) -> ArtifactSectionContext:
    """Return the section of an evaluation with its outgoing ``links``; ``read`` is None if its columns have faults."""
    titles = {link["artifact"]["id"]: link["artifact"].get("title") for link in links}
    shown = ShownEvaluation(
        model=_end(claims.model_id, "model", titles),
        dataset=_end(claims.dataset_id, "dataset", titles),
        samples=_samples(claims, read),
        pictures=_pictures(*read) if read else [],
        misfits=[one.text for one in misfits(read[0].columns, read[0].called)] if read else [],
        faults=[_fault(one) for one in claims.faults[:_MOST_FAULTS]],
    )
    return ArtifactSectionContext(evaluation=shown, figure=None, dataset=None)


def figure_section(figure: Figure) -> ArtifactSectionContext:
    """Return the section of a figure."""
    return ArtifactSectionContext(evaluation=None, figure=figure, dataset=None)


def dataset_context(dataset: ShownDataset) -> ArtifactSectionContext:
    """Return the section of a dataset."""
    return ArtifactSectionContext(evaluation=None, figure=None, dataset=dataset)


def _end(name: str | None, artifact_type: str, titles: dict[str, str | None]) -> End | None:
    if name is None:
        return None
    words = shortened(titles.get(name) or name, _TITLE_LIMIT)
    return End(words=words, href=artifact_address(name, artifact_type))


def _samples(claims: Claims, read: tuple[Evaluation, EvaluationEntry] | None) -> str:
    version = version_words(claims.dataset_version)
    if read is None:
        return version
    return f"{version}, {samples_words(read[0])}. {SPLIT_NAMES[read[0].split]}"


def _pictures(evaluation: Evaluation, entry: EvaluationEntry) -> list[Picture]:
    drawn = pictures([(Series(number=0, name="the model"), evaluation.columns)], evaluation.called)
    measured = measured_picture(entry, SPLIT_NAMES[evaluation.split].lower())
    return [*drawn, measured] if measured else drawn


def _fault(fault: EvaluationFault) -> str:
    return shortened(f"{fault.path}: {fault.remedy}", 300)
