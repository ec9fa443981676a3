"""Which evaluations of compared models are of the same samples, so that differences are paired."""

import hashlib
import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation
from scidex.atlas._model_registry.statistics.kept import KeptValues

# What must be equal; the first difference in this order is the one that is told.
_ASPECTS: Final = (
    "data set",
    "version of the data set",
    "split",
    "task",
    "set of samples",
    "column of observed values",
    "column of groups",
    "column of weights",
    "unit",
    "positive label",
    "way of sampling",
)
# Each kept entry is six short texts.
_MOST_KEPT: Final = 2_000
_aspects: KeptValues[str, tuple[Hashable, ...]] = KeptValues(_MOST_KEPT)
NO_IDS = "has no sample ids"


@dataclass(frozen=True)
class Ground:
    """An evaluation and what must be equal for it to pair, whatever the order of its rows."""

    evaluation: Evaluation

    @cached_property
    def aspects(self) -> tuple[Hashable, ...]:
        """What must be equal for two evaluations to pair; of columns their digests."""
        one = self.evaluation
        of_columns = _aspects.get_or(one.digest, lambda: _of_columns(one.columns))
        return (one.dataset_id, one.dataset_version, one.split, *of_columns)


def _of_columns(columns: Columns) -> tuple[Hashable, ...]:
    at = sorted(range(len(columns.observed)), key=(columns.sample or ()).__getitem__)

    def column(values: Sequence[object] | None) -> str | None:
        if values is None:
            return None
        written = json.dumps([values[i] for i in at])
        return hashlib.sha256(written.encode()).hexdigest()

    return (
        columns.task,
        *map(column, (columns.sample, columns.observed, columns.group)),
        (column(columns.weights), columns.weights_are),
        *(columns.unit, columns.positive, columns.sampling),
    )


@dataclass(frozen=True, slots=True)
class Pairing:
    """The largest set of models whose evaluations pair, by model; ``without`` holds why each other model does not."""

    paired: Mapping[str, Evaluation]
    without: Mapping[str, str]


def pair(candidates: Mapping[str, Sequence[Ground]], baseline: str) -> Pairing:
    """Return the largest set of models with one evaluation each that pair; among equals the one with the baseline."""
    sets: dict[tuple[Hashable, ...], dict[str, Evaluation]] = {}
    for model, grounds in candidates.items():
        for ground in grounds:
            if ground.evaluation.columns.sample is not None:
                sets.setdefault(ground.aspects, {}).setdefault(model, ground.evaluation)
    aspects, paired = max(
        sets.items(), key=lambda item: (len(item[1]), baseline in item[1]), default=((), {})
    )
    without = {
        model: _why_not(grounds, aspects) for model, grounds in candidates.items() if model not in paired
    }
    return Pairing(paired, without)


def _why_not(grounds: Sequence[Ground], aspects: tuple[Hashable, ...]) -> str:
    named = [ground for ground in grounds if ground.evaluation.columns.sample is not None]
    if not grounds:
        return "has no evaluation that gives this metric"
    if not named:
        return NO_IDS
    first = [
        next(name for name, own, other in zip(_ASPECTS, ground.aspects, aspects, strict=True) if own != other)
        for ground in named
    ]
    return f"was evaluated with another {max(first, key=_ASPECTS.index)}"
