"""The metric by which a model is first judged: which it is, and what evaluations give of it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from scidex.atlas._model_registry.contract.answers.entries import Headline
from scidex.atlas._model_registry.entries.evaluations import units_of
from scidex.atlas._model_registry.entries.recomputed import Declared, Held, agreements, reported_metrics
from scidex.atlas._model_registry.metrics.kinds import kind_of, split_of
from scidex.atlas._model_registry.metrics.units import convert_difference
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas._model_registry.records.headlines import NOTHING_FOUND, FoundHeadline
from scidex.atlas._model_registry.records.models import ModelRecord

_HELD_OUT: Final = ("test", "val", "cv")
_PER_CENT: Final = 100
# The cache takes only models with this few names: a model may report 1,000 names of 1,000 bytes.
_FEW: Final = 40


def headline(model: ModelRecord, found: FoundHeadline | None) -> Headline | None:
    """Return the headline of a model with what evaluations gave of it; None without a named or held-out metric."""
    metric = headline_metric(model)
    if metric is None:
        return None
    given = found if found is not None and found.metric == metric else NOTHING_FOUND
    return {
        "metric": metric,
        "value": model.metrics[metric],
        "interval": None if given.low is None or given.high is None else [given.low, given.high],
        "rows": given.rows,
        "units": given.units,
        "units_are": given.units_are,
        "agrees": given.agrees,
    }


def headline_metric(model: ModelRecord) -> str | None:
    """Return the reported metric that the model names, else the first held-out one: test, validation, folds."""
    if model.headline_metric in model.metrics:
        return model.headline_metric
    return _first_held_out(tuple(model.metrics))


def found_headline(
    model: ModelRecord, evaluations: Sequence[Evaluation], declared: Mapping[str, Declared]
) -> FoundHeadline:
    """Return what sound evaluations give of the headline metric, and the reported metrics that they contradict."""
    sound = [one for one in evaluations if one.why_unsound is None]
    if not sound:
        return FoundHeadline()
    held = agreements(sound, reported_metrics(model.metrics, declared))
    contradicted = [one.reported.name for of_one in held.values() for one in of_one if one.agrees is False]
    metric = headline_metric(model)
    for evaluation in sound:
        for one in held[evaluation.id]:
            if one.reported.name == metric:
                return _found(evaluation, one, tuple(dict.fromkeys(contradicted)))
    return FoundHeadline(contradicted=tuple(dict.fromkeys(contradicted)))


def _first_held_out(names: tuple[str, ...]) -> str | None:
    return _first_of_few(names) if len(names) <= _FEW else _first_of(names)


@lru_cache(maxsize=256)  # most models of a list report the same few metrics
def _first_of_few(names: tuple[str, ...]) -> str | None:
    return _first_of(names)


def _first_of(names: tuple[str, ...]) -> str | None:
    return min((name for name in names if split_of(name) in _HELD_OUT), key=_rank, default=None)


def _rank(name: str) -> tuple[int, bool, bool, int, str]:
    kind, split = kind_of(name), split_of(name)
    undirected = kind.direction in {"neutral", "unknown"}
    return _HELD_OUT.index(split or ""), undirected, kind.compares != "fit", len(name), name


def _found(evaluation: Evaluation, held: Held, contradicted: tuple[str, ...]) -> FoundHeadline:
    from scidex.atlas._model_registry.statistics.estimates import estimates  # noqa: PLC0415 - numpy

    columns, metric = evaluation.columns, held.metric
    (estimate,) = estimates({evaluation.digest: columns}, [metric])[evaluation.digest].values()
    interval = estimate.interval() if held.agreement.form is None else None
    low, high = (_as_reported(end, held) for end in interval) if interval else (None, None)
    return FoundHeadline(
        metric=held.reported.name,
        low=low,
        high=high,
        rows=len(columns.observed),
        units=units_of(columns),
        units_are=evaluation.units_are,
        agrees=held.agrees,
        contradicted=contradicted,
    )


def _as_reported(end: float, held: Held) -> float | None:
    """Return an end of the interval as the value is reported: in its unit, or in per cent."""
    reported, own = held.reported, held.unit
    if reported.unit is not None and own is not None:
        return convert_difference(end, own, reported.unit)
    is_share = held.metric.scale in {"share", "correlation"}
    return end * _PER_CENT if is_share and abs(reported.value) > 1 else end
