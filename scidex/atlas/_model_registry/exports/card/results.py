"""The metrics of a model by the dataset and split they were measured on, as a ``model-index`` has them.

A result of a model-index needs a task and a dataset (https://huggingface.co/docs/hub/model-cards): a metric without a
declared dataset has no place in it, and is named instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER
from scidex.atlas._model_registry.exports.measured import Measured
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.records.evaluations import Task

_TASKS: Final[Mapping[Task, str]] = {
    "regression": "tabular-regression",
    "binary": "tabular-classification",
    "multiclass": "tabular-classification",
}
_OTHER_TASK: Final = "other"

_Place = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class ModelIndexResults:
    """The results of a model-index, and the metrics that have no place in it."""

    placed: list[dict[str, Any]]
    left_out: list[str]


def results(record: Record, metrics: Sequence[Measured]) -> ModelIndexResults:
    """Return the reported metrics, grouped by dataset and split."""
    places: dict[_Place, list[Measured]] = {}
    left_out = []
    for metric in metrics:
        if metric.dataset is None or not metric.name.strip():
            left_out.append(metric.name or "(a metric without a name)")
        else:
            places.setdefault((metric.dataset, metric.split), []).append(metric)
    return ModelIndexResults([_result(record, place, found) for place, found in places.items()], left_out)


def _result(record: Record, place: _Place, metrics: Sequence[Measured]) -> dict[str, Any]:
    dataset, split = place
    return {
        "task": {"type": _task(record, dataset)},
        "dataset": _described(record, dataset, split),
        "metrics": [_metric(metric) for metric in metrics],
        "source": {"name": PUBLISHER, "url": record.address},
    }


def _metric(metric: Measured) -> dict[str, Any]:
    written: dict[str, Any] = {
        "type": metric.name,
        "value": metric.value,
        "name": display_name(one_line(metric.name)),
    }
    if metric.recomputed and metric.interval:
        written["args"] = {"interval": metric.interval, "level": metric.recomputed["level"]}
    return written


def _described(record: Record, dataset: str, split: str | None) -> dict[str, str]:
    known = record.by_id.get(dataset)
    described = {"type": dataset, "name": one_line((known and known["title"]) or dataset) or dataset}
    if split:
        described["split"] = split
    if known and known["content_hash"]:
        described["revision"] = known["content_hash"]
    return described


def _task(record: Record, dataset: str) -> str:
    tasks = {one["task"] for one in record.model["evaluations"] if one["dataset"] == dataset}
    return _TASKS[tasks.pop()] if len(tasks) == 1 else _OTHER_TASK
