"""The section on a dataset's page: its samples, and the models with registered predictions of them."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers.evaluations import RecomputedMetric
from scidex.atlas._model_registry.metrics.kinds import badness, kind_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.parts.evidence import SPLIT_NAMES
from scidex.atlas._model_registry.pages.parts.samples import class_words, samples_words
from scidex.atlas._model_registry.pages.words.addresses import (
    compare_address,
    leaderboard_address,
    model_address,
)
from scidex.atlas._model_registry.pages.words.numbers import counted, interval_words, number
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.evaluations import Evaluation

MOST_COMPARED = 10
_TITLE_LIMIT = 120
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An evaluation on the dataset, its model's title, and one metric that its columns give."""

    title: str | None
    evaluation: Evaluation
    metric: RecomputedMetric


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedModel:
    """A row of the table: the model, on which split and samples, the metric, its value and interval."""

    words: str
    href: str
    split: str
    samples: str
    metric: str
    value: str
    interval: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDataset:
    """A dataset: its samples in words, the models that predicted them, and where these are compared."""

    samples: str | None
    models: list[EvaluatedModel]
    beyond: str | None
    compare_href: str | None
    leaderboard_href: str | None
    leaderboard_words: str | None


def evaluated_models(
    dataset_id: str, sample_ids: int | None, judged: Sequence[Judged], beyond: int, headlines: Sequence[str]
) -> ShownDataset:
    """Return the section; ``beyond`` is how many more models were evaluated on the dataset.

    ``headlines`` are the headline metrics of its models: the leaderboard is by the most frequent.
    """
    ordered = sorted(judged, key=_best_first)
    ids = list(dict.fromkeys(one.evaluation.model_id for one in ordered))[:MOST_COMPARED]
    frequent = Counter(headlines).most_common(1)
    return ShownDataset(
        samples=_samples(sample_ids, ordered),
        models=[_row(one) for one in ordered],
        beyond=f"{counted(beyond, 'more model')} in the leaderboard." if beyond else None,
        compare_href=compare_address(ids, baseline=ids[0], only_differences=False) if len(ids) > 1 else None,
        leaderboard_href=leaderboard_address(dataset_id, frequent[0][0]) if frequent else None,
        leaderboard_words=display_name(frequent[0][0]) if frequent else None,
    )


def _best_first(one: Judged) -> tuple[int, str, float, str]:
    """Return the place of an evaluation: held-out data first, each metric for itself, the best value first."""
    value, metric = one.metric["value"], one.metric["metric"]
    bad = math.inf if value is None else badness(kind_of(metric), value)
    return list(SPLIT_NAMES).index(one.evaluation.split), metric, bad, one.evaluation.model_id


def _samples(sample_ids: int | None, judged: Sequence[Judged]) -> str | None:
    called = next((name for one in judged if (name := one.evaluation.called.samples)), None)
    if sample_ids is None:
        return None
    whole = next(
        (one.evaluation for one in judged if len(one.evaluation.columns.observed) == sample_ids), None
    )
    classes = class_words(whole) if whole else None
    known = f"{counted(sample_ids, 'sample', called)}{f', {classes}' if classes else ''}"
    return f"{known}. Their ids are recorded, so that overlap with other data can be checked."


def _row(one: Judged) -> EvaluatedModel:
    found, unit = one.metric, one.metric["unit"]
    value = number(found["value"], _DIGITS)
    return EvaluatedModel(
        words=shortened(one.title or one.evaluation.model_id, _TITLE_LIMIT),
        href=model_address(one.evaluation.model_id),
        split=SPLIT_NAMES[one.evaluation.split],
        samples=samples_words(one.evaluation),
        metric=display_name(found["metric"]),
        value=f"{value} {unit}" if unit and found["value"] is not None else value,
        interval=interval_words(found["interval"]) if found["interval"] else f"none: {found['no_interval']}",
    )
