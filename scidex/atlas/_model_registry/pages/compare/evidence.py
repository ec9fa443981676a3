"""The evidence behind compared numbers: predictions of the same samples in common pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.pages.compare.folds import paired_folds
from scidex.atlas._model_registry.pages.compare.intervals import intervals_picture
from scidex.atlas._model_registry.pages.compare.looked_at import LookedAt
from scidex.atlas._model_registry.pages.drawing.picture import Picture, Series
from scidex.atlas._model_registry.pages.parts.evidence import SPLIT_NAMES, pictures
from scidex.atlas._model_registry.pages.parts.named import Named, letters
from scidex.atlas._model_registry.pages.parts.samples import samples_words
from scidex.atlas._model_registry.pages.parts.splits import held_out_first
from scidex.atlas._model_registry.pages.words.wording import version_words
from scidex.atlas._model_registry.records.evaluations import Evaluation

_MOST_GROUNDS = 3
_FOLDS = ", each by a fit that had not seen it; the fits share data, so no difference is judged"
_MOST_INTERVALS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSamples:
    """Samples that several models predicted: intervals of the headline, predictions, intervals of other metrics."""

    title: str
    measured_on: str
    intervals: list[Picture]
    drawn: list[Picture]
    more_intervals: list[Picture]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedEvidence:
    """The pictures, held-out data first; ``why_none`` where there are none."""

    samples: list[ComparedSamples]
    why_none: str


def compared_evidence(
    comparison: Comparison,
    models: Mapping[str, Named],
    decisive: LookedAt,
    evaluations: Mapping[str, Evaluation],
) -> ComparedEvidence:
    """Return pictures of the evaluations that pair; ``evaluations`` are by their ids."""
    by_samples: dict[tuple[tuple[str, str], ...], list[MetricRow]] = {}
    rest = [
        row for row in held_out_first(comparison["metrics"]) if all(row is not one for one in decisive.rows)
    ]
    for row in [*decisive.rows, *rest]:
        evidence = row.get("evidence")
        if evidence and all(one in evaluations for one in evidence["evaluations"].values()):
            by_samples.setdefault(tuple(evidence["evaluations"].items()), []).append(row)
    grounds = list(by_samples.items())[:_MOST_GROUNDS]
    drawn = {one for ids, _ in grounds for _, one in ids}
    folds = paired_folds(models, (one for one in evaluations.values() if one.id not in drawn))
    samples = [
        _samples(rows, {model: evaluations[one] for model, one in ids}, models) for ids, rows in grounds
    ]
    samples += [_samples([], folds, models)] if folds else []
    return ComparedEvidence(
        samples=sorted(samples, key=lambda one: list(SPLIT_NAMES.values()).index(one.title)),
        why_none=_why_none(comparison, evaluations),
    )


def _samples(
    rows: Sequence[MetricRow], paired: Mapping[str, Evaluation], models: Mapping[str, Named]
) -> ComparedSamples:
    numbers = {model_id: number for number, model_id in enumerate(models)}
    evaluated = [
        (Series(number=numbers[one], name=models[one].letter), paired[one].columns)
        for one in models
        if one in paired
    ]
    first = next(iter(paired.values()))
    drawn = [picture for row in rows[:_MOST_INTERVALS] if (picture := intervals_picture(row, models))]
    return ComparedSamples(
        title=SPLIT_NAMES[first.split],
        measured_on=f"{listed(letters(models, list(paired)))} predicted {samples_words(first)} of "
        f"{first.dataset_id}, {version_words(first.dataset_version)}"
        f"{_FOLDS if first.split == 'cross_validation' else ''}",
        intervals=drawn[:1],
        drawn=pictures(evaluated, first.called),
        more_intervals=[_without(one, drawn[0].notes) for one in drawn[1:]],
    )


def _without(picture: Picture, said: Sequence[str]) -> Picture:
    """Return a picture without the notes that stand below the first of its kind already."""
    return replace(picture, notes=[note for note in picture.notes if note not in said])


def _why_none(comparison: Comparison, evaluations: Mapping[str, Evaluation]) -> str:
    if not evaluations:
        return "None of these models has an evaluation, so there is nothing to draw: no predictions, no interval."
    if len(comparison["models"]) > len({one.model_id for one in evaluations.values()}):
        return (
            "Fewer than two of these models were evaluated on the same samples, so none are drawn together."
        )
    return "The models were evaluated on different samples, so no predictions are drawn together."
