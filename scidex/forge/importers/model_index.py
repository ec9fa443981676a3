"""The results of a Hugging Face card: metrics by task, dataset, configuration, split and revision."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scidex.forge.importers.documents import number
from scidex.forge.importers.plan import LeftOut
from scidex.forge.importers.refusals import Refused, shown

_MOST_METRICS = 5_000
_WITH_SPREAD = re.compile(r"\s*([-+.\deE]{1,40})\s*(?:\+/-|±)\s*([.\deE+-]{1,40})\s*")
_SPLITS = {
    "train": "train",
    "validation": "validation",
    "valid": "validation",
    "dev": "validation",
    "test": "test",
}


@dataclass(frozen=True, slots=True)
class Results:
    """Metrics by name, the declaration of each, and its data as the card names them."""

    name: str | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    declared: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    measured_on: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class _Metric:
    name: str
    value: object
    place: str
    context: Mapping[str, object]


def results_of(place: str, index: object) -> Results:
    """Return the results of the first model of a ``model-index``; None is a card without results.

    Raises:
        Refused: it is not a list of models with results.

    """
    if index is None or index == []:
        return Results()
    first = index[0] if isinstance(index, list) else index
    if not isinstance(first, dict):
        raise Refused(
            f"{place} model-index", f"{shown(index)} is not a list of models", "write name and results"
        )
    found = list(_metrics(f"{place} model-index", first.get("results") or []))
    if len(found) > _MOST_METRICS:
        raise Refused(f"{place} model-index", f"more than {_MOST_METRICS} metrics", "leave some out")
    name = first.get("name")
    several = (
        [LeftOut(f"{len(index) - 1} more models of model-index", "a card is of one model")]
        if isinstance(index, list) and index[1:]
        else []
    )
    return _named(found, name.strip() if isinstance(name, str) and name.strip() else None, several)


def _metrics(place: str, results: object) -> Iterator[_Metric]:
    for number_, result in enumerate(_listed(f"{place} results", results)):
        where = f"{place} results[{number_}]"
        dataset, task = result.get("dataset"), result.get("task")
        context = {
            "task": task.get("type") if isinstance(task, dict) else None,
            **{
                f"dataset_{key}" if key in {"name", "type"} else key: value
                for key, value in (dataset if isinstance(dataset, dict) else {}).items()
            },
        }
        for each in _listed(f"{where} metrics", result.get("metrics") or []):
            name = each.get("type") or each.get("name")
            if isinstance(name, str) and name.strip():
                label = {"reported_as": each.get("name"), "configuration": each.get("config")}
                yield _Metric(name.strip(), each.get("value"), where, {**context, **label})


def _listed(place: str, value: object) -> Iterator[Mapping[str, Any]]:
    listed = value if isinstance(value, list) else [value]
    for each in listed:
        if not isinstance(each, dict):
            raise Refused(place, f"{shown(each)} is not an object", "write each with its keys")
        yield each


def _named(found: list[_Metric], name: str | None, left_out: list[LeftOut]) -> Results:
    """Return each metric under its type, with dataset and split where the type occurs twice."""
    twice = {name for name, times in Counter(metric.name for metric in found).items() if times > 1}
    metrics: dict[str, float] = {}
    declared: dict[str, Mapping[str, object]] = {}
    measured: dict[str, Mapping[str, object]] = {}
    for metric in found:
        value, spread = _value(metric.value)
        if value is None:
            left_out.append(
                LeftOut(f"{metric.name} of {metric.place}", f"{shown(metric.value)} is not a finite number")
            )
            continue
        label = _unused(
            f"{metric.name} ({_data(metric.context)})" if metric.name in twice else metric.name, metrics
        )
        metrics[label] = value
        measured[label] = {key: _plain(each) for key, each in metric.context.items() if each is not None}
        declared[label] = {**_declared(metric.context), **({} if spread is None else {"std": spread})}
    return Results(
        name, metrics, {key: each for key, each in declared.items() if each}, measured, tuple(left_out)
    )


def _value(value: object) -> tuple[float | None, float | None]:
    """Return a number, with its spread if it is written as ``-113.57 +/- 111.63``."""
    if isinstance(value, str) and (found := _WITH_SPREAD.fullmatch(value)):
        return number(found[1]), number(found[2])
    return number(value), None


def _unused(label: str, taken: Mapping[str, float]) -> str:
    place, free = 2, label
    while free in taken:
        free, place = f"{label} [{place}]", place + 1
    return free


def _data(context: Mapping[str, object]) -> str:
    parts = (context.get("dataset_name"), _configuration(context), context.get("split"))
    return ", ".join(str(part) for part in parts if isinstance(part, (str, int))) or "no dataset named"


def _configuration(context: Mapping[str, object]) -> str | None:
    """Return the configuration of a metric's dataset, which cards before ``config`` wrote as ``args``."""
    config, args = context.get("config"), context.get("args")
    if isinstance(config, (str, int)):
        return str(config)
    if isinstance(args, dict):
        return ", ".join(sorted(f"{key}={_plain(each)}" for key, each in args.items())) or None
    return str(args) if isinstance(args, (str, int)) else None


def _declared(context: Mapping[str, object]) -> dict[str, object]:
    """Return the split of a metric, and its dataset by the name in the card."""
    split = context.get("split")
    known = _SPLITS.get(split.lower()) if isinstance(split, str) else None
    names = (context.get(key) for key in ("dataset_type", "dataset_name"))
    dataset = next((each for each in names if isinstance(each, str) and each.strip()), None)
    revision = context.get("revision")
    parts = [dataset, _configuration(context), str(revision) if isinstance(revision, (str, int)) else None]
    declared = {"split": known, "dataset": "/".join(part for part in parts if part) if dataset else None}
    return {key: value for key, value in declared.items() if value}


def _plain(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool)) and value == value else shown(value)  # noqa: PLR0124  not a number
