"""The settings of a long configuration that the page shows: those of a name, those that differ most first."""

import math
from collections.abc import Sequence

from scidex.atlas._model_registry.contract.answers import ConfigurationRow

# Settings of a section in a table: for ten models, this many are read and sent in a moment.
MOST_SHOWN = 100


def settings_named(rows: Sequence[ConfigurationRow], words: str) -> list[ConfigurationRow]:
    """Return the settings whose path holds all the words, regardless of case."""
    wanted = words.casefold().split()
    return [row for row in rows if all(word in row["path"].casefold() for word in wanted)]


def most_different_first(rows: Sequence[ConfigurationRow]) -> list[ConfigurationRow]:
    """Return settings by how many models changed them, then how far, then how many lack or add them."""
    return sorted(rows, key=_difference, reverse=True)


def _difference(row: ConfigurationRow) -> tuple[int, float, int]:
    changed = [model for model, change in row["change"].items() if change in {"changed", "type_changed"}]
    farthest = max((_distance(row["ratio"].get(model)) for model in changed), default=0.0)
    return len(changed), farthest, sum(change in {"added", "removed"} for change in row["change"].values())


def _distance(ratio: float | None) -> float:
    """Return how far apart two values are, as a power of e; text, zero and opposite signs are farthest."""
    return abs(math.log(ratio)) if ratio is not None and ratio > 0 else math.inf
