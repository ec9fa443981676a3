"""Reads what the metadata of an evaluation claims, and its columns where they are without faults."""

import math
from collections.abc import Mapping
from typing import Any

from scidex.atlas._model_registry.evaluations import axes
from scidex.atlas._model_registry.evaluations.bounds import LONGEST_NOUN
from scidex.atlas._model_registry.evaluations.digest import columns_digest
from scidex.atlas._model_registry.evaluations.faults import Faults
from scidex.atlas._model_registry.evaluations.sizes import fits, is_small
from scidex.atlas._model_registry.evaluations.tasks import READERS
from scidex.atlas._model_registry.evaluations.values import (
    choice,
    groups,
    labels,
    number,
    numbers,
    text,
    unique,
    within,
)
from scidex.atlas._model_registry.records.evaluations import (
    Called,
    Claims,
    Columns,
    EvaluationFault,
    Sound,
    Split,
    Task,
)

_SPLITS: tuple[Split, ...] = ("test", "validation", "train", "cross_validation")
_TASKS: tuple[Task, ...] = ("regression", "binary", "multiclass")
_WEIGHTS = ("sampling", "precision")
_LARGEST_VERSION = 2**31 - 1


def read_claims(metadata: object) -> Claims:
    """Return what the metadata of an evaluation claims, with all faults by path, row and remedy.

    The rules are those of docs/evidence.md. Keys that it does not name are ignored.
    """
    faults = Faults()
    if not isinstance(metadata, Mapping):
        fault = EvaluationFault("metadata", metadata, "give an object with the columns of the evaluation")
        return Claims(model_id=None, dataset_id=None, dataset_version=None, sound=None, faults=(fault,))
    names = {key: _name(metadata, key, faults) for key in ("model_id", "dataset_id")}
    version = _version(metadata.get("dataset_version"), faults)
    sound = _sound(metadata, faults)
    found = tuple(faults.found)
    return Claims(**names, dataset_version=version, sound=None if found else sound, faults=found)


def _name(metadata: Mapping[str, object], key: str, faults: Faults) -> str | None:
    value = metadata.get(key)
    if isinstance(value, str) and value.strip():
        return value
    faults.add(f"metadata.{key}", value, "give the id of a registered artifact")
    return None


def _version(value: object, faults: Faults) -> int | None:
    if value is None:
        return None
    given = number(value)
    if given is not None and given.is_integer() and 0 <= given <= _LARGEST_VERSION:
        return int(given)
    faults.add("metadata.dataset_version", value, "give the version number of the dataset, a whole number")
    return None


def _sound(metadata: Mapping[str, object], faults: Faults) -> Sound | None:
    split = choice("metadata.split", metadata.get("split"), _SPLITS, faults)
    task = choice("metadata.task", metadata.get("task"), _TASKS, faults)
    observed = metadata.get("observed")
    if not isinstance(observed, list) or not observed:
        faults.add("metadata.observed", observed, "give a list with the observed value of each row")
        return None
    if not (fits(metadata, faults) and is_small(metadata, faults)) or task is None:
        return None
    columns: dict[str, Any] = {
        "task": task,
        **READERS[task](metadata, len(observed), faults),
        **_rows(metadata, len(observed), faults),
        **_drawn(metadata, len(observed), faults),
    }
    if split == "cross_validation" and metadata.get("fold") is None:
        faults.add("metadata.fold", None, "give the fold of each row; a cross-validation needs it")
    called = Called(*(_called(metadata, key, faults) for key in ("samples_are", "groups_are", "quantity")))
    if faults.found or split is None:
        return None
    read = Columns(**columns)
    return Sound(split=split, columns=read, digest=columns_digest(read), called=called)


def _called(metadata: Mapping[str, object], key: str, faults: Faults) -> str | None:
    """Return what samples or groups are called, such as participants, or what was predicted, such as concentration."""
    value = metadata.get(key)
    if value is None or (isinstance(value, str) and value.strip() and len(value) <= LONGEST_NOUN):
        return value.strip() if value else None
    noun = "noun" if key == "quantity" else "plural noun"
    faults.add(f"metadata.{key}", value, f"give a {noun} of at most {LONGEST_NOUN} characters")
    return None


def _rows(metadata: Mapping[str, object], rows: int, faults: Faults) -> dict[str, object]:
    """Return the columns that tell whose each row is and how much it counts."""
    columns: dict[str, object] = {}
    if metadata.get("sample") is not None:
        columns["sample"] = sample = labels("metadata.sample", metadata["sample"], rows, faults)
        unique("metadata.sample", sample, faults)
    if metadata.get("group") is not None:
        columns["group"] = groups("metadata.group", metadata["group"], rows, faults)
    if metadata.get("fold") is not None:
        columns["fold"] = labels("metadata.fold", metadata["fold"], rows, faults)
    if metadata.get("sampling") is not None:
        columns["sampling"] = choice("metadata.sampling", metadata["sampling"], ("by_class",), faults)
    return {**columns, **_weights(metadata, rows, faults)}


def _weights(metadata: Mapping[str, object], rows: int, faults: Faults) -> dict[str, object]:
    given, kind = metadata.get("weights"), metadata.get("weights_are")
    if kind == "frequency":
        remedy = "repeat the row as often as it was counted; weights are sampling or precision"
        faults.add("metadata.weights_are", kind, remedy)
    elif kind is not None or given is not None:
        choice("metadata.weights_are", kind, _WEIGHTS, faults)
    if given is None:
        if kind is not None:
            faults.add("metadata.weights", None, "give the weights, or leave weights_are out")
        return {}
    read = numbers("metadata.weights", given, rows, faults)
    weights = within("metadata.weights", read, math.inf, "a weight is not negative", faults)
    if weights and not any(weights):
        faults.add("metadata.weights", "only zeros", "give at least one row a weight")
    return {"weights": weights, "weights_are": kind}


def _drawn(metadata: Mapping[str, object], rows: int, faults: Faults) -> dict[str, object]:
    """Return the axis that the rows are drawn against, the curve, and the unit."""
    columns: dict[str, object] = {}
    if metadata.get("unit") is not None:
        columns["unit"] = text("metadata.unit", metadata["unit"], faults)
    if metadata.get("x") is not None:
        columns["x"] = axes.axis(metadata["x"], rows, faults)
    if metadata.get("curve") is not None:
        columns["curve"] = axes.curve(metadata["curve"], faults)
        if metadata.get("task") != "regression" or metadata.get("x") is None:
            faults.add(
                "metadata.curve",
                None,
                "leave it out, or give x: a curve is drawn for a regression, against x",
            )
    return columns
