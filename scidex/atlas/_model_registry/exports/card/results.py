"""The metrics of a model by the dataset and split they were measured on, as ``model-index`` wants them.

A result of a model-index needs a task and a dataset (https://huggingface.co/docs/hub/model-cards): a metric of which no
dataset is declared has no place in it, and is named instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from scidex.atlas._model_registry.comparison.measurements import Declaration, declarations
from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER
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
class Results:
    """The results of a model-index, and the metrics that have no place in them."""

    placed: list[dict[str, Any]]
    left_out: list[str]


def results(record: Record) -> Results:
    """Group what the model reports by dataset and split."""
    metrics = record.model["evaluation_metrics"]
    declared = declarations(record.model["metadata"], metrics)
    places: dict[_Place, dict[str, float]] = {}
    left_out = []
    for name, value in metrics.items():
        dataset = _dataset(record, name, declared[name])
        if dataset is None or not name.strip():
            left_out.append(name or "(a metric without a name)")
        else:
            places.setdefault((dataset, declared[name].split), {})[name] = value
    return Results([_result(record, place, values) for place, values in places.items()], left_out)


def _dataset(record: Record, metric: str, declared: Declaration) -> str | None:
    """Name the dataset that is declared of a metric, else that of the recorded evaluation it belongs to."""
    version = record.model["model_version"]
    if declared.dataset or version is None or declared.split in {"train", "cv"}:
        return declared.dataset
    recorded = version["eval_metrics"]
    in_evaluation = isinstance(recorded, dict) and metric in recorded
    return version["eval_dataset_artifact_id"] if in_evaluation else None


def _result(record: Record, place: _Place, values: Mapping[str, float]) -> dict[str, Any]:
    dataset, split = place
    return {
        "task": {"type": _task(record, dataset)},
        "dataset": _described(record, dataset, split),
        "metrics": [
            {"type": name, "value": value, "name": display_name(one_line(name))}
            for name, value in values.items()
        ],
        "source": {"name": PUBLISHER, "url": record.address},
    }


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
