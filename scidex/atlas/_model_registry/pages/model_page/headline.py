"""The headline metric: its value with its interval, and the number of samples it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import ModelDetail
from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry, RecomputedMetric
from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.parts.samples import units_words
from scidex.atlas._model_registry.pages.words.numbers import interval_words, number
from scidex.atlas._model_registry.pages.words.wording import direction_words, shortened
from scidex.atlas._model_registry.records.values import as_object, as_text

_DIGITS = 4
_LONGEST = 80  # characters of a name that a model may write at any length


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """A metric of one evaluation."""

    evaluation: EvaluationEntry
    metric: RecomputedMetric


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineMetric:
    """The metric's title, value, interval and samples in words; ``why`` tells why it is the headline."""

    name: str
    title: str
    value: str
    exact: float
    unit: str | None
    direction: str
    interval: str
    samples: str
    agreement: str
    why: str


def headline(model: ModelDetail) -> HeadlineMetric | None:
    """Return the metric that the model names, else its first held-out one; None without either."""
    chosen = model["headline"]
    if chosen is None:
        return None
    name = chosen["metric"]
    return _shown(name, model, recomputed_by_name(model["evaluations"]).get(name), _why(name, model))


def _why(name: str, model: ModelDetail) -> str:
    """Return why a metric is the headline; the model may name one that it does not report."""
    declared = as_text(as_object(model["metadata"]).get("headline_metric"))
    if declared == name:
        return "the metric that the model names as its headline"
    said = "the model names no headline"
    if declared:
        said = f"the model reports no {shortened(declared, _LONGEST)}, which it names as its headline"
    return f"{said}; this is its first metric of held-out data"


def recomputed_by_name(evaluations: Sequence[EvaluationEntry]) -> dict[str, Recomputed]:
    """Return what evaluations give for reported metrics, by reported name; one that agrees takes precedence."""
    found: dict[str, Recomputed] = {}
    for evaluation in evaluations:
        for metric in evaluation["metrics"]:
            name = metric["reported_as"]
            if name is not None and (name not in found or metric["agrees"]):
                found[name] = Recomputed(evaluation=evaluation, metric=metric)
    return found


def samples_of(evaluation: EvaluationEntry) -> str:
    """Return in words how many samples, in how many groups, an evaluation has."""
    return units_words(evaluation["rows"], evaluation["units"], evaluation["units_are"])


def _shown(name: str, model: ModelDetail, found: Recomputed | None, why: str) -> HeadlineMetric:
    value, kind = model["evaluation_metrics"][name], kind_of(name)
    return HeadlineMetric(
        name=name,
        title=display_name(name),
        value=number(value, _DIGITS),
        exact=value,
        unit=found.metric["unit"] if found else None,
        direction=direction_words(kind.direction, kind.target),
        interval=_interval(found),
        samples=f"{samples_of(found.evaluation)} of {found.evaluation['dataset']}" if found else "not known",
        agreement=_agreement(found),
        why=why,
    )


def _interval(found: Recomputed | None) -> str:
    if found is None:
        return "none: no evaluation gives this metric, so nothing is known of the uncertainty"
    interval = found.metric["interval"]
    if interval is None:
        return f"none: {found.metric['no_interval'] or 'the data give none'}"
    return f"{interval_words(interval)} ({number(100 * found.metric['level'])} %)"


def _agreement(found: Recomputed | None) -> str:
    if found is None:
        return "as reported; it cannot be recomputed"
    value = number(found.metric["value"], _DIGITS)
    if found.metric["agrees"]:
        form = found.metric["form"]
        return f"the predictions give the same{f' ({form})' if form else ''}"
    if found.metric["agrees"] is False:
        return f"contradicted: the predictions give {value}"
    return (
        f"the predictions give {value}; {found.metric['reason'] or 'whether that is the same cannot be told'}"
    )
