"""Rows for metrics of held-out data that no model reports and evaluations give."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.metrics.recomputed import recomputable
from scidex.atlas._model_registry.records.evaluations import Evaluation, Split
from scidex.atlas._model_registry.records.metrics import Direction, MetricSplit

_SPLITS: Final[Mapping[Split, MetricSplit]] = {"test": "test", "validation": "val"}


def recomputed_rows(
    models: Sequence[str], reported: Iterable[MetricRow], evaluations: Mapping[str, Sequence[Evaluation]]
) -> Iterator[MetricRow]:
    """Yield a row, without values, for each metric that the evaluations of two models give and no model reports.

    Imports numpy where models have evaluations.
    """
    if not any(evaluations.values()):
        return
    known = {(row.get("split"), recomputable(row["name"])) for row in reported}
    for split, named in _SPLITS.items():
        own = [one for model in models for one in evaluations.get(model, ()) if one.split == split]
        for metric, better, unit in _given_twice(own):
            if not {(named, metric), (None, metric)} & known:
                yield _row(f"{named}_{metric}", named, models, better, unit)


def _given_twice(evaluations: Sequence[Evaluation]) -> Iterator[tuple[str, Direction | None, str | None]]:
    """Yield the metrics that evaluations of two models give, each with its better side and unit."""
    from scidex.atlas._model_registry.statistics.table import METRICS, allows  # noqa: PLC0415 - numpy

    for name, metric in METRICS.items():
        giving = [one for one in evaluations if allows(one.columns, metric)]
        if len({one.model_id for one in giving}) > 1:
            yield name, metric.better, giving[0].columns.unit if metric.in_unit else None


def _row(
    name: str, split: MetricSplit, models: Sequence[str], better: Direction | None, unit: str | None
) -> MetricRow:
    return {
        "name": name,
        "direction": better or "neutral",
        "target": None,
        "unit": unit,
        "values": dict.fromkeys(models),
        "best": [],
        "delta": dict.fromkeys(models),
        "delta_percent": dict.fromkeys(models),
        "comparable": True,
        "reason": None,
        "units": dict.fromkeys(models),
        "not_a_number": [],
        "split": split,
        "recomputed": True,
    }
