"""Predictions of a model, row by row, as an evaluation stores them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scidex.atlas.model_registry import read_claims
from scidex.forge.demo.fit.entries import ArtifactEntry, artifact, sample_ids
from scidex.forge.demo.fit.tables import DataTable, Vector

DemoSplit = Literal["test", "train", "cross_validation"]

# Metrics are rounded to six digits after computing; predictions keep more, so that recomputed metrics agree.
_DIGITS = 9
_CURVE_POINTS = 40
_TITLES: Mapping[DemoSplit, str] = {
    "test": "Held-out data",
    "train": "Training data",
    "cross_validation": "Cross-validation",
}


@dataclass(frozen=True, kw_only=True)
class Predicted:
    """The columns of one evaluation."""

    split: DemoSplit
    columns: Mapping[str, Any]

    def entry(self, *, of: str, title: str, dataset: str, analysis: str | None) -> ArtifactEntry:
        """Return the entry of the evaluation of the model ``of`` on a dataset."""
        metadata = {
            "model_id": of,
            "dataset_id": dataset,
            "dataset_version": 1,
            "split": self.split,
            **self.columns,
        }
        links = [("evaluates", of), ("uses", dataset), *([("produced_by", analysis)] if analysis else [])]
        named = f"{_TITLES[self.split]}: {title}"
        key = f"evaluation-{of.removeprefix('model-')}-{self.split.replace('_', '-')}"
        entry = artifact("evaluation", key, named, metadata=metadata, links=links, digits=_DIGITS)
        sound = read_claims(entry["metadata"]).sound
        if sound is None:
            message = f"{key} is no sound evaluation"
            raise ValueError(message)
        return {**entry, "content_hash": f"sha256:{sound.digest}", "produced_by": analysis}


def impairment(
    split: DemoSplit,
    table: DataTable,
    probability: Vector,
    *,
    raw: str,
    folds: NDArray[np.int64] | None = None,
) -> Predicted:
    """Return the probability of impairment of each person; ``folds`` numbers each person's held-out fold."""
    columns: dict[str, Any] = {
        "task": "binary",
        "positive": "Impaired",
        "scores_are": "probability",
        "samples_are": "participants",
        "sample": sample_ids(table, raw),
        "observed": table.column("Class"),
        "scores": probability.tolist(),
    }
    if folds is not None:
        columns["fold"] = folds.tolist()
    return Predicted(split=split, columns=columns)


def quantity(
    split: DemoSplit,
    table: DataTable,
    response: str,
    predicted: Vector,
    *,
    raw: str,
    unit: str,
    called: str,
    **drawn: Any,
) -> Predicted:
    """Return observed and predicted values of a quantity that is ``called`` so.

    ``drawn`` holds group, axis, curve and the word for samples.
    """
    columns = {
        "task": "regression",
        "unit": unit,
        "quantity": called,
        "sample": sample_ids(table, raw),
        "observed": table.numbers(response).tolist(),
        "predicted": predicted.tolist(),
        **drawn,
    }
    return Predicted(split=split, columns=columns)


def dense(table: DataTable, column: str, by: str | None) -> tuple[DataTable, list[str] | None]:
    """Return rows at values of a column from 0 to its maximum, for each group, and the groups of the rows.

    The values are denser near 0, where doses are being absorbed and enzymes are not saturated.
    """
    groups = table.column(by) if by else ["" for _ in table.rows]
    place = table.columns.index(column)
    values = table.numbers(column).max() * np.linspace(0, 1, _CURVE_POINTS) ** 2
    firsts = dict(reversed(list(zip(groups, table.rows, strict=True))))
    names = list(dict.fromkeys(groups))
    rows = [_moved(firsts[name], place, value) for name in names for value in values]
    return DataTable(table.columns, tuple(rows)), [
        str(name) for name in names for _ in values
    ] if by else None


def _moved(row: Sequence[Any], place: int, value: float) -> tuple[Any, ...]:
    return (*row[:place], float(value), *row[place + 1 :])
